"""Reading past answers again, with what was recorded and asked further."""

from __future__ import annotations

from datetime import date

from handlers.asking.said import said, words_of
from handlers.history import views
from handlers.history.presses import ReadFollowUp, ReadPast, Replay, TurnTo
from handlers.history.views import Past
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.kept import send_again
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply
from interview.asking import Asking
from interview.day import study_day
from interview.learner import Learner
from interview.question import Question
from interview.words import dated, plural
from storage import askings, follow_ups, learners, replies, statistics
from storage.database import Transaction

PAGE = 5
_LAST_PAGE = 100_000  # a forged number beyond it would not fit the database
_GONE = "That answer is no longer here. /history lists those that are."


async def list_history(context: Context, words: str = "") -> None:
    """The newest answers, or the page of that number, counted from 1."""
    if not words.strip():
        await _show_page(context, 0)
        return
    async with context.on.db.transaction() as tx:
        answers = await statistics.count_answered(tx, context.learner_id)
    pages = max(1, -(-answers // PAGE))
    wanted = words.strip()
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 7 and 1 <= int(wanted) <= pages):
        raise Refusal(
            f"Your answers fill {plural(pages, 'page')}: "
            + ("/history shows it." if pages == 1 else f"/history 1 to /history {pages}.")
        )
    await _show_page(context, int(wanted) - 1)


async def turn_to(context: Context, press: TurnTo) -> None:
    """Another page, in place of this one."""
    await _show_page(context, max(0, press.page))


async def read_past(context: Context, press: ReadPast) -> None:
    """One answer in place of the list: the question, the learner's words, points, rating and reference."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        asking, question = await _find(tx, context, press.asking_id)
        typed = await replies.of_asking(tx, asking.id)
        followed = await follow_ups.of_asking(tx, asking.id)
    past = _past(context, asking, learner, learner.today(context.now))
    taken = views.time_taken(asking, typed)
    text = views.whole(past, question, words_of(typed), taken, unread=said(typed).unread)
    await chat.respond(context, Reply(text, tuple(views.onward(press, question, typed, followed))))


async def read_follow_up(context: Context, press: ReadFollowUp) -> None:
    """A follow-up to that answer: what was asked, the learner's words, its answer."""
    on = context.on
    async with on.db.transaction() as tx:
        asking, question = await _find(tx, context, press.asking_id)
        asked = await follow_ups.find(tx, asking.id, press.number)
        typed = await follow_ups.replies_to(tx, asking.id, press.number)
    if asked is None or not 0 <= press.number < len(question.follow_ups):
        raise Refusal(_GONE)
    back = Button("Back to the answer", ReadPast(press.asking_id, press.page))
    text = views.whole_follow_up(question.follow_ups[press.number], words_of(typed))
    await chat.respond(context, Reply(text, ((back,),)))


async def replay(context: Context, press: Replay) -> None:
    """What was recorded or photographed, again, below the answer."""
    on = context.on
    async with on.db.transaction() as tx:
        asking, _ = await _find(tx, context, press.asking_id)
        sent = [each for each in await replies.of_asking(tx, asking.id) if each.file_id is not None]
    here = context.message.message_id
    lost = [
        each
        for each in sent
        if each.file_id is not None
        and not await send_again(on, context.learner_id, each.kind, each.file_id, each.text, here)
    ]
    if lost:
        raise Refusal(
            "Telegram no longer has that for me. Scroll up in this chat: your own message may still be there."
        )


async def _find(tx: Transaction, context: Context, asking_id: int) -> tuple[Asking, Question]:
    """This learner's answered asking with its question; a Refusal where either is gone."""
    asking = await askings.find(tx, asking_id, context.learner_id)
    question = context.on.bank.find(asking.question_id) if asking else None
    if asking is None or question is None or asking.shown_at is None:
        raise Refusal(_GONE)
    return asking, question


async def _show_page(context: Context, page: int) -> None:
    page = min(page, _LAST_PAGE)
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        ids = await statistics.answered(tx, learner.id, limit=PAGE + 1, offset=page * PAGE)
        found = [await askings.get(tx, asking_id, learner.id) for asking_id in ids]
    if page and not found:
        raise Refusal("There is nothing older. /history begins with the newest.")
    today = learner.today(context.now)
    shown = [_past(context, asking, learner, today) for asking in found[:PAGE]]
    await chat.respond(context, views.listed(shown, page, older=len(found) > PAGE))


def _past(context: Context, asking: Asking, learner: Learner, today: date) -> Past:
    question = context.on.bank.find(asking.question_id)
    topic = context.on.taxonomy.topic(question.topic) if question else None
    assert asking.shown_at is not None, "only what was shown is history"
    when = dated(study_day(asking.shown_at, learner.zone), today)
    rating = asking.rating.label if asking.rating else "not rated"
    return Past(asking, question, " · ".join([*([topic.short] if topic else []), when, rating]))
