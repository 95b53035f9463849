"""Headless Chromium, started once, and a fresh stage for every test of the page."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright

from playground.clock import Clock
from playground.server import serve
from playground.state import Box
from tests.playground.page_stage import WIDE, HttpBot, Stage

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-features=Translate,BackForwardCache,PaintHolding,MediaRouter,OptimizationHints",
    # fewer processes: a tab that is drawn for nobody costs a sixth less
    "--disable-software-rasterizer",
    "--disable-gpu-compositing",
    "--in-process-gpu",
    "--process-per-site",
]
PATIENCE = 5000  # milliseconds of real time until what should appear counts as missing


def chromium_path() -> str:
    """Where Chromium is. Without one the test is skipped; on the build machine, where CI is true, it fails."""
    found = (
        CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if found is None:
        missing = "There is no Chromium here: install the package chromium to test the page."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tab() -> AsyncIterator[Page]:
    """One tab for all tests. Each has a server on a port of its own, so nothing the browser keeps is shared."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = await browser.new_page(color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        yield page
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tab: Page, box: Box, clock: Clock, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A fresh box with its page. `@pytest.mark.parametrize("stage", [PHONE], indirect=True)` sets the size."""
    width, height = getattr(request, "param", WIDE)
    runner, port = await serve(box, clock, 0)
    address = f"http://127.0.0.1:{port}"
    await tab.set_viewport_size({"width": width, "height": height})
    async with aiohttp.ClientSession() as session:
        made = Stage(tab, box, clock, address, HttpBot(session, address, box.token))
        made.runner = runner
        yield made
        await made.leaves()
        await made.runner.cleanup()
    assert made.complaints == [], "the browser's console stays clean"
