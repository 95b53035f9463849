"""Which methods of the Bot API are built, as the table that does them has it."""

from typing import Any

from playground import bot_api, schema

PARTS_NOT_BUILT = (
    "parse_mode Markdown and MarkdownV2: use HTML or entities",
    "videos, audio, animations, video notes, live locations, venues, dice, checklists, games, invoices, paid media",
    "reactions, stories, channels, businesses, gifts, join requests, invite links, rich and ephemeral messages",
    "inline results other than articles; buttons for web apps, logins, payments, inline queries",
    "forwarding a poll; a ban for a time; replies across chats and to quotes",
)


def listed() -> dict[str, Any]:
    """`{"built": {method: {"takes", "ignores"}}, "not_built": [method], "parts_not_built": [sentence]}`.

    `takes`: the parameters that do what Telegram does with them; `ignores`: those without an effect one could see here.
    """
    built = {
        name: {"takes": list(done.takes), "ignores": list(done.ignores)}
        for name, done in sorted(bot_api.METHODS.items())
    }
    return {
        "built": built,
        "not_built": sorted(schema.METHODS.keys() - built.keys()),
        "parts_not_built": list(PARTS_NOT_BUILT),
    }
