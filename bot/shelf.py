"""What the bot asks from: bank, taxonomy, places and tips, read from their files with every problem told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content import places
from content.bank import Bank
from content.problems import Broken, Problem
from content.reader import QUESTIONS, read_bank
from content.taxonomy import Taxonomy, read_taxonomy
from content.tips import Tip, read_tips
from interview.place import Place


@dataclass(frozen=True, slots=True)
class Shelf:
    """All content, whole and checked."""

    bank: Bank
    taxonomy: Taxonomy
    places: tuple[Place, ...]
    tips: tuple[Tip, ...]


def read_shelf(questions: Path = QUESTIONS) -> Shelf:
    """The content, with the questions of that folder; `Broken` with all problems of all files where there are any."""
    taxonomy = read_taxonomy()
    problems: list[Problem] = []
    try:
        bank = read_bank(questions, taxonomy)
    except Broken as broken:
        problems += broken.problems
    try:
        cities = places.read()
    except Broken as broken:
        problems += broken.problems
    try:
        tips = read_tips()
    except Broken as broken:
        problems += broken.problems
    if problems:
        raise Broken(problems)
    return Shelf(bank, taxonomy, cities, tips)
