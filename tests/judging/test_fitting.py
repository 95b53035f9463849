"""The weights: how they are fitted, and that those which are shipped are good."""

import json
from pathlib import Path

import pytest

import judging
from judging.__main__ import main
from judging.engines import judge
from judging.evidence import AGAINST, FEATURES, SHORT_FEATURES
from judging.figures import area, cross_validated, figures
from judging.fitting import Source, examples_of, fit, regression
from judging.judgement import State
from judging.labelled import read_labelled
from judging.lexical import judge_by_words
from judging.weights import fitted

FOLDER = Path(judging.__file__).parent


def _replies(name):
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return list(read_labelled(lines))


@pytest.fixture(scope="module")
def development():
    return _replies("dev.jsonl")


@pytest.fixture(scope="module")
def examples(development):
    return examples_of(development)


def test_the_shipped_weights_are_those_of_the_shipped_replies(examples):
    found = fit(examples)

    assert found.covered == pytest.approx(fitted().covered, abs=1e-3)
    assert found.covered_short == pytest.approx(fitted().covered_short, abs=1e-3)
    assert found.contradicted == pytest.approx(fitted().contradicted, abs=1e-3)
    assert tuple(fitted().covered) == FEATURES
    assert tuple(fitted().covered_short) == SHORT_FEATURES
    assert tuple(fitted().contradicted) == AGAINST


def test_a_regression_finds_the_slope_that_made_the_data():
    rows = [(1.0, x / 10) for x in range(-30, 31) for _ in range(10)]
    marks = [
        (number % 10) < round(10 / (1 + 2.718281828 ** (-2 * row[1]))) for number, row in enumerate(rows)
    ]

    intercept, slope = regression(rows, marks, ridge=0.001)

    assert intercept == pytest.approx(0, abs=0.2)
    assert slope == pytest.approx(2, abs=0.3)


def test_a_heavier_ridge_draws_weights_towards_nothing():
    rows = [(1.0, float(x > 5)) for x in range(12)]
    marks = [x > 5 for x in range(12)]

    assert abs(regression(rows, marks, 10.0)[1]) < abs(regression(rows, marks, 0.1)[1])


def test_without_both_kinds_nothing_can_be_fitted():
    with pytest.raises(ValueError, match="both kinds"):
        regression([(1.0, 0.5)], [True], 1.0)


def test_a_row_that_counts_twice_weighs_as_much_as_two():
    rows, marks = [(1.0, x / 4) for x in range(8)], [x > 3 for x in range(8)]

    counted = regression(rows, marks, 1.0, [2.0 if mark else 1.0 for mark in marks])
    repeated = regression(
        rows + [row for row, mark in zip(rows, marks, strict=True) if mark], marks + [True] * sum(marks), 1.0
    )

    assert counted == pytest.approx(repeated)


def test_replies_to_other_questions_are_examples_of_covering_nothing(development, examples):
    for source in (Source.STRANGE, Source.STRAYING):
        strange = [example for example in examples if example.source is source]

        assert strange
        assert not any(mark for example in strange for _, mark, _ in example.points)

    assert sum(example.source is Source.LABELLED for example in examples) == len(development)


def test_a_reply_amid_others_covers_what_it_did_alone(examples):
    rambling = [example for example in examples if example.source is Source.RAMBLING]

    assert any(mark for example in rambling for _, mark, _ in example.points)
    assert all(x.values["excess"] > 0 for example in rambling for x, _, _ in example.points)


def test_a_reply_is_also_learned_from_against_thinner_rubrics(development, examples):
    rich = {r.asked.question for r in development if all(k.phrases and k.wrong for k in r.asked.key_points)}
    bare = {
        r.asked.question
        for r in development
        if not any(k.phrases or k.also or k.wrong for k in r.asked.key_points)
    }

    thinner = [example for example in examples if example.source is Source.THINNER]

    assert rich <= {example.question for example in thinner}
    assert bare.isdisjoint(example.question for example in thinner)
    of_rich = [example for example in thinner if example.question in rich]
    assert any(evidence.values["unwarned"] for example in of_rich for evidence, _, _ in example.points)


def test_long_replies_to_other_questions_are_hardly_ever_ticked(development):
    longer = [reply.asked for reply in development if len(reply.asked.key_points) > 2]
    rubrics = list({asked.question: asked for asked in longer}.values())
    long = [asked for asked in longer if len(asked.reply.split()) > 45]

    points = [
        point.state
        for at, asked in enumerate(rubrics)
        for other in long[at :: len(rubrics)]
        if other.question != asked.question
        for point in judge(asked.question, asked.key_points, other.reply).points
    ]

    assert len(points) > 200
    assert points.count(State.COVERED) < 0.03 * len(points)


def test_replies_that_were_never_fitted_are_judged_well_enough():
    held_out = _replies("heldout.jsonl")

    found = figures(
        held_out, lambda reply: judge(reply.asked.question, reply.asked.key_points, reply.asked.reply)
    )

    assert found.balanced_accuracy is not None
    assert found.balanced_accuracy >= 0.80
    assert found.balanced_as_said is not None
    assert found.balanced_as_said >= 0.76
    assert found.covered_right is not None
    assert found.covered_right >= 0.85
    assert found.decided >= 0.70
    assert found.wrongly_ticked is not None
    assert found.wrongly_ticked <= 0.25


def test_no_question_is_both_fitted_and_held_out(development):
    held_out = {reply.asked.question for reply in _replies("heldout.jsonl")}

    assert held_out.isdisjoint(reply.asked.question for reply in development)


def test_cross_validation_judges_each_question_by_the_others(development):
    few = [reply for reply in development if reply.asked.question in _first_questions(development, 4)]

    apart, together = cross_validated(few), figures(few, _by(fit(examples_of(few))))

    assert apart.points == together.points
    assert apart.auc != together.auc


def _first_questions(replies, count):
    return list(dict.fromkeys(reply.asked.question for reply in replies))[:count]


def _by(weights):
    return lambda reply: judge_by_words(
        reply.asked.question, reply.asked.key_points, reply.asked.reply, weights=weights
    )


@pytest.mark.parametrize(
    "scores, marks, expected",
    [
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
        ([0.5, 0.5], [False, True], 0.5),
        ([0.2, 0.9], [False, True], 1.0),
        ([0.2, 0.9], [True, True], None),
    ],
)
def test_the_area_under_the_curve(scores, marks, expected):
    assert area(scores, marks) == expected


def test_fit_and_measure_run_from_the_command_line(tmp_path, capsys):
    few = tmp_path / "few.jsonl"
    lines = (FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    few.write_text("\n".join(lines), encoding="utf-8")

    assert main(["fit", str(few), "--out", str(tmp_path / "weights.json")]) == 0
    assert "left out" in capsys.readouterr().out
    assert main(["measure", str(few)]) == 0

    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert set(written["covered"]) == set(FEATURES)
    assert "balanced accuracy" in printed
    assert "left out" in printed


def test_figures_are_printed_even_where_nothing_can_be_fitted(tmp_path, capsys):
    line = json.loads((FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()[0])
    one = tmp_path / "one.jsonl"
    one.write_text(json.dumps(line), encoding="utf-8")

    assert main(["measure", str(one)]) == 0

    seen = capsys.readouterr()
    assert "balanced accuracy" in seen.out
    assert "left out" not in seen.out
    assert len(seen.err.splitlines()) == 1


def test_labels_that_do_not_fit_the_points_are_refused(tmp_path, capsys):
    line = json.loads((FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()[0])
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({**line, "covered": [1]}), encoding="utf-8")

    assert main(["measure", str(bad)]) == 2
    assert "Line 1: covered must hold a 0 or 1" in capsys.readouterr().err
