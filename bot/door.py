"""The door: what comes in is looked at once and shown to the feature whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rapidfuzz import fuzz, process
from telegram import ChatMember
from telegram.constants import ChatType

from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Command, Feature, Pressed, Typed
from handlers.kit.kept import kept_of
from handlers.kit.press import Press, name_of
from handlers.kit.refusal import Refusal
from interview.learner import Learner, SetupStep
from storage import learners

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "poll", "poll_answer")
"""What Telegram is asked to send."""

FOR_STRANGERS = ("start", "help", "privacy", "forget", "alias", "export")
"""Commands for whoever we have not met: they may be known from a group."""

OLD_BUTTON = "That button is from an older version of me. /today or /topic bring fresh ones."
NO_ANSWER = (
    "I cannot take that for an answer. Type your answer, or use the buttons above; a voice message, a picture or"
    " a file is kept with it."
)
ONLY_TEXT = "I can read typed text only, just now. Type it, or use the buttons above."
FILE_AWAITED = (
    "I am waiting for a file: send it with the paper clip. Or leave it: /today brings your question."
)
NOT_YET_MET = (
    "We have not met yet, or you asked me to forget you. /start begins: four taps, then the first question."
)


IN_GROUPS = "/{} is for study groups: add me to one (my profile, “Add to group”) and send it there."
IN_PRIVATE = "/{} works in our private chat: open @{} and send it there."


class Door:
    """Dispatches updates to features. Two features that claim one name are an error at the start."""

    def __init__(self, on: Dependencies, features: Sequence[Feature]) -> None:
        self._on = on
        self._commands: dict[str, Command] = _unique((c.name, c.run) for f in features for c in f.commands)
        inner = [f for f in features if f.for_operators]
        self._inner_commands = frozenset(c.name for f in inner for c in f.commands)
        self._inner_presses = frozenset(press.name for f in inner for press in f.presses)
        self._inner_awaited = frozenset(what for f in inner for what in f.awaited)
        presses = [(press, handler) for f in features for press, handler in f.presses.items()]
        self._presses: dict[str, tuple[type[Press], Pressed]] = _unique((p.name, (p, h)) for p, h in presses)
        self._awaited: dict[str, Typed] = _unique(item for f in features for item in f.awaited.items())
        self._documents: dict[str, Typed] = _unique(item for f in features for item in f.documents.items())
        self._located = _only(f.located for f in features)
        self._answers = _only(f.answers for f in features)
        self._answers_to = _only(f.answers_to for f in features)
        self._owned = _only(f.owned for f in features)
        self._edited = _only(f.edited for f in features)
        self._group_commands: dict[str, Command] = _unique(
            (c.name, c.run) for f in features for c in f.group_commands
        )
        presses = [(press, handler) for f in features for press, handler in f.group_presses.items()]
        self._group_presses: dict[str, tuple[type[Press], Pressed]] = _unique(
            (p.name, (p, h)) for p, h in presses
        )
        self._group_texts = _at_most(f.group_texts for f in features)
        self._group_service = _at_most(f.group_service for f in features)
        self._group_membership = _at_most(f.membership for f in features)
        self._poll_answers = _at_most(f.poll_answers for f in features)
        self._polls = _at_most(f.polls for f in features)

    async def take(self, context: Context) -> None:
        """Handle one update; what is not for us is passed over. What a handler raises passes through."""
        update = context.update
        if update.my_chat_member is not None:
            await self._membership(context)
        elif update.poll_answer is not None:
            await self._poll_answers(context)
        elif update.poll is not None:
            await self._polls(context)
        elif update.callback_query is not None:
            await self._pressed(context)
        elif update.edited_message is not None and self._is_for_us(context):
            await self._edited(context)
        elif update.message is not None and self._is_for_us(context):
            await self._message(context)
        elif update.message is not None and context.in_group:
            await self._in_group(context)

    async def _membership(self, context: Context) -> None:
        """Someone blocked the bot, which ends their dailies, or unblocked it: /start then begins again."""
        changed = context.update.my_chat_member
        assert changed is not None
        if context.in_group:
            await self._group_membership(context)
            return
        if changed.chat.type != ChatType.PRIVATE or changed.new_chat_member.status != ChatMember.BANNED:
            return
        async with self._on.db.transaction() as tx:
            learner = await learners.find(tx, context.learner_id)
            if learner is not None:
                await learners.put(tx, learner.out_of_reach(context.now))

    async def _pressed(self, context: Context) -> None:
        query = context.update.callback_query
        assert query is not None
        if query.message is None or query.data is None:
            raise Refusal(OLD_BUTTON)
        presses = self._group_presses if context.in_group else self._presses
        kind, handler = presses.get(name_of(query.data), (None, None))
        press = kind.unpack(query.data) if kind is not None else None
        closed = name_of(query.data) in self._inner_presses and not context.by_operator
        if press is None or handler is None or closed:
            raise Refusal(OLD_BUTTON)
        for_strangers = context.in_group or name_of(query.data) in FOR_STRANGERS
        if not for_strangers and await self._met(context) is None:
            raise Refusal(NOT_YET_MET)
        await handler(context, press)
        await chat.answer(context)  # where the handler has not, so that the button stops spinning

    async def _message(self, context: Context) -> None:
        learner = await self._met(context)
        if learner is None:
            await self._stranger(context)
        elif context.text.startswith("/"):
            await self._command(context)
        elif context.text:
            await self._text(context, learner)
        elif context.message.location is not None:
            await self._located(context)
        elif context.message.effective_attachment is not None:
            await self._sent(context, learner)
        # else it is Telegram that speaks: a message was pinned, a timer set

    async def _stranger(self, context: Context) -> None:
        """Nobody is signed up by a stray word, least of all who has just been forgotten: that takes /start."""
        name = context.text[1:].split(maxsplit=1)[0].split("@")[0].lower() if context.text[1:].strip() else ""
        if name not in FOR_STRANGERS or not context.text.startswith("/"):
            raise Refusal(NOT_YET_MET)
        await self._commands[name](context, _argument(context.text))

    async def _command(self, context: Context) -> None:
        name = context.text[1:].split(maxsplit=1)[0].split("@")[0].lower() if len(context.text) > 1 else ""
        closed = frozenset() if context.by_operator else self._inner_commands
        run = self._commands.get(name)
        if run is None and name in self._group_commands:
            raise Refusal(IN_GROUPS.format(name))
        if run is None or name in closed:
            there_are = [command for command in self._commands if command not in closed]
            likely = process.extractOne(name, there_are, scorer=fuzz.ratio, score_cutoff=65) if name else None
            meant = f" Did you mean /{likely[0]}?" if likely else ""
            raise Refusal(f"I don’t know the command /{name[:32]}.{meant} /help lists what I can do.")
        await run(context, _argument(context.text))

    async def _in_group(self, context: Context) -> None:
        """What is said in a group: commands for us, replies to us, and what Telegram says itself."""
        message, us = context.message, self._on.bot
        if context.words.startswith("/"):
            name, _, whose = (context.words[1:].split(maxsplit=1) or [""])[0].lower().partition("@")
            run = self._group_commands.get(name)
            if whose and whose != us.username.lower():
                return
            if run is not None:
                await run(context, _argument(context.words))
            elif whose and name in self._commands and name not in self._inner_commands:
                raise Refusal(IN_PRIVATE.format(name, us.username))
        elif message.text is None and message.effective_attachment is None:
            await self._group_service(context)
        elif message.reply_to_message is not None and message.reply_to_message.from_user == us.bot:
            await self._group_texts(context)

    async def _text(self, context: Context, learner: Learner) -> None:
        """Who owns a typed text: the message it replies to, else what was last asked for, else an open question."""
        what = learner.awaits(context.now) or ""
        closed = what in self._inner_awaited and not context.by_operator
        awaited = self._awaited.get(what)
        if awaited is None or closed or await self._answers_to(context):
            if learner.setup_step is not None and not await self._owned(context):
                await self._in_setup(context, learner.setup_step)
                return
            if what in self._documents and not await self._owned(context):
                raise Refusal(FILE_AWAITED)
            await self._answers(context)
        else:
            await awaited(context)

    async def _in_setup(self, context: Context, step: SetupStep) -> None:
        """A text in the middle of the first conversation: for the step at which it stands, which is shown again."""
        typed = self._awaited.get(step)
        await (typed(context) if typed is not None else self._commands["start"](context, ""))

    async def _sent(self, context: Context, learner: Learner) -> None:
        """A file belongs to whoever has just asked for one; else recordings, pictures and files are answers."""
        asked_for = self._documents.get(learner.awaits(context.now) or "")
        kept = kept_of(context.message)
        if asked_for is not None and context.message.document is not None:
            await asked_for(context)
        elif kept is None:
            raise Refusal(NO_ANSWER)
        elif learner.setup_step is not None and not await self._owned(context):
            raise Refusal(ONLY_TEXT)
        else:
            await self._answers(context)

    async def _met(self, context: Context) -> Learner | None:
        """The learner, if we know them; one who was silent, or out of reach, is back with this."""
        async with self._on.db.transaction() as tx:
            learner = await learners.find(tx, context.learner_id)
            if learner is None or (active := learner.active(context.now)) is learner:
                return learner
            await learners.put(tx, active)
        return active

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


async def _pass_over(context: Context) -> None:
    """Nobody wants to know."""


def _at_most(claims: Iterable[Typed | None]) -> Typed:
    """The one claim there is; where there is none, such updates are passed over."""
    claimed = [claim for claim in claims if claim is not None]
    return _only(claimed) if claimed else _pass_over


def _only(claims: Iterable[Callable[..., Any] | None]) -> Callable[..., Any]:
    [claim] = [claim for claim in claims if claim is not None]
    return claim
