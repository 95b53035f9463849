"""What came of a simulation."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Result:
    """How much there was of everything, and what was wrong, a line each."""

    counts: dict[str, int]
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join([", ".join(f"{n} {what}" for what, n in self.counts.items()), *self.wrong[:20]])
