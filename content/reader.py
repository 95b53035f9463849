"""Reads the bank from its folder and tells everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from content.bank import Bank
from content.limits import too_long
from content.problems import Broken, Problem
from content.question_file import ID, read_question
from content.taxonomy import Taxonomy
from interview.question import Question

QUESTIONS = Path(__file__).parent / "questions"

__all__ = ["QUESTIONS", "Bank", "Broken", "Problem", "read_all", "read_bank"]


def read_bank(folder: Path, taxonomy: Taxonomy) -> Bank:
    """The bank of `folder`; raises Broken with all problems of all files where there is any."""
    questions, problems = read_all(folder, taxonomy)
    if problems:
        raise Broken(problems)
    return Bank(questions)


def read_all(folder: Path, taxonomy: Taxonomy) -> tuple[list[Question], list[Problem]]:
    """Every question that could be made out, and every problem, in the order of the files."""
    if not folder.is_dir():
        return [], [Problem(folder, "", "is not there; the questions belong into it.")]
    questions: list[tuple[Path, Question]] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path)):
        question, found = _read(folder, path, taxonomy)
        problems += found
        if question:
            questions.append((path, question))
    problems += _between(questions)
    return [question for _, question in questions], sorted(problems, key=lambda problem: problem.path)


def _read(folder: Path, path: Path, taxonomy: Taxonomy) -> tuple[Question | None, list[Problem]]:
    where = path.relative_to(folder)
    topic, slug = where.parent.as_posix(), where.stem
    if path.suffix != ".toml" or len(where.parts) != 2:
        return None, [Problem(path, "", "is no question; they are called <topic>/<slug>.toml.")]
    problems = []
    if not ID.fullmatch(f"{topic}/{slug}"):
        problems.append(
            Problem(path, "", "is named wrongly; use lower-case letters, digits and single hyphens.")
        )
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem(path, "", f"is not UTF-8: {error}.")]
    question, found = read_question(path, topic, slug, text)
    problems += found
    if question:
        problems += _misplaced(path, question, taxonomy)
        problems += (Problem(path, where, sentence) for where, sentence in too_long(question))
    return question, problems


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name.endswith("~")


def _misplaced(path: Path, question: Question, taxonomy: Taxonomy) -> Iterator[Problem]:
    topic = taxonomy.topic(question.topic)
    if topic is None:
        yield Problem(path, "", f"lies in {question.topic!r}, which is no topic of taxonomy.toml.")
    elif question.facet and not taxonomy.facet(topic.slug, question.facet):
        facets = ", ".join(facet.slug for facet in topic.facets)
        yield Problem(path, "facet", f"is {question.facet!r}; {topic.slug} has {facets}.")


def _between(questions: Sequence[tuple[Path, Question]]) -> Iterator[Problem]:
    """What shows only beside the other files: where `easier` points, and what is covered twice."""
    known = {question.id: question for _, question in questions}
    covered: dict[str, str] = {}
    for path, question in questions:
        easier = known.get(question.easier or "")
        if question.easier == question.id:
            yield Problem(path, "easier", "points at the question itself; leave it out or take another.")
        elif question.easier and (not easier or easier.retired):
            state = "is retired" if easier else "does not exist"
            yield Problem(path, "easier", f"points at {question.easier!r}, which {state}.")
        for seed in question.covers:
            if seed in covered:
                yield Problem(path, "covers", f"claims {seed}, which {covered[seed]} has already.")
            covered[seed] = question.id
