"""Whether a question's texts fit Telegram's messages once they are set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content.markup import to_plain
from content.question_file import LONGEST_ANSWER, LONGEST_WORKED_ANSWER, is_worked
from interview.question import Question

LONGEST_MESSAGE = 4096  # code points after the markup is parsed
AROUND_A_STEM = 300  # its topic, why it is asked, how to answer
ABOVE_A_POLL = 700  # what is read against the clock fits a phone's screen, with the poll below it
AROUND_FEEDBACK = 400  # headings, counts, when it returns


def too_long(question: Question) -> Iterator[tuple[str, str]]:
    """Place and sentence of each text that is too long."""
    longest = LONGEST_WORKED_ANSWER if is_worked(question) else LONGEST_ANSWER
    if len(question.answer) > longest and (length := len(to_plain(question.answer))) > longest:
        yield "answer", f"has {length} characters; {longest} are allowed."
    yield from _over("stem", [question.stem], AROUND_A_STEM)
    if question.quiz is not None and (length := len(to_plain(question.quiz.stem))) > ABOVE_A_POLL:
        yield "quiz stem", f"has {length} characters as a message; {ABOVE_A_POLL} are allowed."
    yield from _over("answer with points, mistakes and sources", _feedback(question), AROUND_FEEDBACK)
    for number, follow_up in enumerate(question.follow_ups, 1):
        yield from _over(f"follow-up {number}", [follow_up.ask, follow_up.answer], AROUND_A_STEM)


def _feedback(question: Question) -> Iterator[str]:
    yield question.answer
    yield from (point.point for point in question.key_points)
    for mistake in question.mistakes:
        yield from (mistake.says, mistake.but)
    yield from (source.title for source in question.sources)


def _over(where: str, texts: Iterable[str], around: int) -> Iterator[tuple[str, str]]:
    """Setting a text makes it shorter or little longer: what is short enough by far need not be set."""
    parts = list(texts)
    room = LONGEST_MESSAGE - around
    if sum(len(part) + 4 for part in parts) * 5 // 4 <= room:
        return
    length = sum(len(to_plain(part)) + 4 for part in parts)
    if length > room:
        yield where, f"has {length} characters as a message; {room} fit one of Telegram's."
