"""Updates of every kind that the Bot API describes, also those that the playground's people cannot cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground import schema

DEEPEST = 6
_PLAIN: Mapping[str, Any] = {
    "Integer": 7, "Float": 0.5, "String": "words", "Boolean": True, "True": True, "InputFile": "file",
}  # fmt: skip
_SENT = 1_772_452_800  # a moment


def made_updates(person: dict[str, Any], chats: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """One update of each kind; one message with each field a message can have, in each of the chats; no update_id."""
    for kind, (types, *_) in schema.TYPES["Update"].items():
        if kind == "update_id":
            continue
        for chat in chats:
            maker = _Maker(person, chat)
            yield {kind: maker.some(types[0])}
            yield {kind: maker.full(types[0])}
    for field, (types, *_) in schema.TYPES["Message"].items():
        for chat in chats:
            maker = _Maker(person, chat)
            message = {**maker.some("Message"), "from": person, field: maker.one(field, types)}
            yield {"message": message}


class _Maker:
    """Makes values of the Bot API's types, all about one person in one chat."""

    def __init__(self, person: dict[str, Any], chat: dict[str, Any]) -> None:
        self._given = {"User": person, "Chat": chat}

    def some(self, name: str, depth: int = 0) -> dict[str, Any]:
        """An object with what it has to have."""
        return {
            field: self.one(field, types, depth)
            for field, (types, needed, *_) in _shape(name).items()
            if needed
        }

    def full(self, name: str) -> dict[str, Any]:
        """An object with everything it can have."""
        return {field: self.one(field, types) for field, (types, *_) in _shape(name).items()}

    def one(self, field: str, types: list[str], depth: int = 0) -> Any:
        """A value for a field of these types."""
        name = types[0]
        if name.startswith("Array of "):
            inner = name.removeprefix("Array of ").split(", ")[0].split(" and ")[0]
            return [] if depth >= DEEPEST else [self.one(field, [inner], depth + 1)]
        if name == "Integer" and "date" in field:
            return _SENT
        if name in _PLAIN:
            return _PLAIN[name]
        if name in self._given:
            return self._given[name]
        return self.some(name, depth + 1)


def _shape(name: str) -> dict[str, Any]:
    """What an object of that type has; of several types the first that holds nothing but plain values."""
    shape = schema.TYPES[name]
    if "_one_of" not in shape:
        return shape
    shapes = [_shape(each) for each in shape["_one_of"]]
    return next((each for each in shapes if _is_plain(each)), shapes[0])


def _is_plain(shape: dict[str, Any]) -> bool:
    return all(types[0] in _PLAIN for types, needed, *_ in shape.values() if needed)
