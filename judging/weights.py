"""The fitted weights: read once from weights.json beside this file, and written by `python -m judging fit`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic weights by the name of their evidence: for "the reply covers the point", the same where a question has
    but one or two points, and "it says the opposite"."""

    covered: dict[str, float]
    covered_short: dict[str, float]
    contradicted: dict[str, float]


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum, 0 to 1. Raises KeyError where a weight has no value."""
    total = sum(weight * values[name] for name, weight in weights.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def fitted() -> Weights:
    """The weights that the project ships."""
    return read_weights(WEIGHTS_FILE)


def read_weights(path: Path) -> Weights:
    """Reads a file that `write_weights` wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return Weights(found["covered"], found["covered_short"], found["contradicted"])


def write_weights(weights: Weights, path: Path = WEIGHTS_FILE) -> None:
    """Writes weights, rounded to four places so that a fit on another machine gives the same file."""
    rounded = {
        kind: {name: round(value, 4) for name, value in table.items()}
        for kind, table in asdict(weights).items()
    }
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
