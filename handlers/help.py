"""/help: what the bot can do, written from the list of its features."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Reply, escape


def help_with(features: Sequence[Feature]) -> Feature:
    """The feature that lists all the others, and itself."""

    async def show_help(context: Context, _: str = "") -> None:
        shown = [each for each in (*features, feature) if context.by_operator or not each.for_operators]
        await chat.send(context.on, context.learner_id, Reply(_text(shown)))

    feature = Feature(name="help", commands=(Called("help", "what I can do", show_help),))
    return feature


def _text(features: Sequence[Feature]) -> str:
    lines = [
        f"/{called.name} – {escape(called.description)}" for each in features for called in each.commands
    ]
    head = (
        "One interview question a day; answer it in your own words, rate your recall, and it returns in time."
    )
    foot = "Reply to any question to answer it, however old it is."
    return "\n".join([f"<b>{head}</b>", "", *lines, "", foot])
