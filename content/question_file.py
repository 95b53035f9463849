"""Reads one question's TOML file: its keys, types, counts and lengths."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from content.problems import Problem
from content.table import Table
from interview.question import (
    FollowUp,
    KeyPoint,
    Kind,
    Level,
    Mistake,
    Quality,
    Question,
    QuizForm,
    Sample,
    Source,
    Template,
)
from interview.quiz import asks_above

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
COVERED = re.compile(r"s\d-\d\d")
URL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s<>\"\\]*)?", re.IGNORECASE)
SHORTEST_ANSWER = 350
LONGEST_ANSWER = 900
LONGEST_QUIZ_STEM = 1000  # in the file, with its markup: the message above a poll is shorter
LONGEST_WORKED_ANSWER = 2500  # a design or a program needs the room
MANY = 99


def read_question(path: Path, topic: str, slug: str, text: str) -> tuple[Question | None, list[Problem]]:
    """The question and what is wrong with its file; no question where the file is no TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Problem(path, "", f"is not TOML: {error}.")]
    table = Table(path, "", values)
    question = _question(table, topic, slug)
    table.no_more_keys()
    _judge_whole(table, question)
    return question, table.problems


def _question(table: Table, topic: str, slug: str) -> Question:
    points = tuple(_key_point(inner) for inner in table.tables("key_points", 3, 6, "key point"))
    kind = table.choice("kind", Kind)
    template = _template(table)
    return Question(
        id=f"{topic}/{slug}",
        topic=topic,
        facet=table.text("facet"),
        level=table.choice("level", Level),
        kind=kind,
        stem=table.text("stem", lines=True),
        answer=table.text("answer", lines=True),
        key_points=points,
        hints=table.texts("hints", 1, 2),
        mistakes=tuple(_mistake(inner) for inner in table.tables("mistakes", 2, MANY, "mistake")),
        follow_ups=tuple(_follow_up(inner) for inner in table.tables("follow_ups", 1, 3, "follow-up")),
        samples=tuple(_sample(inner, len(points)) for inner in table.tables("samples", 2, MANY, "sample")),
        quiz=_quiz(table, optional=_may_lack_quiz(kind, topic) or template is not None),
        sources=tuple(_source(inner) for inner in table.tables("sources", 1, MANY, "source")),
        covers=table.texts("covers", 0, MANY, pattern=COVERED),
        easier=table.text("easier", pattern=ID, default="") or None,
        template=template,
        retired=table.flag("retired", False),
    )


def _key_point(table: Table) -> KeyPoint:
    point = KeyPoint(
        point=table.text("point"),
        must=table.flag("must", True),
        phrases=table.texts("phrases", 3, 6),
        also=table.texts("also", 1, 2),
        wrong=table.text("wrong", default="") or None,
    )
    table.no_more_keys()
    return point


def _mistake(table: Table) -> Mistake:
    mistake = Mistake(table.text("says"), table.text("but"))
    table.no_more_keys()
    return mistake


def _follow_up(table: Table) -> FollowUp:
    quality = table.choice("for", Quality)
    follow_up = FollowUp(quality, table.text("ask", lines=True), table.text("answer", lines=True))
    table.no_more_keys()
    return follow_up


def _sample(table: Table, points: int) -> Sample:
    sample = Sample(table.text("reply", lines=True), table.integers("covers", 0, points, 1, points))
    table.no_more_keys()
    return sample


def _quiz(parent: Table, *, optional: bool) -> QuizForm | None:
    table = parent.table("quiz")
    if table is None:
        if not optional:
            parent.wrong("is missing; only behavioural, design and [template] questions go without.", "quiz")
        return None
    options = table.texts("options", 4, 4, 100)
    form = QuizForm(
        stem=table.text("stem", LONGEST_QUIZ_STEM, lines=True),
        options=options,
        right=table.integers("right", 1, max(len(options) - 1, 1), 0, len(options) - 1),
        why_wrong=table.texts("why_wrong", len(options), len(options), blank=True),
        explanation=table.text("explanation", 200, lines=True),
    )
    table.no_more_keys()
    _judge_quiz(table, form)
    return form


def _source(table: Table) -> Source:
    url = table.text("url", default="") or None
    source = Source(table.text("title"), url)
    if url and not URL.fullmatch(url):
        table.wrong(f"is {url!r}, which is no web address; leave it out if you are in doubt.", "url")
    table.no_more_keys()
    return source


def _template(parent: Table) -> Template | None:
    table = parent.table("template")
    if table is None:
        return None
    args = table.table("args")
    template = Template(table.text("make"), dict(args.values) if args else {})
    table.no_more_keys()
    return template


def _judge_quiz(table: Table, form: QuizForm) -> None:
    shown: tuple[tuple[str, str], ...]
    shown = (("explanation", form.explanation), *((f"option {n}", o) for n, o in enumerate(form.options)))
    if not asks_above(form.stem):
        shown = (("stem", form.stem), *shown)
    for key, text in shown:
        if found := re.search(r"`|\*\*|\$[^$\s][^$]*\$|\\[a-z]+", text):
            table.wrong(f"holds {found[0]!r}; polls show no markup, write it as plain text.", key)
    if form.explanation.count("\n") > 2:
        table.wrong("has more than 2 line breaks; Telegram takes no more.", "explanation")
    if len({option.casefold() for option in form.options}) < len(form.options):
        table.wrong("says the same twice.", "options")
    for number, (option, why) in enumerate(zip(form.options, form.why_wrong, strict=False)):
        if number in form.right and why:
            table.wrong(f"explains option {number}, which is right; leave it empty.", "why_wrong")
        if number not in form.right and not why:
            table.wrong(f"says nothing about option {number} ({option!r}); give a line.", "why_wrong")


def is_worked(question: Question) -> bool:
    """Whether the answer is a design or a program, which may be longer."""
    worked = (Kind.CODING, Kind.SYSTEM_DESIGN)
    return question.kind in worked or question.topic in worked


def _judge_whole(table: Table, question: Question) -> None:
    longest = LONGEST_WORKED_ANSWER if is_worked(question) else LONGEST_ANSWER
    length = len(question.answer)
    if 0 < length < SHORTEST_ANSWER:
        table.wrong(f"has {length} characters; give {SHORTEST_ANSWER} to {longest}.", "answer")
    musts = sum(point.must for point in question.key_points)
    if musts * 2 < len(question.key_points):
        table.wrong(f"have {musts} musts of {len(question.key_points)}; half or more must be.", "key_points")
    said = [point.point.casefold() for point in question.key_points]
    if len(set(said)) < len(said):
        table.wrong("say the same twice.", "key_points")


def _may_lack_quiz(kind: Kind, topic: str) -> bool:
    free = (Kind.BEHAVIOURAL, Kind.SYSTEM_DESIGN)
    return kind in free or topic in free
