"""The real updates that mutations begin with, and the law that mutants must not break."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck
from hypothesis import strategies as st

from tests.fuzz.mutants import mutation
from tests.fuzz.play import Mutation, originals, send

A_TIME = 50  # updates to one bot
CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
several = st.lists(mutation, min_size=A_TIME, max_size=A_TIME)


@lru_cache
def real_updates(seed: int = 1) -> tuple[str, ...]:
    """What two people led to who tried everything."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        return tuple(asyncio.run(originals(Path(folder), seed)))


def check(real: Sequence[str], mutations: Sequence[Mutation]) -> None:
    """Nothing may go wrong with what these make of real updates."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        wrong = asyncio.run(send(Path(folder) / "coach.sqlite3", real, mutations))
    assert not wrong, "\n".join(wrong)
