"""/forget: delete everything about a learner, once they have confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press
from handlers.kit.reply import Button, Reply
from storage import inbox, learners, players


@dataclass(frozen=True, slots=True)
class ConfirmForget(Press):
    """Yes (1), delete all; or no (0), keep it."""

    name: ClassVar[str] = "forget"
    sure: int


async def ask_to_forget(context: Context, _: str = "") -> None:
    """Say what would be deleted and ask."""
    text = (
        "<b>Delete everything about you?</b>\n"
        "Your answers, ratings, cards, streak and settings go, here and now. It cannot be undone.\n"
        "In groups, your quiz scores stay under “someone”."
    )
    buttons = ((Button("Delete everything", ConfirmForget(1)), Button("Keep it", ConfirmForget(0))),)
    await chat.send(context.on, context.learner_id, Reply(text, buttons))


async def forget(context: Context, press: ConfirmForget) -> None:
    """Delete the learner, and the words in the updates they came in."""
    if not press.sure:
        await chat.respond(context, Reply("Nothing was deleted."))
        return
    async with context.on.db.transaction() as tx:
        await learners.remove(tx, context.learner_id)
        await players.forget(tx, context.learner_id)
        await inbox.blank(tx, context.learner_id)
    await chat.respond(
        context, Reply("Everything about you is deleted. /start begins anew, whenever you like.")
    )


FEATURE = Feature(
    name="forget",
    commands=(Called("forget", "delete everything about you", ask_to_forget),),
    presses={ConfirmForget: forget},
)
