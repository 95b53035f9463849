"""Where the ids of a box begin: above those of any earlier box, and small enough for 32 bits."""

from datetime import UTC, datetime

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
A_SECOND = 4


def first_id(now: datetime) -> int:
    """The first message id, or update id, of a box that is opened at this moment.

    A box keeps nothing, but a bot remembers the ids of earlier ones: four a second since 2026 begin above them,
    unless the earlier box gave away more than that all its life. Telegram's ids fit into 31 bits, and there are
    clients that count on it; these do until 2043.
    """
    return max(int((now - EPOCH).total_seconds() * A_SECOND), 1)
