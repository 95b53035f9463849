"""What all tests share: zones from the package, python-telegram-bot's newer durations, the same examples every time."""

import os
import zoneinfo
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.overheard import overhearing, tokens_in

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def overheard() -> Iterator[list[str]]:
    """All that is logged; whatever a test does, nothing in it looks like a token."""
    with overhearing() as lines:
        yield lines
    assert not tokens_in(lines)
