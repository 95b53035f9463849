"""What people do while a quiz runs, and after it: vote, skip, stop, ask for their rank, take home what they missed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from handlers.asking import drilling
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply
from handlers.quiz import copies, mistakes, running, views
from handlers.quiz.admins import is_admin
from handlers.quiz.card import OVER, of_this_chat
from handlers.quiz.counting import record
from handlers.quiz.presses import DrillMissedInQuiz, MyRank, QuizPress, SkipRound, StopQuiz, TakeMissed
from interview import drill as drill_rules
from interview import quiz as rules
from interview import quiz_score
from interview.quiz import Ended, Quiz, Stage
from storage import cards, inbox, learners, quiz_rounds, quizzes, votes
from storage.database import Transaction
from storage.votes import EarlyVote

NO_QUIZ = "No quiz is running here. /quiz starts one."
NOT_YOURS = "Only who started it, or an admin, can stop it. Skip goes when half of the players want it."
NOT_PLAYING = "Skipping is for those who play: join, or vote once, and you are in."


async def vote(context: Context) -> None:
    """Write a vote down, and count it; nothing is said before the question is over."""
    answer = context.update.poll_answer
    if answer is None or answer.user is None or not answer.option_ids:
        return  # taken back, or given in the name of a channel
    on = context.on
    async with on.db.transaction() as tx:
        arrived_at, belated = await inbox.arrival_of(tx, context.update.update_id) or (context.now, False)
        given = EarlyVote(
            answer.poll_id, answer.user.id, answer.user.full_name, answer.option_ids[0], arrived_at, belated
        )
        asked = await quiz_rounds.find_by_poll(tx, answer.poll_id)
        if asked is None:
            await votes.add_early(tx, given)
            return
        quiz = await quizzes.get(tx, asked.quiz_id)
        counted = await record(tx, quiz, asked, given)
        if quiz.is_alone and counted:
            await quiz_rounds.put(tx, replace(asked, closes_at=context.now))
    if quiz.is_alone:
        await running.advance(on, quiz.id)


async def poll_changed(context: Context) -> None:
    """A poll that Telegram has closed: as its votes came before this, they are all here."""
    poll = context.update.poll
    if poll is None or not poll.is_closed:
        return
    async with context.on.db.transaction() as tx:
        asked = await quiz_rounds.find_by_poll(tx, poll.id)
        if asked is not None:
            if asked.told_at is not None:
                return
            quiz = await quizzes.get(tx, asked.quiz_id)
            stopped_at, closed_at = asked.stopped_at or context.now, asked.closed_at or context.now
            await quiz_rounds.put(tx, replace(asked, stopped_at=stopped_at, closed_at=closed_at))
    if asked is None:
        await copies.adopt(context.on, poll, context.now)
        return
    try:
        await running.advance(context.on, asked.quiz_id)
    finally:  # whatever becomes of the results
        if asked.stopped_at is None and asked.poll_message_id is not None:
            await chat.drop_buttons(context.on, quiz.chat_id, asked.poll_message_id)


async def skip(context: Context, press: SkipRound) -> None:
    """Want the question skipped: with half of the players it is."""
    await _tidy_copy(context, press)
    async with context.on.db.transaction() as tx:
        quiz = await _running(tx, context, press)
        asked = await quiz_rounds.find(tx, quiz.id, press.place)
        if asked is None or asked.stopped_at is not None:
            raise Refusal("That question is over already.")
        if await quizzes.find_entrant(tx, quiz.id, context.learner_id) is None:
            raise Refusal(NOT_PLAYING)
        wanted = await quiz_rounds.want_skipped(tx, quiz.id, press.place, context.learner_id)
        needed = rules.enough_to_skip(await quizzes.count_entrants(tx, quiz.id))
        if wanted >= needed:
            await quiz_rounds.put(tx, replace(asked, skipped=True))
    if wanted < needed:
        await chat.answer(context, f"Noted: {wanted} of the {needed} it takes want to skip.")
        return
    await chat.answer(context, "Skipped.")
    await running.advance(context.on, press.quiz_id)


async def stop(context: Context, press: StopQuiz) -> None:
    """End the quiz, with the results so far."""
    quiz = await of_this_chat(context, press)
    await _tidy_copy(context, press)
    if quiz.stage is Stage.OVER:
        raise Refusal(OVER)
    await _stop(context, quiz)


async def stop_here(context: Context, _: str = "") -> None:
    """/stop in a group: end the quiz of the thread."""
    async with context.on.db.transaction() as tx:
        quiz = await quizzes.running_in(tx, context.chat_id, context.thread_id)
    if quiz is None:
        raise Refusal(NO_QUIZ)
    if quiz.caused_by is not None and quiz.caused_by > context.update.update_id:
        return  # this runs again, and another has begun since
    await _stop(context, quiz)


async def asked_alone_at(tx: Transaction, context: Context) -> int | None:
    """The newest message of the quiz one plays alone, `sys.maxsize` before its first; None where none is running."""
    quiz = await quizzes.running_in(tx, context.chat_id, 0)
    if quiz is None:
        return None
    asked = await quiz_rounds.of_quiz(tx, quiz.id)
    ids = [number for each in asked for number in (each.poll_message_id, each.told_message_id) if number]
    return max(ids, default=sys.maxsize)


async def was_stopped_by(tx: Transaction, context: Context) -> bool:
    """Whether the update ended the newest quiz of the chat when it first ran."""
    quiz = await quizzes.newest_in(tx, context.chat_id)
    arrived = await inbox.arrival_of(tx, context.update.update_id)
    if quiz is None or arrived is None or quiz.ended_because is not Ended.STOPPED or quiz.ended_at is None:
        return False
    return quiz.ended_at >= arrived[0]


async def my_rank(context: Context, press: MyRank) -> None:
    """Where one stands, for one's own eyes."""
    quiz = await of_this_chat(context, press)
    async with context.on.db.transaction() as tx:
        ranking = quiz_score.standings(await votes.of_quiz(tx, quiz.id))
    await chat.answer(context, views.rank_of(ranking, context.learner_id), alert=True)


async def offer_missed(context: Context, quiz_id: int) -> None:
    """In private, by the link under the results: what one missed, and whether it shall join one's cards."""
    on = context.on
    async with on.db.transaction() as tx:
        nothing = await mistakes.why_nothing(tx, on, quiz_id, context.learner_id)
        if nothing is not None:
            raise Refusal(nothing)
        quiz, entrant = await _of_mine(tx, context, quiz_id)
        missed = await mistakes.missed_in(tx, on, quiz_id, context.learner_id)
        due = await _due_of(tx, context, missed, entrant)
    if due is not None:
        await chat.send(on, context.learner_id, views.among_cards(len(missed), due))
    elif entrant.taken_at is not None:
        await chat.send(on, context.learner_id, Reply(views.joined_cards(len(missed))))
    else:
        stems = [views.in_prose(form.stem) for each in missed if (form := on.bank.get(each).quiz) is not None]
        await chat.send(on, context.learner_id, views.offer_missed(on.taxonomy, quiz, stems))


async def _due_of(
    tx: Transaction, context: Context, missed: Sequence[str], entrant: quizzes.Entrant
) -> int | None:
    """How many of them are due, where they came to the cards before today; else None."""
    learner = await learners.find(tx, context.learner_id)
    if learner is None or entrant.taken_at is None:
        return None
    today = learner.today(context.now)
    if learner.today(entrant.taken_at) == today:
        return None
    return len({*missed} & {*await cards.due(tx, learner.id, today)})


async def take_missed(context: Context, press: TakeMissed) -> None:
    """What was missed joins the cards, or does not."""
    if not press.wanted:
        await chat.respond(context, Reply("All right. The button under the results brings you here again."))
        return
    async with context.on.db.transaction() as tx:
        quiz, _ = await _of_mine(tx, context, press.quiz_id)
        taken = await mistakes.take(tx, context.on, quiz, context.learner_id, context.now)
    await chat.respond(context, Reply(views.joined_cards(taken)))


async def drill_missed(context: Context, press: DrillMissedInQuiz) -> None:
    """A drill on what was missed: what is rated there becomes a card."""
    async with context.on.db.transaction() as tx:
        quiz, _ = await _of_mine(tx, context, press.quiz_id)
        missed = await mistakes.missed_in(tx, context.on, quiz.id, context.learner_id)
        drill = await drilling.begin(tx, context, drill_rules.QUIZ, missed)
    await chat.answer(context)
    if drill is None:
        raise Refusal("There is nothing of that quiz to drill.")
    await drilling.go_on(context, drill.id)


async def _tidy_copy(context: Context, press: SkipRound | StopQuiz) -> None:
    """A poll that came twice, as the answer to its sending was lost, or that is over: its buttons have had their time.

    Only a tap tells which message the first copy is.
    """
    message_id = context.message.message_id
    async with context.on.db.transaction() as tx:
        asked = await quiz_rounds.of_quiz(tx, press.quiz_id)
    if not any(each.poll_message_id == message_id and each.stopped_at is None for each in asked):
        await chat.drop_buttons(context.on, context.chat_id, message_id)


async def _stop(context: Context, quiz: Quiz) -> None:
    if quiz.starter_id != context.learner_id and not await is_admin(context):
        raise Refusal(NOT_YOURS)
    async with context.on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        if quiz.stage is not Stage.OVER and quiz.ended_because is None:
            await quizzes.put(tx, replace(quiz, ended_because=Ended.STOPPED, next_at=context.now))
    await chat.answer(context, "Stopped.")
    await running.advance(context.on, quiz.id)


async def _running(tx: Transaction, context: Context, press: QuizPress) -> Quiz:
    quiz = await quizzes.find(tx, press.quiz_id)
    if quiz is None or quiz.chat_id != context.chat_id or quiz.stage is not Stage.RUNNING:
        raise Refusal(OVER)
    return quiz


async def _of_mine(tx: Transaction, context: Context, quiz_id: int) -> tuple[Quiz, quizzes.Entrant]:
    quiz = await quizzes.find(tx, quiz_id)
    entrant = await quizzes.find_entrant(tx, quiz_id, context.learner_id)
    if quiz is None or entrant is None:
        raise Refusal(mistakes.NOT_IN_IT)
    return quiz, entrant
