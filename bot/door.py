"""The door: what comes in is looked at once and shown to the feature whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import process
from telegram import ChatMember
from telegram.constants import ChatType

from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Command, Feature, Pressed, Typed
from handlers.kit.press import Press, name_of
from handlers.kit.refusal import Refusal
from interview.learner import Learner
from storage import learners

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send."""

OLD_BUTTON = "That button is from an older version of me. /today or /topic bring fresh ones."
ONLY_TEXT = "I can read typed answers only. Type yours, or tap Show answer."
NOT_YET_MET = "We have not met yet, or you asked me to forget you. /start begins."


class Door:
    """Dispatches updates to features. Two features that claim one name are an error at the start."""

    def __init__(self, on: Dependencies, features: Sequence[Feature]) -> None:
        self._on = on
        self._commands: dict[str, Command] = _unique((c.name, c.run) for f in features for c in f.commands)
        presses = [(press, handler) for f in features for press, handler in f.presses.items()]
        self._presses: dict[str, tuple[type[Press], Pressed]] = _unique((p.name, (p, h)) for p, h in presses)
        self._awaited: dict[str, Typed] = _unique(item for f in features for item in f.awaited.items())
        self._located = _only(f.located for f in features)
        self._answers = _only(f.answers for f in features)
        self._answers_to = _only(f.answers_to for f in features)
        self._edited = _only(f.edited for f in features)

    async def take(self, context: Context) -> None:
        """Handle one update; what is not for us is passed over. What a handler raises passes through."""
        update = context.update
        if update.my_chat_member is not None:
            await self._membership(context)
        elif update.callback_query is not None:
            await self._pressed(context)
        elif update.edited_message is not None and self._is_for_us(context):
            await self._edited(context)
        elif update.message is not None and self._is_for_us(context):
            await self._message(context)

    async def _membership(self, context: Context) -> None:
        """Someone blocked the bot, which ends their dailies, or unblocked it: /start then begins again."""
        changed = context.update.my_chat_member
        assert changed is not None
        if changed.chat.type != ChatType.PRIVATE or changed.new_chat_member.status != ChatMember.BANNED:
            return
        async with self._on.db.transaction() as tx:
            learner = await learners.find(tx, context.learner_id)
            if learner is not None:
                await learners.put(tx, replace(learner, unreachable_at=context.now, next_daily_at=None))

    async def _pressed(self, context: Context) -> None:
        query = context.update.callback_query
        assert query is not None
        if query.message is None or query.data is None:
            raise Refusal(OLD_BUTTON)
        kind, handler = self._presses.get(name_of(query.data), (None, None))
        press = kind.unpack(query.data) if kind is not None else None
        if press is None or handler is None:
            raise Refusal(OLD_BUTTON)
        if await self._met(context) is None:
            raise Refusal(NOT_YET_MET)
        await handler(context, press)
        await chat.answer(context)  # where the handler has not, so that the button stops spinning

    async def _message(self, context: Context) -> None:
        learner = await self._met(context)
        if learner is None:
            await self._commands["start"](context, _argument(context.text))
        elif context.text.startswith("/"):
            await self._command(context)
        elif context.text:
            await self._text(context, learner)
        elif context.message.location is not None:
            await self._located(context)
        else:
            raise Refusal(ONLY_TEXT)

    async def _command(self, context: Context) -> None:
        name = context.text[1:].split(maxsplit=1)[0].split("@")[0].lower() if len(context.text) > 1 else ""
        run = self._commands.get(name)
        if run is None:
            likely = process.extractOne(name, list(self._commands), score_cutoff=70) if name else None
            meant = f" Did you mean /{likely[0]}?" if likely else ""
            raise Refusal(f"I don’t know the command /{name[:32]}.{meant} /help lists what I can do.")
        await run(context, _argument(context.text))

    async def _text(self, context: Context, learner: Learner) -> None:
        """Who owns a typed text: the message it replies to, else what was last asked for, else an open question."""
        awaited = self._awaited.get(learner.awaits(context.now) or "")
        if awaited is None or await self._answers_to(context):
            await self._answers(context)
        else:
            await awaited(context)

    async def _met(self, context: Context) -> Learner | None:
        """The learner, if we know them; one who was out of reach is back with this."""
        async with self._on.db.transaction() as tx:
            learner = await learners.find(tx, context.learner_id)
            if learner is not None and learner.unreachable_at is not None:
                back = replace(learner, unreachable_at=None, next_daily_at=learner.daily_after(context.now))
                await learners.put(tx, back)
        return learner

    def _is_for_us(self, context: Context) -> bool:
        return context.message.chat.type == ChatType.PRIVATE and context.update.effective_user is not None


def _argument(text: str) -> str:
    """What stands behind a command's name."""
    return text.split(maxsplit=1)[1].strip() if len(text.split(maxsplit=1)) > 1 else ""


def _unique(named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for name, value in named:
        if name in taken:
            raise ValueError(f"two features claim “{name}”")
        taken[name] = value
    return taken


def _only(claims: Iterable[Callable[..., Any] | None]) -> Callable[..., Any]:
    [claim] = [claim for claim in claims if claim is not None]
    return claim
