import logging
from datetime import UTC, datetime, timedelta

from bot.complaint import Complaint

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def test_what_goes_on_is_said_once_a_minute_and_its_end_once(caplog):
    caplog.set_level(logging.INFO)
    now = BEGIN
    complaint = Complaint(lambda: now)
    complaint.over()

    for second in range(121):
        now = BEGIN + timedelta(seconds=second)
        complaint.say("The disk is full.")
    complaint.over()
    complaint.over()
    complaint.say("The disk is full again.")

    assert caplog.messages == ["The disk is full."] * 3 + [
        "The database can be written again.",
        "The disk is full again.",
    ]
