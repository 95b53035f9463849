"""Messages as people see them, and as `GET /people/messages` lists them."""

from typing import Any

from playground import rendering
from playground.messages import Message
from playground.people import Bot


def for_people(message: Message) -> dict[str, Any]:
    """What a person sees of a message; every person sees the same."""
    shown: dict[str, Any] = {
        "message_id": message.id,
        "from": message.sender.username if isinstance(message.sender, Bot) else message.sender.name,
        "date": message.date.isoformat(),
        "edited": message.edited.isoformat() if message.edited else None,
        "kind": message.kind,
        "text": message.content.text or message.note,
        "html": rendering.render(message.content) or rendering.escape(message.note),
        "buttons": _button_rows(message),
        "silent": message.silent,
    }
    if message.reply_to is not None and not message.reply_to.deleted:
        shown["reply_to"] = message.reply_to.id
    if message.topic is not None:
        shown["thread"] = message.topic.id
    if (origin := message.flags.get("forward_origin")) is not None:
        shown["forwarded_from"] = origin["sender_user"].get("username", "")
    if "media_group_id" in message.flags:
        shown["album"] = message.flags["media_group_id"]
    if message.poll is not None:
        shown |= {"text": message.poll.question.text, "html": rendering.render(message.poll.question)}
        shown["poll"] = message.poll.for_people()
    if message.keyboard is not None:
        shown |= _keyboard(message)
    return shown | _body(message.body) | message.files


def _button_rows(message: Message) -> list[list[dict[str, Any]]]:
    rows = (message.buttons or {}).get("inline_keyboard", [])
    return [
        [{"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} | _copied(b) for b in row]
        for row in rows
    ]


def _copied(button: dict[str, Any]) -> dict[str, Any]:
    return {"copy": button["copy_text"]["text"]} if "copy_text" in button else {}


def _body(body: dict[str, Any]) -> dict[str, Any]:
    """A place or contact whole; of a file what a client shows beside it."""
    shown: dict[str, Any] = {key: body[key] for key in ("location", "contact") if key in body}
    for kind, name in (("document", "file_size"), ("voice", "duration"), ("sticker", "emoji")):
        if kind in body:
            shown[name] = body[kind][name]
    return shown


def _keyboard(message: Message) -> dict[str, Any]:
    """Rows of the reply keyboard; no rows: it goes away. `force_reply`: the client opens a reply."""
    markup = message.keyboard or {}
    if "keyboard" in markup:
        rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in markup["keyboard"]]
        extras = ("one_time_keyboard", "is_persistent", "input_field_placeholder")
        shown: dict[str, Any] = {"keyboard": rows} | {key: markup[key] for key in extras if key in markup}
    else:
        shown = {"keyboard": []} if "remove_keyboard" in markup else {"force_reply": True}
    return shown | ({"for": addressed(message)} if markup.get("selective") else {})


def addressed(message: Message) -> list[str]:
    """Whom a selective keyboard is for: those mentioned in the text, and whom it answers."""
    found = []
    for entity in message.content.entities:
        if entity.type == "mention":
            found.append(rendering.stretch(message.content.text, entity).removeprefix("@").lower())
        elif entity.type == "text_mention" and entity.user:
            found.append(str(entity.user.get("username", "")))
    if message.reply_to is not None and not isinstance(message.reply_to.sender, Bot):
        found.append(message.reply_to.sender.name)
    return list(dict.fromkeys(found))
