"""The zone: tapped, typed as a city or zone, or from a shared location."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.choices.going_on import (
    AWAITING_LOCATION,
    Change,
    Timing,
    cannot_read,
    choose,
    choose_typed,
    where_typed,
)
from handlers.choosing import pickers, zone
from handlers.choosing.presses import PickZone, ShareLocation
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.reply import RemoveKeyboard, Reply, escape
from interview import lost_zones, zones
from interview.learner import AWAIT_FOR, SetupStep
from storage import learners

_FOUND, _OFFERED = 12, 4  # places looked at, and shown where one has to ask


async def pick_zone(context: Context, press: PickZone) -> None:
    """Live in this zone; the hour stays what it is there."""
    await choose(context, press.where, SetupStep.ZONE, _living_in(press.zone), Timing.TODAY_IF_OWED)


async def share_location(context: Context, _: ShareLocation) -> None:
    """Offer the button that shares the location; a typed city counts as before."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        until = context.now + AWAIT_FOR
        await learners.put(tx, replace(learner, awaiting=AWAITING_LOCATION, awaiting_until=until))
    await chat.answer(context)
    await chat.send(context.on, context.learner_id, zone.LOCATION)


async def take_zone(context: Context) -> None:
    """A typed city or zone."""
    places = zones.search(context.text, context.on.places, _FOUND)
    if not places:
        raise await cannot_read(context, zone.UNKNOWN)
    place = zones.certain(context.text, places)
    if place is not None:
        await choose_typed(context, SetupStep.ZONE, _living_in(place.zone), Timing.TODAY_IF_OWED)
        return
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        where, picker_id = await where_typed(tx, context, learner, SetupStep.ZONE)
    likeliest = {each.zone: each for each in reversed(places)}
    offered = [each for each in places if likeliest[each.zone] is each][:_OFFERED]
    reply = pickers.which_place(offered, context.on.places, context.now, where)
    await chat.edit_or_send(context.on, context.learner_id, picker_id, reply)


async def take_location(context: Context) -> None:
    """A shared location: the zone of the nearest large place is kept, where exactly it was is not."""
    location = context.message.location
    assert location is not None, "only messages with a location get here"
    place = zones.nearest(location.latitude, location.longitude, context.on.places)
    here = context.now.astimezone(ZoneInfo(place.zone))
    async with context.on.db.transaction() as tx:
        before = await learners.get(tx, context.learner_id)
    text = f"Nearest large place: {escape(place.name)}. Your clock shows {here:%H:%M} there."
    await chat.send(context.on, context.learner_id, Reply(text, RemoveKeyboard()))
    moved = before.zone.key != place.zone and lost_zones.is_known(before.zone)
    back = pickers.back_to(before.zone.key) if moved else ()
    await choose_typed(context, SetupStep.ZONE, _living_in(place.zone), Timing.TODAY_IF_OWED, more=back)


def _living_in(name: str) -> Change:
    there = ZoneInfo(name)
    return lambda learner: replace(learner, zone=there, zone_chosen=True)
