"""`GET /people` says what can be done, and leaves nothing out."""

from pathlib import Path

import aiohttp

from playground import bot_api, schema, server
from playground.clock import Clock
from playground.state import Box


async def test_every_call_of_people_is_listed_and_nothing_else(
    site: aiohttp.ClientSession, box: Box, clock: Clock
) -> None:
    listed = await (await site.get("/people")).json()
    routes = server.build(box, clock).router.routes()
    there = {
        f"{route.method} {route.resource.canonical}"
        for route in routes
        if route.resource is not None
        and route.resource.canonical.startswith("/people")
        and route.method != "HEAD"
    }

    assert {call.partition("?")[0] for call in listed} == there
    assert all(listed.values())


async def test_every_method_is_listed_as_built_or_not_built(site: aiohttp.ClientSession) -> None:
    listed = await (await site.get("/people/methods")).json()

    assert listed["built"].keys() == bot_api.METHODS.keys()
    assert "parse_mode" in listed["built"]["sendMessage"]["takes"]
    assert sorted([*listed["built"], *listed["not_built"]]) == sorted(schema.METHODS)
    assert all(listed["parts_not_built"])


def test_the_documentation_names_every_method_that_is_built() -> None:
    page = (Path(__file__).parents[2] / "docs" / "playground.md").read_text(encoding="utf-8")

    named = {word.strip("`,. \n") for word in page.split("`")[1::2]}

    assert bot_api.METHODS.keys() <= named
    assert not named & (schema.METHODS.keys() - bot_api.METHODS.keys())
