"""What is said after each question, and at the end of a quiz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.quiz import asking_round, mistakes, views
from interview import link, quiz_score
from interview import quiz as rules
from interview.quiz import Ended, Quiz, Round, Stage
from storage import quiz_rounds, quizzes, votes
from storage.database import Transaction
from storage.touch import touch


async def tell(on: Dependencies, quiz: Quiz, asked: Round) -> bool:
    """Say what was right, why, and where everybody stands; after the last question the quiz has ended."""
    async with on.db.transaction() as tx:
        cast = await votes.of_quiz(tx, quiz.id)
        await touch(tx)  # what could not be noted afterwards is not said
    silent = not any(vote.place == asked.place for vote in cast)
    message_id = None
    if quiz.ended_because is None and not cast and not asked.skipped and quiz.daily_on is not None:
        return await _nobody_came(on, quiz, asked)
    if quiz.ended_because is None or not silent:
        question = on.bank.find(asked.question_id)
        reply = views.told(quiz, asked, question.quiz if question is not None else None, cast)
        message_id = await chat.send(on, quiz.chat_id, reply, thread_id=quiz.thread_id)
    now = on.now()
    async with on.db.transaction() as tx:
        known = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
        await quiz_rounds.put(tx, replace(known, told_message_id=message_id, told_at=now))
        quiz = await quizzes.get(tx, quiz.id)
        counts = dict(await votes.count_by_place(tx, quiz.id))
        for each in await quiz_rounds.of_quiz(tx, quiz.id):
            counts[each.place] = counts.get(each.place, 0) + each.skipped  # who skips is there
        await quizzes.put(tx, replace(_judged(quiz, asked.place, counts), next_at=now))
    return True


async def say_results(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    """Say who won, once nothing is waited for any more. With that the quiz is over; who plays alone has what they
    missed among their cards."""
    async with on.db.transaction() as tx:
        asked = await quiz_rounds.of_quiz(tx, quiz.id)
        until = await _copy_closes_by(tx, quiz, asked)
    if until is not None and now < until:
        return await asking_round.wait(on, quiz, until)
    async with on.db.transaction() as tx:
        cast = await votes.of_quiz(tx, quiz.id)
        taken = await mistakes.take(tx, on, quiz, quiz.chat_id, on.now()) if quiz.is_alone else 0
        await touch(tx)  # as above
    questions = {each.place: on.bank.find(each.question_id) for each in asked}
    told = [each for each in asked if each.told_message_id is not None]
    url = f"https://t.me/{on.bot.username}?start={link.to_quiz(quiz.id)}"
    reply = views.results(on.taxonomy, quiz, cast, questions, url, len(told))
    if quiz.is_alone and taken:
        reply = replace(reply, text=f"{reply.text}\n{views.joined_cards(taken)}")
    message_id = await chat.send(on, quiz.chat_id, reply, thread_id=quiz.thread_id)
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        ended = over(quiz, quiz.ended_because or Ended.PLAYED, on.now())
        await quizzes.put(tx, replace(ended, results_message_id=message_id))
    return False


async def _copy_closes_by(tx: Transaction, quiz: Quiz, asked: Sequence[Round]) -> datetime | None:
    """By when a poll is closed whose acknowledgement was lost, where somebody voted in one: its votes count too."""
    if not asked or quiz.started_at is None:
        return None
    newest = await votes.newest_unclaimed(tx, quiz.id, quiz.chat_id, quiz.started_at)
    return None if newest is None else newest + asked[-1].lasts + rules.VOTES_ON_THEIR_WAY


async def _nobody_came(on: Dependencies, quiz: Quiz, asked: Round) -> bool:
    """A daily quiz in which nobody has voted yet rests till tomorrow, with the results for its only word."""
    now = on.now()
    async with on.db.transaction() as tx:
        known = await quiz_rounds.find(tx, quiz.id, asked.place) or asked
        await quiz_rounds.put(tx, replace(known, told_at=now))
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, replace(quiz, ended_because=quiz.ended_because or Ended.SILENCE, next_at=now))
    return True


def over(quiz: Quiz, because: Ended, now: datetime) -> Quiz:
    """The quiz, over."""
    return replace(quiz, stage=Stage.OVER, ended_because=because, ended_at=now, next_at=None)


def _judged(quiz: Quiz, place: int, counts: Mapping[int, int]) -> Quiz:
    """Whether that was the end."""
    if quiz.ended_because is not None:
        return quiz
    if place + 1 >= len(quiz.question_ids):
        return replace(quiz, ended_because=Ended.PLAYED)
    if quiz_score.silent_for(counts, place) >= rules.SILENT_AT_MOST:
        return replace(quiz, ended_because=Ended.SILENCE)
    return quiz
