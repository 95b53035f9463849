"""Formulas of the reference that no line of text can hold: a picture below it, once."""

from __future__ import annotations

import asyncio
import logging

from content.markup import tall_formulas
from drawing.formula import CannotDraw, draw_formulas
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Dependencies
from storage import askings

log = logging.getLogger(__name__)

CAPTION = "The formulas of the reference answer, set larger."


async def send_formulas(on: Dependencies, known: State) -> None:
    """Send the picture where the reference needs one and it was not sent yet; the text has the formulas as well."""
    formulas = tall_formulas(known.question.answer)
    if not formulas or known.asking.picture_message_id is not None:
        return
    try:
        picture = await asyncio.to_thread(draw_formulas, formulas)
    except CannotDraw as cannot:
        log.warning("a formula of %s cannot be drawn: %s", known.question.id, cannot)
        return
    message_id = await chat.send_picture(on, known.asking.learner_id, picture, CAPTION)
    async with on.db.transaction() as tx:
        await askings.mark_pictured(tx, known.asking.id, message_id)
