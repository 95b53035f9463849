"""What a button carries: a frozen dataclass a button, packed as name.version:ids into 64 bytes."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any, ClassVar, Self, get_type_hints

LIMIT = 64  # bytes, Telegram's
_FIELDS: dict[type, dict[str, type[Any]]] = {}  # reading type hints is slow, and they never change


class Slug(str):
    """The id of a topic, a question or a page: to be looked up before it is believed."""

    __slots__ = ()


class Press:
    """Base of all presses: subclasses are frozen dataclasses of whole numbers, enums and ids (never names or texts).

    `name` is for ever once released; raise `version` when the fields change, and old buttons are told apart.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1

    def pack(self) -> str:
        """The callback data; ValueError where it would not fit into 64 bytes."""
        ids = [_text(getattr(self, field)) for field in _fields(type(self))]
        data = ":".join([f"{self.name}.{self.version}", *ids])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data longer than {LIMIT} bytes: {data}")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """What was packed, or None for anything else: callback data is the client's to forge."""
        head, *ids = data.split(":")
        fields = _fields(cls)
        if head != f"{cls.name}.{cls.version}" or len(ids) != len(fields):
            return None
        try:
            return cls(
                **{field: _value(kind, text) for (field, kind), text in zip(fields.items(), ids, strict=True)}
            )
        except ValueError:
            return None


def name_of(data: str) -> str:
    """The name in callback data, whatever its version and ids."""
    return data.split(":", 1)[0].rsplit(".", 1)[0]


def _fields(press: type[Any]) -> dict[str, type[Any]]:
    if press not in _FIELDS:
        hints = get_type_hints(press)
        _FIELDS[press] = {field.name: hints[field.name] for field in dataclasses.fields(press)}
    return _FIELDS[press]


def _text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _value(kind: type[Any], text: str) -> Any:
    # eighteen digits always fit SQLite's whole numbers
    if issubclass(kind, int) and (
        not text.isascii() or len(text) > 18 or not text.removeprefix("-").isdigit()
    ):
        raise ValueError(text)
    return kind(int(text)) if issubclass(kind, int) else kind(text)
