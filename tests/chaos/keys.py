"""What each message of the bot's is there for: two with the same key are copies of each other."""

from __future__ import annotations

from collections import Counter
from typing import Any

_OF_ASKINGS = {"show.1": "question", "rate.1": "feedback"}
_OF_QUIZZES = {"quiz-join.1": "card", "quiz-again.1": "results", "quiz-take.1": "mistakes"}
_AFTER_A_QUESTION = ("✅", "⏭", "Nobody voted.")
_EACH_ITS_OWN = ("A quiz is running here already", "You missed nothing", "You did not play")


class Keys:
    """Reads messages in the order in which they were sent, as what follows a poll is told by what came before."""

    def __init__(self) -> None:
        self._polls: dict[int, str] = {}  # the newest of each chat
        self._alike: Counter[str] = Counter()

    def of(self, message: dict[str, Any]) -> str:
        """What the message is there for."""
        chat, text = message["chat"]["id"], message.get("text", "")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        carried = [button.get("callback_data", "").split(":") for row in rows for button in row]
        if "poll" in message:
            [parts] = [parts for parts in carried if parts[0] == "quiz-skip.1"]
            self._polls[chat] = f"{parts[1]} {parts[2]}"
            return f"poll {self._polls[chat]}"
        for name, what in (_OF_ASKINGS | _OF_QUIZZES).items():
            if found := [parts for parts in carried if parts[0] == name]:
                return f"{what} {found[0][1]}"
        if text.startswith(_EACH_ITS_OWN):
            self._alike[text] += 1
            return f"text {text[:30]} {self._alike[text]}"
        if chat > 0:
            if "reply_to_message" in message:
                return f"reply to {message['reply_to_message']['message_id']}"
            return f"text {text[:60]}"
        return self._in_group(chat, text, message["date"])

    def _in_group(self, chat: int, text: str, sent: int) -> str:
        if text.startswith(_AFTER_A_QUESTION):
            return f"told {self._polls.get(chat)}"
        return f"text {text[:60]} of day {sent // 86_400}"
