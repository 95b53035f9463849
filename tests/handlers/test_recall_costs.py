"""What the picker of the recall says that it costs."""

from datetime import date, timedelta
from random import Random

import pytest

from handlers.choosing.aims import RECALL
from interview import spacing
from interview.rating import Rating

BEGIN = date(2026, 1, 1)
FOUR_MONTHS, QUESTIONS = 120, 60


def reviews_in_four_months(retention: int) -> int:
    """How often these questions are asked of someone who recalls as the model says, new ones six times in ten."""
    chance, count = Random(5), 0
    for question in range(QUESTIONS):
        day, card = BEGIN, None
        while day <= BEGIN + timedelta(days=FOUR_MONTHS):
            recalled = chance.random() < (0.6 if card is None else spacing.recall(card, day))
            rating = Rating.GOOD if recalled else Rating.AGAIN
            card = spacing.review(card, rating, day, key=str(question), retention=retention)
            day, count = card.due, count + 1
    return count


@pytest.mark.parametrize(
    "retention, said, least, most", [(85, "a sixth fewer", -0.25, -0.08), (95, "a third more", 0.2, 0.45)]
)
def test_what_another_recall_costs_is_about_what_is_said(retention, said, least, most):
    usual = reviews_in_four_months(90)

    assert f"{retention} %: about {said}" in RECALL
    assert least < reviews_in_four_months(retention) / usual - 1 < most
