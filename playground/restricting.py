"""Methods by which a bot that runs a group puts people out, lets them back, and opens topics."""

from typing import TYPE_CHECKING, Any

from playground import membership, rules, service
from playground.calls import Built, Call
from playground.groups import Group
from playground.people import Bot, Person
from playground.refusals import bad_request

if TYPE_CHECKING:
    from playground.state import Box

LONGEST_TITLE = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


def ban_chat_member(box: "Box", call: Call) -> bool:
    """Out of a supergroup that is for good; out of a basic group they may be brought back."""
    group, person = _group_and_person(box, call)
    if group.holds(person):
        membership.goes(box, group, box.bot, person)
    elif not group.is_supergroup:
        raise bad_request("USER_NOT_PARTICIPANT")
    elif person not in group.banned:
        before = membership.member_json(group, person)
        group.banned.append(person)
        membership.tell_change(box, group, box.bot, person, before)
    return True


def unban_chat_member(box: "Box", call: Call) -> bool:
    """They may come again; whoever was not banned is put out, unless `only_if_banned`."""
    group, person = _group_and_person(box, call)
    if not group.is_supergroup:
        raise bad_request("method is available for supergroup and channel chats only")
    if group.holds(person) and not call.flag("only_if_banned"):
        membership.goes(box, group, box.bot, person)
    if person in group.banned:
        before = membership.member_json(group, person)
        group.banned = [other for other in group.banned if other is not person]
        membership.tell_change(box, group, box.bot, person, before)
    return True


def create_forum_topic(box: "Box", call: Call) -> dict[str, Any]:
    group = rules.group_of(box, call, "the chat is not a forum")
    name, colour = call.text("name").strip(), call.number("icon_color", COLOURS[0])
    if not group.is_forum:
        raise bad_request("the chat is not a forum")
    if not group.is_run_by(box.bot):
        raise bad_request("not enough rights to create a topic")
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > LONGEST_TITLE:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    icon = {"name": name, "icon_color": colour}
    note = f"{box.bot.first_name} opened “{name}”"
    message = service.post(box, group, box.bot, {"forum_topic_created": icon}, note, opens=name)
    box.events.tell("chats")
    return {"message_thread_id": message.id, **icon}


def _group_and_person(box: "Box", call: Call) -> tuple[Group, Person]:
    """A group the bot runs, and somebody it may put out of it."""
    group = rules.group_of(box, call, "chat member status can't be changed in private chats")
    who = rules.somebody(box, call)
    if isinstance(who, Bot):
        raise bad_request("can't restrict self")
    if not group.is_run_by(box.bot):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    if who is group.creator:
        raise bad_request("can't remove chat owner")
    if who in group.admins:
        raise bad_request("user is an administrator of the chat")
    return group, who


METHODS = {
    "banChatMember": Built(ban_chat_member, ("chat_id", "user_id")),
    "unbanChatMember": Built(unban_chat_member, ("chat_id", "user_id", "only_if_banned")),
    "createForumTopic": Built(create_forum_topic, ("chat_id", "name", "icon_color")),
}
