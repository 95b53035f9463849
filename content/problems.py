"""What is wrong with a file of ours, said so that whoever wrote it knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: in which file, where in it ("" for all of it), and how the sentence goes on."""

    path: Path
    where: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.where} " if self.where else ""
        return f"{self.path.as_posix()}: {place}{self.sentence}"


class Broken(Exception):
    """Files that cannot be used; `problems` holds all of them, so that one look mends all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
