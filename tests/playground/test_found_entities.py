"""What Telegram finds in a text by itself: tags of shares and numbers to ring."""

import math
from typing import Any

import pytest

from playground import schema
from playground.entities import Formatted, with_found


def found(text: str) -> list[tuple[str, str]]:
    entities = with_found(Formatted(text)).entities
    return [(each.type, text[each.offset : each.end]) for each in entities]


@pytest.mark.parametrize(
    "text, shown",
    [
        ("buy $GOOG now", ["$GOOG"]),
        ("$1INCH", ["$1INCH"]),
        ("$goog $TOOLONGNAME $$A $A1 5$US", []),
        ("($A), $B.", ["$A", "$B"]),
    ],
)
def test_a_share_s_tag(text: str, shown: list[str]) -> None:
    assert found(text) == [("cashtag", each) for each in shown]


@pytest.mark.parametrize(
    "text, shown",
    [
        ("ring +49 30 901820 or +1-212-555-0123", ["+49 30 901820", "+1-212-555-0123"]),
        ("+44 (20) 7946 0958", ["+44 (20) 7946 0958"]),
        ("1+2345678 +0123456789 +12 +123456 +1234567890123456", []),
    ],
)
def test_an_international_phone_number(text: str, shown: list[str]) -> None:
    assert found(text) == [("phone_number", each) for each in shown]


async def test_both_come_with_the_message(api: Any, alice: int) -> None:
    sent = await api("sendMessage", chat_id=alice, text="$AB +4930901820")

    assert [(each["type"], each["offset"], each["length"]) for each in sent["entities"]] == [
        ("cashtag", 0, 3),
        ("phone_number", 4, 11),
    ]


@pytest.mark.parametrize("number", ["NaN", "nan", "inf", "-Infinity", "1e999"])
async def test_what_is_no_number_is_refused(api: Any, alice: int, number: str) -> None:
    refusals = [
        await api.refused("sendLocation", chat_id=alice, latitude=number, longitude="1"),
        await api.refused(
            "answerInlineQuery", inline_query_id="1", results=f'[{{"type": "article", "id": {number}}}]'
        ),
    ]

    assert refusals[0] == (400, "Bad Request: parameter latitude must be a Float")
    assert refusals[1][0] == 400


def test_what_is_no_number_is_no_float_of_the_bot_api() -> None:
    wrong = [
        number
        for number in (0.5, 1, math.inf, -math.inf, math.nan)
        if schema.problems(["Float"], number, "x")
    ]

    assert wrong == pytest.approx([math.inf, -math.inf, math.nan], nan_ok=True)


async def test_a_text_nested_deeply_is_no_markup(api: Any, alice: int) -> None:
    for depth in (900, 2000, 200_000):
        deep = '["\\u0041",' + "[" * depth + "]" * depth + "]"
        code, _ = await api.refused("sendMessage", chat_id=alice, text="x", reply_markup=deep)
        assert code == 400
