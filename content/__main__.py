"""`python -m content check`: says everything that is wrong with the bank, or sums it up."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import judging
from content.articles import missing, read_articles
from content.checks.cache import Cache, digest
from content.checks.judged_bank import judged_bank
from content.checks.summary import articles_line, summary
from content.checks.whole import problems_of
from content.markup import tall_formulas
from content.problems import Broken, Problem
from content.reader import QUESTIONS, read_all
from content.taxonomy import read_taxonomy
from content.tips import read_tips
from drawing.formula import CannotDraw, draw_formulas
from interview.question import Question
from judging.engines import judge_question

CACHE = Path(".content_cache.json")
JUDGING = Path(judging.__file__).parent


def main(arguments: list[str] | None = None) -> int:
    """0 where all is well, 1 where something is to be mended, with a line for each."""
    asked = _parser().parse_args(arguments)
    cache = Cache(None if asked.fresh else CACHE)
    try:
        return _check(asked.folder, cache, show_missing=asked.missing, judged=not asked.no_judge)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    finally:
        cache.write()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the bank of questions")
    check.add_argument(
        "folder", nargs="?", type=Path, default=_shown(QUESTIONS), help="where the questions lie"
    )
    check.add_argument(
        "--missing", action="store_true", help="list what the articles ask and the bank does not"
    )
    check.add_argument(
        "--no-judge", action="store_true", help="leave out what the judge says, which takes longest"
    )
    check.add_argument(
        "--fresh", action="store_true", help="look at every file again, whatever is known of it"
    )
    return parser


def _shown(path: Path) -> Path:
    """As short as it can be said from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _check(folder: Path, cache: Cache, *, show_missing: bool, judged: bool) -> int:
    taxonomy = read_taxonomy()
    articles = read_articles()
    questions, problems = read_all(folder, taxonomy)
    read_tips()
    spoilt = {problem.path for problem in problems}
    problems += problems_of(folder, questions, articles, cache)
    problems += _undrawable(folder, questions)
    report = None
    if judged:
        # The judge lives in another room, which only this door may enter: the checks take it as an argument.
        report = judged_bank(folder, questions, judge_question, digest(JUDGING), cache)
        problems += [problem for problem in report.problems if problem.path not in spoilt]
    if show_missing:
        print("missing", *missing(articles, questions) or ["nothing"])
    for problem in sorted(problems):
        print(problem)
    if problems:
        print(f"\n{_count(problems)}. {articles_line(questions, articles)}")
        return 1
    print(*summary(questions, taxonomy, articles), sep="\n")
    if report:
        print(report.line)
    return 0


def _undrawable(folder: Path, questions: Sequence[Question]) -> Iterator[Problem]:
    """Formulas that no line can hold and no picture either. Drawing is another room, too."""
    for question in questions:
        try:
            if tall := tall_formulas(question.answer):
                draw_formulas(tall)
        except CannotDraw as cannot:
            yield Problem(
                folder / f"{question.id}.toml", "answer", f"has a formula that cannot be drawn: {cannot}."
            )


def _count(problems: Sequence[Problem]) -> str:
    files = len({problem.path for problem in problems})
    return f"{len(problems)} problem{'s' * (len(problems) != 1)} in {files} file{'s' * (files != 1)}"


if __name__ == "__main__":
    sys.exit(main())
