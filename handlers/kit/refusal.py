"""An expected failure: one sentence that says what to do instead."""

from __future__ import annotations

from handlers.kit.reply import Buttons


class Refusal(Exception):
    """Rolls back what was begun; the sentence (plain text) is shown, as an alert where a button was pressed."""

    def __init__(self, sentence: str, buttons: Buttons = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.buttons = buttons
