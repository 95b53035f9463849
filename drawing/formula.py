"""Formulas that no line of text can hold, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock

FONT_SIZE = 22  # points
DOTS_PER_INCH = 200
MARGIN = 0.25  # inches
ROW = 0.95  # inches

# matplotlib's font cache and parser are shared and not made for several threads at once
_one_at_a_time = Lock()


class CannotDraw(Exception):
    """The formula is beyond what can be drawn; the text says why."""


def draw_formulas(formulas: Sequence[str]) -> bytes:
    """A PNG with one formula a row, black on white, cropped to what is drawn; LaTeX as matplotlib's mathtext reads it.

    Takes a tenth of a second, the first time a second: call it in a worker thread. Raises `CannotDraw` for LaTeX it
    does not know, and for none at all.
    """
    if not formulas:
        raise CannotDraw("there is no formula to draw")
    # half a second and sixty megabytes, which a bot that never draws can do without
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _one_at_a_time:
        figure = Figure(figsize=(8, ROW * len(formulas)), facecolor="white")
        FigureCanvasAgg(figure)
        for number, formula in enumerate(formulas):
            height = 1 - (number + 0.5) / len(formulas)
            figure.text(
                0, height, f"${_plain(formula)}$", fontsize=FONT_SIZE, va="center", math_fontfamily="cm"
            )
        picture = BytesIO()
        try:
            figure.savefig(picture, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight", pad_inches=MARGIN)
        except ValueError as error:
            raise CannotDraw(str(error).strip().splitlines()[-1]) from None
    return picture.getvalue()


def _plain(formula: str) -> str:
    r"""The formula without what mathtext does not know but means nothing to the eye."""
    for known, unknown in (
        (r"\mathrm", r"\text"),
        (r"\operatorname", r"\operatorname*"),
        ("", r"\displaystyle"),
    ):
        formula = formula.replace(unknown, known)
    return " ".join(formula.split())
