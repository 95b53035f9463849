"""What is more than text: files, places, contacts, albums, other media in place of what was there, keyboards."""

from typing import Any

import pytest

from playground import membership
from playground.files import Upload
from playground.samples import sample
from playground.state import Box

PNG, OTHER = sample("photo"), Upload("dot.gif", b"GIF89a\x10\x00\x10\x00", "image/gif")
TEXT = Upload("notes.txt", b"recall", "text/plain")


def photo(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "photo", "media": f"attach://{name}", **more}


async def test_a_voice_note_has_a_length_and_a_caption(api: Any, box: Box, alice: int) -> None:
    sent = await api("sendVoice", chat_id=alice, voice=sample("voice"), duration=7, caption="<i>listen</i>",
                     parse_mode="HTML")  # fmt: skip

    assert (sent["voice"]["duration"], sent["voice"]["mime_type"]) == (7, "audio/ogg")
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 6}]
    seen = box.messages("alice")[-1]
    assert (seen["kind"], seen["duration"], seen["text"]) == ("voice", 7, "listen")
    assert seen["voice"].startswith("/files/voice/")


async def test_a_sticker_a_place_and_a_contact(api: Any, box: Box, alice: int) -> None:
    sticker = await api("sendSticker", chat_id=alice, sticker=sample("sticker"), emoji="🎉")
    place = await api("sendLocation", chat_id=alice, latitude=48.1, longitude=11.5, horizontal_accuracy=20)
    contact = await api("sendContact", chat_id=alice, phone_number="+49301", first_name="Ada", last_name="L.")

    assert sticker["sticker"]["emoji"] == "🎉"
    assert place["location"] == {"latitude": 48.1, "longitude": 11.5, "horizontal_accuracy": 20}
    assert contact["contact"] == {"phone_number": "+49301", "first_name": "Ada", "last_name": "L."}
    assert [m["kind"] for m in box.messages("alice")][1:] == ["sticker", "location", "contact"]


async def test_what_a_person_sent_the_bot_sends_on_by_its_id(api: Any, box: Box, alice: int) -> None:
    for kind in ("voice", "sticker"):
        box.send("alice", "alice", kind)
    voice, sticker = (update["message"] for update in await api.updates())

    again = await api("sendVoice", chat_id=alice, voice=voice["voice"]["file_id"])
    await api("sendSticker", chat_id=alice, sticker=sticker["sticker"]["file_id"])

    assert again["voice"]["file_unique_id"] == voice["voice"]["file_unique_id"]
    refusal = await api.refused("sendVoice", chat_id=alice, voice=sticker["sticker"]["file_id"])
    assert refusal == (400, "Bad Request: can't use file of type Sticker as Voice")


@pytest.mark.parametrize(
    "method, more, code, words",
    [
        ("sendVoice", {}, 400, "there is no voice in the request"),
        ("sendVoice", {"voice": "AwACgone"}, 400, "wrong file identifier/HTTP URL specified"),
        ("sendVoice", {"voice": TEXT}, 501, "sendVoice with a file that is not OGG is not built into the playground"),
        ("sendSticker", {}, 400, "there is no sticker in the request"),
        ("sendSticker", {"sticker": PNG}, 501,
         "sendSticker with a file that is not WEBP is not built into the playground"),
        ("sendLocation", {"longitude": 1}, 400, "latitude is empty"),
        ("sendLocation", {"latitude": 1}, 400, "longitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, 400, "wrong location specified"),
        ("sendLocation", {"latitude": 1, "longitude": 1, "live_period": 60}, 501,
         "sendLocation with live_period is not built into the playground"),
        ("sendContact", {"phone_number": "1", "first_name": "A", "vcard": "x" * 2049}, 400, "VCARD_TOO_LONG"),
        ("sendMediaGroup", {"media": []}, 400, "there are no messages to send"),
        ("sendMediaGroup", {"media": [photo("a")] * 11, "a": PNG}, 400, "too many messages to send as an album"),
        ("sendMediaGroup", {"media": [photo("gone")]}, 400, "there is no photo in the request"),
        ("sendMediaGroup", {"media": [photo("a"), {"type": "document", "media": "attach://a"}], "a": PNG}, 400,
         "document can't be mixed with other media types"),
        ("sendMediaGroup", {"media": [{"type": "video", "media": "attach://a"}], "a": PNG}, 501,
         "sendMediaGroup with video is not built into the playground"),
        ("sendMediaGroup", {"media": [photo("a", caption="x" * 1025)], "a": PNG}, 400, "message caption is too long"),
        ("sendVideo", {}, 501, "sendVideo is not built into the playground"),
        ("setMessageReaction", {}, 501, "setMessageReaction is not built into the playground"),
        ("forwardMessages", {}, 501, "forwardMessages is not built into the playground"),
    ],
)  # fmt: skip
async def test_what_cannot_be_sent(
    api: Any, box: Box, alice: int, method: str, more: dict[str, Any], code: int, words: str
) -> None:
    prefix = {400: "Bad Request", 501: "Not Implemented"}[code]

    assert await api.refused(method, chat_id=alice, **more) == (code, f"{prefix}: {words}")
    assert len(box.messages("alice")) == 1


async def test_an_album_is_a_message_a_picture_with_one_group_id(api: Any, box: Box, alice: int) -> None:
    media = [photo("a", caption="first"), photo("b", has_spoiler=True)]
    first, second = await api("sendMediaGroup", chat_id=alice, media=media, a=PNG, b=OTHER)

    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second["has_media_spoiler"]) == ("first", True)
    assert first["photo"] != second["photo"]
    assert [m["kind"] for m in box.messages("alice")][1:] == ["photo", "photo"]


async def test_an_album_of_one_is_none_and_an_album_keeps_its_kind(api: Any, box: Box, alice: int) -> None:
    (single,) = await api("sendMediaGroup", chat_id=alice, media=[photo("a")], a=PNG)
    first, _ = await api("sendMediaGroup", chat_id=alice, media=[photo("a"), photo("b")], a=PNG, b=OTHER)
    edit = {"chat_id": alice, "message_id": first["message_id"], "new": OTHER}

    assert "media_group_id" not in single
    document = {"type": "document", "media": "attach://new"}
    assert await api.refused("editMessageMedia", **edit, media=document) == (
        400, "Bad Request: can't change media type in the album",
    )  # fmt: skip
    changed = await api("editMessageMedia", **edit, media=photo("new"))
    assert changed["media_group_id"] == first["media_group_id"]


async def test_other_media_in_place_of_what_was_there(api: Any, box: Box, alice: int) -> None:
    sent = await api("sendPhoto", chat_id=alice, photo=PNG, caption="26 weeks")
    message_id = sent["message_id"]

    media = photo("new", caption="<b>27</b> weeks", parse_mode="HTML")
    changed = await api("editMessageMedia", chat_id=alice, message_id=message_id, media=media, new=OTHER)
    same = await api.refused("editMessageMedia", chat_id=alice, message_id=message_id, media=media, new=OTHER)
    document = {"type": "document", "media": "attach://new"}
    await api("editMessageMedia", chat_id=alice, message_id=message_id, media=document, new=TEXT)

    assert changed["photo"][0]["width"] == 16
    assert changed["caption"] == "27 weeks"
    assert same[1].startswith("Bad Request: message is not modified")
    seen = box.messages("alice")[-1]
    assert (seen["kind"], seen["file_name"], seen["text"]) == ("document", "notes.txt", "")
    assert "photo" not in seen


async def test_a_text_becomes_a_picture_and_a_place_does_not(api: Any, box: Box, alice: int) -> None:
    text = await api("sendMessage", chat_id=alice, text="drawing …")
    place = await api("sendLocation", chat_id=alice, latitude=1, longitude=1)

    edit = {"chat_id": alice, "media": photo("new"), "new": PNG}
    changed = await api("editMessageMedia", message_id=text["message_id"], **edit)
    refusal = await api.refused("editMessageMedia", message_id=place["message_id"], **edit)

    assert "text" not in changed
    assert refusal == (400, "Bad Request: message media can't be edited")


async def test_captions_change_where_there_are_any(api: Any, box: Box, alice: int) -> None:
    voice = await api("sendVoice", chat_id=alice, voice=sample("voice"))
    sticker = await api("sendSticker", chat_id=alice, sticker=sample("sticker"))

    changed = await api("editMessageCaption", chat_id=alice, message_id=voice["message_id"], caption="new")
    refusal = await api.refused(
        "editMessageCaption", chat_id=alice, message_id=sticker["message_id"], caption="x"
    )

    assert changed["caption"] == "new"
    assert refusal == (400, "Bad Request: there is no caption in the message to edit")


async def test_each_kind_has_a_right_of_its_own(api: Any, box: Box, group: int) -> None:
    membership.allow(box, "alice", "study-group", {"can_send_photos": False, "can_send_voice_notes": False})

    for method, more, words in (
        ("sendPhoto", {"photo": PNG}, "photos"),
        ("sendVoice", {"voice": sample("voice")}, "voice notes"),
    ):
        refusal = await api.refused(method, chat_id=group, **more)
        assert refusal == (400, f"Bad Request: not enough rights to send {words} to the chat")
    await api("sendDocument", chat_id=group, document=TEXT)


# Reply keyboards


async def test_people_see_a_reply_keyboard_and_what_is_asked_for(api: Any, box: Box, alice: int) -> None:
    markup = {
        "keyboard": [["Berlin"], [{"text": "Where I am", "request_location": True}]],
        "one_time_keyboard": True,
        "input_field_placeholder": "A city",
    }
    await api("sendMessage", chat_id=alice, text="Where?", reply_markup=markup)
    await api("sendMessage", chat_id=alice, text="Thanks", reply_markup={"remove_keyboard": True})
    await api("sendMessage", chat_id=alice, text="And?", reply_markup={"force_reply": True})

    asked, thanked, forced = box.messages("alice")[1:]
    assert asked["keyboard"] == [[{"text": "Berlin"}], [{"text": "Where I am", "request_location": True}]]
    assert (asked["one_time_keyboard"], asked["input_field_placeholder"]) == (True, "A city")
    assert thanked["keyboard"] == []
    assert forced["force_reply"] is True
    assert "for" not in asked


async def test_a_selective_keyboard_is_for_those_mentioned_and_answered(
    api: Any, box: Box, group: int
) -> None:
    said = box.say("bob", "study-group", "/quiz")
    await api(
        "sendMessage", chat_id=group, text='@carol and <a href="tg://user?id=1004">you</a>?', parse_mode="HTML",
        reply_parameters={"message_id": said},
        reply_markup={"keyboard": [["Yes"], ["No"]], "selective": True},
    )  # fmt: skip

    assert box.messages("study-group")[-1]["for"] == ["carol", "dave", "bob"]
