"""What is offered after a rating: a follow-up that suits it, an easier question where this one will not stick."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.asking.presses import AskDue, AskEasier, AskFollowUp, SetAside
from handlers.kit.reply import Button, Buttons
from interview.asking import Asking
from interview.question import Quality

LABELS = {
    Quality.STRONG: "A deeper question",
    Quality.PARTIAL: "A guided question",
    Quality.WEAK: "A foundation question",
}


@dataclass(frozen=True, slots=True)
class Onward:
    """`follow_up` is the number and quality of the one to offer.

    `lapses` counts how often a leech was forgotten, 0 for anything else; `easier` says whether there is an easier one.
    `due` counts the reviews that wait once the dailies are done, 0 where none is to be offered.
    """

    follow_up: tuple[int, Quality] | None = None
    lapses: int = 0
    easier: bool = False
    due: int = 0


def why_onward(onward: Onward) -> str:
    """A kind line about a leech; empty for anything else."""
    if not onward.lapses:
        return ""
    way_out = (
        "an easier one on the same may help, or set it aside."
        if onward.easier
        else "set it aside if you like."
    )
    return f"This one has slipped {onward.lapses} times; some questions just do not stick: {way_out}"


def onward_buttons(asking: Asking, onward: Onward) -> Buttons:
    """A row for each thing offered."""
    rows: list[tuple[Button, ...]] = []
    if onward.due:
        rows.append((Button(f"Review ({onward.due} due)", AskDue(asking.id)),))
    if onward.follow_up is not None:
        number, quality = onward.follow_up
        rows.append((Button(LABELS[quality], AskFollowUp(asking.id, number)),))
    if onward.lapses:
        easier = (Button("An easier one on this", AskEasier(asking.id)),) if onward.easier else ()
        rows.append((*easier, Button("Set it aside", SetAside(asking.id, 1))))
    return tuple(rows)
