"""Choosing: the pickers' buttons and what is typed instead, in the first conversation and in the settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.asking.ask import deliver, put_daily
from handlers.choosing import hour, views, zone
from handlers.choosing.presses import (
    CloseSettings,
    OpenPicker,
    PickCount,
    PickHour,
    PickLevel,
    PickRole,
    PickZone,
    ShareLocation,
    SkipStep,
    ToggleRestDay,
    ToggleTopic,
    Where,
)
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from handlers.kit.refusal import Refusal
from handlers.kit.reply import RemoveKeyboard, Reply, escape
from interview import zones
from interview.asking import Asking
from interview.day import jumped
from interview.learner import AWAIT_FOR, Learner, SetupStep
from interview.question import Level
from interview.rhythm import MOST_A_DAY, MOST_REST_DAYS
from interview.roles import Role
from storage import kept_days, learners
from storage.database import Transaction

_NEXT = {
    SetupStep.ZONE: SetupStep.HOUR,
    SetupStep.HOUR: SetupStep.ROLE,
    SetupStep.ROLE: SetupStep.LEVEL,
    SetupStep.TOPICS: SetupStep.LEVEL,
    SetupStep.LEVEL: None,
}  # the other pickers are the settings' alone
AWAITING_LOCATION = "location"
FOUND, OFFERED = 12, 4  # places looked at, and shown where one has to ask
_TYPED = (SetupStep.ZONE, SetupStep.HOUR)  # what may be typed instead of tapped


async def pick_zone(context: Context, press: PickZone) -> None:
    """Live in this zone; the hour stays what it is there."""
    async with context.on.db.transaction() as tx:
        learner = await _move(tx, context, press.zone)
        offered = learner.awaiting == AWAITING_LOCATION
        learner, asking = await _chosen(tx, context, learner, press.where, SetupStep.ZONE)
    if offered:
        await _remove_keyboard(context, learner)
    await _show(context, learner, press.where, asking)


async def pick_hour(context: Context, press: PickHour) -> None:
    """Ask at this hour."""
    at = hour.of_minutes(press.minutes)
    if at is None:
        raise Refusal(hour.UNKNOWN)
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), daily_time=at)
        learner, asking = await _chosen(tx, context, learner, press.where, SetupStep.HOUR)
    await _show(context, learner, press.where, asking)


async def pick_role(context: Context, press: PickRole) -> None:
    """Ask this role's mix; topics chosen before are dropped."""
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), role=press.role, topics=())
        learner, asking = await _chosen(tx, context, learner, press.where, SetupStep.ROLE)
    await _show(context, learner, press.where, asking)


async def toggle_topic(context: Context, press: ToggleTopic) -> None:
    """Choose or drop a topic; the picker stays open."""
    topics = context.on.taxonomy.topics
    if press.topic not in [topic.slug for topic in topics]:
        raise Refusal("That topic is not there any more. /settings shows those that are.")
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        wanted = {*learner.topics, press.topic} if press.chosen else {*learner.topics} - {press.topic}
        learner = replace(learner, topics=tuple(topic.slug for topic in topics if topic.slug in wanted))
        await learners.put(tx, learner)
    await _redraw_topics(context, learner, press.where)


async def pick_level(context: Context, press: PickLevel) -> None:
    """Ask at this level."""
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), level=press.level)
        learner, asking = await _chosen(tx, context, learner, press.where, SetupStep.LEVEL)
    await _show(context, learner, press.where, asking)


async def pick_count(context: Context, press: PickCount) -> None:
    """Ask so many questions a day."""
    if not 1 <= press.questions <= MOST_A_DAY:
        raise Refusal(f"I ask one to {MOST_A_DAY} questions a day. /settings shows the choice.")
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), daily_count=press.questions)
        await learners.put(tx, learner)
    await _redraw(context, views.settings(learner, context.now))


async def toggle_rest_day(context: Context, press: ToggleRestDay) -> None:
    """Rest on this weekday or not; the picker stays open."""
    if not 1 <= press.weekday <= 7:
        raise Refusal("A week has seven days. /settings shows them.")
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        others = learner.rest_days - {press.weekday}
        if press.rest and len(others) >= MOST_REST_DAYS:
            raise Refusal("One day a week has to be left. For a longer rest there is /pause.")
        learner = replace(learner, rest_days=others | {press.weekday} if press.rest else others)
        learner = replace(learner, next_daily_at=learner.daily_after(context.now))
        await learners.put(tx, learner)
    await _redraw(context, views.picker(learner, SetupStep.REST, context.on.taxonomy.topics, context.now))


async def skip_step(context: Context, press: SkipStep) -> None:
    """Leave this step of the first conversation as it is."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        offered = learner.awaiting == AWAITING_LOCATION
        learner, asking = await _chosen(tx, context, learner, Where.START, press.step)
    if offered:
        await _remove_keyboard(context, learner)
    await _show(context, learner, Where.START, asking)


async def open_picker(context: Context, press: OpenPicker) -> None:
    """Show one picker in place of what is there."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        if press.where is Where.START and learner.setup_step is not None:
            learner = replace(learner, setup_step=press.step)
        learner = _awaiting(learner, press.step, context.now)
        await learners.put(tx, learner)
    if press.where is Where.START:
        await _redraw(context, views.setup(learner, context.on.taxonomy.topics, context.now))
    else:
        await _redraw(context, views.picker(learner, press.step, context.on.taxonomy.topics, context.now))


async def close_settings(context: Context, press: CloseSettings) -> None:
    """From a picker back to the settings, or from the settings to plain text."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        offered = learner.awaiting == AWAITING_LOCATION
        learner = _awaiting(learner, None, context.now)
        await learners.put(tx, learner)
    if offered:
        await _remove_keyboard(context, learner)
    show = views.settings_closed if press.whole else views.settings
    await _redraw(context, show(learner, context.now))


async def share_location(context: Context, _: ShareLocation) -> None:
    """Offer the button that shares the location; a typed city counts as before."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        await learners.put(
            tx, replace(learner, awaiting=AWAITING_LOCATION, awaiting_until=context.now + AWAIT_FOR)
        )
    await chat.answer(context)
    await chat.send(context.on, context.learner_id, zone.LOCATION)


async def take_zone(context: Context) -> None:
    """A typed city or zone."""
    places = zones.search(context.text, context.on.places, FOUND)
    if not places:
        raise Refusal(zone.UNKNOWN)
    async with context.on.db.transaction() as tx:
        where = _where(await learners.get(tx, context.learner_id), SetupStep.ZONE)
    place = zones.certain(context.text, places)
    if place is None:
        nearest = {each.zone: each for each in reversed(places)}
        offered = [each for each in places if nearest[each.zone] is each][:OFFERED]
        await chat.send(context.on, context.learner_id, views.which_place(offered, context.now, where))
        return
    await _take_zone(context, place.zone, where)


async def take_location(context: Context) -> None:
    """A shared location: the zone of the nearest large place is kept, where exactly it was is not."""
    location = context.message.location
    assert location is not None, "only messages with a location get here"
    place = zones.nearest(location.latitude, location.longitude, context.on.places)
    async with context.on.db.transaction() as tx:
        where = _where(await learners.get(tx, context.learner_id), SetupStep.ZONE)
    here = context.now.astimezone(ZoneInfo(place.zone))
    text = f"Nearest large place: {escape(place.name)}. Your clock shows {here:%H:%M} there."
    await chat.send(context.on, context.learner_id, Reply(text, RemoveKeyboard()))
    await _take_zone(context, place.zone, where)


async def take_hour(context: Context) -> None:
    """A typed time of day."""
    at = hour.read_time(context.text)
    if at is None:
        raise Refusal(hour.UNKNOWN)
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        where = _where(learner, SetupStep.HOUR)
        learner, asking = await _chosen(tx, context, replace(learner, daily_time=at), where, SetupStep.HOUR)
    await _show_below(context, learner, where, asking)


async def take_role(context: Context) -> None:
    """A role typed instead of tapped."""
    meant = {role.label.casefold(): role for role in Role}.get(context.text.strip().casefold())
    if meant is None:
        raise Refusal("Tap one of the roles above, or Skip.")
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), role=meant, topics=())
        learner, asking = await _chosen(tx, context, learner, Where.START, SetupStep.ROLE)
    await _show_below(context, learner, Where.START, asking)


async def take_level(context: Context) -> None:
    """A level typed instead of tapped."""
    meant = {level.value: level for level in Level}.get(context.text.strip().casefold())
    if meant is None:
        raise Refusal("Tap junior, middle or senior above, or Skip.")
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), level=meant)
        learner, asking = await _chosen(tx, context, learner, Where.START, SetupStep.LEVEL)
    await _show_below(context, learner, Where.START, asking)


async def _take_zone(context: Context, name: str, where: Where) -> None:
    async with context.on.db.transaction() as tx:
        learner = await _move(tx, context, name)
        offered = learner.awaiting == AWAITING_LOCATION and context.message.location is None
        learner, asking = await _chosen(tx, context, learner, where, SetupStep.ZONE)
    if offered:
        await _remove_keyboard(context, learner)
    await _show_below(context, learner, where, asking)


async def _remove_keyboard(context: Context, learner: Learner) -> None:
    """The button that shares the location stands below the composer until it is taken away."""
    await chat.send(context.on, learner.id, Reply(views.clock(learner, context.now), RemoveKeyboard()))


async def _chosen(
    tx: Transaction, context: Context, learner: Learner, where: Where, step: SetupStep
) -> tuple[Learner, Asking | None]:
    """Write the choice down and go on; after the last step of the first conversation that is the first question."""
    asking = None
    if where is Where.START and learner.setup_step is not None:
        learner = replace(learner, setup_step=_NEXT[step])
    learner = _awaiting(learner, learner.setup_step, context.now)
    learner = replace(learner, next_daily_at=_next_daily_at(learner, where, context.now))
    await learners.put(tx, learner)
    if where is Where.START and learner.setup_step is None:
        day = learner.today(context.now)
        asking = await put_daily(tx, context.on, learner, context.now, day=day, by_heartbeat=False)
        learner = await learners.get(tx, learner.id)
    return learner, asking


def _next_daily_at(learner: Learner, where: Where, now: datetime) -> datetime:
    """A new hour or zone must not cost today's daily; in the first conversation that comes at its end anyway."""
    return learner.daily_from(now) if where is Where.SETTINGS else learner.daily_after(now)


async def _show(context: Context, learner: Learner, where: Where, asking: Asking | None) -> None:
    """After a tap: what comes next, in the same message."""
    if where is Where.START:
        await _redraw(context, views.setup(learner, context.on.taxonomy.topics, context.now))
    else:
        await _redraw(context, views.settings(learner, context.now))
    await _first_question(context, asking)


async def _show_below(context: Context, learner: Learner, where: Where, asking: Asking | None) -> None:
    """After something typed: what comes next, in a new message below it."""
    if where is Where.SETTINGS:
        await chat.send(context.on, learner.id, views.settings(learner, context.now))
        return
    if learner.setup_message_id is not None:
        await chat.drop_buttons(context.on, learner.id, learner.setup_message_id)
    message_id = await chat.send(
        context.on, learner.id, views.setup(learner, context.on.taxonomy.topics, context.now)
    )
    async with context.on.db.transaction() as tx:
        await learners.put(tx, replace(await learners.get(tx, learner.id), setup_message_id=message_id))
    await _first_question(context, asking)


async def _first_question(context: Context, asking: Asking | None) -> None:
    if asking is not None and asking.message_id is None:
        await deliver(context.on, asking, context.now)


async def _redraw(context: Context, reply: Reply) -> None:
    await chat.edit_or_send(context.on, context.message.chat.id, context.message.message_id, reply)
    await chat.answer(context)


async def _redraw_topics(context: Context, learner: Learner, where: Where) -> None:
    topics = context.on.taxonomy.topics
    if where is Where.START:
        await _redraw(
            context, views.setup(replace(learner, setup_step=SetupStep.TOPICS), topics, context.now)
        )
    else:
        await _redraw(context, views.picker(learner, SetupStep.TOPICS, topics, context.now))


async def _move(tx: Transaction, context: Context, name: str) -> Learner:
    """The learner in another zone; dates that the journey jumps over break no streak."""
    learner, zone = await learners.get(tx, context.learner_id), ZoneInfo(name)
    await kept_days.add_jumped(tx, learner.id, jumped(context.now, learner.zone, zone))
    return replace(learner, zone=zone, zone_chosen=True)


def _awaiting(learner: Learner, step: SetupStep | None, now: datetime) -> Learner:
    if step not in _TYPED:
        return replace(learner, awaiting=None, awaiting_until=None)
    return replace(learner, awaiting=step, awaiting_until=now + AWAIT_FOR)


def _where(learner: Learner, step: SetupStep) -> Where:
    return Where.START if learner.setup_step is step else Where.SETTINGS


FEATURE = Feature(
    name="choices",
    presses={
        PickZone: pick_zone,
        ShareLocation: share_location,
        PickHour: pick_hour,
        PickRole: pick_role,
        ToggleTopic: toggle_topic,
        PickLevel: pick_level,
        PickCount: pick_count,
        ToggleRestDay: toggle_rest_day,
        OpenPicker: open_picker,
        SkipStep: skip_step,
        CloseSettings: close_settings,
    },
    awaited={SetupStep.ZONE: take_zone, AWAITING_LOCATION: take_zone, SetupStep.HOUR: take_hour}
    | {SetupStep.ROLE: take_role, SetupStep.LEVEL: take_level},
    located=take_location,
)
