"""The jobs that learners prepare for: a role is a mix of topics."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What work a learner wants to be interviewed for."""

    DATA_SCIENTIST = "data-scientist"
    ML_ENGINEER = "ml-engineer"
    LLM_ENGINEER = "llm-engineer"
    ANALYST = "analyst"
    EVERYTHING = "everything"

    @property
    def label(self) -> str:
        """The words on the button: `Data scientist`, `ML engineer`, …"""
        return _LABELS[self]


def mix(role: Role) -> Mapping[str, float]:
    """How much the role is asked of each of the 18 topics, by slug: shares that add up to 1, none is 0."""
    return _MIXES[role]


_LABELS = {
    Role.DATA_SCIENTIST: "Data scientist",
    Role.ML_ENGINEER: "ML engineer",
    Role.LLM_ENGINEER: "LLM engineer",
    Role.ANALYST: "Analyst",
    Role.EVERYTHING: "Everything",
}

# How often a topic comes up in interviews for the role: 6 the heart of it, 3 regularly, 1 now and then.
_WEIGHTS = {
    #                    Data scientist, ML engineer, LLM engineer, Analyst
    "fundamentals": (5, 4, 3, 3),
    "statistics": (6, 2, 2, 6),
    "experiments": (6, 2, 2, 6),
    "classic-models": (5, 3, 1, 3),
    "trees-ensembles": (5, 3, 1, 2),
    "unsupervised": (3, 2, 1, 2),
    "metrics": (5, 4, 3, 4),
    "data-prep": (5, 4, 2, 5),
    "deep-learning": (2, 5, 5, 1),
    "nlp": (2, 3, 6, 1),
    "llm": (2, 3, 9, 1),
    "recsys": (2, 3, 1, 1),
    "sequential": (2, 2, 1, 2),
    "mlops": (1, 6, 4, 1),
    "system-design": (2, 6, 5, 1),
    "coding": (3, 4, 3, 6),
    "responsible": (2, 2, 3, 2),
    "behavioural": (3, 3, 3, 4),
}


def _shares(weights: Mapping[str, float]) -> Mapping[str, float]:
    total = sum(weights.values())
    return MappingProxyType({topic: weight / total for topic, weight in weights.items()})


_MIXES = {
    **{
        role: _shares({topic: weights[column] for topic, weights in _WEIGHTS.items()})
        for column, role in enumerate(
            (Role.DATA_SCIENTIST, Role.ML_ENGINEER, Role.LLM_ENGINEER, Role.ANALYST)
        )
    },
    Role.EVERYTHING: _shares(dict.fromkeys(_WEIGHTS, 1.0)),
}
