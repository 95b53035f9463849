"""The buttons of drills, and of all that leads into one from several features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press, Slug


@dataclass(frozen=True, slots=True)
class ListTopics(Press):
    """All topics."""

    name: ClassVar[str] = "topics"


@dataclass(frozen=True, slots=True)
class DrillPress(Press):
    """What the buttons of a running drill carry: its id. Whose it is and how far it has come is looked up."""

    drill_id: int


@dataclass(frozen=True, slots=True)
class ResizeDrill(DrillPress):
    """The drill shall have so many questions; 0 is endless."""

    name: ClassVar[str] = "size"
    size: int


@dataclass(frozen=True, slots=True)
class EndDrill(DrillPress):
    """Enough: sum the drill up."""

    name: ClassVar[str] = "enough"


@dataclass(frozen=True, slots=True)
class GoOnWithDrill(DrillPress):
    """Go on where the drill was left."""

    name: ClassVar[str] = "goon"


@dataclass(frozen=True, slots=True)
class DrillMissed(DrillPress):
    """Once more what was not recalled in this drill."""

    name: ClassVar[str] = "again"


@dataclass(frozen=True, slots=True)
class DrillAnew(Press):
    """A new drill on this topic (or `topic/facet`) instead of the one that was left; a size of 0 is endless."""

    name: ClassVar[str] = "anew"
    topic: Slug
    size: int


@dataclass(frozen=True, slots=True)
class DrillWeakSpots(Press):
    """A drill on all weak spots in turn."""

    name: ClassVar[str] = "drillweak"


@dataclass(frozen=True, slots=True)
class DrillMistakes(Press):
    """A drill on what was missed and not yet recalled twice since."""

    name: ClassVar[str] = "mistakes"


@dataclass(frozen=True, slots=True)
class DrillBookmarks(Press):
    """A drill on the bookmarked questions."""

    name: ClassVar[str] = "drillmarks"


@dataclass(frozen=True, slots=True)
class ReviewDue(Press):
    """Review what is due now."""

    name: ClassVar[str] = "review"


@dataclass(frozen=True, slots=True)
class ReviewAhead(Press):
    """Review what is due next, before its day."""

    name: ClassVar[str] = "ahead"


@dataclass(frozen=True, slots=True)
class WinBack(Press):
    """Win the lost streak back."""

    name: ClassVar[str] = "winback"


@dataclass(frozen=True, slots=True)
class AskThis(Press):
    """Ask me this one."""

    name: ClassVar[str] = "ask"
    question: Slug


@dataclass(frozen=True, slots=True)
class ShowBookmarks(Press):
    """This page of the bookmarks, counted from 0; with `removing` 1 a number takes its bookmark away."""

    name: ClassVar[str] = "marks"
    page: int
    removing: int
