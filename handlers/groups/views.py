"""What is said in a group about the group: the welcome, what rights change, its settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.choosing import zone as zones
from handlers.choosing.presses import ZoneName
from handlers.groups.presses import PickGroupZone, PickWhoStarts
from handlers.kit.reply import Button, Buttons, Link, Reply, escape, rows
from handlers.quiz.allowed import MUTED, NO_POLLS
from interview.group import Group, WhoMayStart
from interview.place import Place
from interview.quiz_daily import QuizDaily
from interview.words import plural

ONLY_ADMINS = "Only admins of this group change its settings. Ask one of them."

_STARTERS = {WhoMayStart.EVERYBODY: "everybody", WhoMayStart.ADMINS: "admins only"}


@dataclass(frozen=True, slots=True)
class Rights:
    """What plain members may do in a group, and whether we are an admin there, who may always."""

    texts: bool
    polls: bool
    is_admin: bool

    @property
    def enough(self) -> bool:
        """Whether quizzes can be played."""
        return self.is_admin or (self.texts and self.polls)


def welcome(group: Group, rights: Rights, username: str) -> Reply:
    """All that a group has to know, in one message."""
    text = (
        "<b>Hello! I run quizzes on machine-learning interviews.</b>\n"
        "Send /quiz: people join, then come seven polls, each with its explanation and the standings. "
        "The faster a right answer, the more points. /quiz metrics 5 names a topic and a number.\n\n"
        "/board – who leads this week, this month, of all time\n"
        "/quizdaily 18:00 – a quiz every day, set by admins\n"
        f"/quizsettings – who may start one, and your time zone (now {escape(zones.title(group.zone.key))})\n\n"
        f"{_on_rights(rights)}"
    )
    return Reply(text, _alone(username))


def back(group: Group, dailies: Sequence[QuizDaily], rights: Rights, username: str) -> Reply:
    """Somebody has brought us back."""
    going = [each for each in dailies if not each.rests]
    daily = f" The daily quiz goes on at {going[0].at:%H:%M}." if going else ""
    text = f"<b>Back again.</b> Scores, names and settings are as you left them.{daily} /quiz starts one."
    return Reply(text if rights.enough else f"{text}\n\n{_on_rights(rights)}", _alone(username))


def rights_changed(rights: Rights) -> Reply | None:
    """One line where being an admin, or no longer, changes what works; else None."""
    if rights.texts and rights.polls:
        return None
    if rights.is_admin:
        return Reply("Thank you: members may not send polls here, but as an admin I can. /quiz starts one.")
    return Reply(_on_rights(rights))


def settings(
    group: Group,
    dailies: Sequence[QuizDaily],
    titles: Sequence[str],
    now: datetime,
    before: ZoneInfo | None = None,
) -> Reply:
    """The settings; `titles` are the topics of the dailies. Where the zone has just changed, one button goes back to
    the one `before`."""
    there = now.astimezone(group.zone)
    daily = "; ".join(map(_daily, dailies, titles)) or "none; /quizdaily 18:00 sets one"
    text = (
        f"<b>Quizzes in {escape(group.title)}</b>\n"
        f"Started by: {_STARTERS[group.who_may_start]}\n"
        f"Time zone: {escape(zones.title(group.zone.key))}, where it is {there:%H:%M}\n"
        f"Daily quiz: {daily}\n\n"
        "Admins change this: tap below, or reply to this message with your city, for example “Lisbon”."
    )
    starters = tuple(
        Button(f"{'✓ ' if who is group.who_may_start else ''}{label}", PickWhoStarts(who))
        for who, label in (
            (WhoMayStart.EVERYBODY, "Everybody starts"),
            (WhoMayStart.ADMINS, "Admins start"),
        )
    )
    return Reply(text, (starters, *_undo(group, before)))


def which_place(group: Group, offered: Sequence[Place], places: Sequence[Place], now: datetime) -> Reply:
    """Ask which of several places was meant; or none of them."""
    buttons = zones.place_buttons(offered, places, now, lambda name: PickGroupZone(ZoneName(name)))
    none = Button(f"None, keep {zones.title(group.zone.key)}", PickGroupZone(ZoneName(group.zone.key)))
    return Reply("Which one do you mean? Or reply to this with another city.", rows([*buttons, none], 1))


def _undo(group: Group, before: ZoneInfo | None) -> Buttons:
    if before is None or before.key == group.zone.key:
        return ()
    return ((Button(f"Back to {zones.title(before.key)}", PickGroupZone(ZoneName(before.key))),),)


def _daily(daily: QuizDaily, title: str) -> str:
    rests = " (paused)" if daily.rests else ""
    return f"{daily.at:%H:%M}, {escape(title)}, {plural(daily.size, 'question')}{rests}"


def _on_rights(rights: Rights) -> str:
    if rights.is_admin:
        return "I am an admin here, which I need only where members may not send messages or polls."
    if rights.texts and rights.polls:
        return (
            "I read commands and replies to me, nothing else, and need no admin rights: they help only where"
            " members may not send messages or polls."
        )
    return NO_POLLS if rights.texts else MUTED


def _alone(username: str) -> Buttons:
    return ((Link("A question a day, in private", f"https://t.me/{username}"),),)
