"""What people do, what the bot hears of it, and what they are told they cannot do."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from playground.files import Upload
from playground.refusals import PersonRefused
from playground.state import Box

Buttons = Callable[..., dict[str, Any]]


async def test_what_is_said_reaches_the_bot_as_telegram_tells_it(api: Any, box: Box) -> None:
    message_id = box.say("bob", "bob", "  /start topic_metrics ")

    (update,) = await api.updates()
    assert update["message"] == {
        "message_id": message_id,
        "from": {"id": 1002, "is_bot": False, "first_name": "Bob", "username": "bob", "language_code": "de"},
        "chat": {"id": 1002, "type": "private", "first_name": "Bob", "username": "bob"},
        "date": int(box.now().timestamp()),
        "text": "/start topic_metrics",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


async def test_an_edited_text_is_told_as_such(api: Any, box: Box, alice: int) -> None:
    first = box.say("alice", "alice", "recal")
    second = box.say("alice", "alice", "hm", reply_to=first)
    box.edit("alice", "alice", first, "recall")

    *_, edited = await api.updates()
    assert edited["edited_message"]["text"] == "recall"
    assert edited["edited_message"]["edit_date"] == edited["edited_message"]["date"]
    assert [(m["message_id"], m["text"]) for m in box.messages("alice", after=first - 1)] == [
        (first, "recall"),
        (second, "hm"),
    ]


@pytest.mark.parametrize(
    "kind, fields",
    [
        ("photo", {"photo", "caption"}),
        ("voice", {"voice", "caption"}),
        ("document", {"document", "caption"}),
        ("sticker", {"sticker"}),
        ("location", {"location"}),
        ("contact", {"contact"}),
    ],
)
async def test_people_send_more_than_text(
    api: Any, box: Box, alice: int, kind: str, fields: set[str]
) -> None:
    box.send("alice", "alice", kind, caption="look" if "caption" in fields else "")

    (update,) = await api.updates()
    assert fields <= update["message"].keys()
    assert box.messages("alice")[-1]["kind"] == kind


async def test_people_send_a_file_of_their_own(api: Any, box: Box, alice: int) -> None:
    box.send("alice", "alice", "document", upload=Upload("mine.json", b"{}", "application/json"))

    (update,) = await api.updates()
    document = update["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("mine.json", 2)
    assert box.files.get(document["file_id"]).content == b"{}"


async def test_a_place_has_no_words_to_change(box: Box, alice: int) -> None:
    message_id = box.send("alice", "alice", "location")

    with pytest.raises(PersonRefused, match=re.escape("A location has no text to change.")):
        box.edit("alice", "alice", message_id, "x")


async def test_a_location_is_where_the_person_says(api: Any, box: Box, alice: int) -> None:
    box.send("alice", "alice", "location", latitude=35.68, longitude=139.69)

    (update,) = await api.updates()
    assert update["message"]["location"] == {"latitude": 35.68, "longitude": 139.69}


async def test_blocking_and_coming_back_are_told(api: Any, box: Box, alice: int) -> None:
    box.block("alice")
    box.block("alice")
    box.unblock("alice")
    box.block("bob")

    told = [update["my_chat_member"]["new_chat_member"]["status"] for update in await api.updates()]
    assert told == ["kicked", "member"]


async def test_a_deleted_message_is_gone_for_both(api: Any, box: Box, alice: int) -> None:
    message_id = box.say("alice", "alice", "oops")
    box.delete("alice", "alice", message_id)

    refusal = await api.refused(
        "sendMessage", chat_id=alice, text="x", reply_parameters={"message_id": message_id}
    )
    assert refusal == (400, "Bad Request: message to be replied not found")
    assert [message["text"] for message in box.messages("alice")] == ["/start"]


async def test_a_newcomer_has_a_chat_of_their_own(api: Any, box: Box) -> None:
    box.add_person("Erin", "fr")
    box.say("erin", "erin", "salut")

    (update,) = await api.updates()
    assert update["message"]["from"]["language_code"] == "fr"
    assert [chat["chat"] for chat in box.chats()] == ["alice", "bob", "carol", "dave", "study-group", "erin"]


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda box: box.say("zoe", "alice", "x"), "Nobody here is called zoe; there are alice, bob, carol, dave."),
        (lambda box: box.say("alice", "zoe", "x"),
         "There is no chat zoe; there are alice, bob, carol, dave, study-group."),
        (lambda box: box.say("bob", "alice", "x"), "bob is not in the chat alice."),
        (lambda box: box.say("alice", "alice", " \n"), "Type something first: a message cannot be empty."),
        (lambda box: box.say("alice", "alice", "x" * 4097), "A message holds at most 4096 characters; this has 4097."),
        (lambda box: box.say("alice", "alice", "\ud83d"),
         "The text holds half a character; it must be encoded in UTF-8."),
        (lambda box: box.say("alice", "alice", "x", reply_to=77), "There is no message 77 in the chat alice."),
        (lambda box: box.edit("alice", "alice", 77, "x"), "There is no message 77 in the chat alice."),
        (lambda box: box.edit("alice", "alice", 1, "/start"), "That is what the message says already."),
        (lambda box: box.tap("alice", "alice", 1, "Go"), "That message has no buttons."),
        (lambda box: box.send("alice", "alice", "gift"),
         "kind is photo, voice, document, sticker, location or contact."),
        (lambda box: box.send("alice", "alice", "sticker", "x"),
         "A sticker has no caption; say it in a message of its own."),
        (lambda box: box.add_person("alice"), "There is already somebody called alice."),
        (lambda box: box.add_person("a b"), "A name has 2 to 32 letters, digits or _, like a user name."),
    ],
)  # fmt: skip
async def test_what_people_cannot_do_is_said_in_a_sentence(
    box: Box, alice: int, act: Callable[[Box], Any], sentence: str
) -> None:
    with pytest.raises(PersonRefused) as refused:
        act(box)

    assert refused.value.sentence == sentence


async def test_a_button_must_be_unmistakable(api: Any, box: Box, alice: int, buttons: Buttons) -> None:
    markup = buttons(**{"In 1 h": "a", "In 2 h": "b"})
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=markup)

    with pytest.raises(
        PersonRefused, match=re.escape("Several buttons are called something like “in”: “In 1 h”, “In 2 h”.")
    ):
        box.tap("alice", "alice", sent["message_id"], "in")
    with pytest.raises(
        PersonRefused, match=re.escape("There is no button “never”; there are “In 1 h”, “In 2 h”.")
    ):
        box.tap("alice", "alice", sent["message_id"], "never")


async def test_nobody_speaks_who_has_blocked_the_bot_or_is_gone(box: Box, alice: int) -> None:
    box.block("alice")
    with pytest.raises(PersonRefused, match=re.escape("alice has blocked the bot; unblock it first.")):
        box.say("alice", "alice", "x")

    box.deactivate("bob")
    with pytest.raises(PersonRefused, match=re.escape("bob's account is deleted.")):
        box.say("bob", "bob", "x")


async def test_the_others_words_cannot_be_changed(api: Any, box: Box, alice: int) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x")

    with pytest.raises(PersonRefused, match=re.escape("alice did not write message 2, so cannot change it.")):
        box.edit("alice", "alice", sent["message_id"], "y")
