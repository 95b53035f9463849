"""Whether key points tell right answers from others, by the judge that learners meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from content.checks.finding import Finding
from content.markup import to_plain
from content.problems import Problem
from content.table import read_table
from interview.question import Question


class _Point(Protocol):
    @property
    def state(self) -> str: ...


class _Judgement(Protocol):
    @property
    def points(self) -> Sequence[_Point]: ...


Judge = Callable[[Question, str], _Judgement]
"""A question and a reply in; out comes a state for each key point, "covered" among them."""

AGREEMENT_FILE = Path(__file__).parent.parent / "agreement.toml"
LONGEST_REPLY = 1900  # the judge reads no more of a reply than 2,000 characters


def own_answer_ticks(question: Question, judge: Judge) -> Iterator[Finding]:
    """The reference answer covers every point, and half of them without the help of `also`."""
    ticks = _ticks(question, question.answer, judge)
    for number, tick in enumerate(ticks, 1):
        if not tick:
            yield Finding(
                question.id,
                f"key point {number}",
                "is not found in the answer; say it there or give phrases that find it.",
            )
    bare = replace(question, key_points=tuple(replace(point, also=()) for point in question.key_points))
    without = sum(_ticks(bare, question.answer, judge))
    if without * 2 < len(ticks):
        yield Finding(
            question.id,
            "key_points",
            f"are found {without} of {len(ticks)} without `also`; better the points and phrases.",
        )


def other_answer_ticks(question: Question, other: Question, judge: Judge) -> Iterator[Finding]:
    """Another question's answer covers less than half of the points, and not all musts."""
    ticks = _ticks(question, other.answer, judge)
    musts = [tick for tick, point in zip(ticks, question.key_points, strict=True) if point.must]
    if sum(ticks) * 2 >= len(ticks) or all(musts):
        found = ", ".join(str(number) for number, tick in enumerate(ticks, 1) if tick)
        yield Finding(
            question.id,
            "key_points",
            f"{found} are found in the answer of {other.id}; make them distinct, or list the pair in related.toml.",
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the judge does on the samples: points of each kind, and how many it saw as their author did."""

    covered: int = 0
    covered_seen: int = 0
    missed: int = 0
    missed_seen: int = 0

    @property
    def balanced(self) -> float:
        """The mean of both shares, 0 to 1: guessing gives one half."""
        shares = [
            seen / all_
            for seen, all_ in ((self.covered_seen, self.covered), (self.missed_seen, self.missed))
            if all_
        ]
        return sum(shares) / len(shares) if shares else 0.0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.covered + other.covered,
            self.covered_seen + other.covered_seen,
            self.missed + other.missed,
            self.missed_seen + other.missed_seen,
        )


def fallen(seen: Agreement, path: Path = AGREEMENT_FILE) -> Problem | None:
    """A problem where the judge agrees less with the samples than it must."""
    at_least = read_table(path).values.get("at_least")
    if not isinstance(at_least, float) or not 0 < at_least < 1:
        return Problem(path, "at_least", "must be a number between 0 and 1, as 0.85.")
    if not seen.covered or seen.balanced >= at_least:
        return None
    fell = (
        f"is {at_least:.3f}, but the judge agrees with the samples on {seen.balanced:.3f}; see what changed."
    )
    return Problem(path, "at_least", fell)


def agreement(questions: Iterable[Question], judge: Judge) -> Agreement:
    total = Agreement()
    for question in questions:
        for sample in question.samples:
            ticks = _covered(question, sample.reply, judge)
            for number, tick in enumerate(ticks, 1):
                said = number in sample.covers
                total += Agreement(int(said), int(said and tick), int(not said), int(not said and not tick))
    return total


def _ticks(question: Question, answer: str, judge: Judge) -> list[bool]:
    """Long answers are judged in parts: a point that any part covers is covered."""
    found = [_covered(question, part, judge) for part in _parts(answer)]
    return [any(ticks) for ticks in zip(*found, strict=True)]


def _covered(question: Question, reply: str, judge: Judge) -> list[bool]:
    return [point.state == "covered" for point in judge(question, reply).points]


@lru_cache(maxsize=8)
def _parts(answer: str) -> tuple[str, ...]:
    """An answer as a learner would type it, in parts; the last few are kept, as each is judged by every question."""
    parts = [""]
    for paragraph in to_plain(answer).split("\n"):
        if len(parts[-1]) + len(paragraph) > LONGEST_REPLY and parts[-1]:
            parts.append("")
        parts[-1] += paragraph[:LONGEST_REPLY] + "\n"
    return tuple(parts)
