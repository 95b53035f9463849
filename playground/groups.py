"""Groups: who is in them and may do what, their topics, and what became of them."""

import re
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, Literal

from playground.people import Bot, Chat, Person, Roster
from playground.refusals import PersonRefused

FIRST_GROUP_ID = -5_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
LONGEST_TITLE = 128
STUDY_GROUP = "Study group"
SENDING = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages",
)  # fmt: skip
PERMISSIONS = (
    *SENDING, "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"
)  # fmt: skip
BotStatus = Literal["member", "administrator", "left", "kicked"]


@dataclass(eq=False)
class Group(Chat):
    """A basic group or a supergroup. `bot_met`: the bot has been in it once, so knows that it exists."""

    title: str = ""
    creator: Person | None = None
    admins: list[Person] = field(default_factory=list)
    banned: list[Person] = field(default_factory=list)
    bot_status: BotStatus = "left"
    bot_met: bool = False
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)  # titles by thread id, the id of its first message
    permissions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(PERMISSIONS, True))
    moved_to: "Group | None" = None

    @property
    def is_supergroup(self) -> bool:
        return self.type == "supergroup"

    @property
    def owner(self) -> Person | None:
        """Who made it, while they are in it."""
        return self.creator if self.creator in self.members else None

    @property
    def has_bot(self) -> bool:
        return self.bot_status in ("member", "administrator")

    @property
    def title_for_people(self) -> str:
        return self.title

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": self.id, "type": self.type, "title": self.title}
        return shown | ({"is_forum": True} if self.is_forum else {})

    def holds(self, who: Person | Bot) -> bool:
        if isinstance(who, Bot):
            return self.has_bot
        return who in self.members

    def is_run_by(self, who: Person | Bot) -> bool:
        """Whether they are the creator or an administrator."""
        if isinstance(who, Bot):
            return self.bot_status == "administrator"
        return who in self.members and (who is self.creator or who in self.admins)

    def allows(self, who: Person | Bot, permission: str) -> bool:
        """Whether they may, as an administrator or because every member may."""
        return self.is_run_by(who) or self.permissions[permission]

    def now_at(self) -> "Group":
        """The group itself, or the supergroup it has become."""
        return self.moved_to.now_at() if self.moved_to is not None else self


def found_group(roster: Roster, title: str, members: list[Person], *, forum: bool) -> Group:
    """A new group of these people, the first of them its creator; a forum is a supergroup.

    Raises `PersonRefused` for a title that is none, or nobody in it.
    """
    title = title.strip()
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise PersonRefused(f"A group's title has 1 to {LONGEST_TITLE} characters.")
    if not members:
        raise PersonRefused("Somebody must be in the group: name its members.")
    kind = "supergroup" if forum else "group"
    group = Group(
        free_id(roster, kind),
        kind,
        _name_for(roster, title),
        members,
        title=title,
        creator=members[0],
        is_forum=forum,
    )
    roster.admit(group)
    return group


def supergroup_from(roster: Roster, old: Group) -> Group:
    """What a basic group becomes: another chat with the same people, which takes its name over."""
    new = Group(
        free_id(roster, "supergroup"),
        "supergroup",
        old.name,
        old.members,
        title=old.title,
        creator=old.creator,
        admins=old.admins,
        bot_status=old.bot_status,
        bot_met=old.bot_met,
        permissions=old.permissions,
    )
    old.moved_to = new
    roster.admit(new)
    return new


def free_id(roster: Roster, kind: str) -> int:
    chat_id = FIRST_GROUP_ID if kind == "group" else FIRST_SUPERGROUP_ID
    while roster.find_chat(chat_id) is not None:
        chat_id -= 1
    return chat_id


def _name_for(roster: Roster, title: str) -> str:
    """What people call the chat in calls: the title in small letters, with a number where it is taken."""
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    if not re.search("[a-z]", name):
        name = f"group-{name}".strip("-")
    taken = {*roster.chats, *roster.people}
    return next(n for n in chain([name], (f"{name}-{i}" for i in count(2))) if n not in taken)
