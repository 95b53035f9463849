"""`python -m tests.chaos`: fifty people, two groups, two hundred kills, calls that fail; prints what came of it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from time import monotonic

from tests.chaos.bugs import BUGS
from tests.chaos.run import Plan, run


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.chaos")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--members", type=int, default=10, help="of each of the two groups that play quizzes")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--share", type=float, default=0.3, help="of the calls that fail")
    parser.add_argument("--lives", type=float, default=2.5, help="seconds that a bot lives at most")
    parser.add_argument("--bug", choices=sorted(BUGS), default="", help="plant this one")
    parser.add_argument("--patience", type=float, default=90, help="seconds until something counts as lost")
    parser.add_argument("--keep", type=Path, help="leave the files of the run in this folder")
    given = parser.parse_args()
    plan = Plan(
        given.people,
        given.kills,
        given.seed,
        given.share,
        given.lives,
        bug=given.bug,
        patience=given.patience,
        groups=2,
        members=given.members,
        questions=3,
    )
    print(f"seed {plan.seed}", flush=True)
    began = monotonic()
    with TemporaryDirectory(prefix="chaos-") as folder:
        place = given.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        verdict = asyncio.run(run(replace(plan, hangs=plan.kills > 50, tell=_tell(began)), place))
    print(verdict)
    print(f"{'bad' if verdict.wrong else 'good'}, in {monotonic() - began:.0f} s, seed {plan.seed}")
    return 1 if verdict.wrong else 0


def _tell(began: float) -> Callable[[str], None]:
    return lambda what: print(f"{monotonic() - began:4.0f} s: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
