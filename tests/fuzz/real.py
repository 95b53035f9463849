"""The real updates that mutations begin with, and the law that mutants must not break."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from tests.fuzz.mutants import mutation
from tests.fuzz.play import Found, Mutation, originals, send

A_TIME = 50  # updates to one bot
TOLD = 5
PHASES = (Phase.generate,)  # to make a failure smaller step by step would take hours
CALM = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
several = st.lists(mutation, min_size=A_TIME, max_size=A_TIME)


@lru_cache
def real_updates(seed: int = 1) -> tuple[str, ...]:
    """What people and groups led to who tried everything, and one of each kind there is."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        return tuple(asyncio.run(originals(Path(folder), seed)))


def check(real: Sequence[str], mutations: Sequence[Mutation]) -> Found:
    """Nothing may go wrong with what these make of real updates."""
    found = _sent(real, mutations)
    assert not found.wrong, "\n".join(list(dict.fromkeys(found.wrong))[:TOLD])
    return found


def guilty(real: Sequence[str], mutations: Sequence[Mutation]) -> Iterator[str]:
    """The updates that go wrong even when each is the only one."""
    for alone in mutations:
        found = _sent(real, [alone])
        if found.wrong:
            yield json.dumps(found.sent)


def _sent(real: Sequence[str], mutations: Sequence[Mutation]) -> Found:
    with TemporaryDirectory(prefix="fuzz-") as folder:
        return asyncio.run(send(Path(folder) / "coach.sqlite3", real, mutations))
