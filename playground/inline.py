"""Inline queries: what somebody types after the bot's name, what the bot offers, and the message made of it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playground import texts
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.markup import checked
from playground.people import Chat, Person
from playground.refusals import QUERY_TOO_OLD, PersonRefused, bad_request, not_built
from playground.updates import KEPT_INLINE

if TYPE_CHECKING:
    from playground.state import Box

LONGEST_QUERY = 256
MOST_RESULTS = 50
LONGEST_ID = 64  # bytes, of a result and of an offset
CHAT_TYPES = {"private": "sender", "group": "group", "supergroup": "supergroup"}


@dataclass(frozen=True)
class Offer:
    """One result: what a client lists, and the message it becomes."""

    id: str
    title: str
    description: str
    content: Formatted
    buttons: dict[str, Any] | None

    def for_people(self) -> dict[str, str]:
        return {
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "text": self.content.text,
        }


@dataclass(eq=False)
class Query:
    """What somebody asked in a chat; the future holds what the bot offered, None where it let the time pass."""

    id: str
    person: Person
    chat: Chat
    since: datetime
    answered: "asyncio.Future[list[Offer] | None]"


@dataclass
class InlineQueries:
    """The open ones, and the last offers to each person; an answered or expired query is open no more."""

    next_id: int
    open: dict[str, Query] = field(default_factory=dict)
    offered: dict[Person, list[Offer]] = field(default_factory=dict)

    def expire(self, now: datetime) -> None:
        for query in [each for each in self.open.values() if now - each.since >= KEPT_INLINE]:
            del self.open[query.id]
            if not query.answered.done():
                query.answered.set_result(None)


def ask(box: "Box", who: str, chat: str | int, text: str) -> "asyncio.Future[list[Offer] | None]":
    """Somebody types `@bot text` in a chat; the future holds what the bot offers, None where it lets the
    time pass. Raises `PersonRefused`."""
    person, where = box.roster.chat_of(who, chat)
    if not box.bot.inline:
        raise PersonRefused("The bot has no inline mode; POST /people/inline switches it on.", 501)
    if len(text) > LONGEST_QUERY:
        raise PersonRefused(f"A query holds at most {LONGEST_QUERY} characters.")
    queries = box.inline
    queries.next_id += 1
    future: asyncio.Future[list[Offer] | None] = asyncio.get_running_loop().create_future()
    query = Query(str((person.id << 32) + queries.next_id), person, where, box.now(), future)
    queries.open[query.id] = query
    box.updates.add("inline_query", {
        "id": query.id,
        "from": person.as_user(),
        "query": text,
        "offset": "",
        "chat_type": CHAT_TYPES[where.type],
    })  # fmt: skip
    return future


def choose(box: "Box", who: str, chat: str | int, result: str) -> int:
    """Somebody sends one of the results last offered to them; the new message's id. Raises `PersonRefused`."""
    person, _ = box.roster.chat_of(who, chat)
    offers = box.inline.offered.get(person, [])
    offer = next((each for each in offers if each.id == result), None)
    if offer is None:
        ids = ", ".join(each.id for each in offers) or "none"
        raise PersonRefused(f"The bot has offered {who} no result {result}; there are: {ids}.", 404)
    return box.post_via_bot(who, chat, offer.content, offer.buttons)


def answer(box: "Box", call: Call) -> bool:
    """The bot offers articles that become text messages."""
    results = call.args["results"]
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    if len(call.text("next_offset").encode()) > LONGEST_ID:
        raise bad_request("NEXT_OFFSET_INVALID")
    offers = [_offer(box, call, result) for result in results]
    if len({offer.id for offer in offers}) < len(offers):
        raise bad_request("RESULT_ID_DUPLICATE")
    box.inline.expire(box.now())
    query = box.inline.open.pop(call.text("inline_query_id"), None)
    if query is None:
        raise bad_request(QUERY_TOO_OLD)
    box.inline.offered[query.person] = offers
    if not query.answered.done():
        query.answered.set_result(offers)
    return True


def _offer(box: "Box", call: Call, result: dict[str, Any]) -> Offer:
    if result["type"] != "article":
        raise not_built(f"answerInlineQuery with {result['type']}")
    given = result["input_message_content"]
    if "message_text" not in given:
        raise not_built("answerInlineQuery with a content that is no text")
    if not 1 <= len(result["id"].encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    content = texts.message_text(box, Call(call.method, {**given, "text": given["message_text"]}))
    buttons = checked(result["reply_markup"]) if result.get("reply_markup") else None
    return Offer(result["id"], result["title"], result.get("description", ""), content, buttons)


METHODS = {
    "answerInlineQuery": Built(
        answer, ("inline_query_id", "results", "next_offset"), ("cache_time", "is_personal")
    )
}
