"""Keyboards under messages: what Telegram refuses in them, and what it keeps."""

from typing import Any

from playground.links import checked_url
from playground.refusals import Refused, bad_request, not_built

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_DATA_BYTES = 64
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
BUILT_ACTIONS = ("url", "callback_data", "copy_text", "disabled")
REPLY_ACTIONS_MISSING = {"request_users", "request_chat", "request_managed_bot", "request_poll", "web_app"}
ASKED_IN_PRIVATE = {"request_location": "location", "request_contact": "phone number"}
STYLES = ("danger", "success", "primary")


def checked(value: Any) -> dict[str, Any] | None:
    """A reply_markup as it is kept, texts made into buttons; None where it holds nothing.

    Raises `Refused`. Names and types of fields are the schema's to check, afterwards.
    """
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = _rows(value["inline_keyboard"], "inline_keyboard")
        for row in rows:
            for button in row:
                _check_inline_button(button)
        _check_size(rows)
        return {**value, "inline_keyboard": rows} if rows else None
    if "keyboard" in value:
        rows = [[_reply_button(b) for b in row] for row in _rows(value["keyboard"], "keyboard")]
        return {**value, "keyboard": rows} if rows else None
    return value or None


def check_in_group(markup: dict[str, Any]) -> None:
    """Refuses what a reply keyboard may ask for in private chats alone."""
    for button in (button for row in markup.get("keyboard", []) for button in row):
        for action, word in ASKED_IN_PRIVATE.items():
            if button.get(action):
                raise bad_request(f"{word} can be requested in private chats only")


def type_of(markup: dict[str, Any]) -> str:
    """Which of the Bot API's four kinds of reply markup a checked one is."""
    kinds = {
        "keyboard": "ReplyKeyboardMarkup",
        "remove_keyboard": "ReplyKeyboardRemove",
        "force_reply": "ForceReply",
    }
    if "inline_keyboard" in markup:
        return "InlineKeyboardMarkup"
    return next((kind for name, kind in kinds.items() if name in markup), "InlineKeyboardMarkup")


def _rows(value: Any, field: str) -> list[list[Any]]:
    """The rows that hold a button."""
    if not isinstance(value, list):
        raise bad_request(f'Field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'Field "{field}" must be an Array of Arrays')
    return [row for row in value if row]


def _check_size(rows: list[list[Any]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS or max(map(len, rows), default=0) > MOST_IN_A_ROW:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text", ""), str):
        raise _unreadable('Field "text" must be of type String')
    if not button.get("text", "").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable(f"it does one thing, not {' and '.join(actions)}")
    if actions[0] not in BUILT_ACTIONS:
        raise not_built(f"an inline keyboard button with {actions[0]}")
    if button.get("style", "primary") not in STYLES:
        raise _unreadable("invalid button style specified")
    data, url = button.get("callback_data"), button.get("url")
    if isinstance(data, str) and not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if isinstance(url, str) and checked_url(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    if not isinstance(button.get("text", ""), str) or not button.get("text", "").strip():
        raise bad_request("keyboard button text must be non-empty")
    for name in button.keys() & REPLY_ACTIONS_MISSING:
        raise not_built(f"a keyboard button with {name}")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse keyboard button: invalid button style specified")
    return button


def _unreadable(why: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {why}")


def button_named(markup: dict[str, Any] | None, wanted: str) -> dict[str, Any] | str:
    """The inline button of that label or data, else the only one whose label contains it in any case.

    Where there is none, or several, a sentence says so.
    """
    buttons: list[dict[str, Any]] = [
        button for row in (markup or {}).get("inline_keyboard", []) for button in row
    ]
    for button in buttons:
        if wanted in (button["text"], button.get("callback_data")):
            return button
    near = [button for button in buttons if wanted.lower() in button["text"].lower()]
    labels = ", ".join(f"“{button['text']}”" for button in (near or buttons))
    if len(near) == 1:
        return near[0]
    if near:
        return f"Several buttons are called something like “{wanted}”: {labels}."
    return (
        f"There is no button “{wanted}”; there are {labels}." if buttons else "That message has no buttons."
    )
