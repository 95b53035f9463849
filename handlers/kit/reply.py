"""What views return: a text with buttons under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as _escape
from html import unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.kit.press import Press
from handlers.kit.voice import JSON


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: a label and what it carries."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True)
class Link:
    """One inline button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class AskForLocation:
    """A reply keyboard with one button that shares the location, instead of inline buttons."""

    label: str


@dataclass(frozen=True, slots=True)
class RemoveKeyboard:
    """Takes a reply keyboard away again."""


Buttons = tuple[tuple[Button | Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """Telegram HTML and rows of buttons. Whatever came from a person or a file went through `escape` first."""

    text: str
    buttons: Buttons | AskForLocation | RemoveKeyboard = ()

    def markup(self) -> JSON | None:
        """The buttons as JSON, as Telegram wants them."""
        if isinstance(self.buttons, RemoveKeyboard):
            return {"remove_keyboard": True}
        if isinstance(self.buttons, AskForLocation):
            rows = [[{"text": self.buttons.label, "request_location": True}]]
            return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
        return self.inline_markup()

    def inline_markup(self) -> JSON | None:
        """The buttons under the message; what stands below the composer cannot be part of an edit."""
        if not self.buttons or not isinstance(self.buttons, tuple):
            return None
        return {"inline_keyboard": [[_inline(button) for button in row] for row in self.buttons]}

    def inline_keyboard(self) -> InlineKeyboardMarkup | None:
        """The same as an object of the library, for its own methods."""
        markup = self.inline_markup()
        if markup is None:
            return None
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton(**button) for button in row] for row in markup["inline_keyboard"]]
        )


def _inline(button: Button | Link) -> JSON:
    if isinstance(button, Link):
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.press.pack()}


def escape(text: str) -> str:
    """Text as Telegram's HTML shows it letter for letter."""
    return _escape(text, quote=False)


def length(html: str) -> int:
    """How long Telegram finds a text: without tags, every escaped sign as one."""
    return len(unescape(re.sub(r"<[^>]*>", "", html)))


def rows(buttons: Sequence[Button | Link], width: int) -> Buttons:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
