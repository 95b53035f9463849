"""Companions over HTTP: who plays along in a group."""

from typing import Any

from playground.fields import Fields
from playground.groups import Group
from playground.refusals import PersonRefused
from playground.state import Box

CALLS = {
    "POST /people/companions": '{"chat", "who": [names]} → {"who"}: these join quizzes there and answer polls by '
    "themselves, by the box's clock; none: nobody does",
}


def _companions(box: Box, fields: Fields) -> dict[str, Any]:
    group = box.roster.chat(fields.chat())
    if not isinstance(group, Group):
        raise PersonRefused(f"{group.name} is a private chat; people play along in groups.")
    box.companions.set(group, [box.roster.person(name) for name in fields.texts("who")])
    for message in box.posts.of(group)[-RECENT:]:
        box.companions.notice(message, box.now())
    box.events.tell("chats")
    return {"who": box.companions.names(group)}


RECENT = 6  # messages that may still be joined or answered when somebody begins to play along
POSTS = {"companions": _companions}
