"""The playground's page for everybody: axe finds nothing serious on any of its screens, in light and in dark."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import expect

from playground import membership
from tests.playground.page_stage import PHONE, WIDE, Stage, row

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GRAVE = ("serious", "critical")
SIZES_AND_THEMES = [(PHONE, "light"), (WIDE, "dark")]


async def problems(stage: Stage) -> list[str]:
    """What axe finds that somebody cannot live with: rule and the places."""
    await stage.settles()
    found = (await Axe().run(stage.page)).response["violations"]
    return [
        f"{each['id']}: {[node['html'] for node in each['nodes']]}"
        for each in found
        if each["impact"] in GRAVE
    ]


async def looks(stage: Stage, theme: str) -> None:
    await stage.page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


async def a_conversation(stage: Stage) -> None:
    """Something of everything in Alice's own chat."""
    commands = [{"command": "start", "description": "Begin"}]
    await stage.bot.call("setMyCommands", commands=commands)
    text = "<b>Metrics</b> <code>a</code> <tg-spoiler>x</tg-spoiler> /help <pre>code</pre>"
    await stage.bot.says(stage.alice, text, row(Yes="yes", No="no"))
    for kind in ("photo", "voice", "location", "document"):
        stage.box.send("alice", "alice", kind)
    await stage.bot.says(stage.alice, "Choose", reply_markup={"keyboard": [[{"text": "One"}]]})
    await expect(stage.page.locator(".message")).to_have_count(7)


async def a_quiz(stage: Stage) -> None:
    """A closed poll and an open one in the study group."""
    group = stage.box.roster.chat("study-group").id
    for closes in (True, False):
        sent = await stage.bot.call(
            "sendPoll",
            chat_id=group,
            question="Which?",
            options=[{"text": "This"}, {"text": "That"}],
            type="quiz",
            correct_option_ids=[0],
            explanation="So it is.",
            open_period=600,
            is_anonymous=False,
        )
        stage.box.vote("bob", "study-group", sent["message_id"], [0])
        stage.box.vote("carol", "study-group", sent["message_id"], [1])
        if closes:
            stage.box.vote("alice", "study-group", sent["message_id"], [1])
            await stage.bot.call("stopPoll", chat_id=group, message_id=sent["message_id"])


@pytest.mark.parametrize("stage, theme", SIZES_AND_THEMES, indirect=["stage"])
async def test_everybody_can_use_a_chat(stage: Stage, theme: str) -> None:
    await stage.opens()
    await looks(stage, theme)
    assert await problems(stage) == []

    stage.box.say("alice", "alice", "/start")
    await a_conversation(stage)
    assert await problems(stage) == []

    await stage.box_text.press_sequentially("/")
    await expect(stage.page.get_by_role("option")).to_have_count(1)
    assert await problems(stage) == []


@pytest.mark.parametrize("stage, theme", SIZES_AND_THEMES, indirect=["stage"])
async def test_everybody_can_use_a_group(stage: Stage, theme: str) -> None:
    await a_quiz(stage)
    await stage.opens("#/alice/study-group")
    await looks(stage, theme)
    await expect(stage.page.locator(".poll")).to_have_count(2)
    assert await problems(stage) == []

    for button in ("Members", "Trouble"):
        await stage.button(button).click()
        assert await problems(stage) == [], button
        await stage.page.keyboard.press("Escape")


async def test_everybody_can_use_a_forum_and_make_a_group(stage: Stage) -> None:
    forum = membership.create(stage.box, "ML forum", ["alice", "bob", "bot"], forum=True)
    topic = membership.open_topic(stage.box, forum.id, "Metrics")
    await stage.opens(f"#/alice/{forum.name}/{topic}")
    stage.box.say("bob", forum.id, "In General")
    await expect(stage.page.locator("#topics .badge")).to_be_visible()
    assert await problems(stage) == []

    await stage.button("New group").click()
    assert await problems(stage) == []


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
async def test_everybody_can_use_the_list_of_chats_on_a_phone(stage: Stage) -> None:
    await stage.opens()
    await stage.button("Back to the chats").click()
    stage.box.say("bob", "study-group", "Hello")
    await expect(stage.page.locator(".chat .badge:visible")).to_have_count(1)

    assert await problems(stage) == []
