"""Talking to the bot on the playground's page, in a real browser."""

import pytest
from playwright.async_api import expect

from tests.playground.page_stage import Stage, row

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG = "\n".join(f"Line {number} of a long answer" for number in range(12))


async def test_an_empty_chat_offers_start_and_three_things_to_try(stage: Stage) -> None:
    await stage.opens()
    await expect(stage.page.locator(".try")).to_have_count(3)

    await stage.button("Start").click()

    heard = await stage.bot.hears()
    assert heard["text"] == "/start"
    assert heard["from"]["first_name"] == "Alice"
    await expect(stage.button("Start")).to_be_hidden()


async def test_what_the_bot_says_appears_with_its_shape(stage: Stage) -> None:
    await stage.starts()

    await stage.bot.says(
        stage.alice, "<b>Metrics</b> <i>middle</i>\n<pre><code class='language-python'>a &lt; b</code></pre>"
    )

    await expect(stage.last.locator("b")).to_have_text("Metrics")
    await expect(stage.last.locator("pre")).to_have_text("a < b")
    await expect(stage.last.locator(".code-head span")).to_have_text("python")
    await expect(stage.page.locator("#live")).to_contain_text("Interview Coach: Metrics middle")


async def test_a_tap_waits_busily_and_shows_the_answer_as_a_toast(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, "Which?", row(Yes="yes", No="no"))

    await stage.button("No").click()
    query = await stage.bot.hears("callback_query")
    assert query["data"] == "no"
    await expect(stage.button("No")).to_have_attribute("aria-busy", "true")
    await stage.bot.answers(query, "Noted")

    await expect(stage.page.locator(".toast")).to_contain_text("Noted")
    await expect(stage.button("No")).to_have_attribute("aria-busy", "false")


async def test_an_alert_must_be_confirmed(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, "Which?", row(Hint="hint"))

    await stage.button("Hint").click()
    await stage.bot.answers(await stage.bot.hears("callback_query"), "Think of costs", show_alert=True)

    dialog = stage.page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Think of costs")
    await expect(stage.button("OK")).to_be_focused()
    await stage.button("OK").click()
    await expect(dialog).to_be_hidden()
    await expect(stage.button("Hint")).to_be_focused()


async def test_an_edited_message_changes_in_place_without_a_jump(stage: Stage) -> None:
    await stage.starts()
    first = await stage.bot.says(stage.alice, "Old words", row(Rate="rate"))
    for number in range(12):
        await stage.bot.says(stage.alice, f"Number {number}\n{LONG}")
    await expect(stage.last).to_contain_text("Number 11")
    await stage.scrolls("300")
    where = "document.querySelectorAll('.message')[5].getBoundingClientRect().top"
    before = await stage.page.evaluate(where)

    await stage.bot.edits(stage.alice, first, f"New words\n{LONG}", row(Undo="undo"))

    edited = stage.page.locator(f"[data-id='{first}']")
    await expect(edited).to_contain_text("New words")
    await expect(edited.locator(".edited")).to_be_visible()
    await expect(edited.get_by_role("button", name="Undo")).to_be_attached()
    await stage.settles()
    assert await stage.page.evaluate(where) == pytest.approx(before, abs=1)


async def test_news_below_the_fold_is_counted_and_reached_by_a_button(stage: Stage) -> None:
    await stage.starts()
    for number in range(8):
        await stage.bot.says(stage.alice, f"Number {number}\n{LONG}")
    await stage.page.reload()
    await expect(stage.last).to_contain_text("Number 7")
    await stage.scrolls("0")
    await expect(stage.page.locator("#to-bottom")).to_be_visible()

    await stage.bot.says(stage.alice, "One more")
    await stage.bot.says(stage.alice, "And another")
    await expect(stage.page.locator("#to-bottom")).to_contain_text("2 new messages")
    await stage.page.locator("#to-bottom").click()

    await expect(stage.last).to_be_in_viewport()
    await expect(stage.page.locator("#to-bottom")).to_be_hidden()


async def test_a_long_new_message_is_read_from_its_beginning(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, f"Short\n{LONG}")
    await expect(stage.last).to_contain_text("Short")

    await stage.bot.says(stage.alice, f"<b>Beginning</b>\n{LONG}\n{LONG}\n{LONG}\n{LONG}")

    await expect(stage.page.locator("b", has_text="Beginning")).to_be_in_viewport()


async def test_a_button_stays_under_the_finger_while_its_long_message_is_edited(stage: Stage) -> None:
    await stage.starts()
    text = f"{LONG}\n{LONG}\n{LONG}\n{LONG}"
    message_id = await stage.bot.says(stage.alice, text, row(**{"1 ☐": "tick"}))
    await expect(stage.button("1 ☐")).to_be_attached()
    await stage.scrolls("node.scrollHeight")
    before = await stage.button("1 ☐").bounding_box()

    await stage.bot.edits(stage.alice, message_id, text, row(**{"1 ☑": "tick"}))

    await expect(stage.button("1 ☑")).to_be_visible()
    await stage.settles()
    after = await stage.button("1 ☑").bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)


async def test_an_expandable_quote_unfolds_and_folds(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, f"See\n<blockquote expandable>{LONG}</blockquote>")
    quote = stage.page.locator("blockquote")
    folded = (await quote.bounding_box() or {"height": 0})["height"]

    await quote.click(position={"x": 30, "y": 20})
    await expect(stage.button("Show less")).to_have_attribute("aria-expanded", "true")
    unfolded = (await quote.bounding_box() or {"height": 0})["height"]
    assert unfolded > 2 * folded

    await stage.button("Show less").press("Enter")
    await expect(stage.button("Show more")).to_have_attribute("aria-expanded", "false")


async def test_hidden_text_shows_itself_when_asked(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, "Why? <tg-spoiler>Because.</tg-spoiler>")
    await expect(stage.page.locator(".spoiler-text")).to_be_hidden()

    await stage.page.locator(".spoiler").press("Enter")

    await expect(stage.page.locator(".spoiler-text")).to_be_visible()


async def test_the_command_menu_filters_and_sends_by_keyboard(stage: Stage) -> None:
    await stage.starts()
    commands = [{"command": name, "description": f"Do {name}"} for name in ("start", "stats", "topic")]
    await stage.bot.call("setMyCommands", commands=commands)
    await expect(stage.button("Commands")).to_be_visible()

    await stage.box_text.press_sequentially("/st")
    await expect(stage.page.get_by_role("option")).to_have_count(2)
    await stage.box_text.press("ArrowDown")
    await expect(stage.page.locator("[aria-selected=true]")).to_contain_text("/stats")
    await stage.box_text.press("Enter")

    assert (await stage.bot.hears())["text"] == "/stats"
    await expect(stage.box_text).to_have_value("")

    await stage.box_text.press_sequentially("/to")
    await stage.box_text.press("Tab")
    await expect(stage.box_text).to_have_value("/topic ")
    await expect(stage.page.get_by_role("option")).to_have_count(0)


async def test_escape_closes_the_command_menu_and_keeps_the_text(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.call("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await expect(stage.button("Commands")).to_be_visible()

    await stage.box_text.press_sequentially("/")
    await expect(stage.page.get_by_role("option")).to_have_count(1)
    await stage.box_text.press("Escape")

    await expect(stage.page.get_by_role("option")).to_have_count(0)
    await expect(stage.box_text).to_have_value("/")


async def test_arrow_up_edits_ones_own_last_message(stage: Stage) -> None:
    await stage.starts()
    await stage.types("my anser")
    await stage.bot.hears()
    await expect(stage.last).to_contain_text("my anser")

    await stage.box_text.press("ArrowUp")
    await expect(stage.box_text).to_have_value("my anser")
    await stage.types("my answer")

    assert (await stage.bot.hears("edited_message"))["text"] == "my answer"
    await expect(stage.last).to_contain_text("my answer")
    await expect(stage.last.locator(".edited")).to_be_visible()
    await expect(stage.box_text).to_have_value("")


async def test_a_reply_names_what_it_answers(stage: Stage) -> None:
    await stage.starts()
    message_id = await stage.bot.says(stage.alice, "What is recall?")
    await expect(stage.last).to_contain_text("recall")

    await stage.last.locator(".line").press("r")
    await expect(stage.page.locator("#quoting")).to_contain_text("Reply to Interview Coach")
    await stage.types("the share of positives found")

    assert (await stage.bot.hears())["reply_to_message"]["message_id"] == message_id
    await expect(stage.last.locator(".quoted")).to_contain_text("What is recall?")
    await expect(stage.page.locator("#quoting")).to_be_hidden()


async def test_the_menu_of_a_message_deletes_it(stage: Stage) -> None:
    await stage.starts()
    await stage.types("a slip")
    await expect(stage.last).to_contain_text("a slip")

    await stage.last.locator(".bubble").click(button="right")
    await stage.page.get_by_role("menuitem", name="Delete").click()

    await expect(stage.page.locator(".message", has_text="a slip")).to_have_count(0)


async def test_the_bots_keyboard_sends_words_and_places(stage: Stage) -> None:
    await stage.starts()
    keys = [[{"text": "Skip"}], [{"text": "Where I am", "request_location": True}]]
    await stage.bot.says(stage.alice, "Where are you?", reply_markup={"keyboard": keys})

    await stage.button("Where I am").click()
    await stage.page.get_by_role("menuitem", name="Tokyo").click()
    assert (await stage.bot.hears())["location"]["latitude"] == pytest.approx(35.677, abs=0.01)
    await expect(stage.last.locator(".place")).to_be_visible()

    await stage.button("Skip").click()
    assert (await stage.bot.hears())["text"] == "Skip"

    await stage.bot.says(stage.alice, "Thank you", reply_markup={"remove_keyboard": True})
    await expect(stage.page.locator("#reply-keyboard")).to_be_hidden()


async def test_a_message_may_ask_for_a_reply(stage: Stage) -> None:
    await stage.starts()

    message_id = await stage.bot.says(stage.alice, "Which hour?", reply_markup={"force_reply": True})
    await expect(stage.page.locator("#quoting")).to_contain_text("Which hour?")
    await stage.types("07:30")

    assert (await stage.bot.hears())["reply_to_message"]["message_id"] == message_id


async def test_what_is_typed_becomes_the_caption_of_an_attachment(stage: Stage) -> None:
    await stage.starts()
    await stage.box_text.fill("my whiteboard")

    await stage.button("Attach").click()
    await stage.page.get_by_role("menuitem", name="Photo").click()

    assert (await stage.bot.hears())["caption"] == "my whiteboard"
    await expect(stage.box_text).to_have_value("")
    await stage.last.locator(".photo").click()
    await expect(stage.page.get_by_role("dialog").locator("img")).to_be_visible()


async def test_a_deep_link_starts_in_the_private_chat(stage: Stage) -> None:
    await stage.starts()
    link = f"https://t.me/{stage.box.bot.username}?start=topic_metrics"
    await stage.bot.says(stage.alice, "Here", [[{"text": "Open", "url": link}]])

    await stage.button("Open").click()

    assert (await stage.bot.hears())["text"] == "/start topic_metrics"


async def test_the_bot_is_seen_typing(stage: Stage) -> None:
    await stage.starts()

    await stage.bot.call("sendChatAction", chat_id=stage.alice, action="typing")
    await expect(stage.page.locator("#chat-status")).to_have_text("typing …")

    await stage.bot.says(stage.alice, "Done")
    await expect(stage.page.locator("#chat-status")).to_have_text("You are Alice")
