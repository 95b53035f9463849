"""What all tests share: zones from the package, python-telegram-bot's newer durations, the same examples every time."""

import os
import shutil
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.overheard import overhearing, tokens_in

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())
settings.register_profile("project", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("long", deadline=None, max_examples=1000)  # pytest --hypothesis-profile long
settings.load_profile("project")

MEMORY = Path("/dev/shm")
ROOM = 1_000_000_000


def pytest_configure() -> None:
    """Temporary files in memory where there is room: on a disk, most of a test would be waiting for each write."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes comes first: it mostly waits, and nobody should have to wait for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("processes") is None)


@pytest.fixture(autouse=True)
def overheard() -> Iterator[list[str]]:
    """All that is logged; whatever a test does, nothing in it looks like a token."""
    with overhearing() as lines:
        yield lines
    assert not tokens_in(lines)
