"""Methods by which a bot learns and tells: who it is, what it can do, what came in, who is there."""

from typing import TYPE_CHECKING, Any

from playground import rules
from playground.calls import Built, Call
from playground.profile import scope_key
from playground.refusals import Refused, bad_request
from playground.webhook import NO_POLLING

if TYPE_CHECKING:
    from playground.state import Box

MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_COMMAND_TEXT = 256
MOST_DOWNLOAD_BYTES = 20_000_000
WORDS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def get_me(box: "Box", call: Call) -> dict[str, Any]:
    able = (
        "can_join_groups", "can_read_all_group_messages", "supports_inline_queries",
        "can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
        "can_manage_bots",
        "supports_guest_queries", "supports_join_request_queries",
    )  # fmt: skip
    can = dict.fromkeys(able, False) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not box.bot.privacy,
        "supports_inline_queries": box.bot.inline,
    }
    return box.bot.as_user() | can


async def get_updates(box: "Box", call: Call) -> list[dict[str, Any]]:
    if box.webhook.url:
        raise Refused(409, NO_POLLING)
    if "allowed_updates" in call.args:
        box.updates.allowed = list(call.args["allowed_updates"] or [])
    limit = min(max(call.number("limit", 100), 1), 100)
    return await box.updates.fetch(call.number("offset"), limit, max(call.number("timeout"), 0))


def get_file(box: "Box", call: Call) -> dict[str, Any]:
    stored = box.files.find(call.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def set_my_commands(box: "Box", call: Call) -> bool:
    commands = [_command(each) for each in call.args["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    box.profile.commands[_command_key(box, call)] = commands
    box.events.tell("commands", commands=box.commands())
    return True


def get_my_commands(box: "Box", call: Call) -> list[dict[str, Any]]:
    return box.profile.commands.get(_command_key(box, call), [])


def delete_my_commands(box: "Box", call: Call) -> bool:
    box.profile.commands.pop(_command_key(box, call), None)
    box.events.tell("commands", commands=box.commands())
    return True


def _command(given: dict[str, Any]) -> dict[str, Any]:
    name = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"Command length must not exceed {LONGEST_COMMAND}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > LONGEST_COMMAND_TEXT:
        raise bad_request(f"Command description length must not exceed {LONGEST_COMMAND_TEXT}")
    if not all(ch in "abcdefghijklmnopqrstuvwxyz0123456789_" for ch in name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {**given, "command": name, "description": description}


def _command_key(box: "Box", call: Call) -> tuple[str, str]:
    scope = call.args.get("scope")
    if scope and "chat_id" in scope:
        rules.chat_of(box, Call(call.method, {"chat_id": scope["chat_id"]}))
    return scope_key(scope), _language(call)


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.islower()):
        raise bad_request("Invalid language code specified")
    return code


def _set_word(kind: str) -> Built:
    parameter, limit = WORDS[kind]

    def do(box: "Box", call: Call) -> bool:
        if len(call.text(parameter)) > limit:
            raise bad_request(f"{parameter} is too long")
        box.profile.words[parameter, _language(call)] = call.text(parameter)
        if parameter == "name" and not _language(call):
            box.bot.name = call.text(parameter) or box.bot.name
        return True

    return Built(do, (parameter, "language_code"))


def _get_word(kind: str) -> Built:
    parameter, _ = WORDS[kind]

    def do(box: "Box", call: Call) -> dict[str, str]:
        words = box.profile.words
        fallback = words.get((parameter, "")) or (box.bot.name if parameter == "name" else "")
        return {parameter: words.get((parameter, _language(call))) or fallback}

    return Built(do, ("language_code",))


def set_chat_menu_button(box: "Box", call: Call) -> bool:
    box.profile.menu_buttons[_menu_chat(box, call)] = call.args.get("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(box: "Box", call: Call) -> dict[str, Any]:
    buttons = box.profile.menu_buttons
    return buttons.get(_menu_chat(box, call)) or buttons.get(None) or {"type": "commands"}


def _menu_chat(box: "Box", call: Call) -> int | None:
    return rules.chat_of(box, call).id if "chat_id" in call.args else None


METHODS = {
    "getMe": Built(get_me),
    "getUpdates": Built(get_updates, ("offset", "limit", "timeout", "allowed_updates")),
    "getFile": Built(get_file, ("file_id",)),
    "setMyCommands": Built(set_my_commands, ("commands", "scope", "language_code")),
    "getMyCommands": Built(get_my_commands, ("scope", "language_code")),
    "deleteMyCommands": Built(delete_my_commands, ("scope", "language_code")),
    "setChatMenuButton": Built(set_chat_menu_button, ("chat_id", "menu_button")),
    "getChatMenuButton": Built(get_chat_menu_button, ("chat_id",)),
    **{f"setMy{kind}": _set_word(kind) for kind in WORDS},
    **{f"getMy{kind}": _get_word(kind) for kind in WORDS},
}
