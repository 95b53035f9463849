"""Methods that change or delete what was sent, or answer a tap."""

from typing import TYPE_CHECKING, Any

from playground import attachments, media, rules, texts
from playground.attachments import CAPTIONED
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.messages import Message
from playground.queries import Answer
from playground.refusals import NOT_MODIFIED, bad_request
from playground.sending import link_preview

if TYPE_CHECKING:
    from playground.state import Box

MOST_DELETED = 100
LONGEST_ANSWER = 200
KEPT_FLAGS = ("has_protected_content", "media_group_id")
TARGET = ("chat_id", "message_id", "reply_markup")


def edit_message_text(box: "Box", call: Call) -> dict[str, Any]:
    content = texts.message_text(box, call)
    message = rules.own_message(box, call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    flags = {key: value for key, value in message.flags.items() if key != "link_preview_options"}
    if preview := link_preview(call):
        flags["link_preview_options"] = preview
    return _change(box, call, message, content, flags)


def edit_message_media(box: "Box", call: Call) -> dict[str, Any]:
    """Another photo or document with a caption of its own; a text message becomes one of them."""
    kind, content, body, flags = media.prepare(box, call, call.args["media"])
    message = rules.own_message(box, call)
    if message.kind not in ("text", *media.ALBUM_KINDS):
        raise bad_request("message media can't be edited")
    kept = {key: value for key, value in message.flags.items() if key in KEPT_FLAGS}
    if "media_group_id" in kept and kind != message.kind:
        raise bad_request("can't change media type in the album")
    return _change(box, call, message, content, kept | flags, kind, body)


def edit_message_caption(box: "Box", call: Call) -> dict[str, Any]:
    content = texts.caption(box, call)
    message = rules.own_message(box, call)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    flags = {key: value for key, value in message.flags.items() if key != "show_caption_above_media"}
    if call.flag("show_caption_above_media"):
        flags["show_caption_above_media"] = True
    return _change(box, call, message, content, flags)


def edit_message_reply_markup(box: "Box", call: Call) -> dict[str, Any]:
    message = rules.own_message(box, call)
    return _change(box, call, message, message.content, message.flags)


def _change(
    box: "Box",
    call: Call,
    message: Message,
    content: Formatted,
    flags: dict[str, Any],
    kind: str | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """No buttons in the call: the message has none afterwards. Without `kind` and `body` those stay."""
    kind, body = kind or message.kind, message.body if body is None else body
    markup = call.args.get("reply_markup") or {}
    buttons = markup if markup.get("inline_keyboard") else None
    was = (message.content, message.buttons, message.flags, message.kind, message.body)
    if was == (content, buttons, flags, kind, body):
        raise bad_request(NOT_MODIFIED)
    message.edited = box.now()
    message.content, message.buttons, message.flags = content, buttons, flags
    message.kind, message.body = kind, body
    message.files = attachments.addresses(box.files, kind, body)
    box.tell_message("edited", message)
    return box.message_json(message)


def delete_message(box: "Box", call: Call) -> bool:
    message = rules.message_of(box, call, rules.chat_of(box, call), "message to delete not found")
    if not rules.deletable(box, message):
        raise bad_request("message can't be deleted")
    box.remove(message)
    return True


def delete_messages(box: "Box", call: Call) -> bool:
    """Those that are not there are skipped."""
    chat = rules.chat_of(box, call)
    message_ids = call.args["message_ids"]
    if not message_ids:
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    found = [box.posts.find(chat, message_id) for message_id in dict.fromkeys(message_ids)]
    messages = [message for message in found if message is not None]
    if not all(rules.deletable(box, message) for message in messages):
        raise bad_request("message can't be deleted")
    for message in messages:
        box.remove(message)
    return True


def answer_callback_query(box: "Box", call: Call) -> bool:
    if len(call.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not url.startswith(f"https://t.me/{box.bot.username}?start="):
        raise bad_request("URL_INVALID")
    answer = Answer(call.text("text") or None, call.flag("show_alert"), url or None)
    query = box.queries.answer(call.text("callback_query_id"), answer)
    box.events.tell(
        "answer", chat=query.chat.name, who=query.person.name, text=answer.text, alert=answer.alert
    )
    return True


METHODS = {
    "editMessageText": Built(
        edit_message_text, (*TARGET, "text", "parse_mode", "entities", "link_preview_options")
    ),
    "editMessageCaption": Built(
        edit_message_caption,
        (*TARGET, "caption", "parse_mode", "caption_entities", "show_caption_above_media"),
    ),
    "editMessageMedia": Built(edit_message_media, (*TARGET, "media")),
    "editMessageReplyMarkup": Built(edit_message_reply_markup, TARGET),
    "deleteMessage": Built(delete_message, ("chat_id", "message_id")),
    "deleteMessages": Built(delete_messages, ("chat_id", "message_ids")),
    "answerCallbackQuery": Built(
        answer_callback_query, ("callback_query_id", "text", "show_alert", "url"), ("cache_time",)
    ),
}
