"""One question put to one learner once: what buttons point at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from interview.rating import Rating
from interview.verdict import PointVerdict, covered

UNDO_WITHIN = timedelta(minutes=10)
ADD_WITHIN = timedelta(minutes=1)
LATE_IS_SAID = timedelta(minutes=10)
STILL_TODAYS = timedelta(hours=6)
"""A question put so lately takes what is typed, though a new study day has begun since."""

STILL_THERE = timedelta(hours=48)
"""A question that nothing has followed takes what is typed so long, where none of today is open."""


class Purpose(StrEnum):
    """On what occasion a question is put."""

    DAILY = "daily"
    DRILL = "drill"
    PRACTICE = "practice"


class ReplyKind(StrEnum):
    """What a message of an answer is."""

    TEXT = "text"
    VOICE = "voice"
    AUDIO = "audio"
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"


class Step(StrEnum):
    """How far an asking has come. `SHOWN` is after a typed answer or Show answer, before a rating."""

    ASKED = "asked"
    SHOWN = "shown"
    RATED = "rated"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking. The message ids are Telegram's; key points are counted from 0.

    `judged` is what the judge made of the typed answer, None where there is none or it could not tell anything;
    `judged_rating` the rating that would suit it. `ticked` are the points the learner says they had, None while they
    have not touched them.
    """

    id: int
    learner_id: int
    question_id: str
    purpose: Purpose
    because: str
    study_day: date
    slot: int | None
    drill_id: int | None
    place: int | None
    asked_at: datetime
    late: bool
    message_id: int | None
    feedback_message_id: int | None
    picture_message_id: int | None
    shown_at: datetime | None
    hints: int
    judged: tuple[PointVerdict, ...] | None
    judged_rating: Rating | None
    ticked: frozenset[int] | None
    rating: Rating | None
    rated_at: datetime | None
    rated_on: date | None
    skipped_at: datetime | None
    note: str = ""
    sent_at: datetime | None = None
    snoozed_until: datetime | None = None

    @property
    def step(self) -> Step:
        """The furthest step reached; a skipped asking that was answered later counts as shown."""
        if self.rating is not None:
            return Step.RATED
        if self.shown_at is not None:
            return Step.SHOWN
        return Step.SKIPPED if self.skipped_at is not None else Step.ASKED

    @property
    def had(self) -> frozenset[int]:
        """The points that count as said: as the learner ticked them, else as the judge found them."""
        if self.ticked is not None or self.judged is None:
            return self.ticked or frozenset()
        return covered(self.judged)

    def can_be_undone(self, now: datetime) -> bool:
        """Whether the rating is younger than ten minutes."""
        return self.rated_at is not None and now - self.rated_at <= UNDO_WITHIN
