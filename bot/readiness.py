"""Before a start: everything it needs, and every problem there is with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dotenv import dotenv_values

from bot.config import DATABASE, ENV_FILE, Settings, broken_env_file
from bot.operator.place_check import problems_with_database
from bot.shelf import Shelf, read_shelf
from content.problems import Broken
from content.reader import QUESTIONS


def look_around(settings: Settings | None) -> tuple[Shelf | None, list[str]]:
    """The content, and a sentence for each thing in the way; without settings, as far as the environment tells."""
    shelf, problems = read_content(settings)
    return shelf, problems + problems_with_place(settings)


def read_content(settings: Settings | None) -> tuple[Shelf | None, list[str]]:
    """The content, or a sentence for each thing that is wrong with it."""
    questions = settings.questions_path if settings else Path(_said("QUESTIONS_PATH") or QUESTIONS)
    if questions.exists() and not questions.is_dir():
        return None, [
            f"QUESTIONS_PATH {questions} is a file: name the folder that holds <topic>/<slug>.toml."
        ]
    try:
        shelf = read_shelf(questions)
    except Broken as broken:
        return None, list(map(str, broken.problems))
    if not len(shelf.bank):
        return shelf, [f"QUESTIONS_PATH {questions} holds no questions: there is nothing to ask."]
    return shelf, []


def problems_with_place(settings: Settings | None) -> list[str]:
    """A sentence where no database can be kept where it is to be; the folder is made if need be."""
    return problems_with_database(
        settings.database_path if settings else Path(_said("DATABASE_PATH") or DATABASE)
    )


def reader(settings: Settings) -> Callable[[], Shelf]:
    """What reads the same content again, as `look_around` did; `Broken` with all problems where there are any."""
    return partial(read_shelf, settings.questions_path)


def _said(name: str) -> str | None:
    """What the environment, or else the file .env, says."""
    if name in os.environ or broken_env_file() is not None:
        return os.environ.get(name)
    return dotenv_values(ENV_FILE, encoding="utf-8").get(name)
