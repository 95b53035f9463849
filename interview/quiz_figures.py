"""What a group's votes say: which questions are hard, what was taken for right, who got better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST_VOTES = 2
"""A question with fewer votes says more about a person than about itself."""

LEAST_TO_COMPARE = 5
"""So many votes in each of two weeks before somebody is said to have improved."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often one option of one question was chosen; `option` is its text as it was shown."""

    question_id: str
    option: str
    is_right: bool
    votes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One question: how many voted, how many were right, and the wrong option that drew most, if one drew any."""

    question_id: str
    votes: int
    right: int
    trap: str | None
    trapped: int

    @property
    def share(self) -> float:
        """Right votes among all, 0 to 1."""
        return self.right / self.votes


@dataclass(frozen=True, slots=True)
class Record:
    """How one person voted over some time."""

    person_id: int
    name: str
    votes: int
    right: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Improved:
    """Who got better, and from which share of right votes to which."""

    name: str
    before: float
    after: float


def figures(chosen: Iterable[Chosen]) -> tuple[Figures, ...]:
    """Every question with enough votes; the hardest first, among equals the one with more votes."""
    by_question: dict[str, list[Chosen]] = {}
    for each in chosen:
        by_question.setdefault(each.question_id, []).append(each)
    found = [_figures(question_id, votes) for question_id, votes in by_question.items()]
    enough = [each for each in found if each.votes >= LEAST_VOTES]
    return tuple(sorted(enough, key=lambda each: (each.share, -each.votes, each.question_id)))


def hardest(chosen: Iterable[Chosen], most: int) -> tuple[Figures, ...]:
    """The hardest few; a question that nobody got wrong is none of them."""
    return tuple(each for each in figures(chosen) if each.right < each.votes)[:most]


def most_improved(before: Sequence[Record], after: Sequence[Record]) -> Improved | None:
    """Whose share of right votes rose most from one week to the next; None where nobody's did.

    Counted are those who voted often enough in both and want to be seen; among equals, who voted more.
    """
    earlier: Mapping[int, Record] = {each.person_id: each for each in before if _enough(each)}
    rises = [
        (each.right / each.votes - old.right / old.votes, each.votes, -each.person_id, old, each)
        for each in after
        if _enough(each) and (old := earlier.get(each.person_id)) is not None
    ]
    best = max((rise for rise in rises if rise[0] > 0), key=lambda rise: rise[:3], default=None)
    if best is None:
        return None
    old, new = best[3], best[4]
    return Improved(new.name, old.right / old.votes, new.right / new.votes)


def _enough(record: Record) -> bool:
    return record.votes >= LEAST_TO_COMPARE and not record.hidden and record.person_id > 0


def _figures(question_id: str, chosen: Sequence[Chosen]) -> Figures:
    wrong: Counter[str] = Counter()
    for each in chosen:
        if not each.is_right:
            wrong[each.option] += each.votes
    # among equals the same one every time, whatever the order of the rows
    trap = min(wrong, key=lambda option: (-wrong[option], option), default=None)
    return Figures(
        question_id=question_id,
        votes=sum(each.votes for each in chosen),
        right=sum(each.votes for each in chosen if each.is_right),
        trap=trap,
        trapped=wrong[trap] if trap is not None else 0,
    )
