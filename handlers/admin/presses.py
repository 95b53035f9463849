"""The buttons of operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press


@dataclass(frozen=True, slots=True)
class OpenDesk(Press):
    """The numbers, as they are now."""

    name: ClassVar[str] = "desk"


@dataclass(frozen=True, slots=True)
class ReloadBank(Press):
    """Read the content anew."""

    name: ClassVar[str] = "reload"


@dataclass(frozen=True, slots=True)
class BackUp(Press):
    """Copy the database now."""

    name: ClassVar[str] = "backup"


@dataclass(frozen=True, slots=True)
class NextReport(Press):
    """The oldest open report behind this one; 0 is before the first."""

    name: ClassVar[str] = "nextrep"
    report_id: int


@dataclass(frozen=True, slots=True)
class AnswerReport(Press):
    """I shall type an answer to this report."""

    name: ClassVar[str] = "answrep"
    report_id: int


@dataclass(frozen=True, slots=True)
class CloseReport(Press):
    """This report is dealt with, without an answer."""

    name: ClassVar[str] = "closerep"
    report_id: int


@dataclass(frozen=True, slots=True)
class WriteBroadcast(Press):
    """I shall type something for everybody."""

    name: ClassVar[str] = "write"


@dataclass(frozen=True, slots=True)
class SendBroadcast(Press):
    """Send this draft to everybody."""

    name: ClassVar[str] = "sendall"
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class StopBroadcast(Press):
    """Throw the draft away, or send it to nobody else."""

    name: ClassVar[str] = "stopall"
    broadcast_id: int


@dataclass(frozen=True, slots=True)
class ShowProgress(Press):
    """How far is this broadcast?"""

    name: ClassVar[str] = "progress"
    broadcast_id: int
