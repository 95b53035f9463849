"""Formulas as pictures."""

from __future__ import annotations

import struct

import pytest

from drawing.formula import CannotDraw, draw_formulas


def size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return int(width), int(height)


def test_a_formula_becomes_a_png_of_a_phones_width_at_most_three_times_over() -> None:
    picture = draw_formulas([r"\frac{\sum_{i=1}^n \frac{x_i}{1 + e^{-x_i}}}{\frac{n}{2}}"])

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = size(picture)
    assert 200 < width < 1600
    assert 100 < height < 600


def test_each_formula_has_a_row_of_its_own() -> None:
    one = draw_formulas([r"\frac{a}{b}"])
    three = draw_formulas([r"\frac{a}{b}"] * 3)

    assert size(three)[1] > 2 * size(one)[1]
    assert size(three)[0] == size(one)[0]


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{bias}^2 + \sigma^2",
        r"\hat{y} = \operatorname*{argmax}_c P(c \mid x)",
        r"\mathbb{E}\left[(y - \hat{f})^2\right]",
        r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V",
    ],
)
def test_what_answers_use_can_be_drawn(formula: str) -> None:
    assert size(draw_formulas([formula]))[0] > 100


@pytest.mark.parametrize("formulas", [[r"\nosuchthing{x}"], [r"\frac{a}"], [r"{"], []])
def test_what_cannot_be_drawn_is_said(formulas: list[str]) -> None:
    with pytest.raises(CannotDraw):
        draw_formulas(formulas)
