"""What is said about a group's daily quiz: when it comes, why it rests, how last week went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.choosing.zone import title as zone_title
from handlers.kit.reply import Button, Reply, escape
from handlers.quiz.figures import fared
from handlers.quiz_daily.presses import ResumeDaily
from interview.group import Group
from interview.group_streak import QUORUM, GroupStreak
from interview.progress import percent
from interview.quiz_daily import PAUSES_AFTER, QuizDaily
from interview.quiz_figures import Figures, Improved
from interview.words import plural

ONLY_ADMINS = "Only admins of this group set the daily quiz. Ask one of them, or send /quiz at any time."
NONE = "There is no daily quiz here. Admins set one: /quizdaily 18:00, or /quizdaily 18:00 metrics 7."
OFF = "No more daily quiz here. /quiz starts one at any time, /quizdaily 18:00 sets a daily one again."

_AGAIN = ((Button("Resume", ResumeDaily()),),)


@dataclass(frozen=True, slots=True)
class Week:
    """How a group's week went; `hardest` with its stem, no streak where it began after that week."""

    hardest: tuple[Figures, str] | None
    improved: Improved | None
    streak: GroupStreak | None


def state(daily: QuizDaily, group: Group, title: str, now: datetime) -> Reply:
    """When the next one comes."""
    what = f"{daily.at:%H:%M}: {escape(title)}, {plural(daily.size, 'question')}"
    if daily.rests or daily.next_at is None:
        return Reply(f"The daily quiz at {what} is paused.", _AGAIN)
    local = daily.next_at.astimezone(group.zone)
    day = "today" if local.date() == now.astimezone(group.zone).date() else f"{local:%A}"
    text = (
        f"<b>A quiz every day at {what}.</b>\n"
        f"The next one: {day} at {local:%H:%M}, on the clock of {escape(zone_title(group.zone.key))}"
        " (/quizsettings changes it). /quizdaily off ends it."
    )
    return Reply(text)


def rests() -> Reply:
    """Nobody plays."""
    text = (
        f"Nobody played the last {PAUSES_AFTER} daily quizzes, so they pause."
        " Anybody brings them back with one tap; /quiz starts one at any time."
    )
    return Reply(text, _AGAIN)


def digest(week: Week) -> Reply | None:
    """How last week went; None where there is nothing to say of it."""
    lines: Sequence[str] = [
        *([f"Hardest: {fared(*week.hardest)}"] if week.hardest else []),
        *([_improved(week.improved)] if week.improved else []),
        *(
            [f"🔥 {plural(week.streak.length, 'day')} in a row with a quiz of {QUORUM} or more."]
            if week.streak is not None and week.streak.length > 1
            else []
        ),
    ]
    return Reply("\n".join(["<b>Last week here</b>", *lines])) if lines else None


def _improved(who: Improved) -> str:
    return f"Most improved: {escape(who.name)}, from {percent(who.before)} to {percent(who.after)} right."
