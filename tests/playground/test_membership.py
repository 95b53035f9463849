"""Who comes, goes and runs a group: what the bot hears of it, and what it is told when it is gone itself."""

from collections.abc import Callable
from typing import Any

import pytest

from playground import membership, opening
from playground.groups import Group
from playground.refusals import PersonRefused
from playground.state import Box

ALL = ["message", "my_chat_member", "chat_member"]


def changes(updates: list[dict[str, Any]], kind: str) -> list[tuple[str, str, str]]:
    """Who, from which status, to which."""
    found = [update[kind] for update in updates if kind in update]
    return [
        (
            change["new_chat_member"]["user"]["username"],
            change["old_chat_member"]["status"],
            change["new_chat_member"]["status"],
        )
        for change in found
    ]


async def test_a_new_group_without_the_bot_is_nothing_to_it(api: Any, box: Box) -> None:
    made = membership.create(box, "Quiet", ["bob", "carol"])
    box.say("bob", "quiet", "/quiz")

    assert await api.updates() == []
    assert await api.refused("sendMessage", chat_id=made.id, text="x") == (400, "Bad Request: chat not found")


async def test_a_new_group_with_the_bot_in_it_is_told(api: Any, box: Box) -> None:
    made = membership.create(box, "Study group", ["bob", "interview_coach_bot"])

    member, message = await api.updates()
    assert changes([member], "my_chat_member") == [("interview_coach_bot", "left", "member")]
    assert message["message"]["group_chat_created"] is True
    assert (message["message"]["chat"]["id"], made.name) == (made.id, "study-group-2")


async def test_the_bot_is_brought_in_and_put_out(api: Any, box: Box) -> None:
    made = membership.create(box, "Friends", ["bob", "carol"])

    membership.add(box, "carol", "friends", "bot")
    membership.add(box, "carol", "friends", "bot")
    await api("sendMessage", chat_id=made.id, text="Hello!")
    came = await api.updates()
    membership.remove(box, "bob", "friends", "interview_coach_bot")
    went = await api.updates()

    assert changes(came, "my_chat_member") == [("interview_coach_bot", "left", "member")]
    assert came[1]["message"]["new_chat_members"][0]["is_bot"] is True
    assert changes(went, "my_chat_member") == [("interview_coach_bot", "member", "left")]
    assert went[1]["message"]["left_chat_member"]["username"] == "interview_coach_bot"


@pytest.mark.parametrize("forum, kind", [(False, "group"), (True, "supergroup")])
async def test_a_bot_thrown_out_is_refused_everywhere(api: Any, box: Box, forum: bool, kind: str) -> None:
    made = membership.create(box, "Friends", ["bob", "bot"], forum=forum)
    sent = await api("sendMessage", chat_id=made.id, text="Hello!")
    membership.remove(box, "bob", "friends", "bot")
    await api.updates()

    refusal = (403, f"Forbidden: bot was kicked from the {kind} chat")
    message_id = sent["message_id"]
    assert await api.refused("sendMessage", chat_id=made.id, text="x") == refusal
    assert await api.refused("editMessageText", chat_id=made.id, message_id=message_id, text="x") == refusal
    assert await api.refused("deleteMessage", chat_id=made.id, message_id=message_id) == refusal
    assert await api.refused("getChat", chat_id=made.id) == refusal
    box.say("bob", "friends", "/quiz")
    assert await api.updates() == []


async def test_a_supergroups_bot_hears_once_that_it_was_put_out(api: Any, box: Box) -> None:
    membership.create(box, "Friends", ["bob", "bot"], forum=True)
    await api.updates()
    membership.remove(box, "bob", "friends", "bot")

    went = await api.updates()
    assert changes(went, "my_chat_member") == [("interview_coach_bot", "member", "kicked")]
    assert len(went) == 1


async def test_a_bot_leaves_by_itself(api: Any, box: Box, group: int) -> None:
    await api("leaveChat", chat_id=group)

    refusal = (403, "Forbidden: bot is not a member of the group chat")
    assert await api.refused("sendMessage", chat_id=group, text="x") == refusal
    assert changes(await api.updates(), "my_chat_member") == [("interview_coach_bot", "member", "left")]
    membership.add(box, "dave", "study-group", "bot")
    await api("sendMessage", chat_id=group, text="back")


async def test_people_come_and_go_and_the_bot_sees_it_said(api: Any, box: Box, group: int) -> None:
    box.add_person("erin")
    membership.add(box, "bob", "study-group", "erin")
    membership.leave(box, "dave", "study-group")
    membership.remove(box, "alice", "study-group", "erin")

    came, left, removed = (update["message"] for update in await api.updates())
    assert [user["username"] for user in came["new_chat_members"]] == ["erin"]
    assert (left["from"]["username"], left["left_chat_member"]["username"]) == ("dave", "dave")
    assert (removed["from"]["username"], removed["left_chat_member"]["username"]) == ("alice", "erin")
    assert [(m["kind"], m["text"]) for m in box.messages("study-group")] == [
        ("service", "Bob added Erin"),
        ("service", "Dave left"),
        ("service", "Alice removed Erin"),
    ]
    with pytest.raises(PersonRefused, match=r"dave is not in the chat study-group."):
        box.say("dave", "study-group", "still here?")


@pytest.mark.parametrize("is_admin, asks, told", [
    (True, True, [("bob", "member", "left")]), (True, False, []), (False, True, []),
])  # fmt: skip
async def test_an_administrator_that_asks_hears_of_members(
    api: Any, box: Box, group: int, is_admin: bool, asks: bool, told: list[tuple[str, str, str]]
) -> None:
    if is_admin:
        membership.promote(box, "alice", "study-group", "bot")
    await api.updates(**({"allowed_updates": ALL} if asks else {}))
    membership.leave(box, "bob", "study-group")

    assert changes(await api.updates(), "chat_member") == told


async def test_promotion_is_told_to_the_one_promoted(api: Any, box: Box, group: int) -> None:
    membership.promote(box, "alice", "study-group", "bot")
    membership.promote(box, "alice", "study-group", "bot")
    membership.demote(box, "alice", "study-group", "bot")

    assert changes(await api.updates(), "my_chat_member") == [
        ("interview_coach_bot", "member", "administrator"),
        ("interview_coach_bot", "administrator", "member"),
    ]


async def test_the_bot_asks_who_is_there(api: Any, box: Box, group: int) -> None:
    membership.promote(box, "alice", "study-group", "bob")
    box.add_person("erin")

    statuses = [
        (await api("getChatMember", chat_id=group, user_id=user_id))["status"]
        for user_id in (1001, 1002, 1003, 1005, box.bot.id)
    ]
    assert statuses == ["creator", "administrator", "member", "left", "member"]
    running = await api("getChatAdministrators", chat_id=group)
    assert [(member["user"]["username"], member["status"]) for member in running] == [
        ("alice", "creator"),
        ("bob", "administrator"),
    ]
    assert await api("getChatMemberCount", chat_id=group) == 5
    told = await api("getChat", chat_id=group)
    assert (told["title"], told["permissions"]["can_send_polls"]) == ("Study group", True)


async def test_what_the_bot_asks_in_vain(api: Any, alice: int, group: int) -> None:
    assert await api("getChatMemberCount", chat_id=alice) == 2
    assert (await api("getChatMember", chat_id=alice, user_id=alice))["status"] == "member"
    assert await api.refused("getChatMember", chat_id=group, user_id=99) == (
        400,
        "Bad Request: user not found",
    )
    assert await api.refused("getChatMember", chat_id=group, user_id=-1) == (
        400, "Bad Request: invalid user_id specified",
    )  # fmt: skip
    assert await api.refused("getChatAdministrators", chat_id=alice) == (
        400, "Bad Request: there are no administrators in the private chat",
    )  # fmt: skip
    assert await api.refused("leaveChat", chat_id=alice) == (
        400, "Bad Request: chat member status can't be changed in private chats",
    )  # fmt: skip


async def test_who_is_put_out_of_a_supergroup_is_banned_until_added_again(api: Any, box: Box) -> None:
    made = membership.create(box, "Friends", ["bob", "carol", "dave", "bot"], forum=True)
    membership.promote(box, "bob", "friends", "carol")

    async def status(user_id: int) -> str:
        return str((await api("getChatMember", chat_id=made.id, user_id=user_id))["status"])

    membership.remove(box, "carol", "friends", "dave")
    assert await status(1004) == "kicked"
    membership.add(box, "bob", "friends", "dave")
    membership.leave(box, "dave", "friends")
    assert await status(1004) == "left"
    membership.leave(box, "carol", "friends")
    membership.add(box, "bob", "friends", "carol")
    assert await status(1003) == "member"


async def test_nobody_taps_for_a_bot_that_is_gone(api: Any, box: Box, group: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await api("sendMessage", chat_id=group, text="x", reply_markup=markup)
    membership.remove(box, "alice", "study-group", "bot")
    await api.updates()

    box.tap("bob", "study-group", sent["message_id"], "Go")

    assert await api.updates() == []


# Migration


async def test_a_group_becomes_a_supergroup_and_its_id_moves(api: Any, box: Box, group: int) -> None:
    old = await api("sendMessage", chat_id=group, text="before")
    membership.promote(box, "alice", "study-group", "bob")
    await api.updates()
    new = membership.migrate(box, "study-group").id

    leaving, arriving = (update["message"] for update in await api.updates())
    assert (leaving["chat"]["id"], leaving["migrate_to_chat_id"]) == (group, new)
    assert (arriving["chat"]["id"], arriving["migrate_from_chat_id"]) == (new, group)
    assert arriving["chat"]["type"] == "supergroup"
    assert str(new).startswith("-100")
    for method, more in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": old["message_id"]}),
        ("getChat", {}),
    ):
        status, answer = await api.answer(method, chat_id=group, **more)
        assert (status, answer["description"], answer["parameters"]) == (
            400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new},
        )  # fmt: skip
    sent = await api("sendMessage", chat_id=new, text="after")
    assert sent["message_id"] == arriving["message_id"] + 1 == 2
    assert [m["text"] for m in box.messages("study-group")] == ["The group became a supergroup", "after"]
    assert (await api("getChatMember", chat_id=new, user_id=1002))["status"] == "administrator"


async def test_people_speak_on_under_the_old_name_or_id(api: Any, box: Box, group: int) -> None:
    new = membership.migrate(box, "study-group")
    await api.updates()
    box.say("bob", "study-group", "/one")
    box.say("bob", group, "/two")

    said = [update["message"] for update in await api.updates()]
    assert [(message["chat"]["id"], message["text"]) for message in said] == [
        (new.id, "/one"),
        (new.id, "/two"),
    ]
    assert [m["text"] for m in box.messages(group)][1:] == ["/one", "/two"]


# Links


@pytest.mark.parametrize(
    "url", ["https://t.me/Interview_Coach_Bot?start=topic_metrics", "t.me/interview_coach_bot?start=topic_metrics",
            "tg://resolve?domain=interview_coach_bot&start=topic_metrics"],
)  # fmt: skip
async def test_a_deep_link_presses_start(api: Any, box: Box, url: str) -> None:
    opened = opening.follow(box, "carol", url)

    (update,) = await api.updates()
    assert update["message"]["text"] == "/start topic_metrics"
    assert opened == {"chat": "carol", "message_id": update["message"]["message_id"]}


async def test_a_link_without_payload_only_opens_the_chat(api: Any, box: Box) -> None:
    assert opening.follow(box, "carol", "https://t.me/interview_coach_bot") == {"chat": "carol"}
    assert await api.updates() == []


async def test_a_link_brings_the_bot_into_a_group(api: Any, box: Box) -> None:
    membership.create(box, "Friends", ["carol", "bob"])
    url = "https://t.me/interview_coach_bot?startgroup=week"

    with pytest.raises(PersonRefused, match=r"carol is in these: study-group, friends."):
        opening.follow(box, "carol", url)
    opening.follow(box, "carol", url, "friends")
    bare = opening.follow(box, "carol", "https://t.me/interview_coach_bot?startgroup", "friends")
    assert bare == {"chat": "friends"}

    assert [u["message"].get("text") for u in await api.updates() if "message" in u] == [
        None,
        "/start@interview_coach_bot week",
    ]


async def test_other_links_lead_out(box: Box) -> None:
    assert opening.follow(box, "bob", "example.org/x") == {"url": "http://example.org/x"}
    assert opening.follow(box, "bob", "https://t.me/durov") == {"url": "https://t.me/durov"}
    assert opening.follow(box, "bob", "https://t.me/other_bot?start=x") == {
        "url": "https://t.me/other_bot?start=x"
    }


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda box: membership.create(box, "", ["bob"]), "A group's title has 1 to 128 characters."),
        (lambda box: membership.create(box, "x", ["bot"]), "Somebody must be in the group: name its members."),
        (lambda box: membership.add(box, "bob", "alice", "carol"), "alice is a private chat, not a group."),
        (lambda box: membership.promote(box, "bob", "study-group", "bot"), "bob does not run study-group."),
        (lambda box: membership.remove(box, "bob", "study-group", "dave"), "bob does not run study-group."),
        (lambda box: membership.promote(box, "alice", "study-group", "erin"), "erin is not in the chat study-group."),
        (lambda box: membership.demote(box, "alice", "study-group", "alice"),
         "alice made study-group, so runs it for good."),
        (lambda box: membership.remove(box, "bob", "forum", "alice"), "alice made forum and cannot be removed."),
        (lambda box: membership.add(box, "bob", "forum", "carol"), "Members of forum may not add people."),
        (lambda box: membership.open_topic(box, "forum", "x", "dave"), "Members of forum may not open topics."),
        (lambda box: membership.open_topic(box, "forum", "x", "carol"), "carol is not in the chat forum."),
        (lambda box: membership.open_topic(box, "forum", " "), "A topic's title has 1 to 128 characters."),
        (lambda box: membership.migrate(box, "study-group", "bob"), "bob does not run study-group."),
        (lambda box: membership.migrate(box, "forum"), "forum is a supergroup already."),
        (lambda box: opening.follow(box, "bob", "t.me/interview_coach_bot?start=a.b"),
         "What a link hands over has 1 to 64 letters, digits, _ and - only."),
        (lambda box: opening.follow(box, "bob", "not an address"), "“not an address” is no address."),
    ],
)  # fmt: skip
async def test_what_people_cannot_do_in_groups_is_said_in_a_sentence(
    box: Box, act: Callable[[Box], Any], sentence: str
) -> None:
    box.add_person("erin")
    membership.create(box, "Forum", ["alice", "bob", "dave"], forum=True)
    if sentence.startswith("alice made forum"):
        membership.promote(box, "alice", "forum", "bob")
    membership.allow(box, "alice", "forum", {"can_invite_users": False, "can_manage_topics": False})

    with pytest.raises(PersonRefused) as refused:
        act(box)

    assert refused.value.sentence == sentence


async def test_who_left_owns_and_runs_nothing(api: Any, box: Box, group: int) -> None:
    membership.promote(box, "alice", "study-group", "bob")
    for name in ("alice", "bob", "carol", "dave"):
        membership.leave(box, name, "study-group")

    group_now = box.roster.chat("study-group")
    assert isinstance(group_now, Group)
    listed = box.chats()[-1]
    assert (listed["members"], listed["owner"], listed["admins"]) == ([box.bot.username], None, [])
    assert await api("getChatAdministrators", chat_id=group) == []
    assert not any(group_now.is_run_by(person) for person in box.roster.people.values())
    assert await api("getChatMemberCount", chat_id=group) == 1


async def test_who_made_a_group_owns_it_again_when_they_come_back(box: Box) -> None:
    group = membership.create(box, "Evening class", ["alice", "bob"])
    membership.leave(box, "alice", group.id)
    assert box.chats()[-1]["owner"] is None

    membership.add(box, "bob", group.id, "alice")

    assert box.chats()[-1]["owner"] == "alice"
    membership.promote(box, "alice", group.id, "bob")


async def test_whoever_deletes_their_account_is_in_no_group(api: Any, box: Box, group: int) -> None:
    membership.promote(box, "alice", "study-group", "bob")
    box.companions.set(box.roster.chat("study-group"), [box.roster.person("bob")])  # type: ignore[arg-type]
    box.updates.forget()

    box.deactivate("bob")

    listed = box.chats()[-1]
    assert listed["members"] == ["alice", "carol", "dave", box.bot.username]
    assert (listed["admins"], listed["companions"]) == (["alice"], [])
    assert await api("getChatMemberCount", chat_id=group) == 4
    assert await api.updates() == []
    for bring in (
        lambda: membership.add(box, "alice", "study-group", "bob"),
        lambda: membership.create(box, "Ghosts", ["alice", "bob"]),
    ):
        with pytest.raises(PersonRefused, match="bob's account is deleted"):
            bring()
