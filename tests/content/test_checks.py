"""What the check of a whole bank finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from content.__main__ import main
from content.articles import missing, read_articles
from content.checks.alike import questions_differ
from content.checks.cache import Cache
from content.checks.finding import Finding
from content.checks.guessing import tricks
from content.checks.judged import agreement, fallen, other_answer_ticks, own_answer_ticks
from content.checks.judged_bank import judged_bank
from content.checks.phrases import phrases_tell
from content.checks.related import read_related
from content.checks.running import code_runs
from content.checks.texts import texts_show
from content.markup import to_plain
from content.problems import Broken
from content.reader import QUESTIONS, read_bank
from content.taxonomy import Taxonomy
from interview.question import KeyPoint, Question, QuizForm
from judging.clauses import reply_clauses
from judging.engines import judge_question
from judging.guards import guard_of

Write = Callable[..., Path]


@pytest.fixture
def question(folder: Path, taxonomy: Taxonomy, write: Write) -> Question:
    write()
    return read_bank(folder, taxonomy).get("metrics/accuracy")


def test_a_good_question_has_nothing_to_find(question: Question) -> None:
    assert [
        *texts_show(question),
        *phrases_tell(question),
        *code_runs(question),
        *questions_differ([question]),
    ] == []


@pytest.mark.parametrize(
    "answer, says",
    [
        (r"So $\frac{a}$ it is.", "has the formula $\\frac{a}$: something is missing after \\frac."),
        ("So **it is.", "would show '**' as it stands"),
        ("So `it is.", "would show '`' as it stands"),
        ("So <b>it</b> is.", "would show '<b>' as it stands"),
        (r"So \alpha is.", "would show '\\\\alpha' as it stands"),
        ("So:\n\n| a | b |", "would show '| a | b |' as it stands"),
    ],
)
def test_texts_that_would_not_show_are_found(question: Question, answer: str, says: str) -> None:
    found = list(texts_show(replace(question, answer=answer)))

    assert found
    assert found[0].where == "answer"
    assert says in found[0].sentence


@pytest.mark.parametrize(
    ("stem", "says"),
    [
        ("What is `x` here?", None),
        ("What does it print?\n\n```python\nprint(1)\n```", None),
        (
            r"Which is $\frac{a}$ here?",
            "quiz stem has the formula $\\frac{a}$: something is missing after \\frac.",
        ),
        (
            r"Which is $\frac{1}{1 + \frac{1}{x}}$?",
            "quiz stem has the formula $\\frac{1}{1 + \\frac{1}{x}}$, which takes a picture;",
        ),
        ("What is `x` or **y here?", "quiz stem would show '**' as it stands"),
    ],
)
def test_a_quiz_stem_may_show_code_and_formulas_that_fit_a_line(
    question: Question, stem: str, says: str | None
) -> None:
    assert question.quiz is not None
    asked = replace(question, quiz=replace(question.quiz, stem=stem))
    found = [f"{each.where} {each.sentence}" for each in texts_show(asked)]

    assert [each[: len(says or "")] for each in found] == ([] if says is None else [says])


@pytest.mark.parametrize("option", ["All of the above", "none of these", "Both A and B"])
def test_options_do_not_point_at_each_other(question: Question, option: str) -> None:
    assert question.quiz is not None
    quiz = replace(question.quiz, options=(*question.quiz.options[:3], option))

    assert [found.where for found in texts_show(replace(question, quiz=quiz))] == ["quiz option 3"]


@pytest.mark.parametrize(
    "phrases, also, says",
    [
        (("model", "always say no", "dummy baseline"), "plain words", "has the lone word 'model'"),
        (("bagging", "boosting", "always say no"), "plain words", "has 2 single words of 3"),
        (
            ("always say no", "dummy baseline", "out-of-bag"),
            "they say a constant answer reaches the same figure",
            "takes 'a constant answer reaches the'",
        ),
    ],
)
def test_phrases_must_tell_and_be_their_own(
    question: Question, phrases: tuple[str, ...], also: str, says: str
) -> None:
    point = KeyPoint("A point", True, phrases, (also,))

    found = list(phrases_tell(replace(question, key_points=(point,))))

    assert len(found) == 1
    assert says in found[0].sentence


@pytest.mark.parametrize(
    "code, says",
    [
        ("x = [1, 2]\nassert sum(x) == 3", None),
        ("import math\nassert math.pi > 4", "AssertionError (line 2)"),
        ("print(", "SyntaxError"),
        ("import nothing_like_this", "No module named 'nothing_like_this' (line 1)"),
    ],
)
def test_code_that_claims_to_run_is_run(question: Question, code: str, says: str | None) -> None:
    answer = f"So:\n\n```python run\n{code}\n```\n\nAnd so on.\n\n```python\nthis is not run\n```"

    found = list(code_runs(replace(question, answer=answer)))

    assert (says is None) == (not found)
    assert says is None or says in found[0].sentence


def test_blocks_of_one_answer_run_as_one_program(question: Question) -> None:
    answer = "```python run\nx = 3\n```\n\nand\n\n```python run\nassert x == 3\n```"

    assert not list(code_runs(replace(question, answer=answer)))


def test_questions_that_are_alike_are_found(question: Question) -> None:
    assert question.quiz is not None
    twin = replace(
        question,
        id="metrics/twin",
        stem="Is it good? A model says no to everybody, and is right for 97 of 100.",
    )
    other = replace(question, id="metrics/z", stem="What is recall?", answer="Another text.", quiz=None)

    found = list(questions_differ([question, twin, other]))

    assert [(one.question, one.where) for one in found] == [
        ("metrics/twin", "stem"),
        ("metrics/twin", "quiz stem"),
        ("metrics/twin", "answer"),
    ]


def quiz(*options: str, right: int, stem: str = "Which?") -> QuizForm:
    return QuizForm(stem, options, (right,), ("",) * len(options), "")


def test_guessing_counts_ties_as_shared() -> None:
    forms = [quiz("aaaa", "bb", "cc", "dd", right=0), quiz("aaaa", "bbbb", "cc", "dd", right=1)]

    wins = {trick.name: trick.wins for trick in tricks(forms)}

    assert wins["the longest option"] == pytest.approx((1 + 1 / 2) / 2)
    assert wins["the shortest option"] == 0
    assert wins["the alphabetically first"] == pytest.approx(1 / 2)


def test_words_shared_with_the_stem_give_an_option_away() -> None:
    form = quiz(
        "recall of it",
        "the precision",
        "the error",
        "the rest",
        right=0,
        stem="What is recall for the rare ones?",
    )

    wins = {trick.name: trick.wins for trick in tricks([form])}

    assert wins["the one sharing most words with the stem"] == pytest.approx(1 / 4)
    assert wins["the same without small words"] == 1


class Says:
    """A judge that finds a point where its first phrase stands in the 2,000 characters that it reads."""

    def __init__(self, question: Question, reply: str) -> None:
        read = reply[:2000]
        self.points = [
            Point("covered" if point.phrases[0] in read else "missed") for point in question.key_points
        ]


class Point:
    def __init__(self, state: str) -> None:
        self.state = state


def told(question: Question, *phrases: str, answer: str, musts: int = 3) -> Question:
    points = tuple(KeyPoint(phrase, number < musts, (phrase,)) for number, phrase in enumerate(phrases))
    return replace(question, key_points=points, answer=answer)


def test_an_answer_covers_its_own_points(question: Question) -> None:
    whole = told(question, "one", "two", "three", answer="one two three")
    part = told(question, "one", "two", "three", answer="one")

    assert not list(own_answer_ticks(whole, Says))
    assert [found.where for found in own_answer_ticks(part, Says)] == [
        "key point 2",
        "key point 3",
        "key_points",
    ]


def test_a_long_answer_is_judged_to_its_end(question: Question) -> None:
    long = told(question, "one", "two", "three", answer="one\n\n" + "word " * 700 + "\n\ntwo three")

    assert not list(own_answer_ticks(long, Says))


@pytest.mark.parametrize(
    "answer, musts, found", [("nothing", 3, False), ("one", 3, False), ("one two", 3, True), ("one", 1, True)]
)
def test_an_answer_does_not_cover_the_points_of_another(
    question: Question, answer: str, musts: int, found: bool
) -> None:
    first = told(question, "one", "two", "three", answer="", musts=musts)
    other = told(replace(question, id="metrics/other"), "four", answer=answer)

    assert bool(list(other_answer_ticks(first, other, Says))) is found


def test_agreement_weighs_covered_and_missed_alike(question: Question, tmp_path: Path) -> None:
    samples = told(question, "saying no", "rare", "bad", answer="")
    floor = tmp_path / "agreement.toml"

    seen = agreement([samples], Says)

    # 1 of points 1 and 2 is seen in the first sample; of 3 there and all of the second, "bad" is seen wrongly
    assert (seen.covered, seen.covered_seen, seen.missed, seen.missed_seen) == (2, 1, 4, 3)
    assert seen.balanced == pytest.approx((1 / 2 + 3 / 4) / 2)
    floor.write_text("at_least = 0.62", encoding="utf-8")
    assert fallen(seen, floor) is None
    floor.write_text("at_least = 0.63", encoding="utf-8")
    assert "agrees with the samples on 0.625" in str(fallen(seen, floor))


@pytest.mark.parametrize("listed, found", [("[related]", True), ('[related]\n"a/first" = ["z/far"]', False)])
def test_an_answer_from_another_corner_of_the_bank_is_looked_at_too(
    question: Question, tmp_path: Path, listed: str, found: bool
) -> None:
    first = replace(told(question, "one", "two", "three", answer="one two three"), id="a/first")
    between = [
        replace(told(question, f"word {number}", answer=f"word {number}, of three"), id=f"m/near-{number:02}")
        for number in range(20)
    ]
    far = replace(told(question, "trees", answer="trees: one two"), id="z/far")
    related = tmp_path / "related.toml"
    related.write_text(listed, encoding="utf-8")

    report = judged_bank(tmp_path, [first, *between, far], Says, "", Cache(None), related)

    told_of = [str(problem) for problem in report.problems if problem.path.name == "first.toml"]
    assert len(told_of) == found
    assert not found or "1, 2 are found in the answer of z/far" in told_of[0]


def test_a_pair_that_is_not_near_any_more_is_to_be_taken_out(question: Question, tmp_path: Path) -> None:
    first = replace(told(question, "one", "two", "three", answer="one two three"), id="a/first")
    far = replace(told(question, "trees", answer="trees: one"), id="z/far")
    related = tmp_path / "related.toml"
    related.write_text('[related]\n"a/first" = ["z/far"]', encoding="utf-8")

    report = judged_bank(tmp_path, [first, far], Says, "", Cache(None), related)

    told_of = [problem for problem in report.problems if problem.path == related]
    assert [problem.where for problem in told_of] == ["related"]
    assert "lists z/far beside a/first" in str(told_of[0])


def test_what_the_judge_keeps_of_an_answer_changes_nothing(taxonomy: Taxonomy) -> None:
    bank = [question for question in read_bank(QUESTIONS, taxonomy) if not question.retired]
    some, answers = Random(3).sample(bank, 12), Random(4).sample(bank, 3)
    pairs = [(one, other) for other in answers for one in some]

    kept = [judge_question(one, to_plain(other.answer)) for one, other in pairs]
    afresh = []
    for one, other in pairs:
        reply_clauses.cache_clear()
        guard_of.cache_clear()
        afresh.append(judge_question(one, to_plain(other.answer)))

    assert kept == afresh


def test_related_pairs_name_questions_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "related.toml"
    path.write_text('[related]\n"a/b" = ["c/d"]\n', encoding="utf-8")

    assert read_related({"a/b", "c/d"}, path) == {("a/b", "c/d")}
    with pytest.raises(Broken, match="'c/d', which does not exist"):
        read_related({"a/b"}, path)


def test_the_cache_keeps_what_was_found_until_the_key_changes(tmp_path: Path) -> None:
    path = tmp_path / "cache.json"
    calls = []

    def look() -> list[Finding]:
        calls.append(1)
        return [Finding("metrics/x", "stem", "is odd.")]

    for key in ("a", "a", "b"):
        cache = Cache(path)
        assert cache.findings(key, look) == [Finding("metrics/x", "stem", "is odd.")]
        cache.write()

    assert len(calls) == 2
    path.write_text("{spoilt", encoding="utf-8")
    assert not Cache(path).knows("b")


def test_the_articles_ask_202_questions(question: Question) -> None:
    ids = read_articles()

    assert len(ids) == 202
    assert (ids[0], ids[54], ids[55], ids[-1]) == ("s0-01", "s0-55", "s1-01", "s4-29")
    assert len(missing(ids, [question])) == 201
    assert len(missing(ids, [replace(question, retired=True)])) == 202


def test_the_command_sums_up_a_bank_in_order(
    folder: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write()

    code = main(["check", str(folder), "--no-judge", "--fresh", "--missing"])

    said = capsys.readouterr().out
    assert code == 0
    assert "missing s0-01 s0-02" in said
    assert "s0-46" not in said
    assert "articles 1/202" in said
    assert "all                        1       1       0       0        1" in said


def test_the_command_lists_all_problems_and_fails(
    folder: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write("metrics/one", ('level = "junior"', 'level = "x"'))
    two = write("metrics/two", (r"\frac{TP}{TP + FN}", r"\frak{x}"), ('"s0-46"', '"s7-46"'))

    code = main(["check", str(folder), "--no-judge", "--fresh"])

    said = capsys.readouterr().out
    assert code == 1
    assert f"{one.as_posix()}: level is 'x'" in said
    assert f"{two.as_posix()}: answer has the formula $R = \\frak{{x}}$" in said
    assert f"{two.as_posix()}: covers names s7-46, which articles.toml does not have." in said
    assert "metrics/two.toml: stem asks almost the same as metrics/one" in said
    assert "problems in 2 files. articles 1/202" in said


def test_a_bank_that_is_guessed_too_well_is_refused(
    folder: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(12):
        write(
            f"metrics/q{number}",
            ('covers = ["s0-46"]', ""),
            ('"97 %", "50 %"', '"97 % and a little more", "50 %"'),
        )

    main(["check", str(folder), "--no-judge", "--fresh"])

    assert (
        "are guessed right by taking the longest option: 100% of 12 quizzes, 30% are allowed"
        in capsys.readouterr().out
    )
