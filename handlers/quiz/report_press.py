"""The button that brings a quiz as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press


@dataclass(frozen=True, slots=True)
class SendReport(Press):
    """This quiz’s report, in private, for whoever started it."""

    name: ClassVar[str] = "qreport"
    quiz_id: int
