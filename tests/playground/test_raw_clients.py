"""One conversation, spoken by clients that have no library: in every form a call may have."""

import json
from typing import Any

import aiohttp
import pytest

from playground.samples import sample
from playground.state import Box

BOT = "/bot42:playground/"
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


class Client:
    """Makes calls; each way of doing so is a method of that name."""

    def __init__(self, site: aiohttp.ClientSession, way: str) -> None:
        self.site, self.way = site, way

    async def __call__(self, method: str, **parameters: Any) -> Any:
        response = await getattr(self, self.way)(method, parameters)
        answer = await response.json()
        assert response.content_type == "application/json"
        assert answer["ok"], answer
        return answer["result"]

    async def json(self, method: str, parameters: dict[str, Any]) -> aiohttp.ClientResponse:
        return await self.site.post(BOT + method, json=parameters)

    async def query(self, method: str, parameters: dict[str, Any]) -> aiohttp.ClientResponse:
        return await self.site.get(BOT + method, params=_plain(parameters))

    async def form(self, method: str, parameters: dict[str, Any]) -> aiohttp.ClientResponse:
        return await self.site.post(BOT + method.upper(), data=_plain(parameters))

    async def multipart(self, method: str, parameters: dict[str, Any]) -> aiohttp.ClientResponse:
        form = aiohttp.FormData(_plain(parameters), quote_fields=False, default_to_multipart=True)
        return await self.site.post(BOT + method.lower(), data=form)

    async def mixed(self, method: str, parameters: dict[str, Any]) -> aiohttp.ClientResponse:
        (name, value), *rest = parameters.items() or [("x", "")]
        address = {} if name == "x" else _plain({name: value})
        return await self.site.post(BOT + method.swapcase(), params=address, json=dict(rest))


def _plain(parameters: dict[str, Any]) -> dict[str, str]:
    return {n: v if isinstance(v, str) else json.dumps(v) for n, v in parameters.items()}


@pytest.mark.parametrize("way", ["json", "query", "form", "multipart", "mixed"])
async def test_a_conversation_in_every_form(
    site: aiohttp.ClientSession, box: Box, alice: int, group: int, way: str
) -> None:
    call = Client(site, way)

    assert (await call("getMe"))["username"] == box.bot.username
    sent = await call(
        "sendMessage", chat_id=alice, text="<b>Hi</b> ü 🎓", parse_mode="HTML", reply_markup=KEYBOARD
    )
    tapped = box.tap("alice", "alice", sent["message_id"], "Go")
    (update,) = await call("getUpdates", timeout=0, allowed_updates=["callback_query", "poll_answer"])
    await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="ok")
    await call("editMessageText", chat_id=alice, message_id=sent["message_id"], text="Gone")
    assert await call("getUpdates", offset=update["update_id"] + 1) == []
    quiz = await call(
        "sendPoll",
        chat_id=group,
        question="1 + 1?",
        options=[{"text": "2"}, {"text": "3"}],
        type="quiz",
        correct_option_ids=[0],
        is_anonymous=False,
    )
    box.vote("bob", "study-group", quiz["message_id"], [0])
    (voted,) = await call("getUpdates", offset=-1)
    closed = await call("stopPoll", chat_id=group, message_id=quiz["message_id"])

    assert sent["text"] == "Hi ü 🎓"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert (await tapped).text == "ok"
    assert box.messages("alice")[-1]["text"] == "Gone"
    assert voted["poll_answer"]["option_ids"] == [0]
    assert closed["is_closed"] is True


async def test_a_photo_as_a_part_of_its_own_and_again_by_its_id(
    site: aiohttp.ClientSession, box: Box, alice: int
) -> None:
    picture = sample("photo")
    form = aiohttp.FormData({"chat_id": str(alice), "caption": "up"}, quote_fields=False)
    form.add_field("photo", picture.content, filename="a.png", content_type="image/png")

    first = (await (await site.post(BOT + "SendPhoto", data=form)).json())["result"]
    file_id = first["photo"][-1]["file_id"]
    second = await Client(site, "query")("sendphoto", chat_id=alice, photo=file_id, caption="again")

    assert second["photo"] == first["photo"]
    assert [message["text"] for message in box.messages("alice")][1:] == ["up", "again"]
