"""Methods that send: messages, photos, documents, and the sign that one is coming."""

from typing import TYPE_CHECKING, Any

from playground import attachments, rules, texts
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.files import StoredFile, Upload
from playground.messages import Message
from playground.people import Chat
from playground.pictures import look_of
from playground.refusals import bad_request, not_built

if TYPE_CHECKING:
    from playground.state import Box

ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
)  # fmt: skip
MOST_PHOTO_BYTES = 10_000_000
MOST_FILE_BYTES = 50_000_000
COMMON = (
    "chat_id", "message_thread_id", "parse_mode", "disable_notification", "protect_content",
    "reply_parameters", "reply_markup",
)  # fmt: skip


def send_message(box: "Box", call: Call) -> dict[str, Any]:
    content = texts.message_text(box, call)
    flags = {}
    if preview := link_preview(call):
        flags["link_preview_options"] = preview
    return _send(box, call, rules.writable_chat(box, call), "text", content, {}, flags)


def send_photo(box: "Box", call: Call) -> dict[str, Any]:
    return _send_file(box, call, "photo")


def send_document(box: "Box", call: Call) -> dict[str, Any]:
    return _send_file(box, call, "document")


def send_chat_action(box: "Box", call: Call) -> bool:
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = rules.writable_chat(box, call)
    box.events.tell("action", chat=chat.name, action=call.text("action"))
    return True


def link_preview(call: Call) -> dict[str, Any] | None:
    if call.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    return call.args.get("link_preview_options") or None


def _send_file(box: "Box", call: Call, kind: str) -> dict[str, Any]:
    content = texts.caption(box, call)
    stored = _file(box, call, kind)
    chat = rules.writable_chat(box, call)
    flags = {}
    if call.flag("has_spoiler"):
        flags["has_media_spoiler"] = True
    if call.flag("show_caption_above_media"):
        flags["show_caption_above_media"] = True
    return _send(box, call, chat, kind, content, attachments.file_body(box.files, kind, stored.id), flags)


def _file(box: "Box", call: Call, kind: str) -> StoredFile:
    """The file the call brings, or the one it names by id."""
    given = call.text(kind)
    if given.startswith("attach://"):
        upload = call.uploads.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        return box.files.add(kind, _checked(upload, kind))
    if given.lower().startswith(("http://", "https://")):
        raise not_built(f"{call.method} by URL")
    stored = box.files.find(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _checked(upload: Upload, kind: str) -> Upload:
    """The file, if Telegram would take it; a photo's type is what its bytes say."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (MOST_PHOTO_BYTES if kind == "photo" else MOST_FILE_BYTES):
        raise bad_request("file is too big")
    if kind != "photo":
        return upload
    look = look_of(upload.content)
    if look is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    short, long = sorted((look.width, look.height))
    if short < 1 or long > 20 * short or short + long > 10_000:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return Upload(upload.name, upload.content, look.mime_type)


def _send(
    box: "Box",
    call: Call,
    chat: Chat,
    kind: str,
    content: Formatted,
    body: dict[str, Any],
    flags: dict[str, Any],
) -> dict[str, Any]:
    target = rules.reply_target(box, call, chat)
    if call.flag("protect_content"):
        flags["has_protected_content"] = True
    markup = call.args.get("reply_markup") or {}
    message = Message(
        box.posts.take_id(),
        chat,
        box.bot,
        box.now(),
        content,
        kind,
        body,
        buttons=markup if markup.get("inline_keyboard") else None,
        keyboard=markup if markup and "inline_keyboard" not in markup else None,
        reply_to=target,
        silent=call.flag("disable_notification"),
        flags=flags,
        files=attachments.addresses(box.files, kind, body),
    )
    box.posts.add(message)
    box.tell_message("message", message)
    return box.message_json(message)


METHODS = {
    "sendMessage": Built(
        send_message, (*COMMON, "text", "entities", "link_preview_options"), ("message_effect_id",)
    ),
    "sendPhoto": Built(
        send_photo,
        (*COMMON, "photo", "caption", "caption_entities", "has_spoiler", "show_caption_above_media"),
        ("message_effect_id",),
    ),
    "sendDocument": Built(
        send_document,
        (*COMMON, "document", "caption", "caption_entities"),
        ("message_effect_id", "disable_content_type_detection", "thumbnail"),
    ),
    "sendChatAction": Built(send_chat_action, ("chat_id", "message_thread_id", "action")),
}
