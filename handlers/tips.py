"""/tips: short pages of advice on the interviews themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from content.markup import to_html
from content.tips import Tip
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press, Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape, rows


@dataclass(frozen=True, slots=True)
class ReadTip(Press):
    """Show this page."""

    name: ClassVar[str] = "tip"
    slug: Slug


@dataclass(frozen=True, slots=True)
class ListTips(Press):
    """Back to the list."""

    name: ClassVar[str] = "tips"


async def list_tips(context: Context, _: ListTips | str = "") -> None:
    """The pages, a button each."""
    await chat.respond(context, _list(context.on.tips))


async def read_tip(context: Context, press: ReadTip) -> None:
    """One page, in place of the list."""
    tip = next((tip for tip in context.on.tips if tip.slug == press.slug), None)
    if tip is None:
        raise Refusal("That page is not there any more. /tips lists those that are.")
    first, _, rest = tip.text.partition("\n\n")
    text = f"<b>{escape(tip.title)}</b>\n\n{to_html(first)}"
    if rest:
        text += f"\n\n<blockquote expandable>{to_html(rest)}</blockquote>"
    await chat.respond(context, Reply(text, ((Button("All tips", ListTips()),),)))


def _list(tips: Sequence[Tip]) -> Reply:
    buttons = [Button(tip.title, ReadTip(Slug(tip.slug))) for tip in tips]
    return Reply("<b>Short pages of advice</b>\nTwo minutes each.", rows(buttons, 1))


FEATURE = Feature(
    name="tips",
    commands=(Called("tips", "how interviews run, and how to prepare", list_tips),),
    presses={ReadTip: read_tip, ListTips: list_tips},
)
