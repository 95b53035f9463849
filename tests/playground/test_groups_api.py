"""Groups and polls over HTTP, as the page and scripts use them; timers while time flows by itself."""

from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp.test_utils import TestClient, TestServer

from playground import groups_api, inline_api, people_api, server, trouble_api
from playground.clock import Clock
from playground.state import Box

QUIZ = {
    "question": "Which?",
    "options": ["a", "b"],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
}


async def post(site: aiohttp.ClientSession, path: str, body: dict[str, Any]) -> Any:
    answer = await site.post(f"/people/{path}", json=body)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def refused(site: aiohttp.ClientSession, path: str, body: dict[str, Any]) -> tuple[int, str]:
    answer = await site.post(f"/people/{path}", json=body)
    return answer.status, (await answer.json())["error"]


async def test_a_group_lives_over_http(site: aiohttp.ClientSession, api: Any, box: Box) -> None:
    made = await post(site, "group", {"title": "Evening class", "members": ["bob", "carol"], "forum": True})
    chat = made["chat"]
    await post(site, "add", {"from": "bob", "chat": chat, "who": "interview_coach_bot"})
    await post(site, "add", {"from": "bob", "chat": chat, "who": "dave"})
    await post(site, "promote", {"from": "bob", "chat": chat, "who": "carol"})
    topic = await post(site, "topic", {"chat": chat, "title": "Trees"})
    await post(site, "say", {"from": "carol", "chat": chat, "text": "/quiz", "thread": topic["thread"]})
    await post(site, "send", {"from": "carol", "chat": chat, "kind": "location", "thread": topic["thread"]})
    await post(site, "demote", {"from": "bob", "chat": chat, "who": "carol"})
    await post(site, "permissions", {"from": "bob", "chat": chat, "may": {"can_send_polls": False}})
    await post(site, "leave", {"from": "dave", "chat": chat})
    await post(site, "remove", {"from": "bob", "chat": chat, "who": "carol"})

    chats = await (await site.get("/people/chats")).json()
    assert chats[-1] == {
        "chat": "evening-class",
        "id": made["id"],
        "type": "supergroup",
        "title": "Evening class",
        "members": ["bob", "interview_coach_bot"],
        "admins": ["bob"],
        "owner": "bob",
        "forum": True,
        "companions": [],
        "topics": [{"thread": topic["thread"], "title": "Trees"}],
    }
    messages = await (await site.get("/people/messages", params={"chat": chat})).json()
    assert [(m["kind"], m["text"], m.get("thread")) for m in messages] == [
        ("service", "Bob created “Evening class”", None),
        ("service", "Bob added Interview Coach", None),
        ("service", "Bob added Dave", None),
        ("service", "Bob opened “Trees”", topic["thread"]),
        ("text", "/quiz", topic["thread"]),
        ("location", "", topic["thread"]),
        ("service", "Dave left", None),
        ("service", "Bob removed Carol", None),
    ]
    commands = await site.get("/people/commands", params={"chat": chat, "from": "bob"})
    assert await commands.json() == []


async def test_a_group_migrates_over_http(
    site: aiohttp.ClientSession, api: Any, box: Box, group: int
) -> None:
    moved = await post(site, "migrate", {"chat": "study-group"})
    said = await post(site, "say", {"from": "bob", "chat": group, "text": "/quiz"})

    assert moved == {"chat": "study-group", "id": box.roster.chat("study-group").id, "old_id": group}
    assert said == {"message_id": 2}
    by_id = await (await site.get("/people/messages", params={"chat": str(moved["id"]), "after": "1"})).json()
    assert [message["text"] for message in by_id] == ["/quiz"]


async def test_people_vote_over_http(site: aiohttp.ClientSession, api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ)
    vote = {"from": "bob", "chat": "study-group", "message_id": sent["message_id"]}

    assert await post(site, "vote", {**vote, "options": [1]}) == {}
    assert await refused(site, "vote", {**vote, "options": []}) == (
        400, "An answer to this poll cannot be taken back.",
    )  # fmt: skip
    assert await refused(site, "vote", {**vote, "options": "1"}) == (
        400, '"options" must be a list of whole numbers.',
    )  # fmt: skip
    seen = (await (await site.get("/people/messages", params={"chat": "study-group"})).json())[0]["poll"]
    assert seen["options"][1] == {"text": "b", "voters": ["bob"], "voter_count": 1}


async def test_privacy_and_links_over_http(
    site: aiohttp.ClientSession, api: Any, box: Box, group: int
) -> None:
    assert await post(site, "privacy", {"on": False}) == {"on": False}
    opened = await post(site, "open", {"from": "bob", "url": "https://t.me/interview_coach_bot?start=x"})
    led = await post(site, "open", {"from": "bob", "url": "https://t.me/interview_coach_bot?startgroup=y"})

    assert (opened["chat"], led["chat"]) == ("bob", "study-group")
    said = [update["message"]["text"] for update in await api.updates()]
    assert said == ["/start x", "/start@interview_coach_bot y"]


async def test_what_makes_no_sense_is_refused_in_a_sentence(site: aiohttp.ClientSession, box: Box) -> None:
    for path, body, status, words in (
        ("group", {"title": "x", "members": "bob"}, 400, '"members" must be a list of texts.'),
        ("group", {"title": "x", "members": ["bob"], "forum": 1}, 400, '"forum" must be true or false.'),
        ("add", {"from": "bob", "chat": "study-group"}, 400, '"who" is missing: it must be a text.'),
        ("add", {"from": "zoe", "chat": "study-group", "who": "bot"}, 404,
         "Nobody here is called zoe; there are alice, bob, carol, dave."),
        ("promote", {"from": "bob", "chat": "study-group", "who": "bot"}, 403, "bob does not run study-group."),
        ("permissions", {"from": "alice", "chat": "study-group", "may": 3}, 400,
         '"may" is missing: it must be an object.'),
        ("topic", {"chat": "bob", "title": "x"}, 400, "bob is a private chat, not a group."),
    ):  # fmt: skip
        assert await refused(site, path, body) == (status, words)


async def test_the_list_of_calls_names_every_call(box: Box, clock: Clock) -> None:
    routes = {
        (route.method, route.resource.canonical)
        for route in server.build(box, clock).router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/people")
    }
    listed = people_api.CALLS | groups_api.CALLS | inline_api.CALLS | trouble_api.CALLS
    told = {tuple(call.partition("?")[0].split(" ")) for call in listed}

    assert {route for route in routes if route[0] != "HEAD"} == told


async def test_a_poll_closes_while_time_flows_by_itself(api: Any) -> None:
    moments = [datetime.fromisoformat("2026-11-20T09:00:00+00:00")]
    clock = Clock(lambda: moments[0])
    box = Box(now=clock.now, strict=True)
    api.box = box
    group = box.roster.chat("study-group").id
    await api("sendPoll", chat_id=group, **QUIZ, open_period=20)
    moments[0] += timedelta(seconds=20)

    async with TestClient(TestServer(server.build(box, clock))):
        (update,) = await api("getUpdates", timeout=10)

    assert update["poll"]["is_closed"] is True
