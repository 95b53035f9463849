"""Under which name groups know somebody; /alias in private changes it in all of them, unseen."""

from __future__ import annotations

from dataclasses import replace

from handlers.board import views
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview import board as rules
from interview.group import Player
from storage import groups, players
from storage.database import Transaction

OFF = "off"
NO_ALIAS = (
    f"An alias is one line of up to {rules.LONGEST_ALIAS} characters that begins with a letter or a figure:"
    " /board alias Ada, or /alias Ada in private."
)
TAKEN = "Somebody here goes by that name already. Choose another: /board alias Ada."
TAKEN_THERE = "In “{}” somebody goes by that name already. Choose another: /alias Ada."
UNKNOWN = "No study group knows you yet. Play a quiz in one, then /alias gives you another name there."


async def alias(context: Context, words: str) -> None:
    """Show the names one has in groups; or change them in all at once, or whether they are shown."""
    async with context.on.db.transaction() as tx:
        known = await players.of_person(tx, context.learner_id)
        if not known:
            raise Refusal(UNKNOWN)
        if words.casefold() in ("hide", "show"):
            known = [replace(each, hidden=words.casefold() == "hide") for each in known]
        elif words:
            known = await _renamed(tx, context, known, read(context, words))
        for each in known:
            await players.put(tx, each)
        titled = [((await groups.get(tx, each.group_id)).title, each) for each in known]
    await chat.respond(context, views.in_groups(titled))


def read(context: Context, typed: str) -> str | None:
    """The alias, None for `off`; a Refusal where it is none, or the bot’s own name."""
    if typed.strip().casefold() == OFF:
        return None
    name = rules.alias_of(typed)
    if name is None:
        raise Refusal(NO_ALIAS)
    bot = context.on.bot
    if name.casefold() in {bot.first_name.casefold(), bot.username.casefold()}:
        raise Refusal(TAKEN)
    return name


async def is_taken(tx: Transaction, player: Player, name: str) -> bool:
    """Whether somebody else in the group is called so: nobody shall pass for another."""
    others = [
        each for each in await players.of_group(tx, player.group_id) if each.person_id != player.person_id
    ]
    return name.casefold() in {known.casefold() for each in others for known in (each.name, each.shown)}


async def _renamed(tx: Transaction, context: Context, known: list[Player], name: str | None) -> list[Player]:
    for each in known:
        if name is not None and await is_taken(tx, each, name):
            raise Refusal(TAKEN_THERE.format((await groups.get(tx, each.group_id)).title))
    return [replace(each, alias=name) for each in known]
