"""Reading a bank: all problems of all files at once, in words that its writers understand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from content.reader import Bank, Broken, read_all, read_bank
from content.taxonomy import Taxonomy
from interview.question import Kind, Level, Quality

Write = Callable[..., Path]
Change = tuple[str, str]


def test_a_good_file_becomes_a_question(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write()

    bank = read_bank(folder, taxonomy)

    question = bank.get("metrics/accuracy")
    assert (question.topic, question.facet) == ("metrics", "classification")
    assert (question.level, question.kind) == (Level.JUNIOR, Kind.SCENARIO)
    assert question.answer.startswith("I would not")
    assert question.answer.endswith("positives.")
    assert r"\frac{TP}{TP + FN}" in question.answer
    assert [point.must for point in question.key_points] == [True, True, False]
    assert question.key_points[0].wrong == "97 % shows that it is good"
    assert question.key_points[1].wrong is None
    assert question.follow_ups[0].quality is Quality.STRONG
    assert [sample.covers for sample in question.samples] == [(1, 2), ()]
    assert question.quiz is not None
    assert (question.quiz.right, question.quiz.why_wrong[1]) == ((0,), "only with even classes")
    assert question.sources[0].url == "https://example.org/book"
    assert (question.covers, question.easier, question.template, question.retired) == (
        ("s0-46",),
        None,
        None,
        False,
    )


@pytest.mark.parametrize(
    "change, says",
    [
        # the file as a whole
        (('level = "junior"', "level = junior"), "is not TOML: Invalid value (at line 2, column 9)."),
        (('level = "junior"', 'lvel = "junior"'), "has the unknown key 'lvel'; known are "),
        (('level = "junior"\n', ""), "level is missing; add it."),
        (('level = "junior"', 'level = "expert"'), "level is 'expert'; take one of junior, middle, senior."),
        (('kind = "scenario"', "kind = 3"), "kind must be a text, not a whole number."),
        (
            ('facet = "classification"', 'facet = "boosting"'),
            "facet is 'boosting'; metrics has classification, curves",
        ),
        (("hints = [", "hints = ['a', 'b', "), "hints has 3 entries; give 1 to 2."),
        (('covers = ["s0-46"]', 'covers = ["S0-46"]'), "covers #1 is 'S0-46'"),
        (('covers = ["s0-46"]', 'covers = ["s0-46", "s0-46"]'), "covers has 's0-46' twice."),
        (
            ('covers = ["s0-46"]', 'easier = "metrics/nothing"'),
            "easier points at 'metrics/nothing', which does not exist.",
        ),
        (('covers = ["s0-46"]', 'easier = "metrics/accuracy"'), "easier points at the question itself"),
        (('covers = ["s0-46"]', 'retired = "yes"'), "retired must be true or false, not a text."),
        # control characters, which TOML makes of backslashes
        (
            ('kind = "scenario"', 'kind = "scenario"\neasier = "a\\frac"'),
            "easier holds the control character U+000C; did a backslash",
        ),
        (("Is it good?", "Is $\\\\theta$ it\\tgood?"), "stem holds a tab; did a backslash"),
        (("Is it good?", "Is it\\u200bgood?"), "stem holds the control character U+200B; take it out."),
        (("Who is in the majority?", "Who is in\\nthe majority?"), "hints #1 holds a line break"),
        # the answer
        (("without looking at anybody.", "without looking. " + "word " * 200), "answer has 1"),
        (("What I want to know", "Short.\n'''\n#"), "is not TOML"),
        # key points
        (("must = false", "must = 0"), "key point 3 must must be true or false, not a whole number."),
        (('"majority class", ', ""), "key point 1 phrases has 2 entries; give 3 to 6."),
        (('"majority class"', '" "'), "key point 1 phrases #1 is empty; write it or leave the key out."),
        (
            ('also = ["a rock that never says yes is as accurate"]', "also = []"),
            "key point 1 also has 0 entries; give 1 to 2.",
        ),
        (
            ('also = ["a rock that never says yes is as accurate"]\n', ""),
            "key point 1 has no 'also'; add it.",
        ),
        (("wrong = ", "worng = "), "key point 1 has the unknown key 'worng'"),
        (
            ('phrases = ["majority', 'must = false\nphrases = ["majority'),
            "key_points have 1 musts of 3; half or more must be.",
        ),
        (
            ("Look at recall and precision of the rare class", "a constant answer reaches the same 97 %"),
            "key_points say the same twice.",
        ),
        # the rest
        (('for = "strong"', 'for = "good"'), "follow-up 1 for is 'good'; take one of strong, partial, weak."),
        (("covers = [1, 2]", "covers = [1, 4]"), "sample 1 covers has 4; it goes from 1 to 3."),
        (("covers = [1, 2]", "covers = [1, 1]"), "sample 1 covers has 1 twice."),
        (("covers = [1, 2]", 'covers = ["1"]'), "sample 1 covers must hold whole numbers, not a text."),
        (
            ('[[mistakes]]\nsays = "97 % is good enough"\nbut = "it is the share of the majority"\n', ""),
            "mistakes has 1 entry; give at least 2.",
        ),
        (("[[sources]]", "[[source]]"), "sources is missing; add it."),
        (
            ('"https://example.org/book"', '"example.org"'),
            "source 1 url is 'example.org', which is no web address",
        ),
        (('"https://example.org/book"', '"https://example"'), "which is no web address"),
        (('"https://example.org/book"', '"https://example.org/a b"'), "which is no web address"),
        # the quiz
        (("right = [0]", "right = [4]"), "quiz right has 4; it goes from 0 to 3."),
        (("right = [0]", "right = []"), "quiz right has 0 entries; give 1 to 3."),
        (("right = [0]", "right = 0"), "quiz right must be a list, not a whole number."),
        (("right = [0]", "right = [1]"), "quiz why_wrong says nothing about option 0 ('97 %'); give a line."),
        (
            ("right = [0]", "right = [0, 1]"),
            "quiz why_wrong explains option 1, which is right; leave it empty.",
        ),
        ((', "It cannot be said"]', "]"), "quiz options has 3 entries; give 4."),
        (('"It cannot be said"]', '"97 % "]'), "quiz options has '97 %' twice."),
        (
            ('"50 %", "3 %", "It cannot be said"]', '"Even", "even", "It cannot be said"]'),
            "quiz options says the same twice.",
        ),
        (('"It cannot be said"]', f'"{"x" * 101}"]'), "quiz options #4 has 101 characters; 100 are allowed."),
        (("What does a constant", "x" * 1000 + "What does a constant"), "quiz stem has 10"),
        (("What does a constant", "x" * 700 + "\\nWhat does a constant"), "quiz stem has 7"),
        (("What does a constant", r"What does \\frac a constant"), "quiz stem holds '\\\\frac'"),
        (("It is right for everybody", "x" * 200 + "It is right for everybody"), "quiz explanation has 24"),
        (
            ("It is right for everybody", "\\n\\n\\nIt is\\n\\nright\\nfor everybody"),
            "quiz explanation has more than 2 line breaks",
        ),
        (
            ("It is right for everybody", "It is `right` for everybody"),
            "quiz explanation holds '`'; polls show",
        ),
        (('"It cannot be said"]', '"It is $x_1$"]'), "quiz option 3 holds '$x_1$'"),
        (
            ("[quiz]", "[qiuz]"),
            "quiz is missing; only behavioural, design and [template] questions go without.",
        ),
    ],
)
def test_a_problem_is_said_so_that_its_writer_can_mend_it(
    folder: Path, taxonomy: Taxonomy, write: Write, change: Change, says: str
) -> None:
    path = write("metrics/accuracy", change)

    with pytest.raises(Broken) as broken:
        read_bank(folder, taxonomy)

    assert any(
        str(problem).startswith(f"{path.as_posix()}: {says}") or says in str(problem)
        for problem in broken.value.problems
    )


def test_all_problems_of_all_files_are_told_at_once(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write(
        "metrics/one",
        ('level = "junior"', 'level = "x"'),
        ("right = [0]", "right = [9]"),
        ("must = false", "mst = false"),
    )
    write("metrics/two", ('kind = "scenario"', "kind ="))
    write("cooking/three", ('covers = ["s0-46"]', "covers = []"))
    (folder / "README.txt").write_text("hello", encoding="utf-8")
    (folder / ".hidden").write_text("hello", encoding="utf-8")
    (folder / "metrics" / "bytes.toml").write_bytes(b'stem = "\xff"')

    with pytest.raises(Broken) as broken:
        read_bank(folder, taxonomy)

    told = [(problem.path.name, problem.where) for problem in broken.value.problems]
    assert told.count(("one.toml", "level")) == 1
    assert ("one.toml", "quiz right") in told
    assert ("one.toml", "key point 3") in told
    assert {name for name, _ in told} == {"one.toml", "two.toml", "three.toml", "README.txt", "bytes.toml"}
    assert "lies in 'cooking', which is no topic" in str(broken.value)
    assert str(broken.value).count("\n") == len(told) - 1


@pytest.mark.parametrize("name", ["Accuracy", "accuracy_one", "accuracy--one", "-accuracy", "genauigkeit-ü"])
def test_a_file_is_named_like_an_id(folder: Path, taxonomy: Taxonomy, write: Write, name: str) -> None:
    write(f"metrics/{name}")

    _, problems = read_all(folder, taxonomy)

    assert [problem.sentence.partition(";")[0] for problem in problems] == ["is named wrongly"]


def test_two_questions_do_not_cover_the_same(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write("metrics/one")
    write("metrics/two")

    _, problems = read_all(folder, taxonomy)

    assert [str(problem) for problem in problems] == [
        f"{(folder / 'metrics/two.toml').as_posix()}: covers claims s0-46, which metrics/one has already."
    ]


def test_an_easier_question_must_not_be_retired(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write("metrics/old", ('covers = ["s0-46"]', "retired = true"))
    write("metrics/new", ('covers = ["s0-46"]', 'easier = "metrics/old"'))

    _, problems = read_all(folder, taxonomy)

    assert ["is retired" in problem.sentence for problem in problems] == [True]


@pytest.mark.parametrize(
    "question, kind", [("behavioural/failure", "behavioural"), ("system-design/feed", "system-design")]
)
def test_behavioural_and_design_go_without_a_quiz(
    folder: Path, taxonomy: Taxonomy, write: Write, question: str, kind: str
) -> None:
    facet = "experience" if kind == "behavioural" else "method"
    path = write(
        question,
        ('kind = "scenario"', f'kind = "{kind}"'),
        ('facet = "classification"', f'facet = "{facet}"'),
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[quiz]")] + text[text.index("[[sources]]") :], encoding="utf-8")

    bank = read_bank(folder, taxonomy)

    assert bank.get(question).quiz is None


def test_a_numbers_question_names_its_maker(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write(
        "metrics/numbers",
        ("[quiz]", '[template]\nmake = "confusion_matrix"\nargs = { size = 100 }\n\n[quiz]'),
    )

    template = read_bank(folder, taxonomy).get("metrics/numbers").template

    assert template is not None
    assert (template.make, template.args) == ("confusion_matrix", {"size": 100})


def test_a_worked_answer_may_be_longer(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    longer = ("without looking at anybody.", "without looking at anybody. " + "word " * 250)
    write("metrics/short", longer)
    write("metrics/long", longer, ('kind = "scenario"', 'kind = "coding"'), ('covers = ["s0-46"]', ""))

    _, problems = read_all(folder, taxonomy)

    assert [(problem.path.stem, problem.where) for problem in problems] == [("short", "answer")]


def test_an_answer_must_not_be_too_short(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    path = write()
    text = path.read_text(encoding="utf-8")
    start, end = text.index("What I want to know"), text.index("[[key_points]]")
    path.write_text(f"{text[:start]}'''\n\n{text[end:]}", encoding="utf-8")

    _, problems = read_all(folder, taxonomy)

    assert [problem.sentence.split("; ")[1] for problem in problems] == ["give 350 to 900."]


@pytest.mark.parametrize("times, places", [(1300, []), (1500, ["answer with points, mistakes and sources"])])
def test_a_message_must_hold_the_whole_feedback(
    folder: Path, taxonomy: Taxonomy, write: Write, times: int, places: list[str]
) -> None:
    write("metrics/long", ("it is the share of the majority", "**x** " * times))

    _, problems = read_all(folder, taxonomy)

    assert [problem.where for problem in problems] == places


def test_retired_questions_are_found_by_id_alone(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write("metrics/old", ('covers = ["s0-46"]', "retired = true"))
    write("metrics/new")
    write("nlp/other", ('facet = "classification"', 'facet = "classical"'), ('covers = ["s0-46"]', ""))

    bank = read_bank(folder, taxonomy)

    assert bank.get("metrics/old").retired
    assert [question.id for question in bank] == ["metrics/new", "nlp/other"]
    assert [question.id for question in bank.of_topic("metrics")] == ["metrics/new"]
    assert [question.id for question in bank.of_facet("nlp", "classical")] == ["nlp/other"]
    assert bank.of_topic("cooking") == bank.of_facet("nlp", "x") == ()
    assert bank.find("metrics/none") is None
    assert "metrics/old" in bank
    assert len(bank) == 2
    with pytest.raises(KeyError):
        bank.get("metrics/none")


def test_a_bank_does_not_change(folder: Path, taxonomy: Taxonomy, write: Write) -> None:
    write()
    bank = read_bank(folder, taxonomy)

    with pytest.raises(FrozenInstanceError):
        bank.get("metrics/accuracy").stem = "?"  # type: ignore[misc]
    with pytest.raises(TypeError):
        bank.questions["x"] = bank.live[0]  # type: ignore[index]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, taxonomy: Taxonomy) -> None:
    with pytest.raises(Broken, match="is not there"):
        read_bank(tmp_path / "nowhere", taxonomy)


def test_an_empty_bank_is_a_bank() -> None:
    assert list(Bank([])) == []
