"""Trouble on the playground's page: faults ordered and shown, limits, what was refused."""

import pytest
from playwright.async_api import expect

from tests.playground.page_stage import Stage

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_fault_is_ordered_strikes_once_and_is_shown(stage: Stage) -> None:
    await stage.starts()
    await stage.button("Trouble").click()
    panel = stage.page.get_by_role("dialog", name="Trouble")
    await panel.get_by_label("The next call of").select_option("sendMessage")
    await panel.get_by_label("seconds to wait").fill("7")
    await panel.get_by_role("button", name="Order the fault").click()
    await expect(panel.locator("#faults")).to_have_text("sendMessage, once: 429: told to wait 7 s")
    await stage.page.keyboard.press("Escape")
    await expect(stage.button("Trouble: 1 fault ordered")).to_be_visible()

    with pytest.raises(AssertionError, match="retry after 7"):
        await stage.bot.says(stage.alice, "lost")
    await expect(stage.page.locator(".toast")).to_contain_text(
        "sendMessage: 429: told to wait 7 s, as ordered"
    )
    await stage.bot.says(stage.alice, "said")

    await expect(stage.last).to_contain_text("said")
    await stage.button("Trouble").click()
    await expect(panel.locator("#happened")).to_contain_text("sendMessage: 429")
    await expect(panel.locator("#faults")).to_contain_text("None")


async def test_faults_are_taken_back(stage: Stage) -> None:
    await stage.starts()
    stage.box.faults.order({"method": "*", "kind": "500", "times": 3})
    await stage.page.reload()

    await stage.button("Trouble: 1 fault ordered").click()
    await stage.button("Take all back").click()
    await expect(stage.page.locator("#faults")).to_contain_text("None")

    await stage.bot.says(stage.alice, "all well")


async def test_the_limits_are_switched_on_and_a_bot_that_writes_too_fast_is_shown(stage: Stage) -> None:
    await stage.starts()
    await stage.button("Trouble").click()
    limits = stage.page.get_by_role("switch", name="Limits as Telegram has them")
    await limits.click()
    await expect(limits).to_have_attribute("aria-checked", "true")

    for number in range(5):
        await stage.bot.says(stage.alice, f"{number}")
    with pytest.raises(AssertionError, match="429"):
        await stage.bot.says(stage.alice, "too much")

    await expect(stage.page.locator(".toast")).to_contain_text("sendMessage was refused, 429")
    await limits.click()
    await expect(limits).to_have_attribute("aria-checked", "false")
    assert stage.box.limits is None


async def test_what_the_bot_does_wrong_is_listed(stage: Stage) -> None:
    await stage.starts()

    with pytest.raises(AssertionError, match="parse entities"):
        await stage.bot.says(stage.alice, "<b>never closed")

    await stage.button("Trouble").click()
    await expect(stage.page.locator("#happened")).to_contain_text(
        "sendMessage was refused, 400: can't parse entities"
    )
