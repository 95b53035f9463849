"""Sending: text messages, the sign that one is coming, and what all new messages have in common."""

from typing import TYPE_CHECKING, Any

from playground import attachments, markup, rules, texts
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.messages import Message
from playground.people import Chat
from playground.polls import Poll
from playground.refusals import bad_request

if TYPE_CHECKING:
    from playground.state import Box

ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
)  # fmt: skip
COMMON = (
    "chat_id", "message_thread_id", "parse_mode", "disable_notification", "protect_content",
    "reply_parameters", "reply_markup",
)  # fmt: skip


def send_message(box: "Box", call: Call) -> dict[str, Any]:
    content = texts.message_text(box, call)
    flags = {}
    if preview := link_preview(call):
        flags["link_preview_options"] = preview
    return box.message_json(send(box, call, rules.writable_chat(box, call), "text", content, {}, flags))


def send_chat_action(box: "Box", call: Call) -> bool:
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = rules.writable_chat(box, call)
    rules.topic_of(box, call, chat, None)
    box.events.tell("action", chat=chat.name, action=call.text("action"))
    return True


def link_preview(call: Call) -> dict[str, Any] | None:
    if call.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    return call.args.get("link_preview_options") or None


def send(
    box: "Box",
    call: Call,
    chat: Chat,
    kind: str,
    content: Formatted,
    body: dict[str, Any],
    flags: dict[str, Any],
    poll: Poll | None = None,
) -> Message:
    """The bot's new message in a chat where it may write; whom it answers and its buttons stand in the call."""
    target = rules.reply_target(box, call, chat)
    topic = rules.topic_of(box, call, chat, target)
    if call.flag("protect_content"):
        flags["has_protected_content"] = True
    buttons = call.args.get("reply_markup") or {}
    if not chat.is_private:
        markup.check_in_group(buttons)
    message = Message(
        box.posts.take_id(chat),
        chat,
        box.bot,
        box.now(),
        content,
        kind,
        body,
        buttons=buttons if buttons.get("inline_keyboard") else None,
        keyboard=buttons if buttons and "inline_keyboard" not in buttons else None,
        reply_to=target,
        silent=call.flag("disable_notification"),
        flags=flags,
        files=attachments.addresses(box.files, kind, body),
        poll=poll,
        topic=topic,
    )
    box.posts.add(message)
    box.tell_message("message", message)
    return message


METHODS = {
    "sendMessage": Built(
        send_message, (*COMMON, "text", "entities", "link_preview_options"), ("message_effect_id",)
    ),
    "sendChatAction": Built(send_chat_action, ("chat_id", "message_thread_id", "action")),
}
