"""Methods that send again what has been sent: forwarding says whose it was, copying does not."""

from typing import TYPE_CHECKING, Any

from playground import rules, texts
from playground.attachments import CAPTIONED
from playground.calls import Built, Call
from playground.messages import Message
from playground.refusals import bad_request, not_built
from playground.sending import COMMON, send

if TYPE_CHECKING:
    from playground.state import Box

SOURCE = ("from_chat_id", "message_id")
KEPT_FLAGS = ("has_media_spoiler", "show_caption_above_media", "link_preview_options")


def forward_message(box: "Box", call: Call) -> dict[str, Any]:
    source = _source(box, call, "forward")
    origin = source.flags.get("forward_origin") or {
        "type": "user",
        "date": int(source.date.timestamp()),
        "sender_user": source.sender.as_user(),
    }
    return box.message_json(_sent_again(box, call, source, {"forward_origin": origin}))


def copy_message(box: "Box", call: Call) -> dict[str, Any]:
    source = _source(box, call, "copy")
    return {"message_id": _sent_again(box, call, source, {}).id}


def _source(box: "Box", call: Call, doing: str) -> Message:
    """The message meant, if it is one that may be sent again."""
    chat = rules.chat_of(box, Call(call.method, {"chat_id": call.args["from_chat_id"]}))
    message = rules.message_of(box, call, chat, f"message to {doing} not found")
    if message.kind == "service" or message.flags.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if doing == 'copy' else 'forwarded'}")
    if message.poll is not None:
        raise not_built(f"{call.method} of a poll")
    return message


def _sent_again(box: "Box", call: Call, source: Message, flags: dict[str, Any]) -> Message:
    chat = rules.writable_chat(box, call, source.kind)
    flags |= {name: source.flags[name] for name in KEPT_FLAGS if name in source.flags}
    content = source.content
    if "caption" in call.args and source.kind in CAPTIONED:
        content = texts.caption(box, call)
        flags.pop("show_caption_above_media", None)
        if call.flag("show_caption_above_media"):
            flags["show_caption_above_media"] = True
    return send(box, call, chat, source.kind, content, dict(source.body), flags)


METHODS = {
    "forwardMessage": Built(
        forward_message,
        ("chat_id", "message_thread_id", *SOURCE, "disable_notification", "protect_content"),
        ("message_effect_id",),
    ),
    "copyMessage": Built(
        copy_message,
        (*COMMON, *SOURCE, "caption", "caption_entities", "show_caption_above_media"),
        ("message_effect_id",),
    ),
}
