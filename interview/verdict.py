"""What a judge makes of each key point of an answer, as it is kept and shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PointState(StrEnum):
    """How a key point stands in an answer; `CONTRADICTED` is said as "check this one"."""

    COVERED = "covered"
    UNSURE = "unsure"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """One key point. `quote` is the learner's own words that show the state, None where none do."""

    state: PointState
    quote: str | None = None
