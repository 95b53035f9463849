"""/quizsettings: who may start quizzes in a group, and where its clock stands; in one message that admins edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.choosing import zone as zone_words
from handlers.groups import views
from handlers.groups.presses import PickGroupZone, PickWhoStarts
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply
from handlers.quiz.admins import is_admin
from handlers.quiz.titles import title_of
from interview import zones
from interview.group import Group
from interview.quiz_daily import QuizDaily, next_after
from storage import groups, quiz_dailies
from storage.database import Transaction

_FOUND, _OFFERED = 12, 4  # places looked at, and shown where one has to ask


async def settings(context: Context, words: str) -> None:
    """Show them; with a city, live there from now on."""
    if words:
        await _type_zone(context, words, None)
        return
    async with context.on.db.transaction() as tx:
        group = await _group(tx, context)
        dailies = await quiz_dailies.of_group(tx, group.id)
    await _show(context, group, dailies)


async def pick_who_starts(context: Context, press: PickWhoStarts) -> None:
    """Quizzes are started by these."""
    await _change(context, lambda group: replace(group, who_may_start=press.who), context.message.message_id)
    await chat.answer(context)


async def pick_zone(context: Context, press: PickGroupZone) -> None:
    """The group's clock stands there."""
    await _change(context, _living_in(ZoneInfo(press.zone)), context.message.message_id)
    await chat.answer(context)


async def text(context: Context) -> None:
    """A city in reply to the settings; a reply to anything else of ours is none of our business."""
    replied = context.message.reply_to_message
    async with context.on.db.transaction() as tx:
        group = await groups.find(tx, context.chat_id)
    if group is None or replied is None or replied.message_id != group.menu_message_id:
        return
    await _type_zone(context, context.text, replied.message_id)


async def _type_zone(context: Context, words: str, shown_in: int | None) -> None:
    await _admins_only(context)
    places = zones.search(words, context.on.places, _FOUND)
    if not places:
        raise Refusal(zone_words.UNKNOWN)
    place = zones.certain(words, places)
    if place is not None:
        await _change(context, _living_in(ZoneInfo(place.zone)), shown_in)
        return
    likeliest = {each.zone: each for each in reversed(places)}
    offered = [each for each in places if likeliest[each.zone] is each][:_OFFERED]
    async with context.on.db.transaction() as tx:
        group = await _group(tx, context)
    reply = views.which_place(group, offered, context.on.places, context.now)
    await _put_up(context, group, reply, shown_in)


async def _change(context: Context, change: Callable[[Group], Group], shown_in: int | None) -> None:
    await _admins_only(context)
    async with context.on.db.transaction() as tx:
        before = await _group(tx, context)
        group = change(before)
        await groups.put(tx, group)
        if group.zone.key != before.zone.key:
            await _move_dailies(tx, group, context.now)
        dailies = await quiz_dailies.of_group(tx, group.id)
    await _show(context, group, dailies, before.zone, shown_in)


async def _move_dailies(tx: Transaction, group: Group, now: datetime) -> None:
    """Daily quizzes keep their hour, on the new clock; a day that had its quiz gets no second one."""
    for daily in await quiz_dailies.of_group(tx, group.id):
        if daily.next_at is not None:
            await quiz_dailies.put(tx, replace(daily, next_at=next_after(daily, now, group.zone)))


async def _show(
    context: Context,
    group: Group,
    dailies: list[QuizDaily],
    before: ZoneInfo | None = None,
    shown_in: int | None = None,
) -> None:
    titles = [title_of(context.on.taxonomy, daily.topic, daily.facet) for daily in dailies]
    await _put_up(context, group, views.settings(group, dailies, titles, context.now, before), shown_in)


async def _put_up(context: Context, group: Group, reply: Reply, shown_in: int | None) -> None:
    """The settings, or what is asked about them, in that message or, without one, in a new one, which takes the
    buttons off the one before it."""
    on = context.on
    if shown_in is not None and await chat.edit(on, context.chat_id, shown_in, reply):
        message_id = shown_in
    else:
        message_id = await chat.say(context, reply)
    if message_id == group.menu_message_id:
        return
    async with on.db.transaction() as tx:
        known = await groups.get(tx, context.chat_id)
        await groups.put(tx, replace(known, menu_message_id=message_id))
    if known.menu_message_id is not None:
        await chat.drop_buttons(on, known.id, known.menu_message_id)


async def _group(tx: Transaction, context: Context) -> Group:
    return await groups.meet(tx, context.chat_id, context.message.chat.title or "", context.now)


async def _admins_only(context: Context) -> None:
    if not await is_admin(context):
        raise Refusal(views.ONLY_ADMINS)


def _living_in(zone: ZoneInfo) -> Callable[[Group], Group]:
    return lambda group: replace(group, zone=zone, zone_chosen=True)
