import logging
from datetime import UTC, datetime, timedelta

from bot.complaint import FORGOTTEN_AFTER, Complaint
from storage.unusable import Stuck

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
FULL = Stuck("The disk is full.")
DAMAGED = Stuck("It is damaged.", lasts=True)


class Clock:
    now = BEGIN


def test_what_goes_on_is_said_once_a_minute_and_its_end_once(caplog):
    caplog.set_level(logging.INFO)
    now = BEGIN
    complaint = Complaint(lambda: now)
    complaint.over()

    for second in range(121):
        now = BEGIN + timedelta(seconds=second)
        complaint.say(FULL)
    complaint.over()
    complaint.over()
    complaint.say(Stuck("The disk is full again."))

    assert caplog.messages == ["The disk is full."] * 3 + [
        "The database can be written again.",
        "The disk is full again.",
    ]


def test_it_is_current_until_it_is_over_or_long_unnoticed():
    clock = Clock()
    complaint = Complaint(lambda: clock.now)
    seen = [complaint.current]

    complaint.say(FULL)
    seen.append(complaint.current)
    complaint.over()
    seen.append(complaint.current)
    complaint.say(FULL)
    clock.now += FORGOTTEN_AFTER
    seen.append(complaint.current)
    clock.now += timedelta(seconds=1)
    seen.append(complaint.current)

    assert seen == [None, "The disk is full.", None, "The disk is full.", None]


def test_damage_stays_until_a_new_start():
    clock = Clock()
    complaint = Complaint(lambda: clock.now)

    complaint.say(DAMAGED)
    complaint.say(FULL)
    complaint.over()
    clock.now += timedelta(days=1)

    assert complaint.current == "It is damaged."
