"""How a streak is told: in a line below a rating, in /stats and above a daily, with the buttons that belong to it."""

from __future__ import annotations

from datetime import date

from handlers.asking.drill_presses import WinBack
from handlers.choosing.presses import PickGoal
from handlers.kit.reply import Button, Buttons
from interview.streak import MILESTONES, RESTORED_BY, Streak, can_win_back, last_chance, next_goal
from interview.words import plural

_FROZEN_IS_SAID = 2  # days


def line(streak: Streak, today: date, goal: int | None, *, first_today: bool = True) -> str:
    """The streak after a rating; what it has just reached is said with the first rating of a day alone."""
    parts = [f"🔥 {_length(streak, goal)}{_reached(streak, goal) if first_today else ''}"]
    if saved := [day for day in sorted(streak.frozen) if (today - day).days <= _FROZEN_IS_SAID]:
        parts.append(f"a freeze saved {saved[-1]:%A}")
    if streak.freezes:
        parts.append(f"{plural(streak.freezes, 'freeze')} in store")
    return " · ".join(parts)


def buttons(streak: Streak, goal: int | None, *, first_today: bool) -> Buttons:
    """After a rating: the next goal once one is reached, and the way to win a lost streak back."""
    further = next_goal(streak.length)
    if first_today and goal is not None and streak.length == goal and further is not None:
        return ((Button(f"Next goal: {further} days", PickGoal(further)),), *win_back(streak))
    return win_back(streak)


def win_back(streak: Streak) -> Buttons:
    """The button that wins a lost streak back, while it can be."""
    if not can_win_back(streak):
        return ()
    return ((Button(f"Win back {plural(streak.lost, 'day')}: {RESTORED_BY} questions", WinBack()),),)


def lost(streak: Streak, today: date) -> str:
    """In a sentence that a streak broke and until when it can be won back; empty where there is nothing to say."""
    if not can_win_back(streak):
        return ""
    left = (last_chance(streak.restorable[0]) - today).days
    until = "until tonight" if left <= 0 else "until tomorrow" if left == 1 else f"for {left + 1} days"
    return f"Your streak of {plural(streak.lost, 'day')} broke: {RESTORED_BY} extra questions win it back, {until}."


def standing(streak: Streak, goal: int | None) -> str:
    """The streak on its own, as /stats begins with it."""
    if not streak.length:
        return "No streak at the moment: one rated question begins the next"
    days = f"🔥 {_length(streak, goal)} in a row"
    return f"{days}; rate a question today to keep it" if streak.at_risk else days


def _length(streak: Streak, goal: int | None) -> str:
    if goal is not None and streak.length < goal:
        return f"{streak.length} of {goal} days"
    return plural(streak.length, "day")


def _reached(streak: Streak, goal: int | None) -> str:
    if goal is not None and streak.length == goal:
        return " 🎉 Your goal is reached"
    return " 🎉" if streak.length in MILESTONES else ""
