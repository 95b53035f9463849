"""Sending again what has been sent: with its origin, or as one's own."""

from typing import Any

import pytest

from playground import membership
from playground.samples import sample
from playground.state import Box


async def test_a_forwarded_message_says_whose_it_was(api: Any, box: Box, alice: int, group: int) -> None:
    said = box.say("alice", "alice", "Look at /this")

    once = await api("forwardMessage", chat_id=group, from_chat_id=alice, message_id=said)
    twice = await api("forwardMessage", chat_id=alice, from_chat_id=group, message_id=once["message_id"])

    assert once["text"] == "Look at /this"
    assert once["forward_origin"]["sender_user"]["first_name"] == "Alice"
    assert twice["forward_origin"] == once["forward_origin"]
    assert box.messages("study-group")[-1]["forwarded_from"] == "alice"


async def test_a_copy_is_the_bot_s_own(api: Any, box: Box, alice: int, group: int, buttons: Any) -> None:
    photo = await api("sendPhoto", chat_id=alice, photo=sample("photo"), caption="before", has_spoiler=True)

    same = await api("copyMessage", chat_id=group, from_chat_id=alice, message_id=photo["message_id"])
    other = await api(
        "copyMessage", chat_id=group, from_chat_id=alice, message_id=photo["message_id"],
        caption="<b>after</b>", parse_mode="HTML", reply_markup=buttons(Go="go"),
    )  # fmt: skip

    first, second = box.messages("study-group")[-2:]
    assert (same, other) == ({"message_id": first["message_id"]}, {"message_id": second["message_id"]})
    assert [each["text"] for each in (first, second)] == ["before", "after"]
    assert first["photo"] == second["photo"]
    assert "forwarded_from" not in first
    assert second["buttons"][0][0]["text"] == "Go"


async def test_what_is_protected_gone_or_said_by_telegram_goes_nowhere(
    api: Any, box: Box, alice: int, group: int
) -> None:
    kept = await api("sendMessage", chat_id=alice, text="x", protect_content=True)
    membership.leave(box, "dave", "study-group")
    left = box.messages("study-group")[-1]["message_id"]

    refusals = [
        await api.refused(method, chat_id=alice, from_chat_id=chat, message_id=message_id)
        for method in ("forwardMessage", "copyMessage")
        for chat, message_id in ((alice, kept["message_id"]), (group, left), (alice, 99), (77, 1))
    ]

    assert refusals == [
        (400, "Bad Request: message can't be forwarded"),
        (400, "Bad Request: message can't be forwarded"),
        (400, "Bad Request: message to forward not found"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: message can't be copied"),
        (400, "Bad Request: message can't be copied"),
        (400, "Bad Request: message to copy not found"),
        (400, "Bad Request: chat not found"),
    ]


@pytest.mark.parametrize("method", ["forwardMessage", "copyMessage"])
async def test_a_poll_is_not_sent_again_yet(api: Any, alice: int, method: str) -> None:
    poll = await api("sendPoll", chat_id=alice, question="?", options=[{"text": "a"}, {"text": "b"}])

    refusal = await api.refused(method, chat_id=alice, from_chat_id=alice, message_id=poll["message_id"])

    assert refusal == (501, f"Not Implemented: {method} of a poll is not built into the playground")
