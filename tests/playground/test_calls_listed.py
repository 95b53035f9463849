"""`GET /people` says what can be done, and leaves nothing out."""

import aiohttp

from playground import server
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
