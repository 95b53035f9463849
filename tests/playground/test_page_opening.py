"""Who speaks when the page is opened without an address."""

import pytest
from playwright.async_api import expect

from tests.playground.page_stage import Stage

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_opens_as_whoever_has_talked_to_the_bot(stage: Stage) -> None:
    stage.box.say("dave", "dave", "hello")
    await stage.page.goto(stage.address)

    await expect(stage.page.locator("textarea").first).to_have_attribute("placeholder", "Message as Dave")


async def test_with_nobody_there_yet_it_opens_as_the_first(stage: Stage) -> None:
    await stage.page.goto(stage.address)

    await expect(stage.page.locator("textarea").first).to_have_attribute("placeholder", "Message as Alice")
