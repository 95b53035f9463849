"""`python -m tests.fuzz`: twenty thousand updates that nobody would send; fails with the few that show a bug."""

from __future__ import annotations

import os
import zoneinfo

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())

import argparse
import sys
from random import SystemRandom
from time import monotonic

from hypothesis import given, seed, settings

from tests.fuzz.play import Mutation
from tests.fuzz.real import A_TIME, CALM, PHASES, check, guilty, real_updates, several


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.fuzz")
    parser.add_argument("--updates", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    given_here = parser.parse_args()
    print(f"seed {given_here.seed}", flush=True)
    began = monotonic()
    real = real_updates(given_here.seed)
    newest: list[Mutation] = []
    sent = impossible = 0

    @seed(given_here.seed)
    @settings(
        max_examples=given_here.updates // A_TIME,
        deadline=None,
        database=None,
        suppress_health_check=CALM,
        phases=PHASES,
    )
    @given(several)
    def fuzz(mutations: list[Mutation]) -> None:
        nonlocal sent, impossible, newest
        newest = mutations
        impossible += check(real, mutations).impossible
        sent += len(mutations)
        print(f"{sent} updates, {monotonic() - began:.0f} s", end="\r", file=sys.stderr, flush=True)

    try:
        fuzz()
    except AssertionError as wrong:
        print(
            f"\nAfter {sent} updates:\n{wrong}\nAny of these alone does it, and else it takes several:",
            flush=True,
        )
        for update in guilty(real, newest):
            print(update, flush=True)
        return 1
    print(f"{sent} updates, none a bug, none left lying, in {monotonic() - began:.0f} s;", end=" ")
    print(f"{impossible} that Telegram could not have sent were given up after three tries")
    return 0


if __name__ == "__main__":
    sys.exit(main())
