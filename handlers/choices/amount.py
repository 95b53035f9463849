"""How much is asked: questions a day, and days of rest."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.choices.going_on import Change, Timing, choose, choose_typed, redraw_picker
from handlers.choosing.aims import NONE, OR_ANSWER
from handlers.choosing.presses import PickCount, ToggleRestDay, Where
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.learner import Learner, SetupStep
from interview.rhythm import MOST_A_DAY, MOST_REST_DAYS, WEEKDAYS
from storage import learners

OUT_OF_RANGE = f"I ask one to {MOST_A_DAY} questions a day. /settings shows the choice."
UNKNOWN_COUNT = f"Tap or type a number from 1 to {MOST_A_DAY}. {OR_ANSWER}"
UNKNOWN_DAYS = f"Type the days on which you rest, for example Sat Sun, or none. {OR_ANSWER}"
NO_DAY_LEFT = "One day a week has to be left. For a longer rest there is /pause."


async def pick_count(context: Context, press: PickCount) -> None:
    """Ask so many questions a day."""
    await choose(context, Where.SETTINGS, SetupStep.COUNT, _asked(press.questions))


async def take_count(context: Context) -> None:
    """A typed number of questions."""
    found = re.fullmatch(
        r"(\d{1,3})(\s+(questions?\s*)?(a|per)\s+day|\s+questions?)?", context.text.strip().lower()
    )
    if found is None:
        raise Refusal(UNKNOWN_COUNT)
    await choose_typed(context, SetupStep.COUNT, _asked(int(found[1])))


async def toggle_rest_day(context: Context, press: ToggleRestDay) -> None:
    """Rest on this weekday or not; the picker stays open."""
    if not 1 <= press.weekday <= 7:
        raise Refusal("A week has seven days. /settings shows them.")
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        others = learner.rest_days - {press.weekday}
        learner = _resting(others | {press.weekday} if press.rest else others)(learner)
        learner = replace(learner, next_daily_at=learner.daily_after(context.now)).planned(context.now)
        await learners.put(tx, learner)
    await redraw_picker(context, learner, SetupStep.REST, Where.SETTINGS)


async def take_rest_days(context: Context) -> None:
    """Typed weekdays, all at once."""
    days = _weekdays(context.text)
    if days is None:
        raise Refusal(UNKNOWN_DAYS)
    await choose_typed(context, SetupStep.REST, _resting(days), Timing.NOT_TODAY_AGAIN)


def _weekdays(text: str) -> frozenset[int] | None:
    """ISO weekdays by their first three letters; weekends, none; None for anything else."""
    words = re.findall(r"[a-z]+|\S", text.strip().casefold().replace(",", " ").replace(" and ", " "))
    if " ".join(words) in NONE:
        return frozenset()
    if words in (["weekend"], ["weekends"]):
        return frozenset({6, 7})
    numbers = [
        next((number for number, day in enumerate(WEEKDAYS, 1) if word[:3] == day.lower()), None)
        for word in words
    ]
    found = frozenset(number for number in numbers if number is not None)
    return found if numbers and None not in numbers else None


def _asked(questions: int) -> Change:
    if not 1 <= questions <= MOST_A_DAY:
        raise Refusal(OUT_OF_RANGE)
    return lambda learner: replace(learner, daily_count=questions)


def _resting(days: frozenset[int]) -> Change:
    if len(days) > MOST_REST_DAYS:
        raise Refusal(NO_DAY_LEFT)

    def change(learner: Learner) -> Learner:
        return replace(learner, rest_days=days)

    return change
