import pytest

from interview.giving_up import gives_up

GIVEN_UP = ("?", " ??? ", "¿?", "-", "…", "...", "🤷", "🤷🏽‍♀️", "пас", "Не знаю", "Не знаю, честно.", "хз", "no sé", "Keine Ahnung!")  # fmt: skip  # noqa: E501
ANSWERS = (
    "",
    "  ",
    "5?",
    "x",
    "не знаю точно, но precision падает",
    "pas d'idée fixe: la médiane",
    "+",
    "1 / n",
)


@pytest.mark.parametrize("reply", GIVEN_UP)
def test_it_is_understood_in_signs_and_in_other_languages(reply):
    assert gives_up(reply)


@pytest.mark.parametrize("reply", ANSWERS)
def test_what_says_anything_is_an_answer(reply):
    assert not gives_up(reply)
