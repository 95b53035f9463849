"""What the environment says: read once, with every problem told at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.flood import A_MINUTE
from bot.pacing.budget import PER_SECOND
from content.reader import QUESTIONS

ENV_FILE = Path(".env")
DATABASE = Path("data/coach.sqlite3")
TELEGRAM = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
_ID = re.compile(r"[1-9][0-9]{0,15}")
_WHOLE: dict[int | str, tuple[int, int]] = {
    "backup_days": (0, 3_650),
    "backup_weeks": (0, 520),
    "messages_per_second": (0, 10_000),
    "updates_per_minute": (0, 60_000),
}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Misconfigured(Exception):
    """The environment is not fit to start with; `problems` holds a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """The environment's variables, their usual values and what they have to look like. A `.env` file counts too."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: SecretStr | None = None
    database_path: Path = DATABASE
    questions_path: Path = QUESTIONS
    bot_api_base_url: str = TELEGRAM
    bot_clock_url: str | None = None
    operators: Annotated[frozenset[int], NoDecode] = frozenset()
    backup_path: Path | None = None
    backup_days: int = Field(default=7, ge=0, le=_WHOLE["backup_days"][1])
    backup_weeks: int = Field(default=4, ge=0, le=_WHOLE["backup_weeks"][1])
    messages_per_second: int = Field(default=PER_SECOND, ge=0, le=_WHOLE["messages_per_second"][1])
    updates_per_minute: int = Field(default=A_MINUTE, ge=0, le=_WHOLE["updates_per_minute"][1])
    health_path: Path | None = None
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @property
    def backups(self) -> Path:
        """The folder for backups: beside the database unless another is named."""
        return self.backup_path or self.database_path.parent / "backups"

    @property
    def health_file(self) -> Path:
        """Where the bot says that it is well: beside the database unless another place is named."""
        return self.health_path or self.database_path.with_name(self.database_path.name + ".health")

    @field_validator("database_path", "questions_path", "backup_path", "health_path")
    @classmethod
    def _is_in_a_home(cls, path: Path | None) -> Path | None:
        # a file of settings, unlike a shell, leaves it as it is
        try:
            return path and path.expanduser()
        except RuntimeError:
            raise ValueError(f"{path} is in a home that is not known: write the whole path") from None

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is no bot token: copy the whole line from BotFather, digits, a colon, letters")
        return token

    @field_validator("operators", mode="before")
    @classmethod
    def _are_ids(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        ids = [part.strip() for part in given.split(",") if part.strip()]
        wrong = [part for part in ids if not _ID.fullmatch(part)]
        if wrong:
            raise ValueError(
                f"holds {wrong[0]!r}: it takes people’s Telegram ids, which are numbers, parted by commas"
            )
        return frozenset(map(int, ids))

    @field_validator("bot_api_base_url", "bot_clock_url")
    @classmethod
    def _is_a_url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            fine = False
        if not fine:
            raise ValueError("is no web address: write it like http://127.0.0.1:8080")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _walked_clocks_are_for_play(self) -> Settings:
        if self.bot_clock_url is not None and not all(
            map(_is_loopback, (self.bot_clock_url, self.bot_api_base_url))
        ):
            raise ValueError(
                "BOT_CLOCK_URL works only with a playground: both it and BOT_API_BASE_URL must be on 127.0.0.1"
            )
        return self


def read_settings() -> Settings:
    """The settings; `Misconfigured` with every problem where there are any."""
    broken = broken_env_file()
    if broken is not None:
        raise Misconfigured([broken])
    try:
        return Settings()
    except ValidationError as failed:
        raise Misconfigured([_sentence(error["loc"], error["msg"]) for error in failed.errors()]) from None


def broken_env_file() -> str | None:
    """A sentence where there is a file .env that cannot be read; None where it can, or where there is none."""
    try:
        if ENV_FILE.is_file():
            ENV_FILE.read_text(encoding="utf-8")
    except OSError as error:
        return (
            f"The file {ENV_FILE.resolve()} cannot be read ({error.strerror}): give this account the right to, or move"
            " it away."
        )
    except ValueError:
        return f"The file {ENV_FILE.resolve()} is not UTF-8 text: save it as such."
    return None


def _sentence(where: tuple[int | str, ...], what: str) -> str:
    reason = what.removeprefix("Value error, ")
    if reason.startswith("String should match pattern"):
        reason = "must be DEBUG, INFO, WARNING or ERROR"
    if where and where[0] in _WHOLE:
        least, most = _WHOLE[where[0]]
        reason = f"must be a whole number from {least} to {most}"
    return f"{str(where[0]).upper()} {reason}." if where else f"{reason}."


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK
