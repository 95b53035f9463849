"""The fitted weights: read once from weights.json beside this file, and written by `python -m judging fit`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic weights by the name of their evidence: for "the reply covers the point" and "it says the opposite"."""

    covered: dict[str, float]
    contradicted: dict[str, float]


def probability(names: Sequence[str], values: Sequence[float], weights: dict[str, float]) -> float:
    """The logistic of the weighted sum, 0 to 1. Raises KeyError where a weight is missing."""
    total = sum(weights[name] * value for name, value in zip(names, values, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def fitted() -> Weights:
    """The weights that the project ships."""
    return read_weights(WEIGHTS_FILE)


def read_weights(path: Path) -> Weights:
    """Reads a file that `write_weights` wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return Weights(found["covered"], found["contradicted"])


def write_weights(weights: Weights, path: Path = WEIGHTS_FILE) -> None:
    """Writes weights, rounded to four places so that a fit on another machine gives the same file."""
    rounded = {
        kind: {name: round(value, 4) for name, value in table.items()}
        for kind, table in (("covered", weights.covered), ("contradicted", weights.contradicted))
    }
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
