"""Whatever comes in, nothing ends as a bug, nothing is left lying, and whoever writes next is answered."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutants import mutation
from tests.fuzz.play import Mutation, originals, send

A_TIME = 25  # updates to one bot
CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


@lru_cache
def real_updates() -> tuple[str, ...]:
    """What mutations begin with."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        return tuple(asyncio.run(originals(Path(folder), seed=1)))


@settings(max_examples=20, suppress_health_check=CALM)
@given(st.lists(mutation, min_size=A_TIME, max_size=A_TIME))
def test_five_hundred_updates_that_nobody_would_send(mutations: list[Mutation]):
    with TemporaryDirectory(prefix="fuzz-") as folder:
        assert asyncio.run(send(Path(folder) / "coach.sqlite3", real_updates(), mutations)) == []


def test_the_real_updates_are_of_every_kind():
    kinds = {
        kind
        for text in real_updates()
        for kind in ("message", "edited_message", "callback_query", "my_chat_member")
        if f'"{kind}"' in text
    }

    assert len(kinds) == 4
    assert len(real_updates()) > 150
