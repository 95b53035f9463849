"""Polls on the playground's page: voting, countdowns, closing, and the others who play along."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.playground.page_stage import Stage

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GROUP = "#/alice/study-group"
ANSWERS = ("Accuracy", "Precision", "Recall", "PR-AUC")


def group(stage: Stage) -> int:
    return stage.box.roster.chat("study-group").id


async def ask(stage: Stage, question: str = "Which?", options: Sequence[str] = ANSWERS, **more: Any) -> int:
    """A quiz whose third option is right, unless told otherwise."""
    given = {"type": "quiz", "correct_option_ids": [2], "is_anonymous": False} | more
    shown = [{"text": option} for option in options]
    sent = await stage.bot.call("sendPoll", chat_id=group(stage), question=question, options=shown, **given)
    return int(sent["message_id"])


def share(card: Locator, option: str) -> Locator:
    return card.locator(".poll-result", has_text=option).locator(".poll-share")


async def test_a_quiz_shows_what_is_right_only_after_the_vote(stage: Stage) -> None:
    await stage.opens(GROUP)
    message_id = await ask(stage, explanation="<b>Recall</b>: positives only", explanation_parse_mode="HTML")
    stage.box.vote("bob", "study-group", message_id, [2])
    card = stage.last.locator(".poll")
    await expect(card).to_contain_text("1 person has voted")
    await expect(card.locator(".right")).to_have_count(0)
    await expect(card.locator(".poll-explanation")).to_have_count(0)

    await card.get_by_role("button", name="Precision").click()

    heard = await stage.bot.hears("poll_answer")
    assert heard["user"]["first_name"] == "Bob"
    assert (await stage.bot.hears("poll_answer"))["option_ids"] == [1]
    await expect(card.locator(".right")).to_contain_text("Recall")
    await expect(card.locator(".wrong")).to_contain_text("Precision")
    await expect(card.locator(".wrong")).to_contain_text("your vote")
    await expect(share(card, "Recall")).to_have_text("50%")
    await expect(card.locator(".poll-explanation b")).to_have_text("Recall")
    await expect(card.locator(".right .faces")).to_contain_text("voted by Bob")
    await expect(stage.page.locator("#live")).to_have_text("That is wrong. Right is: Recall")


async def test_three_people_answer_a_quiz_from_one_page(stage: Stage) -> None:
    await stage.opens(GROUP)
    await ask(stage, open_period=30)
    card = stage.last.locator(".poll")

    for person, answer in (("Alice", "Recall"), ("Bob", "Recall"), ("Carol", "Accuracy")):
        await stage.page.get_by_role("radio", name=person).click()
        await card.get_by_role("button", name=answer).click()
        await expect(card.locator(".poll-result")).to_have_count(4)
    await expect(share(card, "Recall")).to_have_text("67%")
    await expect(card.get_by_role("timer")).to_be_visible()

    async with stage.page.expect_response("**/people/clock"):
        await stage.button("+1 hour").click()

    await expect(card.locator(".poll-kind")).to_have_text("Quiz, closed")
    await stage.page.get_by_role("radio", name="Dave").click()
    await expect(card.locator(".right")).to_contain_text("Recall")
    closed = await stage.bot.hears("poll")
    while not closed["is_closed"]:
        closed = await stage.bot.hears("poll")
    assert [option["voter_count"] for option in closed["options"]] == [1, 0, 2, 0]


async def test_a_countdown_runs_by_the_playgrounds_clock(stage: Stage) -> None:
    browser = stage.page.context.browser
    assert browser is not None
    await ask(stage, open_period=75)
    context = await browser.new_context()  # its time is made up: no other test may see that
    await context.clock.install(time=stage.clock.now())
    page = await context.new_page()
    await page.goto(f"{stage.address}/{GROUP}")
    timer = page.get_by_role("timer")
    await expect(timer).to_have_text("1:15")

    await context.clock.run_for(60_000)
    await expect(timer).to_have_text("0:15")
    await expect(timer).to_have_class("poll-time")
    await context.clock.run_for(6_000)
    await expect(timer).to_have_class("poll-time hurry")

    await context.close()


async def test_an_opinion_is_given_on_several_things_and_taken_back(stage: Stage) -> None:
    await stage.opens(GROUP)
    await ask(stage, type="regular", correct_option_ids=[], is_anonymous=True, allows_multiple_answers=True)
    card = stage.last.locator(".poll")
    await expect(card.locator(".poll-kind")).to_have_text("Anonymous poll, several answers")

    await card.get_by_label("Recall").check()
    await card.get_by_label("Accuracy").check()
    await card.get_by_role("button", name="Vote").click()
    await expect(share(card, "Recall")).to_have_text("100%")
    await expect(card.locator(".faces")).to_have_count(0)

    await card.get_by_role("button", name="Take back").click()
    await expect(card).to_contain_text("No votes yet")
    await expect(card.get_by_label("Recall")).not_to_be_checked()


async def test_a_hidden_result_stays_hidden_until_the_poll_closes(stage: Stage) -> None:
    await stage.opens(GROUP)
    message_id = await ask(stage, hide_results_until_closes=True, open_period=600)
    card = stage.last.locator(".poll")

    await card.get_by_role("button", name="Recall").click()
    await expect(card).to_contain_text("1 person has voted; the result is shown when it closes")
    await expect(card.locator(".right")).to_have_count(0)

    await stage.bot.call("stopPoll", chat_id=group(stage), message_id=message_id)
    await expect(card.locator(".right")).to_contain_text("Recall")


async def test_shuffled_options_stand_in_an_order_of_ones_own_and_count_as_sent(stage: Stage) -> None:
    options = [f"Option {number}" for number in range(12)]
    await stage.opens(GROUP)
    await ask(stage, options=options, shuffle_options=True)
    card = stage.last.locator(".poll")

    for_alice = await card.locator(".poll-choice").all_inner_texts()
    await stage.page.get_by_role("radio", name="Bob").click()
    await expect(stage.page.locator("#speaker-name")).to_have_text("Bob")
    for_bob = await card.locator(".poll-choice").all_inner_texts()

    assert sorted(for_alice) == sorted(for_bob) == sorted(options)
    assert len({tuple(for_alice), tuple(for_bob), tuple(options)}) == 3
    await card.get_by_role("button", name="Option 7", exact=True).click()
    assert (await stage.bot.hears("poll_answer"))["option_ids"] == [7]


async def test_the_others_play_along_by_themselves(stage: Stage) -> None:
    await stage.opens(GROUP)
    switch = stage.page.get_by_role("switch", name="Others play along")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await expect(stage.page.locator(".toast")).to_contain_text("Bob, Carol, Dave play along")

    await ask(stage)
    await stage.last.get_by_role("button", name="Recall").click()
    async with stage.page.expect_response("**/people/clock"):
        await stage.button("+1 hour").click()

    await expect(stage.last.locator(".poll-total")).to_have_text("4 people have voted")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")


async def test_a_poll_is_answered_by_keyboard_alone(stage: Stage) -> None:
    await ask(stage)
    await stage.opens(GROUP)
    await expect(stage.last.locator(".poll")).to_be_visible()

    await stage.box_text.press("Alt+ArrowUp")
    for _ in range(3):
        await stage.page.keyboard.press("Tab")
    await stage.page.keyboard.press("Enter")

    assert (await stage.bot.hears("poll_answer"))["option_ids"] == [2]
    await expect(stage.page.locator("#live")).to_have_text("That is right.")
