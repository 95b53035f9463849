"""How a text is cut into clauses and words."""

import pytest

from judging.clauses import clauses, words_of
from judging.words import stem


def _texts(text):
    return [text[clause.start : clause.end] for clause in clauses(text)]


def _stems(text):
    return [token.stem for token in words_of(text) if not token.function]


def test_clauses_end_at_stops_and_joints_but_not_inside_an_abbreviation():
    text = (
        "Bias is error from rules that are too simple, whereas variance comes from noise. Use e.g. more data!"
    )

    assert _texts(text) == [
        "Bias is error from rules that are too simple",
        "whereas variance comes from noise",
        "Use e.g. more data",
    ]


def test_a_list_of_two_words_stays_whole():
    assert _texts("the mean and variance of it") == ["the mean and variance of it"]


@pytest.mark.parametrize(
    "text, denied",
    [
        ("scaling is not needed", {"scale"}),
        ("you don't scale anything first", {"scale", "first"}),
        ("a non-convex loss surface", {"convex"}),
        ("learning without any labels", {"label"}),
        ("a random split makes no sense", {"random", "split"}),
        ("not only the scale counts here", set()),
        ("the scale counts here", set()),
    ],
)
def test_denial_reaches_the_words_it_is_about(text, denied):
    found = {token.stem for token in words_of(text) if token.denied and not token.function}

    assert denied <= found
    assert bool(denied) == bool(found)


@pytest.mark.parametrize(
    "british, american",
    [
        ("regularisation", "regularization"),
        ("normalised", "normalized"),
        ("behaviour", "behavior"),
        ("centre", "center"),
        ("analysing", "analyzing"),
    ],
)
def test_both_spellings_have_one_stem(british, american):
    assert stem(british) == stem(american)


@pytest.mark.parametrize("word", ["noise", "precise", "supervised", "raised", "wise"])
def test_words_in_ise_that_are_no_verbs_keep_their_s(word):
    assert "z" not in stem(word)


def test_signs_and_short_forms_are_read_as_words():
    assert _stems("bias² + 3 % w/ sqrt(n)") == _stems("bias squared, 3 percent with square root n")
    assert _stems("FPR") == _stems("false positive rates")


@pytest.mark.parametrize(
    "said, meant",
    [
        ("we get  rid of outliers", "we remove outliers"),
        ("Blows up after a while", "explode after a while"),
        ("it holds CO2", "it holds carbon dioxide"),
    ],
)
def test_a_saying_is_read_as_the_word_it_stands_for(said, meant):
    assert _stems(said) == _stems(meant)


def test_a_saying_keeps_its_place_in_the_text():
    text = "Then get rid of them"

    assert [text[token.start : token.end] for token in words_of(text)] == ["Then", "get rid of", "them"]


def test_a_place_in_the_text_is_kept():
    text = "Well — the FPR stays low."

    for token in words_of(text):
        assert text[token.start : token.end].lower() in ("well", "the", "fpr", "stays", "low")
