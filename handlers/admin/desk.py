"""The operator's desk: numbers, the bank read anew, a backup made."""

from __future__ import annotations

from content.problems import Broken
from handlers.admin import views
from handlers.admin.presses import BackUp, OpenDesk, ReloadBank
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.day import starts_at
from storage import awaited, learners, operations
from storage.backup import BackupFailed

ANSWER, BROADCAST = "report_answer", "broadcast"
"""What is awaited from an operator."""


async def open_desk(context: Context, _: OpenDesk | str = "") -> None:
    """The numbers; nothing is awaited any more that was asked from here."""
    async with context.on.db.transaction() as tx:
        await awaited.drop(tx, context.learner_id, ANSWER, BROADCAST)
        operator = await learners.get(tx, context.learner_id)
        began = starts_at(operator.today(context.now), operator.zone)
        numbers = await operations.count(
            tx, context.now, day_began=began, but_update=context.update.update_id
        )
    here = context.now.astimezone(operator.zone)
    can_back_up = context.on.back_up is not None
    await chat.respond(context, views.desk(numbers, len(context.on.bank), here, can_back_up=can_back_up))


async def reload_bank(context: Context, _: ReloadBank) -> None:
    """Read the content anew; where anything is wrong with it, all stays as it was and every problem is told."""
    await chat.answer(context, "Reading …")
    try:
        questions = await context.on.reload()
    except Broken as broken:
        await chat.respond(context, views.broken(broken.problems))
    except OSError as error:
        raise Refusal(
            f"The content cannot be read ({error.strerror}): give this account the right to."
        ) from None
    else:
        await chat.respond(context, views.reloaded(questions))


async def back_up(context: Context, _: BackUp) -> None:
    """Copy the database now, beside all else. Run again it makes one more copy, which does no harm."""
    if context.on.back_up is None:
        raise Refusal("This bot makes no backups: its database is only for play.")
    await chat.answer(context, "Copying …")
    try:
        made = await context.on.back_up()
    except BackupFailed as failed:
        raise Refusal(str(failed)) from None
    await chat.respond(context, views.backed_up(made))
