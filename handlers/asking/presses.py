"""The buttons under a question, which point at an asking so that a tap after a month still has an answer; and those
that several features offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press, Slug
from interview.complaint import Complaint
from interview.rating import Rating
from interview.snooze import Snooze


@dataclass(frozen=True, slots=True)
class AskingPress(Press):
    """What all of them carry: the asking's id. Whose it is and how far it has come is looked up, never believed."""

    asking_id: int


@dataclass(frozen=True, slots=True)
class ShowAnswer(AskingPress):
    """Show the points and the reference without an answer."""

    name: ClassVar[str] = "show"


@dataclass(frozen=True, slots=True)
class ShowHint(AskingPress):
    """Show hints up to this one, counted from 1: run twice it still shows no more."""

    name: ClassVar[str] = "hint"
    number: int


@dataclass(frozen=True, slots=True)
class SkipQuestion(AskingPress):
    """Not this one now."""

    name: ClassVar[str] = "skip"


@dataclass(frozen=True, slots=True)
class TickPoint(AskingPress):
    """Tick (1) or untick (0) a key point, counted from 0: it says what shall be, so that run twice it is the same."""

    name: ClassVar[str] = "tick"
    point: int
    ticked: int


@dataclass(frozen=True, slots=True)
class Rate(AskingPress):
    """How well it was recalled."""

    name: ClassVar[str] = "rate"
    rating: Rating


@dataclass(frozen=True, slots=True)
class UndoRating(AskingPress):
    """Take the rating back."""

    name: ClassVar[str] = "undo"


@dataclass(frozen=True, slots=True)
class AskAnother(AskingPress):
    """One more question."""

    name: ClassVar[str] = "more"


@dataclass(frozen=True, slots=True)
class AskDue(AskingPress):
    """The next of what is due today."""

    name: ClassVar[str] = "due"


@dataclass(frozen=True, slots=True)
class AskEasier(AskingPress):
    """An easier question on the same, as this one will not stick."""

    name: ClassVar[str] = "easier"


@dataclass(frozen=True, slots=True)
class AskFollowUp(AskingPress):
    """This one of the question's follow-ups, counted from 0."""

    name: ClassVar[str] = "followup"
    number: int


@dataclass(frozen=True, slots=True)
class ShowFollowUp(AskingPress):
    """The answer to this follow-up."""

    name: ClassVar[str] = "followans"
    number: int


@dataclass(frozen=True, slots=True)
class NotMyAnswer(AskingPress):
    """What I took for an answer was none."""

    name: ClassVar[str] = "notmine"


@dataclass(frozen=True, slots=True)
class OpenMenu(AskingPress):
    """Show what else can be done with this question (1), or show it as it was (0)."""

    name: ClassVar[str] = "menu"
    opened: int


@dataclass(frozen=True, slots=True)
class TellWhy(AskingPress):
    """Why this question?"""

    name: ClassVar[str] = "why"


@dataclass(frozen=True, slots=True)
class SetAside(AskingPress):
    """Never show this question again (1), or let it come again (0)."""

    name: ClassVar[str] = "aside"
    aside: int


@dataclass(frozen=True, slots=True)
class PutBookmark(AskingPress):
    """Keep this question to find it again (1), or no longer (0)."""

    name: ClassVar[str] = "mark"
    kept: int


@dataclass(frozen=True, slots=True)
class OpenReport(AskingPress):
    """Something is wrong with this question."""

    name: ClassVar[str] = "wrong"


@dataclass(frozen=True, slots=True)
class ReportProblem(AskingPress):
    """This is what is wrong with it."""

    name: ClassVar[str] = "report"
    complaint: Complaint


@dataclass(frozen=True, slots=True)
class SnoozeDaily(AskingPress):
    """Bring today's question again later."""

    name: ClassVar[str] = "snooze"
    how: Snooze


@dataclass(frozen=True, slots=True)
class EveryDay(AskingPress):
    """Ask me every day again; the asking's daily had said that they become fewer."""

    name: ClassVar[str] = "everyday"


@dataclass(frozen=True, slots=True)
class BringToday(Press):
    """Today's question, please."""

    name: ClassVar[str] = "today"


@dataclass(frozen=True, slots=True)
class DrillTopic(Press):
    """A drill on this topic, or on `topic/facet`."""

    name: ClassVar[str] = "drill"
    topic: Slug


@dataclass(frozen=True, slots=True)
class ShowWeakSpots(Press):
    """Where do I lose points?"""

    name: ClassVar[str] = "weak"
