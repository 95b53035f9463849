"""Groups: what is said there, what of it the bot hears, where its own messages go, and what it may touch."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from playground import membership
from playground.clock import Clock
from playground.refusals import PersonRefused
from playground.state import Box

Buttons = Callable[..., dict[str, Any]]


@pytest.fixture
def forum(box: Box) -> int:
    """A forum of alice and bob with the bot in it, and nothing pending."""
    made = membership.create(box, "ML Friends!", ["alice", "bob", "bot"], forum=True)
    box.updates.forget()
    return made.id


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_there_is_always_a_study_group_with_everybody_in_it(api: Any, box: Box, group: int) -> None:
    listed = next(chat for chat in box.chats() if chat["chat"] == "study-group")

    assert listed["members"] == ["alice", "bob", "carol", "dave", "interview_coach_bot"]
    assert (listed["type"], listed["title"], listed["id"]) == ("group", "Study group", group)
    assert (listed["admins"], listed["owner"], listed["forum"]) == (["alice"], "alice", False)
    assert await api.updates() == []


async def test_a_command_in_a_group_reaches_the_bot_as_telegram_tells_it(
    api: Any, box: Box, group: int
) -> None:
    message_id = box.say("bob", "study-group", "/quiz metrics")

    (update,) = await api.updates()
    assert update["message"] == {
        "message_id": message_id,
        "from": {"id": 1002, "is_bot": False, "first_name": "Bob", "username": "bob", "language_code": "de"},
        "chat": {"id": group, "type": "group", "title": "Study group"},
        "date": int(box.now().timestamp()),
        "text": "/quiz metrics",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }


async def test_with_privacy_the_bot_hears_commands_and_replies_to_itself_only(
    api: Any, box: Box, group: int
) -> None:
    own = await api("sendMessage", chat_id=group, text="Question?")
    chatter = box.say("alice", "study-group", "hello all")
    for text in (
        "@interview_coach_bot what now",
        "see /quiz",
        "/quiz@other_bot",
        "/quiz",
        "/quiz@Interview_Coach_Bot x",
    ):
        box.say("bob", "study-group", text)
    box.say("carol", "study-group", "agreed", reply_to=chatter)
    box.say("carol", "study-group", "precision", reply_to=own["message_id"])
    box.send("carol", "study-group", "photo", caption="/quiz")
    box.send("carol", "study-group", "photo", caption="look")

    *heard, photo = await api.updates()
    assert texts(heard) == ["/quiz", "/quiz@Interview_Coach_Bot x", "precision"]
    assert photo["message"]["caption"] == "/quiz"


@pytest.mark.parametrize("how", ["privacy off", "administrator"])
async def test_without_privacy_or_as_an_administrator_it_hears_all(
    api: Any, box: Box, group: int, how: str
) -> None:
    if how == "administrator":
        membership.promote(box, "alice", "study-group", "bot")
        box.updates.forget()
    else:
        box.bot.privacy = False
    message_id = box.say("alice", "study-group", "hello all")
    box.edit("alice", "study-group", message_id, "hello everybody")

    said, edited = await api.updates()
    assert (said["message"]["text"], edited["edited_message"]["text"]) == ("hello all", "hello everybody")
    assert (await api("getMe"))["can_read_all_group_messages"] is (how == "privacy off")


async def test_what_the_bot_did_not_hear_it_does_not_hear_edited(api: Any, box: Box, group: int) -> None:
    message_id = box.say("alice", "study-group", "hello")
    box.edit("alice", "study-group", message_id, "hello all")

    assert await api.updates() == []


async def test_any_member_taps_a_button_in_a_group(api: Any, box: Box, group: int, buttons: Buttons) -> None:
    sent = await api("sendMessage", chat_id=group, text="Who plays?", reply_markup=buttons(Join="join.1"))
    tap = box.tap("dave", "study-group", sent["message_id"], "Join")

    (update,) = await api.updates()
    query = update["callback_query"]
    assert (query["from"]["username"], query["message"]["chat"]["id"], query["data"]) == (
        "dave",
        group,
        "join.1",
    )
    await api("answerCallbackQuery", callback_query_id=query["id"], text="You are in")
    assert (await tap).text == "You are in"


async def test_people_see_the_same_messages_in_a_group(api: Any, box: Box, group: int) -> None:
    box.block("bob")
    first = box.say("bob", "study-group", "one")
    await api("sendMessage", chat_id=group, text="two", reply_parameters={"message_id": first})

    seen = box.messages("study-group")
    assert [(m["from"], m["text"], m.get("reply_to")) for m in seen] == [
        ("bob", "one", None),
        ("interview_coach_bot", "two", first),
    ]


async def test_in_a_group_one_deletes_ones_own_and_an_administrator_everything(
    api: Any, box: Box, group: int
) -> None:
    first, second = (box.say("bob", "study-group", text) for text in "ab")

    with pytest.raises(PersonRefused, match=r"carol neither wrote message 1 nor runs study-group."):
        box.delete("carol", "study-group", first)
    box.delete("bob", "study-group", first)
    box.delete("alice", "study-group", second)

    assert box.messages("study-group") == []


async def test_a_bot_deletes_others_messages_as_an_administrator_for_two_days(
    api: Any, box: Box, group: int, clock: Clock
) -> None:
    own = await api("sendMessage", chat_id=group, text="mine")
    first, second = (box.say("bob", "study-group", text) for text in ("/a", "/b"))
    refusal = (400, "Bad Request: message can't be deleted")

    assert await api.refused("deleteMessage", chat_id=group, message_id=first) == refusal
    await api("deleteMessage", chat_id=group, message_id=own["message_id"])
    membership.promote(box, "alice", "study-group", "bot")
    await api("deleteMessage", chat_id=group, message_id=first)
    await clock.advance(timedelta(hours=48).total_seconds())
    assert await api.refused("deleteMessage", chat_id=group, message_id=second) == refusal


async def test_the_bot_may_not_change_what_others_wrote(api: Any, box: Box, group: int) -> None:
    message_id = box.say("bob", "study-group", "/quiz")

    refusal = await api.refused("editMessageText", chat_id=group, message_id=message_id, text="x")
    assert refusal == (400, "Bad Request: message can't be edited")


@pytest.mark.parametrize(
    "permission, method, more, words",
    [
        ("can_send_messages", "sendMessage", {"text": "x"}, "text messages"),
        ("can_send_polls", "sendPoll", {"question": "x", "options": ["a", "b"]}, "polls"),
    ],
)
async def test_a_muted_bot_is_told_so(
    api: Any, box: Box, group: int, permission: str, method: str, more: dict[str, Any], words: str
) -> None:
    membership.allow(box, "alice", "study-group", {permission: False})

    refusal = await api.refused(method, chat_id=group, **more)
    assert refusal == (400, f"Bad Request: not enough rights to send {words} to the chat")
    membership.promote(box, "alice", "study-group", "bot")
    await api(method, chat_id=group, **more)


async def test_muted_members_are_told_so_and_administrators_speak_on(box: Box, group: int) -> None:
    membership.allow(box, "alice", "study-group", {"can_send_messages": False})

    box.say("alice", "study-group", "quiet, please")
    with pytest.raises(PersonRefused, match=r"Members of study-group may not send text messages."):
        box.say("bob", "study-group", "but why?")


async def test_request_location_is_for_private_chats(api: Any, group: int) -> None:
    for action, words in (("request_location", "location"), ("request_contact", "phone number")):
        markup = {"keyboard": [["Skip"], [{"text": "Here", action: True}]]}

        refusal = await api.refused("sendMessage", chat_id=group, text="Where?", reply_markup=markup)
        assert refusal == (400, f"Bad Request: {words} can be requested in private chats only")


# Topics


async def test_a_topic_keeps_its_thread(api: Any, box: Box, forum: int) -> None:
    thread = membership.open_topic(box, "ml-friends", "Metrics", "bob")
    box.say("alice", "ml-friends", "/quiz", thread=thread)

    opened, said = (update["message"] for update in await api.updates())
    assert opened["forum_topic_created"]["name"] == "Metrics"
    assert (opened["message_thread_id"], opened["is_topic_message"]) == (opened["message_id"], True)
    assert opened["message_id"] == thread
    assert (said["message_thread_id"], said["is_topic_message"]) == (thread, True)
    assert said["reply_to_message"]["message_id"] == thread
    assert said["chat"]["is_forum"] is True

    answer = await api("sendMessage", chat_id=forum, text="ok", message_thread_id=thread)
    assert (answer["message_thread_id"], answer["is_topic_message"]) == (thread, True)
    assert [m.get("thread") for m in box.messages("ml-friends")][1:] == [thread, thread, thread]
    assert box.chats()[-1]["topics"] == [{"thread": thread, "title": "Metrics"}]


async def test_an_answer_goes_to_the_topic_of_what_it_answers(api: Any, box: Box, forum: int) -> None:
    thread = membership.open_topic(box, "ml-friends", "Metrics")
    said = box.say("alice", "ml-friends", "/quiz", thread=thread)

    box.say("bob", "ml-friends", "/me too", reply_to=said)
    assert box.messages("ml-friends")[-1]["thread"] == thread
    answer = await api("sendMessage", chat_id=forum, text="ok", reply_parameters={"message_id": said})
    in_general = await api("sendMessage", chat_id=forum, text="hello")
    assert answer["message_thread_id"] == thread
    assert "message_thread_id" not in in_general


@pytest.mark.parametrize("thread", [1, 77])
async def test_an_unknown_thread_is_refused(api: Any, forum: int, thread: int) -> None:
    for method, more in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        refusal = await api.refused(method, chat_id=forum, message_thread_id=thread, **more)
        assert refusal == (400, "Bad Request: message thread not found")


async def test_replies_in_a_supergroup_carry_a_thread_that_is_no_topic(
    api: Any, box: Box, group: int
) -> None:
    group = membership.migrate(box, "study-group").id
    box.updates.forget()
    first = await api("sendMessage", chat_id=group, text="Question?")
    reply = box.say("bob", "study-group", "/this?", reply_to=first["message_id"])
    box.say("carol", "study-group", "/that?", reply_to=reply)

    updates = await api.updates()
    assert [update["message"]["message_thread_id"] for update in updates] == [first["message_id"]] * 2
    assert "is_topic_message" not in updates[0]["message"]
    refusal = await api.refused("sendMessage", chat_id=group, text="x", message_thread_id=first["message_id"])
    assert refusal == (400, "Bad Request: message thread not found")


async def test_only_forums_have_topics(box: Box) -> None:
    with pytest.raises(PersonRefused, match=r"study-group has no topics: it is no forum."):
        membership.open_topic(box, "study-group", "Metrics")
    with pytest.raises(PersonRefused, match=r"There is no topic 5 in the chat study-group."):
        box.say("alice", "study-group", "x", thread=5)


# Pins


async def test_pinning_is_told_and_shown(api: Any, box: Box, group: int) -> None:
    sent = await api("sendMessage", chat_id=group, text="Rules")

    await api("pinChatMessage", chat_id=group, message_id=sent["message_id"])
    await api("pinChatMessage", chat_id=group, message_id=sent["message_id"])

    (update,) = await api.updates()
    assert update["message"]["pinned_message"]["text"] == "Rules"
    assert (await api("getChat", chat_id=group))["pinned_message"]["message_id"] == sent["message_id"]
    await api("unpinChatMessage", chat_id=group)
    assert "pinned_message" not in await api("getChat", chat_id=group)


async def test_what_cannot_be_pinned(api: Any, box: Box, group: int) -> None:
    assert await api.refused("pinChatMessage", chat_id=group, message_id=77) == (
        400, "Bad Request: message to pin not found",
    )  # fmt: skip
    assert await api.refused("unpinChatMessage", chat_id=group, message_id=77) == (
        400, "Bad Request: message to unpin not found",
    )  # fmt: skip
    membership.leave(box, "dave", "study-group")
    service = box.messages("study-group")[-1]["message_id"]
    assert await api.refused("pinChatMessage", chat_id=group, message_id=service) == (
        400, "Bad Request: message can't be pinned",
    )  # fmt: skip
    membership.allow(box, "alice", "study-group", {"can_pin_messages": False})
    sent = await api("sendMessage", chat_id=group, text="Rules")
    assert await api.refused("pinChatMessage", chat_id=group, message_id=sent["message_id"]) == (
        400, "Bad Request: not enough rights to manage pinned messages in the chat",
    )  # fmt: skip


async def test_in_a_supergroup_only_administrators_pin(api: Any, box: Box, forum: int) -> None:
    sent = await api("sendMessage", chat_id=forum, text="Rules")
    pin = {"chat_id": forum, "message_id": sent["message_id"]}

    assert await api.refused("pinChatMessage", **pin) == (
        400, "Bad Request: not enough rights to manage pinned messages in the chat",
    )  # fmt: skip
    membership.promote(box, "alice", "ml-friends", "bot")
    await api("pinChatMessage", **pin)


async def test_what_telegram_says_in_the_bots_name_cannot_be_edited(api: Any, box: Box, group: int) -> None:
    sent = await api("sendMessage", chat_id=group, text="Rules")
    await api("pinChatMessage", chat_id=group, message_id=sent["message_id"])
    service = box.messages("study-group")[-1]

    assert (service["kind"], service["text"]) == ("service", "Interview Coach pinned a message")
    refusal = await api.refused("editMessageText", chat_id=group, message_id=service["message_id"], text="x")
    assert refusal == (400, "Bad Request: message can't be edited")


# Commands


async def test_commands_are_offered_by_the_nearest_scope(api: Any, box: Box, group: int) -> None:
    async def offer(name: str, scope: dict[str, Any]) -> None:
        commands = [{"command": name, "description": "x"}]
        await api("setMyCommands", commands=commands, scope=scope)

    await offer("default", {"type": "default"})
    await offer("private", {"type": "all_private_chats"})
    await offer("groups", {"type": "all_group_chats"})
    offered = [box.commands(*asked)[0]["command"] for asked in (("alice",), ("study-group",))]
    assert offered == ["private", "groups"]

    await offer("runs", {"type": "all_chat_administrators"})
    assert box.commands("study-group", "alice")[0]["command"] == "runs"
    assert box.commands("study-group", "bob")[0]["command"] == "groups"

    await offer("here", {"type": "chat", "chat_id": group})
    await offer("bob", {"type": "chat_member", "chat_id": group, "user_id": 1002})
    assert box.commands("study-group", "bob")[0]["command"] == "bob"
    assert box.commands("study-group", "alice")[0]["command"] == "here"
    await offer("admins", {"type": "chat_administrators", "chat_id": group})
    assert box.commands("study-group", "alice")[0]["command"] == "admins"
