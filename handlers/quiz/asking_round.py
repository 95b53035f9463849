"""One question of a quiz: drawn, put as a poll, stopped, and its votes counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import Poll
from telegram.error import BadRequest

from content.markup import to_html
from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.noting import sure_to_note
from handlers.kit.reply import Reply, escape
from handlers.quiz import views
from handlers.quiz.counting import record
from interview import quiz as rules
from interview.question import QuizForm
from interview.quiz import Ended, Quiz, Round
from storage import inbox, quiz_rounds, quizzes, votes
from storage.database import Transaction

OPTION, EXPLANATION, LINE_FEEDS = 100, 200, 2
"""Telegram's limits of a poll, in characters."""

_LETTERS = "ABCDEFGHIJKL"
_CLOSED = ("can't be stopped", "already been closed")
_GONE = ("to stop not found", "is not a poll")


async def draw(on: Dependencies, quiz: Quiz, place: int, now: datetime) -> bool:
    """Take the question at this place and draw the order of its options; what left the bank is left out."""
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        ids = list(quiz.question_ids)
        found = [on.bank.find(each) for each in ids]
        gone = {one for one, question in zip(ids, found, strict=True) if not question or not question.quiz}
        ids = ids[:place] + [each for each in ids[place:] if each not in gone]
        if place >= len(ids):
            quiz = replace(quiz, ended_because=Ended.PLAYED)
        else:
            form = on.bank.get(ids[place]).quiz
            assert form is not None, "those without one are left out"
            await quiz_rounds.put(tx, _drawn(on, quiz, place, ids[place], form))
        await quizzes.put(tx, replace(quiz, question_ids=tuple(ids), next_at=now))
    return True


async def put(on: Dependencies, quiz: Quiz, asked: Round) -> bool:
    """Send the poll, below a message with what does not fit into it."""
    known = on.bank.find(asked.question_id)
    form = known.quiz if known is not None else None
    stem = form.stem if form is not None else ""
    question, options = shown(quiz, asked, form)
    await sure_to_note(on)
    if needs_room(stem, asked.options) and asked.before_message_id is None:
        before = await chat.send(
            on,
            quiz.chat_id,
            whole(views.head_of(quiz, asked.place), stem, asked.options),
            thread_id=quiz.thread_id,
        )
        async with on.db.transaction() as tx:
            drawn = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
            await quiz_rounds.put(tx, replace(drawn, before_message_id=before))
        return True
    message = await on.bot.send_poll(
        quiz.chat_id,
        question,
        options,
        type=Poll.QUIZ,
        is_anonymous=False,
        correct_option_ids=list(asked.right),  # type: ignore[arg-type] # places below twelve
        explanation=poll_explanation(form.explanation) if form is not None else None,
        open_period=asked.seconds,
        message_thread_id=quiz.thread_id or None,
        reply_markup=views.controls(quiz, asked.place).inline_keyboard(),
        disable_notification=asked.place > 0 or quiz.daily_on is not None,  # a daily one was announced
    )
    assert message.poll is not None, "that is what was sent"
    async with on.db.transaction() as tx:
        await note(tx, quiz, asked, message.poll.id, message.message_id, on.now())
    return True


async def note(
    tx: Transaction, quiz: Quiz, asked: Round, poll_id: str, message_id: int, now: datetime
) -> None:
    """The poll is out, and its time runs; votes that came before this was known count, and so does a skip."""
    known = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
    asked = replace(
        known, poll_id=poll_id, poll_message_id=message_id, opened_at=now, closes_at=now + asked.lasts
    )
    await quiz_rounds.put(tx, asked)
    quiz = await quizzes.get(tx, quiz.id)
    await quizzes.put(tx, replace(quiz, next_at=asked.closes_at))
    for early in await votes.take_early(tx, poll_id):
        await record(tx, quiz, asked, early)


async def stop(on: Dependencies, quiz: Quiz, asked: Round, now: datetime) -> bool:
    """Close the poll when its time is over, when enough want it skipped, or when the quiz has ended."""
    assert asked.closes_at is not None, "it was put"
    if now < asked.closes_at and not asked.skipped and quiz.ended_because is None:
        return await wait(on, quiz, asked.closes_at)
    closed, is_there = await _stop_poll(on, quiz, asked)
    now = on.now()
    async with on.db.transaction() as tx:
        known = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
        if is_there:
            # votes in a copy of the poll would hide that some in this one are still on their way
            counted = await votes.count_in_poll(tx, known)
            here = closed is not None and counted >= closed.total_voter_count
        else:
            here = not await inbox.is_waiting(tx, inbox.queue_of_poll(asked.poll_id or ""))
        await quiz_rounds.put(
            tx,
            replace(
                known,
                stopped_at=known.stopped_at or now,
                closed_at=known.closed_at or (now if here else None),
            ),
        )
    return True


async def close(on: Dependencies, quiz: Quiz, asked: Round, now: datetime) -> bool:
    """Wait for votes that are on their way: behind the last of them Telegram says that the poll is closed, which ends
    the wait at once. Where that does not come, the question ends without it."""
    assert asked.stopped_at is not None, "it was stopped"
    if now < (until := asked.stopped_at + rules.VOTES_ON_THEIR_WAY):
        return await wait(on, quiz, until)
    async with on.db.transaction() as tx:
        known = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
        await quiz_rounds.put(tx, replace(known, closed_at=known.closed_at or now))
    return True


def shown(quiz: Quiz, asked: Round, form: QuizForm | None) -> tuple[str, list[str]]:
    """Question and options as the poll shows them."""
    stem = form.stem if form is not None else ""
    above = needs_room(stem, asked.options)
    return poll_question(views.head_of(quiz, asked.place), stem, above=above), poll_options(asked.options)


def needs_room(stem: str, options: tuple[str, ...]) -> bool:
    """Whether a poll cannot hold it: it is too long, or shows code or formulas, which a poll cannot."""
    return rules.asks_above(stem) or any(len(option) > OPTION for option in options)


def whole(head: str, stem: str, options: tuple[str, ...]) -> Reply:
    """The message above a poll."""
    lines = [f"<b>{head}</b>  {to_html(stem)}"]
    if any(len(option) > OPTION for option in options):
        lines.append("")
        lines += [
            f"<b>{letter}</b>  {escape(option)}" for letter, option in zip(_LETTERS, options, strict=False)
        ]
    return Reply("\n".join(lines))


def poll_question(head: str, stem: str, *, above: bool) -> str:
    """The question as the poll shows it."""
    return f"{head}  The question above: which one is right?" if above else f"{head}  {stem}"


def poll_options(options: tuple[str, ...]) -> list[str]:
    """The options as the poll shows them: letters, where one of them would not fit."""
    if any(len(option) > OPTION for option in options):
        return list(_LETTERS[: len(options)])
    return list(options)


def poll_explanation(text: str) -> str:
    """The explanation that a poll shows to whoever was wrong."""
    lines = text.split("\n")
    text = "\n".join([*lines[:LINE_FEEDS], " ".join(lines[LINE_FEEDS:])]).strip()
    return text if len(text) <= EXPLANATION else text[: EXPLANATION - 1].rstrip() + "…"


def _drawn(on: Dependencies, quiz: Quiz, place: int, question_id: str, form: QuizForm) -> Round:
    order = rules.shuffled(form.options, on.chance)
    return Round(
        quiz_id=quiz.id,
        place=place,
        question_id=question_id,
        options=tuple(form.options[number] for number in order),
        order=order,
        right=tuple(sorted(order.index(number) for number in form.right)),
        seconds=rules.open_seconds(form.stem, quiz.seconds),
    )


async def _stop_poll(on: Dependencies, quiz: Quiz, asked: Round) -> tuple[Poll | None, bool]:
    """The poll as it closed, None where Telegram's own clock was first; and whether it is there at all: of one that
    somebody deleted nothing more will be heard."""
    if asked.poll_message_id is None:
        return None, True
    try:
        return await on.bot.stop_poll(quiz.chat_id, asked.poll_message_id), True
    except BadRequest as refused:
        words = refused.message.lower()
        if any(each in words for each in _GONE):
            return None, False
        if not any(each in words for each in _CLOSED):
            raise
    # closed by the clock it has kept its buttons
    await chat.drop_buttons(on, quiz.chat_id, asked.poll_message_id)
    return None, True


async def wait(on: Dependencies, quiz: Quiz, until: datetime) -> bool:
    """Nothing is to be done before that moment."""
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        if quiz.next_at != until:
            await quizzes.put(tx, replace(quiz, next_at=until))
    return False
