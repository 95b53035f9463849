"""`python -m bench NAME` measures one thing; without a name, everything in turn."""

import sys
from collections.abc import Callable

from bench import playground_ceiling

BENCHES: dict[str, Callable[[], int]] = {"playground": playground_ceiling.main}


def main(names: list[str]) -> int:
    if unknown := set(names) - BENCHES.keys():
        print(f"There is no bench {min(unknown)}; there are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    return max(BENCHES[name]() for name in names or BENCHES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
