"""The interview coach itself on the playground's page: what a newcomer sees and does in the first two days."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from playground.__main__ import bot_inside
from tests.playground.page_stage import Stage

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def coach(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The stage with the coach behind it, who forgets everything at the end."""
    monkeypatch.delenv("DATABASE_PATH", raising=False)
    async with bot_inside(stage.box, stage.clock):
        yield stage


async def test_a_newcomer_settles_in_drills_and_gets_a_question_the_next_morning(coach: Stage) -> None:
    stage = coach
    await stage.opens()
    await stage.button("Start").click()
    await stage.types("Berlin")
    await stage.types("09:00")
    await stage.button("Data scientist").click()
    await stage.button("Middle").click()

    await stage.button("Show answer").last.click()
    await stage.page.locator(".inline-button", has_text="Got it").last.click()
    await expect(stage.button("Undo").last).to_be_visible()

    before = await stage.page.locator(".message").count()
    await stage.types("/topic metrics")
    await expect(stage.page.locator(".message")).to_have_count(before + 2)
    await stage.box_text.fill("")
    await stage.button("tomorrow 09:00 UTC").click()

    await expect(stage.page.locator("#clock-now")).to_have_text("Sat 21 Nov 2026 09:00 UTC")
    await expect(stage.page.locator(".day").last).to_have_text("Today")
    await expect(stage.last.locator(".meta time")).to_have_text("08:00")
    await expect(stage.button("Show answer").last).to_be_visible()

    await stage.button("next thing due").click()
    await expect(stage.page.locator("#clock-now")).to_have_text("Sun 22 Nov 2026 08:00 UTC")


async def test_what_the_page_suggests_in_a_group_is_answered(coach: Stage) -> None:
    stage = coach
    await stage.opens("#/alice/study-group")
    await stage.page.get_by_role("button", name="Try /help").click()
    await expect(stage.last).to_contain_text("/quiz")

    await stage.box_text.press_sequentially("/")
    offered = stage.page.get_by_role("option")
    await expect(offered.first).to_contain_text("/quiz")
    assert "/settings" not in await offered.all_inner_texts()
    await expect(offered.filter(has_text="/board")).to_have_count(1)
    await stage.box_text.fill("")

    await stage.types("/quiz metrics 3")
    await expect(stage.page.locator(".inline-button", has_text="Join")).to_be_visible()
