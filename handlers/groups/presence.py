"""Whether we are in a group, and what we may do there: added, promoted, demoted, removed, moved."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from telegram import ChatMember, ChatMemberUpdated
from telegram.error import BadRequest, ChatMigrated

from handlers.groups import views
from handlers.groups.views import Rights
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.reply import Reply
from handlers.quiz import running
from interview.group import Group
from interview.quiz import Ended
from interview.quiz_daily import next_after
from storage import groups, learners, quiz_dailies, quizzes
from storage.database import Transaction

log = logging.getLogger(__name__)


async def membership(context: Context) -> None:
    """What became of us in a group."""
    changed = context.update.my_chat_member
    assert changed is not None, "the door sends nothing else here"
    if not _is_in(changed.new_chat_member):
        await _gone(context, changed.date)
    elif not _is_in(changed.old_chat_member):
        await _arrived(context, changed)
    else:
        await _ranked(context, changed)


async def service(context: Context) -> None:
    """What Telegram itself says in a group: it has moved to another id, or goes by another title."""
    message = context.message
    async with context.on.db.transaction() as tx:
        if message.migrate_to_chat_id is not None:
            await _move(tx, context.chat_id, message.migrate_to_chat_id, context.now)
        elif message.migrate_from_chat_id is not None:
            await _move(tx, message.migrate_from_chat_id, context.chat_id, context.now)
        elif message.new_chat_title and (group := await groups.find(tx, context.chat_id)) is not None:
            await groups.put(tx, replace(group, title=message.new_chat_title))


async def _move(tx: Transaction, old_id: int, new_id: int, now: datetime) -> None:
    """We are where the group is now, even if we heard first that we are gone from where it was."""
    await groups.migrate(tx, old_id, new_id)
    group = await groups.find(tx, new_id)
    if group is not None:
        await _wake_dailies(tx, group, now)


async def _gone(context: Context, at: datetime) -> None:
    """The quiz is over and nothing comes daily; all else is kept for our return."""
    async with context.on.db.transaction() as tx:
        group = await groups.find(tx, context.chat_id)
        if group is None:
            return
        gone = replace(group, left_at=at, is_admin=False, welcomed_at=None, menu_message_id=None)
        await groups.put(tx, gone)
        await quiz_dailies.rest_in(tx, group.id)
    await running.end_all(context.on, context.chat_id, Ended.REMOVED, context.now)


async def _arrived(context: Context, changed: ChatMemberUpdated) -> None:
    async with context.on.db.transaction() as tx:
        known = await groups.find(tx, context.chat_id)
        group = await groups.meet(tx, context.chat_id, changed.chat.title or "", changed.date)
        group = replace(group, left_at=None, is_admin=_is_admin(changed.new_chat_member))
        if not group.zone_chosen and group.joined_at == changed.date:
            # whoever adds us mostly lives where the group does
            adder = await learners.find(tx, context.learner_id)
            group = replace(group, zone=adder.zone) if adder is not None else group
        await groups.put(tx, group)
        await _wake_dailies(tx, group, context.now)
    left = known is not None and known.left_at is not None
    await _welcome(context, group, returning=left or group.joined_at < changed.date)


async def _wake_dailies(tx: Transaction, group: Group, now: datetime) -> None:
    for daily in await quiz_dailies.of_group(tx, group.id):
        if daily.next_at is None and not daily.rests:
            await quiz_dailies.put(tx, replace(daily, next_at=next_after(daily, now, group.zone)))


async def _ranked(context: Context, changed: ChatMemberUpdated) -> None:
    """We became an admin or are none any more; said only where that changes what works."""
    async with context.on.db.transaction() as tx:
        group = await groups.meet(tx, context.chat_id, changed.chat.title or "", changed.date)
        group = replace(group, is_admin=_is_admin(changed.new_chat_member))
        await groups.put(tx, group)
    if group.welcomed_at is None:
        await _welcome(context, group)
    elif _is_admin(changed.old_chat_member) != group.is_admin and not await _plays(context):
        reply = views.rights_changed(await _rights(context.on, group))
        if reply is not None:
            await _say(context.on, group, reply)


async def _plays(context: Context) -> bool:
    """Whether a quiz is under way, which says itself what stands in its way."""
    async with context.on.db.transaction() as tx:
        return bool(await quizzes.unfinished_in(tx, context.chat_id))


async def _welcome(context: Context, group: Group, *, returning: bool = False) -> None:
    """Say once what we are here for; where we may not say it, at the next chance. A group that takes us in often
    becomes a supergroup by that, and then it is said there."""
    if group.welcomed_at is not None:
        return
    try:
        await _say_welcome(context, group, returning=returning)
    except ChatMigrated as moved:
        async with context.on.db.transaction() as tx:
            await groups.migrate(tx, group.id, moved.new_chat_id)
            now_there = await groups.find(tx, moved.new_chat_id)
        if now_there is not None and now_there.id != group.id:
            await _welcome(context, now_there, returning=returning)


async def _say_welcome(context: Context, group: Group, *, returning: bool) -> None:
    on = context.on
    rights = await _rights(on, group)
    if returning:
        async with on.db.transaction() as tx:
            dailies = await quiz_dailies.of_group(tx, group.id)
        reply = views.back(group, dailies, rights, on.bot.username)
    else:
        reply = views.welcome(group, rights, on.bot.username)
    if not await _say(on, group, reply):
        return
    async with on.db.transaction() as tx:
        known = await groups.find(tx, group.id)
        if known is not None:
            await groups.put(tx, replace(known, welcomed_at=context.now))


async def _say(on: Dependencies, group: Group, reply: Reply) -> bool:
    """Whether it could be said."""
    try:
        await chat.send(on, group.id, reply)
    except BadRequest as refused:
        if not chat.is_forbidden(refused):
            raise
        log.info("group %d does not let us speak: %s", group.id, refused.message)
        return False
    return True


async def _rights(on: Dependencies, group: Group) -> Rights:
    may = (await on.bot.get_chat(group.id)).permissions
    if may is None:
        return Rights(texts=True, polls=True, is_admin=group.is_admin)
    return Rights(
        texts=may.can_send_messages is not False,
        polls=may.can_send_polls is not False,
        is_admin=group.is_admin,
    )


def _is_in(member: ChatMember) -> bool:
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


def _is_admin(member: ChatMember) -> bool:
    return member.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
