"""Following a link: the bot's own links start it in a private chat or bring it into a group; others lead out."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playground import membership
from playground.groups import Group
from playground.links import checked_url
from playground.people import Person
from playground.refusals import PersonRefused

if TYPE_CHECKING:
    from playground.state import Box

HOSTS = ("t.me", "telegram.me", "telegram.dog")
PAYLOAD = re.compile("[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Link:
    """A link to a bot: `start` and `startgroup` are None where it has no such part."""

    username: str
    start: str | None = None
    startgroup: str | None = None


def link_to_bot(url: str) -> Link | None:
    """What `t.me/<name>?…` and `tg://resolve?domain=<name>&…` say; None for any other address."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme.lower() == "tg" and parts.netloc == "resolve":
        name = query.get("domain", [""])[0]
    elif parts.scheme.lower() in ("http", "https") and (parts.hostname or "") in HOSTS:
        name = parts.path.strip("/")
    else:
        return None
    if not re.fullmatch(r"\w+", name):
        return None
    return Link(name.lower(), *(query[key][0] if key in query else None for key in ("start", "startgroup")))


def follow(box: "Box", who: str, url: str, chat: str | int | None = None) -> dict[str, Any]:
    """Does what a client does when somebody opens the address.

    `{"chat", "message_id"?}`: the bot's own link opened that chat, with Start pressed where there is something to
    say; `{"url"}`: it leads to the web. `chat` names the group for a link that brings the bot into one.
    """
    person = box.roster.person(who)
    link = link_to_bot(url)
    if link is None or link.username != box.bot.username.lower():
        address = checked_url(url)
        if address is None:
            raise PersonRefused(f"“{url}” is no address.")
        return {"url": address}
    for payload in (link.start, link.startgroup):
        if payload and not PAYLOAD.fullmatch(payload):
            raise PersonRefused("What a link hands over has 1 to 64 letters, digits, _ and - only.")
    if link.startgroup is not None:
        return _start_in_group(box, person, chat, link.startgroup)
    private = person.name
    if link.start:
        return {"chat": private, "message_id": box.say(who, private, f"/start {link.start}")}
    return {"chat": private}


def _start_in_group(box: "Box", person: Person, chat: str | int | None, payload: str) -> dict[str, Any]:
    group = _group_meant(box, person, chat)
    membership.add(box, person.name, group.id, box.bot.username)
    if not payload:
        return {"chat": group.name}
    text = f"/start@{box.bot.username} {payload}"
    return {"chat": group.name, "message_id": box.say(person.name, group.id, text)}


def _group_meant(box: "Box", person: Person, chat: str | int | None) -> Group:
    if chat is not None:
        found = box.roster.chat(chat)
        if not isinstance(found, Group):
            raise PersonRefused(f"{found.name} is a private chat; the link brings the bot into a group.")
        return found
    groups = [c for c in box.roster.chats.values() if isinstance(c, Group) and person in c.members]
    if len(groups) != 1:
        names = ", ".join(group.name for group in groups) or "none"
        raise PersonRefused(f'Say into which group, as "chat"; {person.name} is in these: {names}.')
    return groups[0]
