"""/import: an export taken back, merged into what is here, once the learner has confirmed it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from telegram import Document, Message

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape
from interview.archive import document, merging
from interview.archive.document import Rows, Unreadable
from interview.archive.merging import Changes
from interview.day import jumped
from interview.learner import AWAIT_FOR, Learner, SetupStep
from interview.rhythm import WEEKDAYS, Rhythm
from interview.roles import Role
from interview.streak import reckon
from storage import export, importing, kept_days, learners
from storage.database import Transaction

AWAITED = "import"
MOST_BYTES = 10_000_000  # Telegram gives bots 20 MB; ten years of daily practice fit into this
ASK = (
    "Send me the <b>.json</b> file that /export gave you, as a file. "
    "I will tell you what is in it and ask before I change anything."
)
TOO_LARGE = (
    "That file is larger than 10 MB, so I did not open it. An export of mine is smaller: "
    "send the .json file that /export gave you."
)
GONE = "I no longer see that file. Say /import and send it once more."
_STILL_TYPED = (SetupStep.ZONE, SetupStep.HOUR)


@dataclass(frozen=True, slots=True)
class ConfirmImport(Press):
    """Yes (1), take in the file this message replies to; or no (0), leave everything as it is."""

    name: ClassVar[str] = "import"
    sure: int


async def ask_for_file(context: Context, _: str = "") -> None:
    """Wait for a file, for ten minutes."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        until = context.now + AWAIT_FOR
        await learners.put(tx, replace(learner, awaiting=AWAITED, awaiting_until=until))
    await chat.send(context.on, context.learner_id, Reply(ASK))


async def take_file(context: Context) -> None:
    """Say what is in the file, and ask; nothing is written yet."""
    theirs = await _read(context, context.message)
    learner, ours = await _here(context)
    changes = await _merged(context, learner, ours, theirs)
    reply = _summary(learner, ours, theirs, changes, learner.today(context.now))
    await chat.send(context.on, context.learner_id, reply, to_message=context.message.message_id)


async def confirm_import(context: Context, press: ConfirmImport) -> None:
    """Merge the file that the pressed message replies to into what is here. A second time changes nothing."""
    if not press.sure:
        async with context.on.db.transaction() as tx:
            await learners.put(tx, _waiting_no_longer(await learners.get(tx, context.learner_id), context))
        await chat.respond(context, Reply("Nothing was changed."))
        return
    source = context.message.reply_to_message
    if source is None or source.document is None:
        raise Refusal(GONE)
    theirs = await _read(context, source)

    while (before := await _take_in(context, theirs)) is None:
        pass
    await chat.respond(context, _done(theirs))
    if before.setup_step is not None and before.setup_message_id is not None:
        await chat.drop_buttons(context.on, before.id, before.setup_message_id)


async def _read(context: Context, message: Message) -> Rows:
    """What the file in that message says; a Refusal where it is too large, gone or no export."""
    sent = message.document
    assert sent is not None, "only messages with a document get here"
    if _is_too_large(sent):
        raise Refusal(TOO_LARGE)
    content = await chat.fetch_file(context.on, sent.file_id)
    if content is None:
        raise Refusal(GONE)
    if len(content) > MOST_BYTES:
        raise Refusal(TOO_LARGE)
    try:
        return await asyncio.to_thread(document.read, content, context.now)
    except Unreadable as unreadable:
        raise Refusal(str(unreadable)) from None


def _is_too_large(sent: Document) -> bool:
    return sent.file_size is not None and sent.file_size > MOST_BYTES


async def _here(context: Context) -> tuple[Learner, Rows]:
    """The learner and all that is stored about them."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        return learner, await export.rows_of(tx, learner.id)


async def _merged(context: Context, learner: Learner, ours: Rows, theirs: Rows) -> Changes:
    """Worked out in a thread: years of ratings take longer than anybody else should have to wait."""
    today = learner.today(context.now)
    return await asyncio.to_thread(
        merging.merge, ours, theirs, lambda question_id: f"{learner.id}:{question_id}", today
    )


async def _take_in(context: Context, theirs: Rows) -> Learner | None:
    """Merge and write; the learner as they were before, or None where their rows changed meanwhile."""
    before, ours = await _here(context)
    changes = await _merged(context, before, ours, theirs)
    async with context.on.db.transaction() as tx:
        if await export.rows_of(tx, before.id) != ours:
            return None
        await importing.apply(tx, before.id, changes)
        await _settle(tx, context, before, set_up="zone" in theirs["learners"][0])
    return before


async def _settle(tx: Transaction, context: Context, before: Learner, *, set_up: bool) -> None:
    """What follows from the settings: the next daily's moment, days jumped over, the first conversation's end."""
    learner = await learners.get(tx, before.id)
    if before.setup_step is None and learner.zone != before.zone:
        await kept_days.add_jumped(tx, before.id, jumped(context.now, before.zone, learner.zone))
    learner = _waiting_no_longer(replace(learner, setup_step=None) if set_up else learner, context)
    moved = (learner.zone, learner.daily_time, learner.rhythm) != (
        before.zone,
        before.daily_time,
        before.rhythm,
    )
    if moved and learner.next_daily_at is not None:
        learner = replace(learner, next_daily_at=learner.daily_after(context.now))
    await learners.put(tx, learner.planned(context.now))


def _waiting_no_longer(learner: Learner, context: Context) -> Learner:
    """Back to what was asked to be typed before: the step of the first conversation, or nothing."""
    if learner.setup_step in _STILL_TYPED:
        return replace(learner, awaiting=learner.setup_step, awaiting_until=context.now + AWAIT_FOR)
    return replace(learner, awaiting=None, awaiting_until=None)


def _summary(learner: Learner, ours: Rows, theirs: Rows, changes: Changes, today: date) -> Reply:
    """What is in the file, what of it is new, and whether to take it in."""
    if not changes.anything and learner.setup_step is None:
        return Reply("All that is in that file is here already, so there is nothing to import.")
    lines = [
        "<b>Import this?</b>",
        "",
        f"In the file: {_counted(theirs)}{_since(theirs)}.",
        f"Not here yet: {_newly(changes)}.",
        f"Streak after it: {_plural(_streak_after(learner, ours, changes, today), 'day')}.",
        *_settings(changes, today),
        "",
        "What you have rated here stays, and nothing is counted twice.",
    ]
    buttons = ((Button("Import", ConfirmImport(1)), Button("Leave it", ConfirmImport(0))),)
    return Reply("\n".join(lines), buttons)


def _streak_after(learner: Learner, ours: Rows, changes: Changes, today: date) -> int:
    """How long the streak is once the changes are made."""
    days = merging.rated_days(ours, changes)
    rows = (*ours["kept_days"], *changes.added["kept_days"])
    kept = {date.fromisoformat(str(row["study_day"])) for row in rows}
    digits = changes.learner.get("rest_days")
    rhythm = learner.rhythm if digits is None else Rhythm(frozenset(map(int, str(digits))))
    return reckon(days, today, kept | rhythm.rested(min(days, default=today), today)).length


def _done(theirs: Rows) -> Reply:
    return Reply(
        f"<b>Imported.</b> All that was in the file is here now: {_counted(theirs)}. /today goes on."
    )


def _counted(rows: Rows) -> str:
    rated = document.count_rated(rows["askings"])
    return f"{_plural(len(rows['cards']), 'card')}, {_plural(rated, 'rating')}"


def _newly(changes: Changes) -> str:
    rated = document.count_rated(changes.added["askings"])
    return f"{_plural(len(changes.cards), 'card')}, {_plural(rated, 'rating')}"


def _since(rows: Rows) -> str:
    days = [str(asking["study_day"]) for asking in rows["askings"]]
    if not days:
        return ""
    first = date.fromisoformat(min(days))
    return f", since {first.day} {first:%B %Y}"


def _settings(changes: Changes, today: date) -> list[str]:
    """The settings that would change, in the words of /settings."""
    said: dict[str, Callable[[Any], str]] = {
        "zone": lambda value: f"zone {escape(ZoneInfo(value).key)}",
        "daily_time": lambda value: f"daily at {value}",
        "role": lambda value: f"for {escape(Role(value).label)}",
        "topics": lambda value: f"{_plural(len(value.split()), 'chosen topic')}",
        "level": lambda value: f"level {value}",
        "daily_count": lambda value: f"{value} a day",
        "rest_days": lambda value: f"rest on {_weekdays(value)}",
        "paused_until": lambda value: f"paused until {_day(value, today)}",
        "reminders": lambda value: "reminders on" if value else "no reminders",
        "reminder_time": lambda value: f"reminder at {value}",
        "streak_goal": lambda value: f"streak goal {_plural(value, 'day')}" if value else "no streak goal",
        "retention": lambda value: f"recall {value} %",
        "interview_on": lambda value: f"interview on {_day(value, today)}" if value else "no interview date",
    }
    words = [say(changes.learner[name]) for name, say in said.items() if name in changes.learner]
    return [f"Your settings change to: {', '.join(words)}."] if words else []


def _day(iso: str, today: date) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def _weekdays(digits: str) -> str:
    return ", ".join(WEEKDAYS[int(digit) - 1] for digit in digits) or "no day"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


FEATURE = Feature(
    name="import",
    commands=(Called("import", "take an export back", ask_for_file),),
    presses={ConfirmImport: confirm_import},
    documents={AWAITED: take_file},
)
