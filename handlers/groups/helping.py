"""/help in a group: what the bot can do there, written from the list of its features."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Link, Reply, escape
from storage import groups

JUST_WELCOMED = timedelta(minutes=2)


def help_with(features: Sequence[Feature]) -> Feature:
    """The feature that lists what all the others do in groups, and itself."""

    async def show_help(context: Context, _: str = "") -> None:
        reply = Reply(_text((*features, feature)), ((_in_private(context),),))
        await chat.say(context, reply)

    async def start(context: Context, _: str = "") -> None:
        """A link that adds us to a group says /start there too: the welcome stands above it already."""
        async with context.on.db.transaction() as tx:
            group = await groups.find(tx, context.chat_id)
        if group is None or group.welcomed_at is None or context.now - group.welcomed_at > JUST_WELCOMED:
            await show_help(context)

    feature = Feature(
        name="group help",
        group_commands=(
            Called("help", "what I can do here", show_help),
            Called("start", "what I can do here", start),
        ),
    )
    return feature


def _text(features: Sequence[Feature]) -> str:
    lines = [
        f"/{called.name} – {escape(called.description)}"
        for each in features
        for called in each.group_commands
        if called.name != "start"
    ]
    head = "<b>Quizzes on machine-learning interviews, as polls, for all of you at once.</b>"
    foot = "Points are for right answers, and more for fast ones; a wrong one within two seconds costs 25."
    return "\n".join([head, "", *lines, "", foot])


def _in_private(context: Context) -> Link:
    return Link("A question a day, in private", f"https://t.me/{context.on.bot.username}")
