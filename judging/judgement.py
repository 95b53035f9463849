"""What a judge says of one reply: a state for each key point, the words that show it, a suggested rating."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interview.rating import Rating

COVERED_FROM = 0.63
COVERED_FROM_IN_SHORT = 0.5  # where a sentence is a full answer, less is met by chance
MISSED_BELOW = 0.35


class State(StrEnum):
    """How a key point stands in a reply."""

    COVERED = "covered"
    UNSURE = "unsure"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class PointJudgement:
    """One key point. `p` is the probability, 0 to 1, that the reply covers it; `quote` is a verbatim part of the
    reply that shows the state (for covered, unsure and contradicted), or None."""

    state: State
    p: float
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reply, point by point in the order of the question; `rating` is None where the judge cannot tell."""

    points: tuple[PointJudgement, ...]
    rating: Rating | None


def state_of(p: float, short: bool = False) -> State:
    """The state of a point by the two bounds on `p`, the upper one lower for a question that a short answer does;
    contradiction is decided elsewhere."""
    if p >= (COVERED_FROM_IN_SHORT if short else COVERED_FROM):
        return State.COVERED
    return State.MISSED if p < MISSED_BELOW else State.UNSURE
