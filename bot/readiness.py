"""Before a start: everything it needs, and every problem there is with it."""

from __future__ import annotations

import os
from pathlib import Path

from bot.config import Settings
from bot.shelf import Shelf, read_shelf
from content.problems import Broken
from content.reader import QUESTIONS


def look_around(settings: Settings | None) -> tuple[Shelf | None, list[str]]:
    """The content, and a sentence for each thing in the way; without settings, as far as the environment tells."""
    questions = settings.questions_path if settings else QUESTIONS
    database = (
        settings.database_path if settings else Path(os.environ.get("DATABASE_PATH", "data/coach.sqlite3"))
    )
    shelf: Shelf | None = None
    problems: list[str] = []
    try:
        shelf = read_shelf(questions)
    except Broken as broken:
        problems += map(str, broken.problems)
    return shelf, problems + _database_problems(database)


def _database_problems(path: Path) -> list[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [
            f"DATABASE_PATH {path} is in a folder that cannot be made ({error.strerror}): name another place."
        ]
    if path.is_dir():
        return [f"DATABASE_PATH {path} is a folder: name a file in it, for example {path / 'coach.sqlite3'}."]
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return [
            f"DATABASE_PATH {path} cannot be written: name another place, or give this account the right to."
        ]
    return []
