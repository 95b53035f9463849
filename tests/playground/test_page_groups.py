"""Groups on the playground's page: several people, members, topics, keyboards for some, links that lead there."""

import re

import pytest
from playwright.async_api import expect

from playground import membership
from tests.playground.page_stage import PHONE, Stage, row

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GROUP = "#/alice/study-group"
OUTSIDE = """() => [...document.querySelectorAll('.box button, .chat-header button, .foot button, .inline-button')]
    .filter((node) => node.checkVisibility())
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5 || node.getBoundingClientRect().left < 0)
    .map((node) => node.outerHTML)"""


async def test_who_speaks_in_a_group_is_always_plain(stage: Stage) -> None:
    stage.box.say("bob", "study-group", "Ready?")
    await stage.opens(GROUP)
    await expect(stage.last.locator(".sender")).to_have_text("Bob")
    await expect(stage.page.locator("#chat-status")).to_have_text("You are Alice · Bob, Carol, Dave, the bot")

    await stage.page.get_by_role("button", name="Speaking as Alice").click()
    await stage.page.get_by_role("menuitemradio", name="Bob").click()

    await expect(stage.page.locator("#speaker-name")).to_have_text("Bob")
    await expect(stage.page.locator("#chat-status")).to_have_text("You are Bob · Alice, Carol, Dave, the bot")
    await expect(stage.last).to_have_class("message mine first last")
    await stage.types("Nearly")
    await expect(stage.page.locator(".message.mine")).to_have_count(2)
    assert [message["from"] for message in stage.box.messages("study-group")] == ["bob", "bob"]


async def test_a_command_in_a_group_says_which_bot_it_is_for(stage: Stage) -> None:
    await stage.bot.call("setMyCommands", commands=[{"command": "quiz", "description": "Begin"}])
    await stage.opens(GROUP)
    await expect(stage.button("Commands")).to_be_visible()

    await stage.box_text.press_sequentially("/q")
    await stage.box_text.press("Enter")

    assert (await stage.bot.hears())["text"] == f"/quiz@{stage.box.bot.username}"


async def test_what_was_not_read_in_a_group_is_counted_for_its_chat(stage: Stage) -> None:
    await stage.opens("#/alice/alice")

    stage.box.say("bob", "study-group", "One")
    stage.box.say("carol", "study-group", "Two")
    chat = stage.page.locator(".chat", has_text="Study group")
    await expect(chat.locator(".badge")).to_contain_text("2")
    await expect(chat.locator(".chat-preview")).to_have_text("Carol: Two")

    await chat.click()
    await expect(stage.page.locator(".unread-line")).to_be_visible()
    await expect(chat.locator(".badge")).to_be_hidden()


async def test_a_group_is_made_changed_and_left_by_hand(stage: Stage) -> None:
    await stage.opens()

    await stage.button("New group").click()
    await stage.page.get_by_label("Title").fill("Evening class")
    await stage.page.get_by_label("Dave").uncheck()
    await stage.page.get_by_label("Title").press("Enter")
    await expect(stage.page.locator("#chat-title")).to_have_text("Evening class")
    await expect(stage.last).to_contain_text("Alice created “Evening class”")

    await stage.button("Members").click()
    panel = stage.page.get_by_role("dialog", name="Evening class")
    await panel.get_by_role("button", name="What to do with Bob").click()
    await stage.page.get_by_role("menuitem", name="Make an administrator").click()
    await expect(panel.get_by_role("listitem").filter(has_text="Bob")).to_contain_text("administrator")
    await panel.get_by_role("button", name="What to do with Carol").click()
    await stage.page.get_by_role("menuitem", name="Remove from the group").click()
    await expect(panel.get_by_role("listitem")).to_have_count(3)
    await panel.get_by_role("button", name="Add …").click()
    await stage.page.get_by_role("menuitem", name="Dave").click()
    await expect(panel.get_by_role("listitem")).to_have_count(4)
    assert [chat["members"] for chat in stage.box.chats()][-1] == [
        "alice",
        "bob",
        "dave",
        stage.box.bot.username,
    ]

    await panel.get_by_role("button", name="Leave as Alice").click()
    await expect(stage.page.locator(".chat", has_text="Evening class")).to_have_count(0)
    await expect(stage.page.locator("#chat-title")).to_have_text("Interview Coach")


async def test_a_group_that_becomes_a_supergroup_stays_open_with_its_new_messages(stage: Stage) -> None:
    stage.box.say("bob", "study-group", "before")
    await stage.opens(GROUP)
    await expect(stage.last).to_contain_text("before")

    await stage.button("Members").click()
    await stage.button("Become a supergroup").click()
    await expect(stage.page.locator("#group-note")).to_contain_text("A supergroup")
    await stage.page.keyboard.press("Escape")

    await expect(stage.page.locator(".message")).to_have_count(1)
    await expect(stage.last).to_contain_text("The group became a supergroup")
    stage.box.say("bob", "study-group", "after")
    await expect(stage.last).to_contain_text("after")


async def test_a_forum_shows_one_topic_at_a_time_and_writes_into_it(stage: Stage) -> None:
    forum = membership.create(stage.box, "ML forum", ["alice", "bob", "bot"], forum=True)
    metrics = membership.open_topic(stage.box, forum.id, "Metrics")
    await stage.opens(f"#/alice/{forum.name}")
    await expect(stage.last).to_contain_text("created “ML forum”")

    stage.box.say("bob", forum.id, "What is ROC?", thread=metrics)
    topic = stage.page.locator("#topics").get_by_role("button", name="# Metrics")
    await expect(topic.locator(".badge")).to_contain_text("1")
    await expect(stage.last).to_contain_text("created “ML forum”")
    await topic.click()
    await expect(stage.last).to_contain_text("What is ROC?")
    await expect(topic.locator(".badge")).to_have_count(0)
    await stage.types("A curve")
    await expect(stage.last).to_contain_text("A curve")
    assert stage.box.messages(forum.id)[-1]["thread"] == metrics

    await stage.button("New topic").click()
    await stage.page.get_by_label("What it is about").fill("Trees")
    await stage.page.get_by_label("What it is about").press("Enter")
    await expect(stage.last).to_contain_text("Alice opened “Trees”")
    await expect(stage.page.locator("#topics [aria-current=true]")).to_have_text("# Trees")
    await stage.page.reload()
    await expect(stage.last).to_contain_text("Alice opened “Trees”")


async def test_a_keyboard_for_some_is_not_shown_to_others(stage: Stage) -> None:
    group = stage.box.roster.chat("study-group").id
    await stage.opens(GROUP)
    keyboard = {"keyboard": [[{"text": "Yes"}]], "selective": True}

    await stage.bot.says(group, "@bob, again?", reply_markup=keyboard)
    await expect(stage.last).to_contain_text("again?")
    await expect(stage.page.locator("#reply-keyboard")).to_be_hidden()

    await stage.page.get_by_role("radio", name="Bob").click()
    await stage.button("Yes").click()
    await expect(stage.last).to_contain_text("Yes")
    assert stage.box.messages("study-group")[-1]["from"] == "bob"


async def test_a_link_may_bring_the_bot_into_a_group(stage: Stage) -> None:
    membership.create(stage.box, "Evening class", ["alice", "bob"])
    await stage.starts()
    link = f"https://t.me/{stage.box.bot.username}?startgroup=quiz"
    await stage.bot.says(stage.alice, "Shall we?", [[{"text": "Add me to a group", "url": link}]])

    await stage.button("Add me to a group").click()
    await stage.page.get_by_role("menuitem", name="Evening class").click()

    await expect(stage.page.locator("#chat-title")).to_have_text("Evening class")
    await expect(stage.last).to_contain_text(f"/start@{stage.box.bot.username} quiz")


async def test_a_button_may_copy_a_text(stage: Stage) -> None:
    await stage.starts()
    await stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await stage.bot.says(stage.alice, "Invite", [[{"text": "Copy it", "copy_text": {"text": "t.me/x"}}]])

    await stage.button("Copy it").click()

    await expect(stage.page.locator(".toast")).to_contain_text("Copied.")
    assert await stage.page.evaluate("navigator.clipboard.readText()") == "t.me/x"


async def test_what_the_bot_offers_inline_is_chosen_by_keyboard_and_sent(stage: Stage) -> None:
    stage.box.bot.inline = True
    await stage.opens(GROUP)

    await stage.box_text.press_sequentially(f"@{stage.box.bot.username} roc")
    asked = await stage.bot.hears("inline_query")
    assert (asked["query"], asked["from"]["first_name"]) == ("roc", "Alice")
    offers = [
        {
            "type": "article",
            "id": name,
            "title": name,
            "input_message_content": {"message_text": f"The {name}"},
        }
        for name in ("curve", "area")
    ]
    await stage.bot.call("answerInlineQuery", inline_query_id=asked["id"], results=offers)
    await expect(stage.page.get_by_role("option")).to_have_count(2)
    await stage.box_text.press("ArrowDown")
    await stage.box_text.press("Enter")

    await expect(stage.last).to_contain_text("The area")
    await expect(stage.box_text).to_have_value("")
    assert stage.box.messages("study-group")[-1]["from"] == "alice"


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
async def test_a_group_fits_a_phone(stage: Stage) -> None:
    group = stage.box.roster.chat("study-group").id
    await stage.bot.says(group, "Quiz: Metrics", row(Join="join", Topic="topic", Start="start"))
    await stage.opens(GROUP)
    await expect(stage.last).to_contain_text("Quiz: Metrics")

    outside = await stage.page.evaluate(OUTSIDE)

    assert outside == []
    await stage.button("Members").click()
    await expect(stage.page.get_by_role("dialog", name="Study group")).to_be_in_viewport(ratio=1)


async def test_a_new_group_without_the_bot_says_so(stage: Stage) -> None:
    await stage.opens()

    await stage.button("New group").click()
    await stage.page.get_by_label("Title").fill("Alone")
    for name in ("Bob", "Carol", "Dave", "Interview Coach"):
        await stage.page.get_by_label(name, exact=True).uncheck()
    await stage.page.get_by_label("Title").press("Enter")

    await expect(stage.page.locator(".toast")).to_have_text(re.compile("The bot is not in this group."))
    await expect(stage.page.locator("#chat-title")).to_have_text("Alone")
    await expect(stage.page.locator("#chat-status")).to_have_text("You are Alice")


async def test_a_forwarded_message_says_whose_it_was(stage: Stage) -> None:
    await stage.starts()
    group = stage.box.roster.chat("study-group").id
    said = stage.box.say("bob", "study-group", "/quiz")

    await stage.bot.call("forwardMessage", chat_id=stage.alice, from_chat_id=group, message_id=said)

    await expect(stage.last).to_contain_text("Forwarded from Bob")
