"""Takes values out of a TOML table and writes down, in plain sentences, whatever is not as it should be."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from content.problems import Broken, Problem

Choice = TypeVar("Choice", bound=StrEnum)

KINDS = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
JOINERS = "\u200c\u200d"  # they hold emoji and some scripts together


class Table:
    """One table of a file. Every getter gives a usable value even where it has written a problem down."""

    def __init__(
        self, path: Path, where: str, values: dict[str, object], problems: list[Problem] | None = None
    ) -> None:
        self.path = path
        self.where = where
        self.values = values
        self.problems: list[Problem] = [] if problems is None else problems
        self._asked: set[str] = set()

    def name_it(self, where: str) -> None:
        """Say where this is from now on, once its name is known."""
        self.where = where

    def wrong(self, sentence: str, key: str = "") -> None:
        """Write a problem down; the sentence goes on from the place: `has 2 entries; give 3 to 6.`"""
        where = " ".join(part for part in (self.where, key) if part)
        self.problems.append(Problem(self.path, where, sentence))

    def has(self, key: str) -> bool:
        return key in self.values

    def text(
        self,
        key: str,
        longest: int | None = None,
        *,
        lines: bool = False,
        pattern: re.Pattern[str] | None = None,
        default: str | None = None,
    ) -> str:
        """A text without blank ends; several lines only with `lines`; `default` makes it optional."""
        value = self._value(key, str, default)
        if not isinstance(value, str):
            return ""
        if key not in self.values:
            return value
        return self._checked(key, value, longest, lines, pattern)

    def texts(
        self,
        key: str,
        least: int,
        most: int,
        longest: int | None = None,
        *,
        lines: bool = False,
        blank: bool = False,
        pattern: re.Pattern[str] | None = None,
    ) -> tuple[str, ...]:
        """A list of distinct texts, `least` to `most` of them; `blank` allows empty ones."""
        found = []
        for number, value in enumerate(self._list(key, least, most), 1):
            place = f"{key} #{number}"
            if not isinstance(value, str):
                self.wrong(f"must be a text, not {_kind(value)}.", place)
            elif not (blank and not value.strip()):
                found.append(self._checked(place, value, longest, lines, pattern))
            else:
                found.append("")
        for text in sorted({text for text in found if text and found.count(text) > 1}):
            self.wrong(f"has {text!r} twice.", key)
        return tuple(found)

    def integers(self, key: str, least: int, most: int, lowest: int, highest: int) -> tuple[int, ...]:
        """A list of distinct whole numbers from `lowest` to `highest`."""
        found = []
        for value in self._list(key, least, most):
            if not isinstance(value, int) or isinstance(value, bool):
                self.wrong(f"must hold whole numbers, not {_kind(value)}.", key)
            elif not lowest <= value <= highest:
                self.wrong(f"has {value}; it goes from {lowest} to {highest}.", key)
            elif value in found:
                self.wrong(f"has {value} twice.", key)
            else:
                found.append(value)
        return tuple(found)

    def flag(self, key: str, default: bool) -> bool:
        value = self._value(key, bool, default)
        return value if isinstance(value, bool) else default

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """One of an enumeration's values; the first where it is none of them."""
        first = next(iter(choices))
        value = self._value(key, str, None)
        if value is None:
            return first
        try:
            return choices(str(value))
        except ValueError:
            self.wrong(f"is {value!r}; take one of {', '.join(choices)}.", key)
            return first

    def tables(self, key: str, least: int, most: int, name: str = "") -> Iterator[Table]:
        """The tables of `[[key]]`, called `name 1`, `name 2` … in problems."""
        for number, value in enumerate(self._list(key, least, most), 1):
            where = f"{name or key} {number}"
            if isinstance(value, dict):
                yield Table(self.path, " ".join(filter(None, (self.where, where))), value, self.problems)
            else:
                self.wrong(f"must be a table: write it as [[{key}]].", where)

    def table(self, key: str) -> Table | None:
        """The table `[key]`, or None where there is none."""
        if key not in self.values:
            self._asked.add(key)
            return None
        value = self._value(key, dict, None)
        return Table(self.path, key, value, self.problems) if isinstance(value, dict) else None

    def no_more_keys(self) -> None:
        """Call it last: whatever was not asked for is unknown, most often misspelt."""
        for key in self.values:
            if key not in self._asked:
                self.wrong(f"has the unknown key {key!r}; known are {', '.join(sorted(self._asked))}.")

    def _value(self, key: str, kind: type, default: object) -> object:
        self._asked.add(key)
        if key not in self.values:
            if default is None:
                self.wrong(f"has no {key!r}; add it." if self.where else f"{key} is missing; add it.")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(f"must be {KINDS[kind]}, not {_kind(value)}.", key)
            return None
        return value

    def _list(self, key: str, least: int, most: int) -> list[object]:
        value = self._value(key, list, [] if least == 0 else None)
        if not isinstance(value, list):
            return []
        if not least <= len(value) <= most and not (least and key not in self.values):
            self.wrong(f"has {_entries(len(value))}; give {_range(least, most)}.", key)
        return value

    def _checked(
        self, key: str, text: str, longest: int | None, lines: bool, pattern: re.Pattern[str] | None
    ) -> str:
        signs = text.replace("\n", "") if lines else text
        # a look at all at once first: nearly every text is sound, and each start reads half a million signs
        suspects = () if signs.isprintable() else dict.fromkeys(signs)
        for sign in (suspect for suspect in suspects if _is_control(suspect, lines)):
            self.wrong(f"holds {_name(sign)}; {_remedy(sign)}.", key)
        text = text.strip()
        if not text:
            self.wrong("is empty; write it or leave the key out.", key)
        elif pattern and not pattern.fullmatch(text):
            self.wrong(f"is {text!r}, which does not look like {pattern.pattern}.", key)
        if longest and len(text) > longest:
            self.wrong(f"has {len(text)} characters; {longest} are allowed.", key)
        return text


def read_table(path: Path) -> Table:
    """The whole of a TOML file; raises Broken where it is none."""
    try:
        return Table(path, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Broken([Problem(path, "", f"cannot be read: {error}.")]) from error
    except tomllib.TOMLDecodeError as error:
        raise Broken([Problem(path, "", f"is not TOML: {error}.")]) from error


def _is_control(sign: str, lines: bool) -> bool:
    if sign == "\n":
        return not lines
    if sign in JOINERS or sign.isprintable():
        return False
    return unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")


def _name(sign: str) -> str:
    return (
        "a line break"
        if sign == "\n"
        else "a tab"
        if sign == "\t"
        else f"the control character U+{ord(sign):04X}"
    )


def _remedy(sign: str) -> str:
    """TOML turns the \\t of \\theta into a tab without a word: that is where most of them come from."""
    if sign in "\n\t\r\f\b":
        return "did a backslash stand in a \"double-quoted\" string? Write such texts in '''…'''"
    return "take it out"


def _kind(value: object) -> str:
    return next((name for kind, name in KINDS.items() if isinstance(value, kind)), "a date or time")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _range(least: int, most: int) -> str:
    if most >= 99:
        return f"at least {least}"
    return f"{least}" if least == most else f"{least} to {most}"
