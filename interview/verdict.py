"""What a judge makes of each key point of an answer, as it is kept and shown."""

from __future__ import annotations

from collections.abc import Sequence
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


def covered(verdicts: Sequence[PointVerdict]) -> frozenset[int]:
    """The points, counted from 0, that the judge found."""
    return frozenset(number for number, verdict in enumerate(verdicts) if verdict.state is PointState.COVERED)
