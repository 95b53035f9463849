"""What a bot tells about itself: its commands, names, descriptions and menu button."""

import json
from dataclasses import dataclass, field
from typing import Any

from playground.groups import Group
from playground.people import Chat, Person

Key = tuple[str, str]  # scope, language


def scope_key(scope: dict[str, Any] | None) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


@dataclass
class Profile:
    """Kept by scope and language, exactly as set; `""` is the language of everybody else."""

    commands: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)  # ("description", "de") …
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def commands_in(self, chat: Chat | None, language: str, who: Person | None) -> list[dict[str, Any]]:
        """What a client offers somebody in a chat (None: in no chat in particular), nearest scope first."""
        keys = [(scope_key(scope), code) for scope in _scopes(chat, who) for code in (language, "")]
        return next((self.commands[key] for key in keys if self.commands.get(key)), [])


def _scopes(chat: Chat | None, who: Person | None) -> list[dict[str, Any]]:
    default: dict[str, Any] = {"type": "default"}
    if not isinstance(chat, Group):
        own = [{"type": "chat", "chat_id": chat.id}] if chat is not None else []
        return [*own, {"type": "all_private_chats"}, default]
    runs_it = who is not None and chat.is_run_by(who)
    member = [{"type": "chat_member", "chat_id": chat.id, "user_id": who.id}] if who is not None else []
    here = [{"type": "chat_administrators", "chat_id": chat.id}] if runs_it else []
    everywhere: list[dict[str, Any]] = [{"type": "all_chat_administrators"}] if runs_it else []
    return [
        *member, *here, {"type": "chat", "chat_id": chat.id}, *everywhere, {"type": "all_group_chats"}, default
    ]  # fmt: skip
