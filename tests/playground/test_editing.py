"""Changing and deleting messages, and answering taps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from playground.clock import Clock
from playground.samples import sample
from playground.state import Box

UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
Buttons = Callable[..., dict[str, Any]]


async def test_an_edited_text_stands_where_the_old_one_stood(
    api: Any, box: Box, alice: int, buttons: Buttons
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=buttons(Go="go"))

    edited = await api(
        "editMessageText", chat_id=alice, message_id=sent["message_id"], text="<i>y</i>", parse_mode="HTML"
    )

    assert edited["edit_date"] == sent["date"]
    assert "reply_markup" not in edited
    (_, seen) = box.messages("alice")
    assert (seen["html"], seen["buttons"], bool(seen["edited"])) == ("<i>y</i>", [], True)


async def test_an_edit_that_changes_nothing_is_refused(api: Any, alice: int, buttons: Buttons) -> None:
    sent = await api(
        "sendMessage", chat_id=alice, text="<b>x</b>", parse_mode="HTML", reply_markup=buttons(Go="go")
    )
    same: dict[str, Any] = {"chat_id": alice, "message_id": sent["message_id"]}

    text = await api.refused(
        "editMessageText", **same, text=" <b>x</b>", parse_mode="HTML", reply_markup=buttons(Go="go")
    )
    markup = await api.refused("editMessageReplyMarkup", **same, reply_markup=buttons(Go="go"))

    assert text == markup == (400, UNCHANGED)
    await api("editMessageText", **same, text="x", reply_markup=buttons(Go="go"))
    await api("editMessageReplyMarkup", **same)
    assert await api.refused("editMessageReplyMarkup", **same) == (400, UNCHANGED)


@pytest.mark.parametrize(
    "method, parameters, words",
    [
        ("editMessageText", {"message_id": 77, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"message_id": 1}, "message text is empty"),
        ("editMessageText", {"message_id": 1, "text": "x" * 4097}, "message is too long"),
        ("editMessageText", {"message_id": "one", "text": "x"}, "parameter message_id must be an Integer"),
        ("editMessageReplyMarkup", {"message_id": 77}, "message to edit not found"),
        ("editMessageCaption", {"message_id": 77, "caption": "x"}, "message to edit not found"),
        ("deleteMessage", {"message_id": 77}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": list(range(1, 102))}, "too many message identifiers specified"),
    ],
)
async def test_a_message_that_cannot_be_changed(
    api: Any, alice: int, method: str, parameters: dict[str, Any], words: str
) -> None:
    assert await api.refused(method, chat_id=alice, **parameters) == (400, f"Bad Request: {words}")


async def test_text_and_caption_are_not_each_other(api: Any, alice: int) -> None:
    text = await api("sendMessage", chat_id=alice, text="x")
    photo = await api("sendPhoto", chat_id=alice, photo=sample("photo"))

    no_text = await api.refused("editMessageText", chat_id=alice, message_id=photo["message_id"], text="y")
    no_caption = await api.refused(
        "editMessageCaption", chat_id=alice, message_id=text["message_id"], caption="y"
    )
    captioned = await api("editMessageCaption", chat_id=alice, message_id=photo["message_id"], caption="y")

    assert no_text == (400, "Bad Request: there is no text in the message to edit")
    assert no_caption == (400, "Bad Request: there is no caption in the message to edit")
    assert captioned["caption"] == "y"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api: Any, alice: int) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup={"keyboard": [["Yes"]]})

    refusal = await api.refused("editMessageText", chat_id=alice, message_id=sent["message_id"], text="y")

    assert refusal == (400, "Bad Request: message can't be edited")


async def test_a_bot_deletes_both_sides_messages_for_two_days(
    api: Any, box: Box, clock: Clock, alice: int
) -> None:
    hers = box.say("alice", "alice", "x")
    old = await api("sendMessage", chat_id=alice, text="old")
    await clock.advance(timedelta(hours=47).total_seconds())
    await api("deleteMessage", chat_id=alice, message_id=hers)
    new = await api("sendMessage", chat_id=alice, text="new")
    await clock.advance(timedelta(hours=1).total_seconds())

    too_late = await api.refused("deleteMessage", chat_id=alice, message_id=old["message_id"])
    await api("deleteMessages", chat_id=alice, message_ids=[new["message_id"], 777])

    assert too_late == (400, "Bad Request: message can't be deleted")
    assert [message["text"] for message in box.messages("alice")] == ["/start", "old"]


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(
    api: Any, box: Box, alice: int, buttons: Buttons
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=buttons(Go="go"))

    tapped = box.tap("alice", "alice", sent["message_id"], "Go")
    (update,) = await api.updates()
    query = update["callback_query"]
    assert not tapped.done()
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Saved", show_alert=True)

    assert (query["data"], query["from"]["id"], query["message"]) == ("go", alice, sent)
    assert (await tapped).as_json() == {"answer": "Saved", "alert": True}
    assert await api.refused("answerCallbackQuery", callback_query_id=query["id"]) == (400, TOO_OLD)


async def test_a_tap_is_answered_within_150_seconds_or_never(
    api: Any, box: Box, clock: Clock, alice: int, buttons: Buttons
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=buttons(Go="go"))
    early = box.tap("alice", "alice", sent["message_id"], "go")
    await clock.advance(149)
    (first,) = await api.updates()
    late = box.tap("alice", "alice", sent["message_id"], "go")
    (second,) = await api.updates()

    await api("answerCallbackQuery", callback_query_id=first["callback_query"]["id"])
    await clock.advance(150)

    assert (await early).expired is False
    assert (await late).expired is True
    refusal = await api.refused("answerCallbackQuery", callback_query_id=second["callback_query"]["id"])
    assert refusal == (400, TOO_OLD)


@pytest.mark.parametrize(
    "parameters, words",
    [
        ({"callback_query_id": "12345"}, TOO_OLD),
        ({"callback_query_id": "1", "text": "x" * 201}, "Bad Request: MESSAGE_TOO_LONG"),
        ({"callback_query_id": "1", "url": "https://example.org"}, "Bad Request: URL_INVALID"),
    ],
)
async def test_an_answer_telegram_would_not_take(api: Any, parameters: dict[str, Any], words: str) -> None:
    assert await api.refused("answerCallbackQuery", **parameters) == (400, words)


@pytest.mark.parametrize("wanted", ["✓ Got it · 9 d", "rate.1:3", "got it"])
async def test_a_button_is_found_by_label_data_or_part(
    api: Any, box: Box, alice: int, buttons: Buttons, wanted: str
) -> None:
    markup = buttons(**{"Missed · tomorrow": "rate.1:1", "✓ Got it · 9 d": "rate.1:3"})
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=markup)

    box.tap("alice", "alice", sent["message_id"], wanted)

    (update,) = await api.updates()
    assert update["callback_query"]["data"] == "rate.1:3"


async def test_a_link_button_leads_away_without_the_bot(api: Any, box: Box, alice: int) -> None:
    link = {"inline_keyboard": [[{"text": "Source", "url": "https://example.org"}]]}
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=link)

    answer = await box.tap("alice", "alice", sent["message_id"], "Source")

    assert answer.as_json() == {"answer": None, "alert": False, "url": "https://example.org"}
    assert len(box.updates) == 0
