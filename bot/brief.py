"""What Telegram repeats of our own messages is left out before it is made objects of: nobody reads it, and it costs
as much as all the rest of an update."""

from __future__ import annotations

from typing import Any

Answer = bool | dict[str, Any] | list[dict[str, Any]]

OUR_WORDS = ("from", "text", "entities", "caption_entities", "link_preview_options", "reply_markup")


def brief_update(raw: dict[str, Any]) -> dict[str, Any]:
    """The update, with no more of the message a press hangs on than which one it is, and where."""
    press = raw.get("callback_query")
    if not isinstance(press, dict) or not isinstance(message := press.get("message"), dict):
        return raw
    return {**raw, "callback_query": {**press, "message": _without_our_words(message)}}


def brief_answer(method: str, answer: Answer) -> Answer:
    """What a call is answered with: an edit with True, as for a message that is not ours; a new message with its ids
    and whatever of it we could not know, like a poll's id."""
    if not isinstance(answer, dict):
        return answer
    if method.startswith("editMessage"):
        return True
    return _without_our_words(answer) if method.startswith("send") else answer


def _without_our_words(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in OUR_WORDS}
