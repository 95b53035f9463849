"""What a question that was missed in a quiz says of it, the first time it is asked again."""

from __future__ import annotations

from dataclasses import replace

from handlers.asking.state import Found
from handlers.kit.context import Dependencies
from handlers.quiz.views import in_prose
from interview.question import Question
from storage import askings, votes
from storage.database import Transaction
from storage.votes import Missed

_STEM, _OPTION = 120, 100  # characters shown


async def remember(tx: Transaction, on: Dependencies, found: Found) -> Found:
    """The asking with a line above it, where the learner missed its question in a quiz and was not asked since."""
    asking = found.asking
    missed = await votes.newest_missed(tx, asking.learner_id, asking.question_id)
    if missed is None or await askings.was_put_since(tx, asking, missed.voted_at):
        return found
    line = _line(found.question, missed)
    if line in asking.note:
        return found  # this runs again
    note = "\n\n".join(filter(None, [asking.note, line]))
    await askings.put_note(tx, asking.id, note)
    return replace(found, asking=replace(asking, note=note))


def _line(question: Question, missed: Missed) -> str:
    stem = f" “{_cut(in_prose(question.quiz.stem), _STEM)}”" if question.quiz is not None else ""
    chosen, right = _cut(missed.chosen, _OPTION), _cut(missed.right, _OPTION)
    return f"In the quiz:{stem} – you chose “{chosen}”; right: “{right}”."


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
