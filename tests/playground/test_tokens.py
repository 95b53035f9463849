"""One box serves one bot: the first whose token comes."""

from typing import Any

import aiohttp
import pytest

from playground import bot_api
from playground.refusals import PersonRefused
from playground.samples import sample
from playground.state import Box


async def test_the_first_token_says_who_the_bot_is(box: Box) -> None:
    status, answer = await bot_api.call(box, "123456:ABC-def", "getMe", {})

    assert (status, answer["result"]["id"]) == (200, 123456)
    assert box.token == "123456:ABC-def"


async def test_another_bot_is_told_that_the_place_is_taken(api: Any, box: Box) -> None:
    await api("getMe")

    status, answer = await bot_api.call(box, "7:other", "getMe", {})

    assert status == 401
    assert answer["description"] == (
        "Unauthorized: this playground serves the bot 42 already; start another one for 7"
    )
    assert (await api("getMe"))["id"] == 42


async def test_a_bot_may_come_with_another_secret(api: Any, box: Box) -> None:
    await api("getMe")

    status, _ = await bot_api.call(box, "42:revoked-and-renewed", "getMe", {})

    assert status == 200


async def test_a_person_s_number_makes_no_bot(box: Box) -> None:
    status, answer = await bot_api.call(box, "1001:alice", "getMe", {})

    assert status == 401
    assert answer["description"] == (
        "Unauthorized: 1001 is the id of a person here; take a token with another number"
    )


async def test_a_new_person_never_has_the_bot_s_number(box: Box) -> None:
    await bot_api.call(box, "1005:abc", "getMe", {})

    erin, frank = box.add_person("erin"), box.add_person("frank")

    assert (erin.id, frank.id) == (1006, 1007)


@pytest.mark.parametrize("name", ["bot", "Interview_Coach_Bot"])
def test_the_bot_s_names_are_kept_for_it(box: Box, name: str) -> None:
    with pytest.raises(PersonRefused, match="what the bot is called"):
        box.add_person(name)


async def test_a_file_is_for_its_own_bot(site: aiohttp.ClientSession, api: Any, box: Box, alice: int) -> None:
    sent = await api("sendPhoto", chat_id=alice, photo=sample("photo"))
    path = (await api("getFile", file_id=sent["photo"][-1]["file_id"]))["file_path"]

    statuses = [
        (await site.get(f"/file/bot{token}/{path}")).status for token in (box.token, "7:other", "nonsense")
    ]

    assert statuses == [200, 401, 401]
