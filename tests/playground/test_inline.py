"""Inline queries: typing after the bot's name in any chat, what it offers, and what is sent of it."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from playground import inline
from playground.clock import Clock
from playground.refusals import PersonRefused
from playground.state import Box


def article(number: int, text: str = "<b>Recall</b>", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": str(number),
        "title": f"No {number}",
        "input_message_content": content,
        **more,
    }


@pytest.fixture(autouse=True)
def inline_mode(box: Box) -> None:
    box.bot.inline = True


async def test_a_query_is_asked_answered_and_sent(api: Any, box: Box, group: int) -> None:
    asked = inline.ask(box, "bob", "study-group", "recall")
    (update,) = await api.updates()
    query = update["inline_query"]
    assert (query["query"], query["chat_type"], query["from"]["username"]) == ("recall", "group", "bob")

    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    results = [article(1, description="TP / (TP + FN)"), article(2, reply_markup=markup)]
    await api("answerInlineQuery", inline_query_id=query["id"], results=results)
    assert [offer.for_people() for offer in await asked or []] == [
        {"id": "1", "title": "No 1", "description": "TP / (TP + FN)", "text": "Recall"},
        {"id": "2", "title": "No 2", "description": "", "text": "Recall"},
    ]

    message_id = inline.choose(box, "bob", "study-group", "2")
    (update,) = await api.updates()
    message = update["message"]
    assert (message["message_id"], message["text"], message["from"]["username"]) == (
        message_id,
        "Recall",
        "bob",
    )
    assert message["via_bot"]["username"] == "interview_coach_bot"
    assert box.messages("study-group")[-1]["buttons"][0][0]["text"] == "More"


async def test_a_query_is_answered_once_and_within_half_a_minute(api: Any, box: Box, clock: Clock) -> None:
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    first, second = inline.ask(box, "bob", "bob", "a"), inline.ask(box, "bob", "bob", "b")
    ids = [update["inline_query"]["id"] for update in await api("getUpdates")]

    await api("answerInlineQuery", inline_query_id=ids[0], results=[])
    assert await api.refused("answerInlineQuery", inline_query_id=ids[0], results=[]) == too_old
    await clock.advance(30)
    assert await api.refused("answerInlineQuery", inline_query_id=ids[1], results=[]) == too_old
    assert (await first, await second) == ([], None)
    assert await api("getUpdates") == []


async def test_an_answer_is_late_though_nobody_looked_at_the_clock(api: Any, clock: Clock) -> None:
    moments = [clock.now()]
    box = api.box = Box(now=lambda: moments[0], strict=True)
    box.bot.inline = True
    inline.ask(box, "bob", "bob", "a")
    (update,) = await api.updates()
    moments[0] += timedelta(seconds=30)

    given = {"inline_query_id": update["inline_query"]["id"], "results": []}
    assert (await api.refused("answerInlineQuery", **given))[0] == 400


@pytest.mark.parametrize(
    "results, more, code, words",
    [
        ([article(n) for n in range(51)], {}, 400, "Bad Request: too many inline query results specified"),
        ([article(1), article(1)], {}, 400, "Bad Request: RESULT_ID_DUPLICATE"),
        ([article(1) | {"id": "x" * 65}], {}, 400, "Bad Request: RESULT_ID_INVALID"),
        ([article(1, "")], {}, 400, "Bad Request: message text is empty"),
        ([], {"next_offset": "x" * 65}, 400, "Bad Request: NEXT_OFFSET_INVALID"),
        ([{"type": "photo", "id": "1", "photo_url": "x", "thumbnail_url": "x"}], {}, 501,
         "Not Implemented: answerInlineQuery with photo is not built into the playground"),
        ([], {"button": {"text": "x", "start_parameter": "y"}}, 501,
         "Not Implemented: answerInlineQuery with button is not built into the playground"),
    ],
)  # fmt: skip
async def test_what_cannot_be_offered(
    api: Any, box: Box, results: list[Any], more: dict[str, Any], code: int, words: str
) -> None:
    inline.ask(box, "bob", "bob", "a")
    (update,) = await api.updates()
    given = {"inline_query_id": update["inline_query"]["id"], "results": results, **more}

    assert await api.refused("answerInlineQuery", **given) == (code, words)


async def test_a_bot_without_inline_mode_is_not_asked(api: Any, box: Box) -> None:
    box.bot.inline = False

    with pytest.raises(
        PersonRefused, match=r"The bot has no inline mode; POST /people/inline switches it on."
    ):
        inline.ask(box, "bob", "bob", "a")
    with pytest.raises(PersonRefused, match=r"The bot has offered bob no result 1; there are: none."):
        inline.choose(box, "bob", "bob", "1")
    assert (await api("getMe"))["supports_inline_queries"] is False


async def test_queries_over_http(site: aiohttp.ClientSession, api: Any, box: Box) -> None:
    assert await (await site.post("/people/inline", json={"on": True})).json() == {"on": True}
    asking = asyncio.create_task(
        site.post("/people/query", json={"from": "bob", "chat": "bob", "text": "recall"})
    )
    (update,) = await api.updates(timeout=30)
    await api("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[article(7)])

    offered = await (await asking).json()
    assert [result["id"] for result in offered["results"]] == ["7"]
    sent = await site.post("/people/choose", json={"from": "bob", "chat": "bob", "result": "7"})
    assert (await sent.json())["message_id"] == 1
