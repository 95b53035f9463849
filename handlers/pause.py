"""/pause: really silent for some days; due dates wait, the streak is kept, and it ends by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from handlers.choosing.presses import CloseSettings, OpenPause
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply
from interview.dates import read_date
from interview.learner import Learner
from interview.rhythm import LONGEST_PAUSE
from storage import cards, kept_days, learners
from storage.database import Transaction

OFFERED = (1, 3, 7, 14)  # days
ENDS = ("0", "off", "stop", "end", "back")
HOW = "Say how long: /pause 5 for five days, or /pause 24 December for until then (a year at most). /pause off ends it."


@dataclass(frozen=True, slots=True)
class PauseUntil(Press):
    """Be silent until this study day, as a day's ordinal number: run twice it is the same."""

    name: ClassVar[str] = "pause"
    until: int


@dataclass(frozen=True, slots=True)
class EndPause(Press):
    """Come back now."""

    name: ClassVar[str] = "unpause"


async def pause(context: Context, words: str) -> None:
    """With a time: pause. Without: offer some."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        ends, paused = words.strip().lower() in ENDS, _is_paused(learner, today)
        if ends and paused:
            learner = await _end(tx, context, learner, today)
        elif words and not ends:
            learner = await _pause(tx, context, learner, _until(words, today))
    ended = _back if paused else _no_pause
    shown = ended(learner) if ends else _shown(learner, today)
    await chat.send(context.on, context.learner_id, shown)


async def offer_pause(context: Context, _: OpenPause) -> None:
    """From the settings: offer some, with a way back."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
    shown = _shown(learner, learner.today(context.now))
    assert isinstance(shown.buttons, tuple)
    back = (Button("Done", CloseSettings(whole=0)),)
    await chat.respond(context, Reply(shown.text, (*shown.buttons, back)))


async def pause_until(context: Context, press: PauseUntil) -> None:
    """Pause as long as the button said."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        try:
            until = date.fromordinal(press.until)
        except (ValueError, OverflowError):
            raise Refusal(HOW) from None
        learner = await _pause(tx, context, learner, until)
    await chat.respond(context, _shown(learner, today))


async def end_pause(context: Context, _: EndPause) -> None:
    """Come back before time: what had waited is due that much earlier again."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        learner = await _end(tx, context, learner, today)
    await chat.respond(context, _back(learner))


async def _pause(tx: Transaction, context: Context, learner: Learner, until: date) -> Learner:
    today = learner.today(context.now)
    if not today < until <= today + timedelta(days=LONGEST_PAUSE):
        raise Refusal(HOW)
    if learner.paused_until == until:
        return learner
    learner = await _end(tx, context, learner, today)
    days = (until - today).days
    await cards.postpone(tx, learner.id, days)
    await kept_days.add_paused(tx, learner.id, (today + timedelta(days=ahead) for ahead in range(days)))
    return await _written(tx, replace(learner, paused_until=until), context.now)


async def _end(tx: Transaction, context: Context, learner: Learner, today: date) -> Learner:
    if learner.paused_until is not None and _is_paused(learner, today):
        await cards.postpone(tx, learner.id, -(learner.paused_until - today).days)
        await kept_days.remove_paused(tx, learner.id, today)
    return await _written(tx, replace(learner, paused_until=None), context.now)


async def _written(tx: Transaction, learner: Learner, now: datetime) -> Learner:
    learner = replace(learner, next_daily_at=learner.daily_from(now)).planned(now)
    await learners.put(tx, learner)
    return learner


def _is_paused(learner: Learner, today: date) -> bool:
    return learner.paused_until is not None and learner.paused_until > today


def _until(words: str, today: date) -> date:
    """A number of days, or a date: 24 December, until 24 Dec 2026, 2026-12-24."""
    words = re.sub(r"^(until|till|for)\s+", "", words.strip(), flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{1,3})\s*d?", words.strip(), re.IGNORECASE):
        return today + timedelta(days=int(found[1]))
    until = read_date(words, today)
    if until is None:
        raise Refusal(HOW)
    return until


def _back(learner: Learner) -> Reply:
    return Reply(f"<b>You are back.</b> {_next(learner)}")


def _no_pause(learner: Learner) -> Reply:
    """True too where this ended one when it ran before."""
    return Reply(f"<b>No break is running.</b> {_next(learner)} /pause 5 begins one of five days.")


def _next(learner: Learner) -> str:
    assert learner.next_daily_at is not None, "whoever is not paused has a next daily"
    at = learner.next_daily_at.astimezone(learner.zone)
    return f"Next question: {at:%A}, {at:%H:%M}."


def _shown(learner: Learner, today: date) -> Reply:
    until = learner.paused_until
    if until is not None and _is_paused(learner, today):
        text = (
            f"<b>Paused.</b> I am silent until {until:%A}, {until.day} {until:%B}, and then come back by myself.\n"
            "Due dates wait for you, and your streak is kept."
        )
        return Reply(text, ((Button("Come back now", EndPause()),),))
    buttons = tuple(
        Button(
            f"{days} day{'' if days == 1 else 's'}", PauseUntil((today + timedelta(days=days)).toordinal())
        )
        for days in OFFERED
    )
    return Reply(f"<b>Take a break?</b> I keep your streak and move your due dates.\n{HOW}", (buttons,))


FEATURE = Feature(
    name="pause",
    commands=(Called("pause", "a break: /pause 5, /pause 24 December", pause),),
    presses={PauseUntil: pause_until, EndPause: end_pause, OpenPause: offer_pause},
)
