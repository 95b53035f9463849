"""Methods about chats: what a bot may know of one and its members, pins in it, and going away."""

from typing import TYPE_CHECKING, Any

from playground import membership, pinning, rules
from playground.calls import Built, Call
from playground.groups import Group
from playground.refusals import bad_request

if TYPE_CHECKING:
    from playground.state import Box

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(box: "Box", call: Call) -> dict[str, Any]:
    chat = rules.chat_of(box, call)
    shown = chat.as_json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, chat.is_private),
    }
    if (pinned := pinning.newest(box, chat)) is not None:
        shown["pinned_message"] = box.message_json(pinned)
    if isinstance(chat, Group):
        return shown | {"permissions": dict(chat.permissions)}
    if not chat.person.started:
        raise bad_request("chat not found")
    return shown | {"active_usernames": [chat.person.name]}


def get_chat_member(box: "Box", call: Call) -> dict[str, Any]:
    chat = rules.chat_of(box, call)
    who = rules.somebody(box, call)
    if isinstance(chat, Group):
        return membership.member_json(chat, who)
    return {"status": "member", "user": who.as_user()}


def get_chat_administrators(box: "Box", call: Call) -> list[dict[str, Any]]:
    group = rules.group_of(box, call, "there are no administrators in the private chat")
    running = [membership.member_json(group, person) for person in group.members if group.is_run_by(person)]
    return running + [membership.member_json(group, box.bot)] * group.is_run_by(box.bot)


def get_chat_member_count(box: "Box", call: Call) -> int:
    chat = rules.chat_of(box, call)
    return len(chat.members) + 1


def leave_chat(box: "Box", call: Call) -> bool:
    group = rules.group_of(box, call, "chat member status can't be changed in private chats")
    membership.bot_leaves(box, group)
    return True


METHODS = {
    "getChat": Built(get_chat, ("chat_id",)),
    "getChatMember": Built(get_chat_member, ("chat_id", "user_id")),
    "getChatAdministrators": Built(get_chat_administrators, ("chat_id",), ("return_bots",)),
    "getChatMemberCount": Built(get_chat_member_count, ("chat_id",)),
    "leaveChat": Built(leave_chat, ("chat_id",)),
}
