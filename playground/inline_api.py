"""Inline queries over HTTP: asking the bot from any chat, and sending what it offers."""

import asyncio
from typing import Any

from playground import inline
from playground.fields import Fields
from playground.refusals import PersonRefused
from playground.state import Box

ANSWER_SECONDS = 10.0
CALLS = {
    "POST /people/inline": '{"on": bool} → {"on"}: the bot has an inline mode',
    "POST /people/query": '{"from", "chat", "text"} → {"results": [{"id", "title", "description", "text"}]}: type '
    "the bot's name and that",
    "POST /people/choose": '{"from", "chat", "result": id} → {"message_id"}: send a result of the last query',
}


async def _inline(box: Box, fields: Fields) -> dict[str, Any]:
    box.bot.inline = fields.flag("on")
    return {"on": box.bot.inline}


async def _query(box: Box, fields: Fields) -> dict[str, Any]:
    asked = inline.ask(box, fields.text("from"), fields.chat(), fields.text("text"))
    try:
        offers = await asyncio.wait_for(asyncio.shield(asked), ANSWER_SECONDS)
    except TimeoutError:
        sentence = f"The bot has not answered the query within {ANSWER_SECONDS:g} s."
        raise PersonRefused(sentence, 504) from None
    if offers is None:
        raise PersonRefused("The bot never answered the query; it is too old now.", 504)
    return {"results": [offer.for_people() for offer in offers]}


async def _choose(box: Box, fields: Fields) -> dict[str, Any]:
    return {"message_id": inline.choose(box, fields.text("from"), fields.chat(), fields.text("result"))}


POSTS = {"inline": _inline, "query": _query, "choose": _choose}
