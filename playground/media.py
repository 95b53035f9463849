"""Methods that send what is more than text: photos, documents, voice notes, stickers, places, contacts, albums."""

from typing import TYPE_CHECKING, Any

from playground import attachments, rules, texts
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.given_files import file_of
from playground.refusals import bad_request, not_built
from playground.sending import COMMON, send

if TYPE_CHECKING:
    from playground.state import Box

MOST_IN_ALBUM = 10
ALBUM_KINDS = ("photo", "document")
LONGEST_VCARD = 2048
MOST_METRES = 1500  # of uncertainty about a place
FIELDS = {
    "photo": ("has_spoiler", "show_caption_above_media"),
    "document": (),
    "voice": ("duration",),
}


def send_photo(box: "Box", call: Call) -> dict[str, Any]:
    return _send_file(box, call, "photo")


def send_document(box: "Box", call: Call) -> dict[str, Any]:
    return _send_file(box, call, "document")


def send_voice(box: "Box", call: Call) -> dict[str, Any]:
    return _send_file(box, call, "voice")


def send_sticker(box: "Box", call: Call) -> dict[str, Any]:
    body = _file_body(box, call, "sticker")
    if call.text("emoji"):
        body["sticker"]["emoji"] = call.text("emoji")
    return _send_body(box, call, "sticker", body)


def send_location(box: "Box", call: Call) -> dict[str, Any]:
    latitude, longitude = call.args["latitude"], call.args["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location specified")
    place: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    metres = call.args.get("horizontal_accuracy") or 0
    if metres:
        place["horizontal_accuracy"] = min(max(metres, 0), MOST_METRES)
    return _send_body(box, call, "location", {"location": place})


def send_contact(box: "Box", call: Call) -> dict[str, Any]:
    if len(call.text("vcard").encode()) > LONGEST_VCARD:
        raise bad_request("VCARD_TOO_LONG")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.text(name) for name in names if call.text(name)}
    return _send_body(box, call, "contact", {"contact": contact})


def send_media_group(box: "Box", call: Call) -> list[dict[str, Any]]:
    """Several photos, or several documents, as one album of a message each."""
    items = call.args["media"]
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = [item["type"] for item in items]
    for kind in kinds:
        if kind not in ALBUM_KINDS:
            raise not_built(f"{call.method} with {kind}")
    if len(set(kinds)) > 1:
        raise bad_request("document can't be mixed with other media types")
    prepared = [prepare(box, call, item) for item in items]
    chat = rules.writable_chat(box, call, kinds[0])
    album = {"media_group_id": str(box.polls.take_id())} if len(items) > 1 else {}
    sent = [
        send(box, call, chat, kind, content, body, flags | album) for kind, content, body, flags in prepared
    ]
    return [box.message_json(message) for message in sent]


def prepare(
    box: "Box", call: Call, item: dict[str, Any]
) -> tuple[str, Formatted, dict[str, Any], dict[str, Any]]:
    """Kind, caption, body and flags of an InputMedia object."""
    kind = item["type"]
    if kind not in ALBUM_KINDS:
        raise not_built(f"{call.method} with {kind}")
    for name in item.keys() - {"type", "media", "caption", "parse_mode", "caption_entities", *FIELDS[kind]}:
        if name not in ("thumbnail", "disable_content_type_detection"):
            raise not_built(f"{call.method} with {name} in media")
    inner = Call(call.method, {**item, kind: item["media"]}, call.uploads)
    return kind, texts.caption(box, inner), _file_body(box, inner, kind), _flags(inner)


def _send_file(box: "Box", call: Call, kind: str) -> dict[str, Any]:
    content = texts.caption(box, call)
    body = _file_body(box, call, kind)
    if kind == "voice":
        body["voice"]["duration"] = max(call.number("duration", 1), 0)
    return _send_body(box, call, kind, body, content, _flags(call))


def _send_body(
    box: "Box",
    call: Call,
    kind: str,
    body: dict[str, Any],
    content: Formatted | None = None,
    flags: dict[str, Any] | None = None,
) -> dict[str, Any]:
    chat = rules.writable_chat(box, call, kind)
    return box.message_json(send(box, call, chat, kind, content or Formatted(), body, flags or {}))


def _file_body(box: "Box", call: Call, kind: str) -> dict[str, Any]:
    return attachments.file_body(box.files, kind, file_of(box, call, kind, call.text(kind)).id)


def _flags(call: Call) -> dict[str, Any]:
    named = (("has_spoiler", "has_media_spoiler"), ("show_caption_above_media", "show_caption_above_media"))
    return {shown: True for given, shown in named if call.flag(given)}


CAPTIONED = (*COMMON, "caption", "caption_entities")
BARE = tuple(name for name in COMMON if name != "parse_mode")
METHODS = {
    "sendPhoto": Built(send_photo, (*CAPTIONED, "photo", *FIELDS["photo"]), ("message_effect_id",)),
    "sendDocument": Built(
        send_document,
        (*CAPTIONED, "document"),
        ("message_effect_id", "disable_content_type_detection", "thumbnail"),
    ),
    "sendVoice": Built(send_voice, (*CAPTIONED, "voice", *FIELDS["voice"]), ("message_effect_id",)),
    "sendSticker": Built(send_sticker, (*BARE, "sticker", "emoji"), ("message_effect_id",)),
    "sendLocation": Built(
        send_location, (*BARE, "latitude", "longitude", "horizontal_accuracy"), ("message_effect_id",)
    ),
    "sendContact": Built(
        send_contact,
        (*BARE, "phone_number", "first_name", "last_name", "vcard"),
        ("message_effect_id",),
    ),
    "sendMediaGroup": Built(
        send_media_group,
        (
            "chat_id",
            "message_thread_id",
            "media",
            "disable_notification",
            "protect_content",
            "reply_parameters",
        ),
        ("message_effect_id",),
    ),
}
