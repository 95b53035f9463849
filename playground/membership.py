"""Who comes into a group, leaves it, runs it, and what becomes of it: what people do there and the bot hears."""

from typing import TYPE_CHECKING, Any

from playground import service
from playground.groups import PERMISSIONS, BotStatus, Group, found_group, supergroup_from
from playground.people import Bot, Person
from playground.refusals import PersonRefused

if TYPE_CHECKING:
    from playground.state import Box

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_send_welcome_messages",
)  # fmt: skip
ANONYMOUS_ADMIN = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"
}  # fmt: skip


def member_json(group: Group, who: Person | Bot) -> dict[str, Any]:
    """A ChatMember object: what somebody is in the group now."""
    user = who.as_user()
    if who is group.owner:
        return {"status": "creator", "user": user, "is_anonymous": False}
    if group.holds(who) and group.is_run_by(who):
        shown = {"status": "administrator", "user": user, "can_be_edited": False, "is_anonymous": False}
        shown |= dict.fromkeys(ADMIN_RIGHTS, True) | {"can_promote_members": False}
        return shown | ({"can_manage_topics": True} if group.is_forum else {})
    if group.holds(who):
        return {"status": "member", "user": user}
    is_banned = group.bot_status == "kicked" if isinstance(who, Bot) else who in group.banned
    if is_banned:
        return {"status": "kicked", "user": user, "until_date": 0}
    return {"status": "left", "user": user}


def somebody(box: "Box", name: str) -> Person | Bot:
    """A person, or the bot by its user name or as `bot`. Raises `PersonRefused`."""
    return box.bot if name.removeprefix("@") in (box.bot.username, "bot") else box.roster.person(name)


def _living(box: "Box", name: str) -> Person | Bot:
    who = somebody(box, name)
    if isinstance(who, Person) and who.deactivated:
        raise PersonRefused(f"{name}'s account is deleted.", 403)
    return who


def create(box: "Box", title: str, members: list[str], *, forum: bool = False) -> Group:
    """A new group; the first person of those named makes it, and the bot is in it where it is named too."""
    found = list(dict.fromkeys(_living(box, name) for name in members))
    people = [who for who in found if isinstance(who, Person)]
    group = found_group(box.roster, title, people, forum=forum)
    creator = people[0]
    with_bot = box.bot in found
    if with_bot:
        _set_bot(box, group, "member", creator)
    made = "supergroup_chat_created" if group.is_supergroup else "group_chat_created"
    service.post(box, group, creator, {made: True}, f"{creator.first_name} created “{group.title}”")
    box.events.tell("chats")
    return group


def add(box: "Box", who: str, chat: str | int, whom: str) -> None:
    """A member brings somebody in; whoever is there already stays. Raises `PersonRefused`."""
    person, group = _member_and_group(box, who, chat)
    newcomer = _living(box, whom)
    if group.holds(newcomer):
        return
    if not group.allows(person, "can_invite_users"):
        raise PersonRefused(f"Members of {group.name} may not add people.", 403)
    if isinstance(newcomer, Bot):
        _set_bot(box, group, "member", person)
    else:
        before = member_json(group, newcomer)
        group.banned = [other for other in group.banned if other is not newcomer]
        group.members.append(newcomer)
        tell_change(box, group, person, newcomer, before)
    name = newcomer.first_name
    body = {"new_chat_members": [newcomer.as_user()]}
    joined = f"{name} joined" if newcomer is person else f"{person.first_name} added {name}"
    service.post(box, group, person, body, joined)
    box.events.tell("chats")


def remove(box: "Box", who: str, chat: str | int, whom: str) -> None:
    """Somebody who runs the group puts another out; out of a supergroup that is for good, until added again."""
    person, group = _runner_and_group(box, who, chat)
    gone = somebody(box, whom)
    if not group.holds(gone):
        raise PersonRefused(f"{whom} is not in the chat {group.name}.", 404)
    if gone is group.creator and gone is not person:
        raise PersonRefused(f"{whom} made {group.name} and cannot be removed.", 403)
    goes(box, group, person, gone)


def leave(box: "Box", who: str, chat: str | int) -> None:
    person, group = _member_and_group(box, who, chat)
    goes(box, group, person, person)


def bot_leaves(box: "Box", group: Group) -> None:
    """The bot goes by itself and hears of it as of everything that happens to it."""
    goes(box, group, box.bot, box.bot)


def promote(box: "Box", who: str, chat: str | int, whom: str) -> None:
    """Somebody who runs the group makes another an administrator of it."""
    _, group = _runner_and_group(box, who, chat)
    _rank(box, who, group, somebody(box, whom), runs_it=True)


def demote(box: "Box", who: str, chat: str | int, whom: str) -> None:
    """An administrator is a plain member again."""
    _, group = _runner_and_group(box, who, chat)
    _rank(box, who, group, somebody(box, whom), runs_it=False)


def allow(box: "Box", who: str, chat: str | int, permissions: dict[str, bool]) -> None:
    """Somebody who runs the group says what plain members, the bot among them, may do."""
    _, group = _runner_and_group(box, who, chat)
    for name, value in permissions.items():
        if name not in PERMISSIONS or not isinstance(value, bool):
            raise PersonRefused(f"A permission is true or false and one of {', '.join(PERMISSIONS)}.")
    group.permissions |= permissions


def migrate(box: "Box", chat: str | int, who: str | None = None) -> Group:
    """A basic group becomes a supergroup: a new chat with another id; the old one refuses what the bot sends."""
    old = _group(box, chat)
    person = _acting(box, old, who)
    if old.is_supergroup:
        raise PersonRefused(f"{old.name} is a supergroup already.")
    if not old.is_run_by(person):
        raise PersonRefused(f"{person.name} does not run {old.name}.", 403)
    new = supergroup_from(box.roster, old)
    note = "The group became a supergroup"
    service.post(box, old, person, {"migrate_to_chat_id": new.id}, note)
    body = {"from": ANONYMOUS_ADMIN, "sender_chat": new.as_json(), "migrate_from_chat_id": old.id}
    service.post(box, new, person, body, note)
    box.events.tell("chats")
    return new


def open_topic(box: "Box", chat: str | int, title: str, who: str | None = None) -> int:
    """A new forum topic's thread id, which is the id of the message that opens it; opened by the creator, unless
    somebody is named."""
    group = _group(box, chat)
    person = _acting(box, group, who)
    title = title.strip()
    if not group.is_forum:
        raise PersonRefused(f"{group.name} has no topics: it is no forum.")
    if not 1 <= len(title) <= 128:
        raise PersonRefused("A topic's title has 1 to 128 characters.")
    if not group.allows(person, "can_manage_topics"):
        raise PersonRefused(f"Members of {group.name} may not open topics.", 403)
    body = {"forum_topic_created": {"name": title, "icon_color": 0x6FB9F0}}
    message = service.post(box, group, person, body, f"{person.first_name} opened “{title}”", opens=title)
    box.events.tell("chats")
    return message.id


def goes(box: "Box", group: Group, by: Person | Bot, gone: Person | Bot) -> None:
    body = {"left_chat_member": gone.as_user()}
    name = gone.first_name
    note = f"{name} left" if by is gone else f"{by.first_name} removed {name}"
    is_ban = group.is_supergroup and by is not gone
    if isinstance(gone, Bot):
        # a basic group's bot hears of its going twice, a supergroup's only once
        _set_bot(box, group, "kicked" if is_ban else "left", by)
        service.post(box, group, by, body, note, tells_bot=not group.is_supergroup)
    else:
        before = member_json(group, gone)
        group.members = [person for person in group.members if person is not gone]
        group.admins = [person for person in group.admins if person is not gone]
        group.banned += [gone] * is_ban
        tell_change(box, group, by, gone, before)
        service.post(box, group, by, body, note)
    if not group.is_supergroup and isinstance(gone, Bot) and by is not gone:
        group.bot_status = "kicked"
    box.events.tell("chats")


def _rank(box: "Box", who: str, group: Group, whom: Person | Bot, *, runs_it: bool) -> None:
    if not group.holds(whom):
        raise PersonRefused(f"{whom.name} is not in the chat {group.name}.", 404)
    person = box.roster.person(who)
    if isinstance(whom, Bot):
        _set_bot(box, group, "administrator" if runs_it else "member", person)
    elif whom is group.creator:
        raise PersonRefused(f"{whom.name} made {group.name}, so runs it for good.")
    else:
        before = member_json(group, whom)
        group.admins = [admin for admin in group.admins if admin is not whom] + [whom] * runs_it
        tell_change(box, group, person, whom, before)
    box.events.tell("chats")


def _set_bot(box: "Box", group: Group, status: BotStatus, by: Person | Bot) -> None:
    before = member_json(group, box.bot)
    group.bot_status = status
    group.bot_met = True
    tell_change(box, group, by, box.bot, before)


def tell_change(
    box: "Box", group: Group, by: Person | Bot, whom: Person | Bot, before: dict[str, Any]
) -> None:
    """The bot hears of itself always, of others as an administrator."""
    after = member_json(group, whom)
    if before == after:
        return
    if whom is not box.bot and not group.is_run_by(box.bot):
        return
    box.updates.add("my_chat_member" if whom is box.bot else "chat_member", {
        "chat": group.as_json(),
        "from": by.as_user(),
        "date": int(box.now().timestamp()),
        "old_chat_member": before,
        "new_chat_member": after,
    })  # fmt: skip


def _group(box: "Box", chat: str | int) -> Group:
    group = box.roster.chat(chat)
    if not isinstance(group, Group):
        raise PersonRefused(f"{group.name} is a private chat, not a group.")
    return group


def _acting(box: "Box", group: Group, who: str | None) -> Person:
    """The member named, else who made the group, or has been in it longest."""
    if who is not None:
        return box.roster.chat_of(who, group.id)[0]
    if group.owner is not None:
        return group.owner
    if not group.members:
        raise PersonRefused(f"Nobody is left in {group.name}.")
    return group.members[0]


def _member_and_group(box: "Box", who: str, chat: str | int) -> tuple[Person, Group]:
    group = _group(box, chat)
    person, _ = box.roster.chat_of(who, group.id)
    return person, group


def _runner_and_group(box: "Box", who: str, chat: str | int) -> tuple[Person, Group]:
    person, group = _member_and_group(box, who, chat)
    if not group.is_run_by(person):
        raise PersonRefused(f"{who} does not run {group.name}.", 403)
    return person, group
