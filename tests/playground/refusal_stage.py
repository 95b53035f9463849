"""A box in which something of everything lies about, to be refused in every way Telegram refuses."""

from collections.abc import Awaitable, Callable
from string import Template
from typing import Any

from playground import membership
from playground.clock import Clock
from playground.samples import sample
from playground.state import Box

GROUP = "study-group"
GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


class Stage:
    """What a table of refusals speaks of by name: `$alice` in a parameter is her chat's id, `$sent` a message."""

    def __init__(self, api: Any, box: Box, clock: Clock) -> None:
        self.api, self.box, self.clock = api, box, clock
        self.names: dict[str, Any] = {"token": box.token, "bot": box.bot.id}

    async def furnish(self) -> "Stage":
        """People, a group, and in it and in alice's chat what a bot may have sent."""
        names, box = self.names, self.box
        box.say("alice", "alice", "/start")
        names["alice"], names["dave"] = (box.roster.chat(name).id for name in ("alice", "dave"))
        names["group"] = box.roster.chat(GROUP).id
        names["theirs"] = box.say("alice", "alice", "hers")
        names["said"] = box.say("bob", GROUP, "his")
        names["sent"] = await self.sends("sendMessage", chat_id=names["alice"], text="x", reply_markup=GO)
        names["force"] = await self.sends(
            "sendMessage", chat_id=names["alice"], text="x", reply_markup={"force_reply": True}
        )
        names["photo"] = await self.sends("sendPhoto", chat_id=names["alice"], photo=sample("photo"))
        quiz = {
            "chat_id": names["group"], "question": "1 + 1?", "options": [{"text": "2"}, {"text": "3"}],
            "type": "quiz", "correct_option_ids": [0], "is_anonymous": False,
        }  # fmt: skip
        names["quiz"] = await self.sends("sendPoll", **quiz)
        names["closed"] = await self.sends("sendPoll", **quiz)
        await self.api("stopPoll", chat_id=names["group"], message_id=names["closed"])
        return self

    async def sends(self, method: str, **parameters: Any) -> int:
        return int((await self.api(method, **parameters))["message_id"])

    async def refused(self, method: str, parameters: dict[str, Any]) -> tuple[int, str]:
        code, words = await self.api.refused(method, **self._named(parameters))
        return code, words

    def _named(self, value: Any) -> Any:
        """The value with the names in its strings filled in."""
        if isinstance(value, dict):
            return {key: self._named(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._named(each) for each in value]
        return Template(value).safe_substitute(self.names) if isinstance(value, str) else value


Situation = Callable[[Stage], Awaitable[None] | None]


async def tapped(stage: Stage) -> None:
    stage.box.updates.forget()
    stage.box.tap("alice", "alice", stage.names["sent"], "Go")
    (update,) = await stage.api.updates()
    stage.names["query"] = update["callback_query"]["id"]


async def tap_answered(stage: Stage) -> None:
    await tapped(stage)
    await stage.api("answerCallbackQuery", callback_query_id=stage.names["query"])


async def tapped_long_ago(stage: Stage) -> None:
    await tapped(stage)
    await stage.clock.advance(150)


async def two_days_on(stage: Stage) -> None:
    stage.box.updates.forget()
    await stage.clock.advance(48 * 3600)


def became_a_supergroup(stage: Stage) -> None:
    membership.migrate(stage.box, GROUP, "alice")


def bot_put_out(stage: Stage) -> None:
    membership.remove(stage.box, "alice", GROUP, stage.box.bot.username)


def bot_put_out_of_a_supergroup(stage: Stage) -> None:
    stage.names["group"] = membership.migrate(stage.box, GROUP, "alice").id
    membership.remove(stage.box, "alice", GROUP, stage.box.bot.username)


async def bot_gone(stage: Stage) -> None:
    await stage.api("leaveChat", chat_id=stage.names["group"])


def nobody_may(right: str) -> Situation:
    def situation(stage: Stage) -> None:
        membership.allow(stage.box, "alice", GROUP, {right: False})

    return situation
