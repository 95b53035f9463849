"""`python -m bench NAME` measures one thing; without a name, everything in turn."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from bench import dailies, large, playground_ceiling, taps


def real_now() -> datetime:
    return datetime.now(UTC)


BENCHES: dict[str, Callable[[], int]] = {
    "taps": partial(taps.main, real_now),
    "dailies": partial(dailies.main, real_now),
    "waits": partial(dailies.main_waits, real_now),
    "large": partial(large.main, real_now),
    "playground": playground_ceiling.main,
}


def main(names: list[str]) -> int:
    if unknown := set(names) - BENCHES.keys():
        print(f"There is no bench {min(unknown)}; there are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    return max(BENCHES[name]() for name in names or BENCHES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
