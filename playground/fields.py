"""The fields of a JSON body, each asked for with its type; what does not fit is refused in a sentence."""

from typing import Any

from playground.refusals import PersonRefused


class Fields:
    """Raises `PersonRefused` wherever something is missing or of another type."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def has(self, name: str) -> bool:
        return self._fields.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        value = self._fields.get(name, default)
        if not isinstance(value, str):
            raise PersonRefused(f'"{name}" is missing: it must be a text.')
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def chat(self) -> str | int:
        value = self._fields.get("chat")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise PersonRefused('"chat" is missing: it must be a chat\'s name.')
        return value

    def number(self, name: str) -> int:
        value = self.optional_number(name)
        if value is None:
            raise PersonRefused(f'"{name}" is missing: it must be a whole number.')
        return value

    def optional_number(self, name: str) -> int | None:
        value = self._fields.get(name)
        if isinstance(value, bool) or not isinstance(value, int | None):
            raise PersonRefused(f'"{name}" must be a whole number.')
        return value

    def numbers(self, name: str) -> list[int]:
        value = self._fields.get(name)
        if not isinstance(value, list) or any(isinstance(n, bool) or not isinstance(n, int) for n in value):
            raise PersonRefused(f'"{name}" must be a list of whole numbers.')
        return value

    def texts(self, name: str) -> list[str]:
        value = self._fields.get(name)
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise PersonRefused(f'"{name}" must be a list of texts.')
        return value

    def flag(self, name: str) -> bool:
        """Absent is false."""
        value = self._fields.get(name, False)
        if not isinstance(value, bool):
            raise PersonRefused(f'"{name}" must be true or false.')
        return value

    def flags(self, name: str) -> dict[str, bool]:
        value = self._fields.get(name)
        if not isinstance(value, dict):
            raise PersonRefused(f'"{name}" is missing: it must be an object.')
        return value

    def degrees(self, name: str, most: float) -> float | None:
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise PersonRefused(f'"{name}" must be a number from {-most:g} to {most:g}.')
        return float(value)
