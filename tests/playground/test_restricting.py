"""A bot that runs a group: putting people out, letting them back, opening topics."""

from typing import Any

import pytest

from playground import membership
from playground.groups import Group
from playground.refusals import PersonRefused
from playground.state import Box


@pytest.fixture
def run(box: Box) -> Group:
    """A forum that the bot is an administrator of; with nothing pending."""
    group = membership.create(box, "Forum", ["alice", "bob", "carol", "bot"], forum=True)
    membership.promote(box, "alice", group.id, "bot")
    box.updates.forget()
    return group


async def test_who_is_banned_is_gone_until_let_back(api: Any, box: Box, run: Group) -> None:
    bob = box.roster.person("bob").id

    assert await api("banChatMember", chat_id=run.id, user_id=bob) is True
    assert (await api("getChatMember", chat_id=run.id, user_id=bob))["status"] == "kicked"
    with pytest.raises(PersonRefused, match="bob is not in the chat forum"):
        box.say("bob", run.id, "x")

    assert await api("unbanChatMember", chat_id=run.id, user_id=bob) is True
    assert (await api("getChatMember", chat_id=run.id, user_id=bob))["status"] == "left"
    changes = [
        u["chat_member"] for u in await api.updates(allowed_updates=["chat_member"]) if "chat_member" in u
    ]
    assert [member["new_chat_member"]["status"] for member in changes] == []


async def test_a_bot_that_asks_for_it_hears_of_bans(api: Any, box: Box, run: Group) -> None:
    await api("getUpdates", allowed_updates=["chat_member"])
    dave = box.roster.person("dave").id

    for method in ("banChatMember", "banChatMember", "unbanChatMember", "unbanChatMember"):
        await api(method, chat_id=run.id, user_id=dave)

    assert [u["chat_member"]["new_chat_member"]["status"] for u in await api.updates()] == ["kicked", "left"]


async def test_letting_back_a_member_puts_them_out_unless_told_otherwise(
    api: Any, box: Box, run: Group
) -> None:
    carol = box.roster.person("carol")

    await api("unbanChatMember", chat_id=run.id, user_id=carol.id, only_if_banned=True)
    assert carol in run.members

    await api("unbanChatMember", chat_id=run.id, user_id=carol.id)
    assert carol not in run.members
    assert carol not in run.banned


async def test_only_somebody_else_and_only_with_the_right_is_put_out(
    api: Any, box: Box, group: int, run: Group
) -> None:
    membership.promote(box, "alice", run.id, "bob")
    ids = {name: box.roster.person(name).id for name in ("alice", "bob", "carol", "dave")}

    refusals = [
        await api.refused("banChatMember", chat_id=run.id, user_id=box.bot.id),
        await api.refused("banChatMember", chat_id=run.id, user_id=ids["alice"]),
        await api.refused("banChatMember", chat_id=run.id, user_id=ids["bob"]),
        await api.refused("banChatMember", chat_id=run.id, user_id=5),
        await api.refused("banChatMember", chat_id=group, user_id=ids["carol"]),
        await api.refused("banChatMember", chat_id=ids["alice"], user_id=ids["carol"]),
    ]

    assert [words.removeprefix("Bad Request: ") for _, words in refusals] == [
        "can't restrict self",
        "can't remove chat owner",
        "user is an administrator of the chat",
        "user not found",
        "not enough rights to restrict/unrestrict chat member",
        "chat member status can't be changed in private chats",
    ]


async def test_a_basic_group_loses_a_member_and_has_no_list_of_the_banned(
    api: Any, box: Box, group: int
) -> None:
    membership.promote(box, "alice", "study-group", "bot")
    dave = box.roster.person("dave").id

    await api("banChatMember", chat_id=group, user_id=dave)

    assert "dave" not in box.chats()[4]["members"]
    assert (await api.refused("banChatMember", chat_id=group, user_id=dave))[1] == (
        "Bad Request: USER_NOT_PARTICIPANT"
    )
    assert (await api.refused("unbanChatMember", chat_id=group, user_id=dave))[1] == (
        "Bad Request: method is available for supergroup and channel chats only"
    )


async def test_a_bot_opens_a_topic_and_writes_into_it(api: Any, box: Box, run: Group) -> None:
    topic = await api("createForumTopic", chat_id=run.id, name=" Metrics ")

    sent = await api("sendMessage", chat_id=run.id, message_thread_id=topic["message_thread_id"], text="x")

    assert topic["name"] == "Metrics"
    assert run.topics == {topic["message_thread_id"]: "Metrics"}
    assert sent["is_topic_message"] is True
    assert box.messages("forum")[-2]["text"] == "Interview Coach opened “Metrics”"


async def test_a_topic_needs_a_forum_the_right_and_a_title(
    api: Any, box: Box, group: int, run: Group
) -> None:
    refusals = [
        await api.refused("createForumTopic", chat_id=group, name="x"),
        await api.refused("createForumTopic", chat_id=run.id, name=" "),
        await api.refused("createForumTopic", chat_id=run.id, name="x" * 129),
        await api.refused("createForumTopic", chat_id=run.id, name="x", icon_color=1),
    ]
    membership.demote(box, "alice", run.id, "bot")
    refusals.append(await api.refused("createForumTopic", chat_id=run.id, name="x"))

    assert [words.removeprefix("Bad Request: ") for _, words in refusals] == [
        "the chat is not a forum",
        "TOPIC_TITLE_EMPTY",
        "TOPIC_TITLE_TOO_LONG",
        "invalid icon color specified",
        "not enough rights to create a topic",
    ]
