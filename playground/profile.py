"""What a bot tells about itself: its commands, names, descriptions and menu button."""

import json
from dataclasses import dataclass, field
from typing import Any

from playground.people import Chat

Key = tuple[str, str]  # scope, language


def scope_key(scope: dict[str, Any] | None) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


@dataclass
class Profile:
    """Kept by scope and language, exactly as set; `""` is the language of everybody else."""

    commands: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)  # ("description", "de") …
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def commands_in(self, chat: Chat | None, language: str) -> list[dict[str, Any]]:
        """What a client offers in a private chat (None: in no chat in particular), nearest scope first."""
        scopes: list[dict[str, Any]] = [{"type": "all_private_chats"}, {"type": "default"}]
        if chat is not None:
            scopes.insert(0, {"type": "chat", "chat_id": chat.id})
        keys = [(scope_key(scope), code) for scope in scopes for code in (language, "")]
        return next((self.commands[key] for key in keys if self.commands.get(key)), [])
