"""/help: what the bot can do, written from the list of its features."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Link, Reply, escape

_FIRST = ("today", "topic", "review", "weak", "stats", "settings", "pause")
"""What nearly everybody needs; the rest is folded."""


def help_with(features: Sequence[Feature]) -> Feature:
    """The feature that lists all the others, and itself."""

    async def show_help(context: Context, _: str = "") -> None:
        shown = [each for each in (*features, feature) if context.by_operator or not each.for_operators]
        add = Link("Add me to a study group", f"https://t.me/{context.on.bot.username}?startgroup=new")
        await chat.send(context.on, context.learner_id, Reply(_text(shown), ((add,),)))

    feature = Feature(name="help", commands=(Called("help", "what I can do", show_help),))
    return feature


def _text(features: Sequence[Feature]) -> str:
    commands = [called for each in features for called in each.commands]
    first = [_line(called) for called in commands if called.name in _FIRST]
    more = "\n".join(_line(called) for called in commands if called.name not in _FIRST)
    head = (
        "One interview question a day; answer it in your own words, rate your recall, and it returns in time."
    )
    foot = (
        "Reply to any question to answer it, however old it is.\n"
        "In a study group I run quizzes as polls against the clock, for all of you at once: add me with the button."
    )
    return "\n".join(
        [f"<b>{head}</b>", "", *first, "", f"<blockquote expandable>{more}</blockquote>", "", foot]
    )


def _line(called: Called) -> str:
    return f"/{called.name} – {escape(called.description)}"
