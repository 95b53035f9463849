"""What people read of a quiz: names and points in results and on boards."""

from __future__ import annotations

import re

_WITH_POINTS = re.compile(r"(\w+)\N{NO-BREAK SPACE}([−\d,]+)")
_RANKS_APART = re.compile(r"\n|\s{2,}")


def standings_in(text: str) -> dict[str, int]:
    """Points by name, for names of one word; who shares a rank on a board stands before one number."""
    ranks = text.split("\n\n")[1] if text.count("\n\n") else text
    found: dict[str, int] = {}
    for rank in _RANKS_APART.split(ranks):
        sharing: list[str] = []
        for part in rank.split(" · "):
            sharing.append(part.split(" ")[-1])
            if match := _WITH_POINTS.search(part):
                points = int(match[2].replace("−", "-").replace(",", ""))
                found |= dict.fromkeys([*sharing[:-1], match[1]], points)
                sharing = []
    return found
