"""The four ratings: how well a learner recalled an answer."""

from __future__ import annotations

from enum import IntEnum


class Rating(IntEnum):
    """FSRS's numbers; what a learner reads on the buttons is in `label`."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def label(self) -> str:
        """The fixed words on the buttons: Missed, Partly, Got it, Easy."""
        return ("Missed", "Partly", "Got it", "Easy")[self - 1]
