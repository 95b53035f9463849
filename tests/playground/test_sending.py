"""What Telegram refuses of a message, and what it keeps."""

from typing import Any

import pytest

from playground.files import Upload
from playground.pictures import Look, look_of
from playground.samples import sample
from playground.state import Box

PNG = sample("photo")


@pytest.mark.parametrize(
    "parameters, words",
    [
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": 1001, "text": ""}, "message text is empty"),
        ({"chat_id": 1001, "text": " \n "}, "text must be non-empty"),
        ({"chat_id": 1001, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "😀" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"chat_id": 1001, "text": "a<b", "parse_mode": "html"},
            "can't parse entities: Unclosed start tag at byte offset 1",
        ),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 1001, "text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ({"chat_id": 1001, "text": "x", "reply_to_message_id": 77}, "message to be replied not found"),
        ({"chat_id": 1001, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 1001, "text": "x", "protect_content": "maybe"}, "parameter protect_content must be a Boolean"),
        ({"chat_id": 1001, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
         "can't parse MessageEntity: Unsupported type specified"),
        ({"chat_id": 1001, "text": "x", "entities": "{"}, "can't parse entities JSON object"),
        ({"chat_id": 1001, "text": "x", "entities": [{"type": "bold"}]},
         'can\'t parse MessageEntity: Can\'t find field "offset"'),
        (
            {"chat_id": 1001, "text": "x", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 1",
        ),
        (
            {"chat_id": 1001, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        (
            {"chat_id": 1001, "text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol",
        ),
        ({"chat_id": 1001, "text": "x", "colour": "red"}, "sendMessage has no parameter colour"),
        (
            {"chat_id": 1001, "text": "x", "link_preview_options": {"is_off": True}},
            'linkPreviewOptions has no field "link_preview_options.is_off"',
        ),
    ],
)  # fmt: skip
async def test_a_message_telegram_would_not_send(
    api: Any, alice: int, parameters: dict[str, Any], words: str
) -> None:
    assert await api.refused("sendMessage", **parameters) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    "markup, words",
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ('"x"', "object expected as reply markup"),
        ({"inline_keyboard": "x"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}, "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [[{"text": 5, "callback_data": "x"}]]},
         'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ({"inline_keyboard": [[{"text": "x"}]]},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": 5}]]},
         'can\'t parse inline keyboard button: Field "callback_data" must be of type String'),
        ({"inline_keyboard": [[{"text": "x", "url": "localhost"}]]},
         "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x", "url": "x.org"}]]},
         "can't parse inline keyboard button: it does one thing, not url and callback_data"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "loud"}]]},
         "can't parse inline keyboard button: invalid button style specified"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": [[{"request_location": True}]]}, "keyboard button text must be non-empty"),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
        ({"force_reply": False}, 'can\'t parse inline keyboard button: Field "force_reply" must be of type True'),
    ],
)  # fmt: skip
async def test_a_keyboard_telegram_would_not_take(api: Any, alice: int, markup: Any, words: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=alice, text="x", reply_markup=markup)

    assert refusal == (400, f"Bad Request: {words}")


async def test_the_largest_message_and_the_largest_keyboard_are_taken(api: Any, alice: int) -> None:
    row = [{"text": "x", "callback_data": "x" * 64}] * 8

    sent = await api(
        "sendMessage",
        chat_id=alice,
        text="<b>" + "&lt;" * 4096 + "</b>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [row] * 12 + [row[:4]]},
    )

    assert len(sent["text"]) == 4096


async def test_nobody_is_written_to_before_they_have_written(api: Any, box: Box) -> None:
    before = await api.refused("sendMessage", chat_id=1002, text="Hello!")
    box.say("bob", "bob", "what is this?")
    after = await api("sendMessage", chat_id=1002, text="Hello!")

    assert before == (403, "Forbidden: bot can't initiate conversation with a user")
    assert after["chat"]["first_name"] == "Bob"


@pytest.mark.parametrize(
    "method", ["sendMessage", "sendPhoto", "sendDocument", "sendChatAction", "editMessageText"]
)
async def test_whoever_blocked_the_bot_hears_nothing_of_it(
    api: Any, box: Box, alice: int, method: str
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x")
    box.block("alice")

    parameters: dict[str, dict[str, Any]] = {
        "sendMessage": {"text": "x"},
        "sendPhoto": {"photo": PNG},
        "sendDocument": {"document": PNG},
        "sendChatAction": {"action": "typing"},
        "editMessageText": {"text": "y", "message_id": sent["message_id"]},
    }
    needed = parameters[method]
    refusal = await api.refused(method, chat_id=alice, **needed)
    box.unblock("alice")

    assert refusal == (403, "Forbidden: bot was blocked by the user")
    await api(method, chat_id=alice, **needed)


async def test_a_deleted_account_and_the_bot_itself_take_no_messages(api: Any, box: Box, alice: int) -> None:
    box.deactivate("alice")

    assert await api.refused("sendMessage", chat_id=alice, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )
    assert await api.refused("sendMessage", chat_id=42, text="x") == (
        403,
        "Forbidden: bot can't send messages to bots",
    )


async def test_a_message_answers_another(api: Any, box: Box, alice: int) -> None:
    asked = box.say("alice", "alice", "why?")

    sent = await api("sendMessage", chat_id=alice, text="Because.", reply_parameters={"message_id": asked})

    assert sent["reply_to_message"]["text"] == "why?"
    assert box.messages("alice")[-1]["reply_to"] == asked


async def test_a_lost_message_may_be_answered_without_it(api: Any, alice: int) -> None:
    lost = {"message_id": 77, "allow_sending_without_reply": True}

    sent = await api("sendMessage", chat_id=alice, text="x", reply_parameters=lost)

    assert "reply_to_message" not in sent


@pytest.mark.parametrize(
    "parameters, what",
    [
        ({"parse_mode": "MarkdownV2"}, "parse_mode MarkdownV2"),
        ({"business_connection_id": "x"}, "sendMessage with business_connection_id"),
        ({"reply_parameters": {"message_id": 1, "quote": "x"}}, "reply_parameters with quote"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "switch_inline_query": "x"}]]}},
            "an inline keyboard button with switch_inline_query",
        ),
    ],
)
async def test_what_is_not_built_is_never_ok(
    api: Any, box: Box, alice: int, parameters: dict[str, Any], what: str
) -> None:
    refusal = await api.refused("sendMessage", chat_id=alice, text="x", **parameters)

    assert refusal == (501, f"Not Implemented: {what} is not built into the playground")
    assert box.warnings == [f"{what} is not built into the playground"]


@pytest.mark.parametrize("method", ["forwardMessages", "sendDice", "restrictChatMember", "logOut", "close"])
async def test_a_method_that_is_not_built_says_its_name(api: Any, method: str) -> None:
    assert await api.refused(method) == (501, f"Not Implemented: {method} is not built into the playground")


async def test_an_unknown_method_and_a_token_that_is_none(api: Any, box: Box) -> None:
    assert await api.refused("sendMassage") == (404, "Not Found: method not found")

    box.token = "no-token"
    assert await api.refused("getMe") == (401, "Unauthorized")


async def test_unknown_parameters_pass_with_a_warning_unless_strict(api: Any, box: Box, alice: int) -> None:
    box.strict = False

    await api("sendMessage", chat_id=alice, text="x", colour="red")

    assert box.warnings == ["sendMessage has no parameter colour"]


async def test_old_parameters_are_taken_without_a_word(api: Any, box: Box, alice: int) -> None:
    asked = box.say("alice", "alice", "why?")

    sent = await api(
        "sendMessage", chat_id=alice, text="x", reply_to_message_id=asked, disable_web_page_preview=True
    )

    assert sent["reply_to_message"]["message_id"] == asked
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert box.warnings == []


async def test_a_reply_keyboard_is_seen_by_people_alone(api: Any, box: Box, alice: int) -> None:
    keyboard = {
        "keyboard": [[{"text": "Here I am", "request_location": True}, "No"]],
        "resize_keyboard": True,
    }

    shown = await api("sendMessage", chat_id=alice, text="Where?", reply_markup=keyboard)
    await api("sendMessage", chat_id=alice, text="Thanks", reply_markup={"remove_keyboard": True})
    await api("sendMessage", chat_id=alice, text="City?", reply_markup={"force_reply": True})

    assert "reply_markup" not in shown
    asked, thanked, forced = box.messages("alice")[-3:]
    assert asked["keyboard"] == [[{"text": "Here I am", "request_location": True}, {"text": "No"}]]
    assert thanked["keyboard"] == []
    assert forced["force_reply"] is True


@pytest.mark.parametrize(
    "method, parameters, words",
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendPhoto", {"photo": "attach://gone"}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "AgACnonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": Upload("x.png", b"")}, "file must be non-empty"),
        ("sendPhoto", {"photo": Upload("x.png", b"not a picture")}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": Upload("x.gif", b"GIF89a\x01\x00\x64\x00")}, "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {"photo": PNG, "caption": "x" * 1025}, "message caption is too long"),
        ("sendPhoto", {"photo": PNG, "caption": "<p>", "parse_mode": "HTML"},
         'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ("sendChatAction", {}, "wrong parameter action in request"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ],
)  # fmt: skip
async def test_a_file_or_sign_telegram_would_not_take(
    api: Any, alice: int, method: str, parameters: dict[str, Any], words: str
) -> None:
    assert await api.refused(method, chat_id=alice, **parameters) == (400, f"Bad Request: {words}")


async def test_a_photo_can_be_sent_again_by_its_id_and_downloaded(api: Any, box: Box, alice: int) -> None:
    first = await api("sendPhoto", chat_id=alice, photo=PNG, caption="<b>26 weeks</b>", parse_mode="HTML")
    file_id = first["photo"][-1]["file_id"]

    again = await api("sendPhoto", chat_id=alice, photo=file_id)
    wrong = await api.refused("sendDocument", chat_id=alice, document=file_id)
    place = (await api("getFile", file_id=file_id))["file_path"]

    assert (first["photo"][0]["width"], first["photo"][0]["height"]) == (160, 120)
    assert again["photo"] == first["photo"]
    assert wrong == (400, "Bad Request: can't use file of type Photo as Document")
    stored = box.files.at(place)
    assert stored is not None
    assert stored.content == PNG.content
    assert box.messages("alice")[-2]["photo"] == f"/files/{place}"
    assert box.messages("alice")[-2]["html"] == "<b>26 weeks</b>"


async def test_a_bot_downloads_no_more_than_20_megabytes(api: Any, alice: int) -> None:
    large = Upload("large.bin", bytes(20_000_001))

    sent = await api("sendDocument", chat_id=alice, document=large)

    refusal = await api.refused("getFile", file_id=sent["document"]["file_id"])
    assert refusal == (400, "Bad Request: file is too big")
    too_large = Upload("larger.bin", bytes(50_000_001))
    assert await api.refused("sendDocument", chat_id=alice, document=too_large) == refusal


@pytest.mark.parametrize(
    "content, look",
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x80", Look("image/png", 256, 128)),
        (b"GIF89a\x10\x00\x20\x00", Look("image/gif", 16, 32)),
        (b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\0\x20\0\x40\3", Look("image/jpeg", 64, 32)),
        (b"\xff\xd8\xff\xe0\0\4ab", None),
        (b"RIFF", None),
    ],
)
def test_a_pictures_size_is_read_from_its_first_bytes(content: bytes, look: Look | None) -> None:
    assert look_of(content) == look


async def test_a_file_nobody_sent_cannot_be_had(api: Any) -> None:
    assert await api.refused("getFile", file_id="x") == (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
    )


async def test_more_than_a_hundred_entities_are_dropped_silently_but_not_unseen(
    api: Any, box: Box, alice: int
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="<b>x</b> " * 101, parse_mode="HTML")

    assert len(sent["entities"]) == 100
    assert box.warnings == ["A text has 101 entities; Telegram keeps 100."]


async def test_commands_and_links_in_texts_are_found(api: Any, alice: int) -> None:
    sent = await api("sendMessage", chat_id=alice, text="😀 /stats, see https://example.org/a.")

    assert sent["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 6},
        {"type": "url", "offset": 15, "length": 21},
    ]
