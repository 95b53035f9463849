"""A quiz goes on: one step after the other, as people vote and time passes, each written down before the next.

A step reads and decides in one transaction, speaks, and notes in another what Telegram answered. Whoever dies in
between goes on with the next step; a message whose sending was not noted comes a second time.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.reply import Reply, escape
from handlers.quiz import asking_round, ending, starting
from handlers.quiz.allowed import NO_POLLS
from interview import quiz as rules
from interview.quiz import Ended, Quiz, Round, Stage
from storage import groups, quiz_rounds, quizzes, votes
from storage.database import Stuck

BATCH = 200
RETRY_AFTER = timedelta(seconds=2)
TROUBLE_RESTS = timedelta(minutes=1)
_LET_ME = "An admin can let members send messages and polls, or make me an admin."
UNTOLD = f"I may not write in {{}} any more, so your quiz there ended. Its results: /quizreport. {_LET_ME}"
UNPLAYED = f"I may not write in {{}} any more, so your quiz there ended. {_LET_ME}"
_NOT_THERE = ("chat not found", "message thread not found", "topic_deleted", "group chat was deactivated")

Step = Callable[[Dependencies, Quiz, datetime], Awaitable[bool]]

log = logging.getLogger(__name__)


async def advance(on: Dependencies, quiz_id: int) -> None:
    """Do all that the quiz has to do by now. Whoever comes meanwhile waits, and then does what is left."""
    async with on.alone(("quiz", quiz_id)):
        while await _step(on, quiz_id):
            pass


async def beat(on: Dependencies, now: datetime) -> bool:
    """Advance a batch of quizzes in which something is due; whether more wait.

    A group may be written to twenty times a minute: who is slow for that reason goes on alone, and the others with
    what is due meanwhile. Before Telegram has told us who we are there is nothing to be done: results link to us.
    """
    if not _is_introduced(on):
        return False
    async with on.db.transaction() as tx:
        # what is under way is due still, and must not hide the others
        due = await quizzes.due(tx, now, BATCH + len(on.underway))
    begun = [on.underway.begin(("quiz", quiz_id), partial(_try_to_advance, on, quiz_id)) for quiz_id in due]
    await on.underway.settle()
    return sum(begun) >= BATCH


async def next_due(on: Dependencies) -> datetime | None:
    """When time has something to do in any quiz."""
    async with on.db.transaction() as tx:
        return await quizzes.next_at(tx)


async def end_all(on: Dependencies, chat_id: int, because: Ended, now: datetime) -> None:
    """All quizzes of a chat are over at once, and nothing is said there."""
    async with on.db.transaction() as tx:
        for quiz in await quizzes.unfinished_in(tx, chat_id):
            await quizzes.put(tx, ending.over(quiz, because, now))


def _is_introduced(on: Dependencies) -> bool:
    try:
        return bool(on.bot.username)
    except RuntimeError:  # that is how the library puts it
        return False


async def _try_to_advance(on: Dependencies, quiz_id: int) -> None:
    try:
        await advance(on, quiz_id)
        return
    except Stuck:
        raise
    except RetryAfter as flood:
        rest = flood.retry_after if isinstance(flood.retry_after, timedelta) else RETRY_AFTER
    except NetworkError as trouble:
        log.warning("Quiz %d waits for Telegram (%s).", quiz_id, type(trouble).__name__)
        rest = TROUBLE_RESTS if isinstance(trouble, BadRequest) else RETRY_AFTER
    except Exception as trouble:  # noqa: BLE001 - whatever it is with one quiz, the others go on
        where = "".join(traceback.format_tb(trouble.__traceback__))  # what it says may quote somebody
        log.error("Quiz %d cannot go on (%s).\n%s", quiz_id, type(trouble).__name__, where)
        rest = TROUBLE_RESTS
    now = on.now()
    async with on.db.transaction() as tx:
        quiz = await quizzes.find(tx, quiz_id)
        if quiz is None or quiz.stage is Stage.OVER:
            return
        if now - quiz.created_at > rules.GIVEN_UP_AFTER:
            await quizzes.put(tx, ending.over(quiz, quiz.ended_because or Ended.STOPPED, now))
        else:
            await quizzes.put(tx, replace(quiz, next_at=now + rest))


async def _step(on: Dependencies, quiz_id: int) -> bool:
    """One step; whether there may be another one right after it."""
    now = on.now()
    async with on.db.transaction() as tx:
        quiz = await quizzes.find(tx, quiz_id)
    if quiz is None or quiz.stage is Stage.OVER:
        return False
    try:
        if quiz.stage is Stage.JOINING:
            return await starting.step(on, quiz, now)
        return await _run(on, quiz, now)
    except ChatMigrated as moved:
        async with on.db.transaction() as tx:
            await groups.migrate(tx, quiz.chat_id, moved.new_chat_id)
            now_at = (await quizzes.get(tx, quiz_id)).chat_id
        if now_at == quiz.chat_id:
            raise  # nothing was moved: to try at once again would be no use
        return True
    except Forbidden:
        await end_all(on, quiz.chat_id, Ended.REMOVED, now)
        return False
    except BadRequest as refused:
        if chat.is_forbidden(refused):
            return await _forbidden(on, quiz, now)
        if not any(each in refused.message.lower() for each in _NOT_THERE):
            raise
        async with on.db.transaction() as tx:
            await quizzes.put(tx, ending.over(quiz, Ended.REMOVED, now))
        return False


async def _forbidden(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    """The group does not let us go on. What was played is still told, if messages at least may be sent."""
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        ends_here = quiz.ended_because is None
        played = bool(await votes.count_by_place(tx, quiz.id))
        if ends_here and played:
            await quizzes.put(tx, replace(quiz, ended_because=Ended.REMOVED, next_at=now))
        else:
            await quizzes.put(tx, ending.over(quiz, quiz.ended_because or Ended.REMOVED, now))
    if not ends_here:  # the results could not be told either
        await _tell_starter(on, quiz, UNTOLD if played else UNPLAYED)
    elif not played and not await _say_if_possible(on, quiz.chat_id, NO_POLLS, quiz.thread_id):
        await _tell_starter(on, quiz, UNPLAYED)
    return ends_here and played


async def _run(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    async with on.db.transaction() as tx:
        place = quiz.place or 0
        asked = await quiz_rounds.find(tx, quiz.id, place)
    if quiz.card_stale:
        return await starting.finish_card(on, quiz, now)
    if quiz.ended_because is not None:
        return await _wind_up(on, quiz, asked, now)
    if asked is None and place == 0 and now < quiz.first_question_at:
        return await asking_round.wait(on, quiz, quiz.first_question_at)
    if asked is None:
        return await asking_round.draw(on, quiz, place, now)
    if asked.poll_id is None:
        return await asking_round.put(on, quiz, asked)
    if asked.stopped_at is None:
        return await asking_round.stop(on, quiz, asked, now)
    if asked.closed_at is None:
        return await asking_round.close(on, quiz, asked, now)
    if asked.told_at is None:
        return await ending.tell(on, quiz, asked)
    return await _go_on(on, quiz, asked, now)


async def _wind_up(on: Dependencies, quiz: Quiz, asked: Round | None, now: datetime) -> bool:
    """It has ended: what is open is closed and, where anybody voted, told; then come the results."""
    if asked is None or asked.poll_id is None or asked.told_at is not None:
        return await ending.say_results(on, quiz, now)
    if asked.stopped_at is None:
        return await asking_round.stop(on, quiz, asked, now)
    if asked.closed_at is None:
        return await asking_round.close(on, quiz, asked, now)
    return await ending.tell(on, quiz, asked)


async def _go_on(on: Dependencies, quiz: Quiz, asked: Round, now: datetime) -> bool:
    after = asked.next_after(alone=quiz.is_alone)
    assert after is not None, "it was told"
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        if now < after:
            await quizzes.put(tx, replace(quiz, next_at=after))
            return False
        await quizzes.put(tx, replace(quiz, place=asked.place + 1, next_at=now))
    return True


async def _tell_starter(on: Dependencies, quiz: Quiz, sentence: str) -> None:
    """In private what cannot be said in the group; nobody to tell where a quiz began by itself."""
    if quiz.group_id is None or not quiz.starter_id:
        return
    async with on.db.transaction() as tx:
        group = await groups.find(tx, quiz.chat_id)
    where = f"“{escape(group.title)}”" if group is not None and group.title else "the group"
    await _say_if_possible(on, quiz.starter_id, sentence.format(where))


async def _say_if_possible(on: Dependencies, chat_id: int, sentence: str, thread_id: int = 0) -> bool:
    """Whether it could be said."""
    try:
        await chat.send(on, chat_id, Reply(sentence), thread_id=thread_id)
    except TelegramError as unsaid:
        log.info("chat %d cannot be told: %s", chat_id, type(unsaid).__name__)
        return False
    return True
