"""Which columns of which tables go into the document, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from interview.archive.kinds import (
    CARD,
    CARD_BEFORE,
    DAY,
    FLAG,
    LONGEST_TEXT,
    MOMENT,
    MOST,
    POINTS,
    QUESTION,
    QUESTIONS,
    SLUG,
    SLUGS,
    TIME,
    ZONE,
    Kind,
    day,
    digits,
    number,
    number_of,
    one_of,
    optional,
    otherwise,
    text,
    verdicts,
)
from interview.asking import Purpose, ReplyKind
from interview.question import Level
from interview.rhythm import LONGEST_AHEAD, LONGEST_PAUSE, MOST_A_DAY, MOST_REST_DAYS
from interview.roles import Role
from interview.spacing import RETENTION, RETENTIONS
from interview.streak import GOALS
from interview.verdict import PointState

_WHOSE = "the whole document is one learner's"
_MESSAGE = "where a message stands in this one chat; means nothing anywhere else"
_CAUSE = "an update's number at Telegram; means nothing anywhere else"
_SETUP = "where a conversation of some minutes stands"
_GROUP = "a group's number at Telegram; means nothing anywhere else"
_GAME = "a game of a whole group; what the learner did in it stands in quiz_votes"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one table by name; `left_out` gives the reason for each that stays behind.

    What is not `restored` is only ever told: no import brings it back.
    """

    columns: Mapping[str, Kind]
    left_out: Mapping[str, str] = field(default_factory=dict)
    restored: bool = True


_ID = number(1, MOST)
_RATING = number(1, 4)
_IN_PAUSE = day(timedelta(days=LONGEST_PAUSE + 2))

TABLES: Mapping[str, Table] = {
    "learners": Table(
        {
            "id": optional(_ID),
            "language": optional(text(64)),
            "zone": ZONE,
            "zone_chosen": FLAG,
            "daily_time": TIME,
            "role": one_of([role.value for role in Role]),
            "topics": SLUGS,
            "level": one_of([level.value for level in Level]),
            "daily_count": otherwise(number(1, MOST_A_DAY), 1),
            "rest_days": otherwise(digits(1, 7, MOST_REST_DAYS), ""),
            "paused_until": optional(_IN_PAUSE),
            "joined_at": MOMENT,
            "last_daily_on": optional(DAY),
            "next_daily_at": optional(Kind(MOMENT.shown, lambda value, now: None)),
            "unreachable_at": optional(MOMENT),
            "last_active_on": optional(DAY),
            "reminders": otherwise(FLAG, 1),
            "reminder_time": otherwise(TIME, "20:00"),
            "last_reminder_on": optional(DAY),
            "next_reminder_at": optional(Kind(MOMENT.shown, lambda value, now: None)),
            "streak_goal": optional(number_of(GOALS)),
            "retention": otherwise(number_of(RETENTIONS), RETENTION),
            "interview_on": optional(day(timedelta(days=LONGEST_AHEAD + 2))),
        },
        {
            "setup_step": _SETUP,
            "setup_message_id": _MESSAGE,
            "awaiting": _SETUP,
            "awaiting_until": _SETUP,
        },
    ),
    "kept_days": Table(
        {"study_day": _IN_PAUSE, "because": one_of(["jumped", "paused"])}, {"learner_id": _WHOSE}
    ),
    "drills": Table(
        {
            "id": _ID,
            "topic": SLUG,
            "facet": optional(SLUG),
            "question_ids": QUESTIONS,
            "started_at": MOMENT,
            "summed_up_at": optional(MOMENT),
            "endless": otherwise(FLAG, 0),
            "restores": optional(DAY),
        },
        {"learner_id": _WHOSE, "caused_by": _CAUSE},
    ),
    "askings": Table(
        {
            "id": _ID,
            "question_id": QUESTION,
            "purpose": one_of([purpose.value for purpose in Purpose]),
            "because": otherwise(text(200), ""),
            "study_day": DAY,
            "slot": optional(number(0, 1_000)),
            "drill_id": optional(_ID),
            "place": optional(number(0, 1_000)),
            "asked_at": MOMENT,
            "late": otherwise(FLAG, 0),
            "note": otherwise(text(1_000), ""),
            "shown_at": optional(MOMENT),
            "hints": otherwise(number(0, 100), 0),
            "judged": optional(verdicts([state.value for state in PointState])),
            "judged_rating": optional(_RATING),
            "ticked": optional(POINTS),
            "rating": optional(_RATING),
            "rated_at": optional(MOMENT),
            "rated_on": optional(DAY),
            "skipped_at": optional(MOMENT),
            "sent_at": optional(MOMENT),
            "snoozed_until": optional(Kind(MOMENT.shown, lambda value, now: None)),
        },
        {
            "learner_id": _WHOSE,
            "caused_by": _CAUSE,
            "send_after": "when an unsent question is to be sent here; nothing is sent because of an import",
            "message_id": _MESSAGE,
            "feedback_message_id": _MESSAGE,
            "picture_message_id": _MESSAGE,
        },
    ),
    "replies": Table(
        {
            "asking_id": _ID,
            "text": text(LONGEST_TEXT),
            "received_at": MOMENT,
            "kind": otherwise(one_of([kind.value for kind in ReplyKind]), "text"),
            "file_id": optional(text(1_000)),
        },
        {"message_id": f"{_MESSAGE}; the order of the list is kept"},
    ),
    "cards": Table({"question_id": QUESTION, **CARD}, {"learner_id": _WHOSE}),
    "reviews": Table(
        {
            "question_id": QUESTION,
            "asking_id": _ID,
            "what": one_of(["rated", "undone"]),
            "rating": _RATING,
            "study_day": DAY,
            "reviewed_at": MOMENT,
            "card_before": optional(CARD_BEFORE),
        },
        {"learner_id": _WHOSE, "id": "the order of the list says as much"},
    ),
    "set_aside": Table({"question_id": QUESTION, "set_aside_at": MOMENT}, {"learner_id": _WHOSE}),
    "bookmarks": Table({"question_id": QUESTION, "bookmarked_at": MOMENT}, {"learner_id": _WHOSE}),
    "follow_ups": Table(
        {
            "asking_id": _ID,
            "number": number(0, 100),
            "asked_at": MOMENT,
            "shown_at": optional(MOMENT),
        },
        {"message_id": _MESSAGE, "feedback_message_id": _MESSAGE},
        restored=False,  # nothing is scheduled by them
    ),
    "follow_up_replies": Table(
        {"asking_id": _ID, "number": number(0, 100), "text": text(LONGEST_TEXT), "received_at": MOMENT},
        {"message_id": f"{_MESSAGE}; the order of the list is kept"},
        restored=False,
    ),
    "reports": Table(
        {
            "question_id": QUESTION,
            "asking_id": _ID,
            "kind": text(64),
            "words": optional(text(LONGEST_TEXT)),
            "reported_at": MOMENT,
            "closed_at": optional(MOMENT),
            "answer": optional(text(LONGEST_TEXT)),
            "answered_at": optional(MOMENT),
        },
        {
            "learner_id": _WHOSE,
            "id": "the order of the list says as much",
            "words_message_id": _MESSAGE,
            "answered_by": "another person’s number at Telegram",
            "answer_message_id": _MESSAGE,
        },
        restored=False,  # whoever runs the bot has dealt with them, or will
    ),
    "players": Table(
        {"name": text(256), "alias": optional(text(64)), "hidden": FLAG},
        {"group_id": _GROUP, "person_id": _WHOSE},
        restored=False,  # each group knows its people by itself
    ),
    "quiz_votes": Table(
        {
            "quiz_id": _ID,
            "place": number(0, 1_000),
            "question_id": QUESTION,
            "chosen": number(0, 100),
            "voted_at": MOMENT,
            "took": number(0, MOST),
            "points": number(-1_000, 1_000),
            "is_right": FLAG,
        },
        {"person_id": _WHOSE, "poll_id": "the poll’s number at Telegram"},
        restored=False,  # they are part of a group's game
    ),
}
"""A column that is added to a table of the learner's belongs in here: a test compares."""

TABLES_LEFT_OUT = {
    "inbox": "updates on their way through: blank once they are dealt with, and no part of the learning",
    "awaited_about": _SETUP,
    "broadcasts": "what whoever runs the bot tells everybody",
    "broadcast_recipients": "whether what everybody is told has arrived yet",
    "groups": "settings of a whole group",
    "quizzes": _GAME,
    "quiz_players": _GAME,
    "quiz_rounds": _GAME,
    "quiz_skips": _GAME,
    "early_votes": "votes on their way to quiz_votes, for seconds",
    "quiz_dailies": "settings of a whole group",
}

SETTINGS = (
    "zone",
    "zone_chosen",
    "daily_time",
    "role",
    "topics",
    "level",
    "daily_count",
    "rest_days",
    "reminders",
    "reminder_time",
    "streak_goal",
    "retention",
    "interview_on",
)
"""What a learner chose themselves: an import puts the document's in place of what is set."""

MERGED = ("joined_at", "last_daily_on", "paused_until", "last_active_on")
"""What an import takes from both, each by a rule of its own."""

NOT_RESTORED = {
    "id": "whoever imports keeps their own",
    "language": "Telegram tells it anew",
    "next_daily_at": "worked out from hour and zone",
    "next_reminder_at": "worked out from hour, zone and streak",
    "last_reminder_on": "what was said elsewhere is not said here",
    "unreachable_at": "whoever imports can be reached",
}
