"""What a bot tells about itself, and whom it can look up."""

from typing import Any

import pytest

from playground.state import Box

PRIVATE = {"type": "all_private_chats"}


def command(name: str, description: str = "Does it") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_the_bot_knows_itself(api: Any) -> None:
    me = await api("getMe")

    assert (me["id"], me["is_bot"], me["username"]) == (42, True, "interview_coach_bot")


async def test_people_are_offered_the_nearest_commands(api: Any, box: Box, alice: int) -> None:
    await api("setMyCommands", commands=[command("start")])
    await api("setMyCommands", commands=[command("drill")], scope=PRIVATE)
    await api("setMyCommands", commands=[command("abfrage")], scope=PRIVATE, language_code="de")
    await api("setMyCommands", commands=[command("mine")], scope={"type": "chat", "chat_id": alice})

    offered = {
        chat: [each["command"] for each in box.commands(chat)] for chat in ("alice", "bob", "carol", None)
    }
    assert offered == {"alice": ["mine"], "bob": ["abfrage"], "carol": ["drill"], None: ["drill"]}
    assert await api("getMyCommands") == [command("start")]

    events = box.events.listen()
    await api("deleteMyCommands", scope=PRIVATE)
    assert events.get_nowait() == {"type": "commands", "commands": [command("start")]}
    assert [each["command"] for each in box.commands("carol")] == ["start"]


@pytest.mark.parametrize(
    "parameters, words",
    [
        ({}, "can't parse commands JSON object"),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": "{}"}, "expected an Array of BotCommand"),
        ({"commands": [], "scope": "[]"}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
        ({"commands": ["start"]}, "can't parse BotCommand: BotCommand must be an Object"),
        ({"commands": [{"command": "start"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [command("")]}, "command must be non-empty"),
        ({"commands": [command("x" * 33)]}, "command length must not exceed 32"),
        ({"commands": [command("x", " ")]}, "command description must be non-empty"),
        ({"commands": [command("x", "y" * 257)]}, "command description length must not exceed 256"),
        ({"commands": [command("Start")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command(f"c{n}") for n in range(101)]}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "german"}, "invalid language code specified"),
    ],
)
async def test_commands_telegram_would_not_take(api: Any, parameters: dict[str, Any], words: str) -> None:
    assert await api.refused("setMyCommands", **parameters) == (400, f"Bad Request: {words}")


async def test_words_about_the_bot_come_back_by_language(api: Any) -> None:
    await api("setMyDescription", description="Asks questions")
    await api("setMyDescription", description="Stellt Fragen", language_code="de")
    await api("setMyShortDescription", short_description="Coach")
    await api("setMyName", name="Coach")
    await api("setMyName", name="Trainer", language_code="de")

    assert await api("getMyDescription", language_code="de") == {"description": "Stellt Fragen"}
    assert await api("getMyDescription", language_code="fr") == {"description": "Asks questions"}
    assert await api("getMyShortDescription") == {"short_description": "Coach"}
    assert (await api("getMe"))["first_name"] == (await api("getMyName"))["name"] == "Coach"
    assert (await api.refused("setMyShortDescription", short_description="x" * 121))[0] == 400


async def test_the_menu_button_is_kept(api: Any, alice: int) -> None:
    before = await api("getChatMenuButton", chat_id=alice)
    await api("setChatMenuButton", chat_id=alice, menu_button={"type": "commands"})

    assert before == {"type": "commands"}
    assert await api("getChatMenuButton", chat_id=alice) == {"type": "commands"}


async def test_a_chat_is_found_once_its_person_has_written(api: Any, alice: int) -> None:
    assert (await api("getChat", chat_id=alice))["first_name"] == "Alice"
    assert await api.refused("getChat", chat_id=1002) == (400, "Bad Request: chat not found")


async def test_typing_is_shown_on_the_page(api: Any, box: Box, alice: int) -> None:
    events = box.events.listen()

    await api("sendChatAction", chat_id=alice, action="typing")

    assert events.get_nowait() == {"type": "action", "chat": "alice", "action": "typing"}
