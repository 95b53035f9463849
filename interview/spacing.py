"""When a question comes back: FSRS-6 counted in study days."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b

import fsrs

from interview.card import Card
from interview.rating import Rating

RETENTION = 90
RETENTIONS = (85, 90, 95)
"""The recall in percent that is aimed at on the day a card is due: what is usual, and what may be chosen."""

LONGEST_INTERVAL = 60

_FUZZ = 0.05
_HALF_KNOWN = 2  # days: what is partly known need not come every morning
_NOON = time(12, tzinfo=UTC)
_CARD_ID = 1  # the library sleeps a millisecond to make one up


def options(
    card: Card | None, day: date, *, key: str, retention: int = RETENTION, interview_on: date | None = None
) -> dict[Rating, Card]:
    """The card as each of the four ratings given on study day `day` would leave it; `None` is a first rating.

    A button's label is read from the very card that the rating will store. `key` tells cards apart (learner
    and question, say): it decides, with the number of reviews, how far a due date is moved so that what was
    learned together does not stay together for ever.

    `retention` is the recall aimed at, in percent. Intervals are at least a day, at most 60 days and never
    beyond `interview_on` if that lies ahead. Missed returns tomorrow; Partly no later than the interval
    before, but for one of a day, which may become two; Got it and Easy each later than the one before as far
    as the longest interval allows.
    """
    before = _to_fsrs(card) if card else fsrs.Card(card_id=_CARD_ID, due=_noon(day))
    reviewed = {rating: _reviewed(before, rating, day, retention) for rating in Rating}
    longest = _longest(day, interview_on)
    spread = _spread(key, card.reviews if card else 0)
    days = {rating: _clamp(round(spread * _interval(after)), longest) for rating, after in reviewed.items()}

    days[Rating.AGAIN] = 1
    if card is not None:
        days[Rating.HARD] = min(days[Rating.HARD], max(_HALF_KNOWN, card.interval))
    days[Rating.GOOD] = _clamp(max(days[Rating.GOOD], days[Rating.HARD] + 1), longest)
    days[Rating.EASY] = _clamp(max(days[Rating.EASY], days[Rating.GOOD] + 1), longest)

    return {rating: _card_of(after, card, rating, day, days[rating]) for rating, after in reviewed.items()}


def review(
    card: Card | None,
    rating: Rating,
    day: date,
    *,
    key: str,
    retention: int = RETENTION,
    interview_on: date | None = None,
) -> Card:
    """The card after `rating` on study day `day`: the one that `options` promises."""
    return options(card, day, key=key, retention=retention, interview_on=interview_on)[rating]


def recall(card: Card, day: date) -> float:
    """The predicted chance, 0 to 1, that the learner recalls the answer on study day `day`."""
    return _scheduler(RETENTION).get_card_retrievability(_to_fsrs(card), _noon(day))


def interval_label(days: int) -> str:
    """An interval as short as a button wants it: `tomorrow`, `9 d`, `3 w`, `2 mo`."""
    if days < 1:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < 14:
        return f"{days} d"
    if days < 60:
        return f"{round(days / 7)} w"
    return f"{round(days / 30)} mo"


@lru_cache(maxsize=16)
def _scheduler(retention: int) -> fsrs.Scheduler:
    # Steps of minutes have no place in study days, and the library's fuzz is drawn from a global generator.
    return fsrs.Scheduler(
        desired_retention=retention / 100,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_INTERVAL,
        enable_fuzzing=False,
    )


def _reviewed(before: fsrs.Card, rating: Rating, day: date, retention: int) -> fsrs.Card:
    after, _ = _scheduler(retention).review_card(before, fsrs.Rating(int(rating)), _noon(day))
    return after


def _to_fsrs(card: Card) -> fsrs.Card:
    return fsrs.Card(
        card_id=_CARD_ID,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_noon(card.due),
        last_review=_noon(card.reviewed_on),
    )


def _card_of(after: fsrs.Card, before: Card | None, rating: Rating, day: date, interval: int) -> Card:
    assert after.stability is not None
    assert after.difficulty is not None
    lapsed = before is not None and rating is Rating.AGAIN
    return Card(
        stability=after.stability,
        difficulty=after.difficulty,
        due=day + timedelta(days=interval),
        reviewed_on=day,
        interval=interval,
        reviews=(before.reviews if before else 0) + 1,
        lapses=(before.lapses if before else 0) + lapsed,
    )


def _noon(day: date) -> datetime:
    # The library counts whole 24 hours between moments: noon to noon they are exactly the study days.
    return datetime.combine(day, _NOON)


def _interval(card: fsrs.Card) -> int:
    assert card.last_review is not None
    return (card.due - card.last_review).days


def _longest(day: date, interview_on: date | None) -> int:
    if interview_on is None or interview_on <= day:
        return LONGEST_INTERVAL
    return min(LONGEST_INTERVAL, (interview_on - day).days)


def _clamp(days: int, longest: int) -> int:
    return max(1, min(days, longest))


def _spread(key: str, reviews: int) -> float:
    """A factor from 0.95 to 1.05, always the same for the same card and review."""
    digest = blake2b(f"{key} {reviews}".encode(), digest_size=8).digest()
    fraction = int.from_bytes(digest, "big") / math.ldexp(1, 64)
    return 1 + _FUZZ * (2 * fraction - 1)
