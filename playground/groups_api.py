"""Groups over HTTP: making them, who comes and goes and plays along, topics, privacy, links that lead into them."""

from collections.abc import Callable
from typing import Any

from playground import membership, opening
from playground.fields import Fields
from playground.groups import Group
from playground.refusals import PersonRefused
from playground.state import Box

RECENT = 6  # messages that may still be joined or answered when somebody begins to play along
CALLS = {
    "POST /people/group": '{"title", "members": [names; the bot by its user name or "bot"], "forum"?: bool} → '
    '{"chat", "id"}; the first member runs it',
    "POST /people/add": '{"from", "chat", "who"} → {}: bring somebody in, a person or the bot',
    "POST /people/remove": '{"from", "chat", "who"} → {}: put somebody out',
    "POST /people/promote": '{"from", "chat", "who"} → {}: make an administrator',
    "POST /people/demote": '{"from", "chat", "who"} → {}: an administrator no longer',
    "POST /people/leave": '{"from", "chat"} → {}',
    "POST /people/permissions": '{"from", "chat", "may": {"can_send_polls": bool …}} → {}: what members may do',
    "POST /people/topic": '{"from"?, "chat", "title"} → {"thread"}: a new topic in a forum',
    "POST /people/migrate": '{"from"?, "chat"} → {"chat", "id", "old_id"}: become a supergroup',
    "POST /people/companions": '{"chat", "who": [names]} → {"who"}: these join quizzes there and answer polls by '
    "themselves, by the box's clock; none: nobody does",
    "POST /people/privacy": '{"on": bool} → {"on"}: off, and the bot hears everything said in its groups',
    "POST /people/open": '{"from", "url", "chat"?: group for ?startgroup=} → {"chat", "message_id"?} for a link to '
    'the bot, {"url"} for any other',
}


def _group(box: Box, fields: Fields) -> dict[str, Any]:
    made = membership.create(box, fields.text("title"), fields.texts("members"), forum=fields.flag("forum"))
    return {"chat": made.name, "id": made.id}


def _by_whom(
    doing: Callable[[Box, str, str | int, str], None],
) -> Callable[[Box, Fields], dict[str, Any]]:
    def handler(box: Box, fields: Fields) -> dict[str, Any]:
        doing(box, fields.text("from"), fields.chat(), fields.text("who"))
        return {}

    return handler


def _leave(box: Box, fields: Fields) -> dict[str, Any]:
    membership.leave(box, fields.text("from"), fields.chat())
    return {}


def _permissions(box: Box, fields: Fields) -> dict[str, Any]:
    membership.allow(box, fields.text("from"), fields.chat(), fields.flags("may"))
    return {}


def _topic(box: Box, fields: Fields) -> dict[str, Any]:
    chat = fields.chat()
    return {"thread": membership.open_topic(box, chat, fields.text("title"), fields.optional_text("from"))}


def _migrate(box: Box, fields: Fields) -> dict[str, Any]:
    old_id = box.roster.chat(fields.chat()).id
    group = membership.migrate(box, fields.chat(), fields.optional_text("from"))
    return {"chat": group.name, "id": group.id, "old_id": old_id}


def _companions(box: Box, fields: Fields) -> dict[str, Any]:
    group = box.roster.chat(fields.chat())
    if not isinstance(group, Group):
        raise PersonRefused(f"{group.name} is a private chat; people play along in groups.")
    box.companions.set(group, [box.roster.person(name) for name in fields.texts("who")])
    for message in box.posts.of(group)[-RECENT:]:
        box.companions.notice(message, box.now())
    box.events.tell("chats")
    return {"who": box.companions.names(group)}


def _privacy(box: Box, fields: Fields) -> dict[str, Any]:
    box.bot.privacy = fields.flag("on")
    return {"on": box.bot.privacy}


def _open(box: Box, fields: Fields) -> dict[str, Any]:
    chat = fields.chat() if fields.has("chat") else None
    return opening.follow(box, fields.text("from"), fields.text("url"), chat)


POSTS: dict[str, Callable[[Box, Fields], dict[str, Any]]] = {
    "group": _group,
    "add": _by_whom(membership.add),
    "remove": _by_whom(membership.remove),
    "promote": _by_whom(membership.promote),
    "demote": _by_whom(membership.demote),
    "leave": _leave,
    "permissions": _permissions,
    "topic": _topic,
    "migrate": _migrate,
    "companions": _companions,
    "privacy": _privacy,
    "open": _open,
}
