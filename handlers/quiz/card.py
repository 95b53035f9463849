"""/quiz and the start card: who begins a quiz, who joins, what it asks about, how long, when it starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from content.taxonomy import Match
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Buttons, Reply, rows
from handlers.quiz import card_views, running, starting, wish
from handlers.quiz.admins import ANONYMOUS_ADMIN, is_admin
from handlers.quiz.allowed import what_forbids_it
from handlers.quiz.presses import (
    FilledQuiz,
    FillUpQuiz,
    JoinQuiz,
    ListQuizTopics,
    NewQuiz,
    PickQuizTopic,
    QuizAgain,
    QuizPress,
    SizeQuiz,
    StartQuiz,
    TimeQuiz,
)
from interview import quiz as rules
from interview.group import WhoMayStart
from interview.quiz import Quiz, Stage
from storage import groups, players, quiz_rounds, quizzes
from storage.database import Transaction

OVER = "That quiz is over. /quiz starts another."
BEGUN = "It has begun: vote in the polls below, and you are in."
NOT_YOURS = "Only who started it, or an admin, can do that. It starts by itself soon after two have joined."
ADMINS_ONLY = "Here only admins start quizzes; one of them can change that with /quizsettings."
RUNNING = "A quiz is running here already: this one. Its starter, or an admin, ends it with /stop."


async def quiz(context: Context, words: str) -> None:
    """/quiz, with a topic or a number of questions or both; in a private chat it is played alone, at once."""
    found, size = wish.read(context.on.taxonomy, words)
    await begin(context, found, size or rules.USUAL, rules.AUTO)


async def new(context: Context, press: NewQuiz) -> None:
    """The topic that was meant."""
    await begin(context, _topic(context, press.topic), wish.checked(press.size), rules.AUTO)
    await chat.answer(context)


async def new_filled_up(context: Context, press: FilledQuiz) -> None:
    """A topic with few questions, and others behind them."""
    found = _topic(context, press.topic)
    await begin(context, found, wish.checked(press.size), rules.AUTO, fill_up=True)
    await chat.answer(context)


async def again(context: Context, press: QuizAgain) -> None:
    """Another quiz like that one."""
    before = await of_this_chat(context, press)
    found = _match(context, before.topic, before.facet)
    await begin(context, found, before.size, before.seconds, fill_up=before.fill_up)
    await chat.answer(context)


async def join(context: Context, press: JoinQuiz) -> None:
    """Play: with the second one the countdown begins."""
    async with context.on.db.transaction() as tx:
        quiz = await _joining(tx, context, press)
        await _enter(tx, context, quiz)
        joined = await quizzes.count_entrants(tx, quiz.id)
        starts_at = rules.starts_at(joined, quiz.starts_at, context.now)
        await quizzes.put(tx, replace(quiz, starts_at=starts_at, card_stale=True, next_at=context.now))
    await chat.answer(context, "You are in. The questions come here as polls.")
    await running.advance(context.on, press.quiz_id)


async def start(context: Context, press: StartQuiz) -> None:
    """Begin now, with whoever is in."""
    await _allowed(context, press)
    async with context.on.db.transaction() as tx:
        quiz = await _find(tx, context, press)
        if quiz.stage is Stage.JOINING and quiz.ended_because is None:
            await starting.begin(tx, context.on, quiz, context.now)
    await chat.answer(context)
    await running.advance(context.on, press.quiz_id)


async def list_topics(context: Context, press: ListQuizTopics) -> None:
    """The topics on the card to choose from, or no longer."""

    def turn(quiz: Quiz) -> Quiz:
        if not press.shown:
            return replace(quiz, topics_open=False)
        return replace(quiz, topics_open=True, starts_at=rules.leave_time_to_choose(quiz, context.now))

    await _change(context, press, turn)


async def pick_topic(context: Context, press: PickQuizTopic) -> None:
    """Ask about this."""
    found = _topic(context, press.topic)
    topic, facet = (found.topic.slug, found.facet.slug if found.facet else None) if found else (None, None)
    await _change(
        context,
        press,
        lambda quiz: replace(quiz, topic=topic, facet=facet, topics_open=False, fill_up=False),
    )


async def fill_up(context: Context, press: FillUpQuiz) -> None:
    """Ask questions of other topics behind the few there are."""
    await _change(
        context, press, lambda quiz: replace(quiz, fill_up=True, size=max(quiz.size, rules.SIZES[0]))
    )


async def resize(context: Context, press: SizeQuiz) -> None:
    """Ask so many questions."""
    size = wish.checked(press.size)
    await _change(context, press, lambda quiz: replace(quiz, size=size))


async def retime(context: Context, press: TimeQuiz) -> None:
    """Leave each question open so long."""
    if press.seconds not in rules.SECONDS:
        raise Refusal("A question is open for 20, 30 or 45 seconds, or as long as it needs.")
    await _change(context, press, lambda quiz: replace(quiz, seconds=press.seconds))


async def begin(
    context: Context, found: Match | None, size: int, seconds: int, *, fill_up: bool = False
) -> None:
    """A start card; in a private chat the first question. Where a quiz runs already, the way to it."""
    on = context.on
    topic, facet = (found.topic.slug, found.facet.slug if found.facet else None) if found else (None, None)
    if not starting.askable(on, topic, facet)[0] and not starting.askable(on, topic, facet)[1]:
        title = found.title if found else "that"
        raise Refusal(f"There are no quiz questions on {title} yet. What about these?", _some(context, size))
    there_are = starting.how_many(on, None if fill_up else topic, None if fill_up else facet)
    if found is not None and there_are < min(rules.FEW, size):
        raise Refusal(*card_views.few(found.title, found.slug, there_are, size))
    await _may_start(context)
    async with on.db.transaction() as tx:
        quiz = known = await quizzes.find_caused_by(tx, context.chat_id, context.update.update_id)
        if quiz is None:
            quiz = await _add(tx, context, topic, facet, size, seconds, fill_up=fill_up)
        there = await quizzes.running_in(tx, context.chat_id, context.thread_id) if quiz is None else None
    if quiz is not None:
        if quiz.is_alone and known is None and there_are < size:
            await chat.send(on, quiz.chat_id, Reply(card_views.no_more(on.taxonomy, topic, there_are)))
        await running.advance(on, quiz.id)
    elif there is not None:
        await running.advance(on, there.id)
        await _point_to(context, there.id)


async def of_this_chat(context: Context, press: QuizPress) -> Quiz:
    """The quiz of a button, which must be of the chat where it was pressed."""
    async with context.on.db.transaction() as tx:
        return await _find(tx, context, press)


async def _add(
    tx: Transaction,
    context: Context,
    topic: str | None,
    facet: str | None,
    size: int,
    seconds: int,
    *,
    fill_up: bool,
) -> Quiz | None:
    group_id = None
    if context.in_group:
        group_id = (await groups.meet(tx, context.chat_id, _title(context), context.now)).id
    quiz = await quizzes.add(
        tx,
        group_id=group_id,
        chat_id=context.chat_id,
        thread_id=context.thread_id,
        starter_id=context.learner_id,
        topic=topic,
        facet=facet,
        size=size,
        seconds=seconds,
        now=context.now,
        caused_by=context.update.update_id,
        fill_up=fill_up,
    )
    if quiz is None:
        return None
    await _enter(tx, context, quiz)
    return await starting.begin(tx, context.on, quiz, context.now) if quiz.is_alone else quiz


async def _enter(tx: Transaction, context: Context, quiz: Quiz) -> None:
    if context.learner_id == ANONYMOUS_ADMIN:
        return  # nobody knows who that is; as a person they may join
    await quizzes.join(tx, quiz.id, context.learner_id, context.person_name, context.now)
    if quiz.group_id is not None:
        await players.meet(tx, quiz.group_id, context.learner_id, context.person_name)


async def _may_start(context: Context) -> None:
    if not context.in_group:
        return
    async with context.on.db.transaction() as tx:
        group = await groups.meet(tx, context.chat_id, _title(context), context.now)
    if group.who_may_start is WhoMayStart.ADMINS and not await is_admin(context):
        raise Refusal(ADMINS_ONLY)
    forbidden = await what_forbids_it(context)
    if forbidden is not None:
        raise Refusal(forbidden)


async def _allowed(context: Context, press: QuizPress) -> None:
    """A Refusal for everybody but the starter and admins."""
    quiz = await of_this_chat(context, press)
    if quiz.starter_id != context.learner_id and not await is_admin(context):
        raise Refusal(NOT_YOURS)


async def _change(context: Context, press: QuizPress, change: Callable[[Quiz], Quiz]) -> None:
    await _allowed(context, press)
    async with context.on.alone(("quiz", press.quiz_id)):  # no older card may be drawn over this one
        async with context.on.db.transaction() as tx:
            quiz = change(await _joining(tx, context, press))
            await quizzes.put(tx, replace(quiz, card_drawn_at=context.now, card_stale=False))
        await chat.respond(context, await starting.shown(context.on, quiz, context.now))


async def _joining(tx: Transaction, context: Context, press: QuizPress) -> Quiz:
    quiz = await _find(tx, context, press)
    if quiz.stage is Stage.OVER or quiz.ended_because is not None:
        raise Refusal(OVER)
    if quiz.stage is Stage.RUNNING:
        raise Refusal(BEGUN)
    return quiz


async def _find(tx: Transaction, context: Context, press: QuizPress) -> Quiz:
    quiz = await quizzes.find(tx, press.quiz_id)
    if quiz is None or quiz.chat_id != context.chat_id:
        raise Refusal(OVER)
    return quiz


async def _point_to(context: Context, quiz_id: int) -> None:
    """A quiz runs in that thread: below what was said now, an arrow up to it."""
    async with context.on.db.transaction() as tx:
        there = await quizzes.get(tx, quiz_id)
        asked = await quiz_rounds.find(tx, there.id, there.place) if there.place is not None else None
    message_id = (
        asked.poll_message_id if asked is not None and asked.poll_message_id else there.card_message_id
    )
    if context.update.callback_query is not None:
        await chat.answer(context, "A quiz is running here already.")
        return
    reply = Reply(
        RUNNING if context.in_group else "A quiz is running already: this one. Stop under the poll ends it."
    )
    await chat.say(context, reply, to_message=message_id)


def _topic(context: Context, slug: str) -> Match | None:
    if slug == card_views.MIX:
        return None
    topic, _, facet = slug.partition("/")
    found = _match(context, topic, facet or None)
    if found is None:
        raise Refusal("That topic is not there any more. /quiz starts a mix of all.")
    return found


def _match(context: Context, topic: str | None, facet: str | None) -> Match | None:
    taxonomy = context.on.taxonomy
    found = taxonomy.topic(topic) if topic else None
    return Match(found, taxonomy.facet(found.slug, facet) if facet else None) if found else None


def _some(context: Context, size: int) -> Buttons:
    slugs: Sequence[str] = starting.topics_with_quizzes(context.on)[:5]
    topics = [context.on.taxonomy.topic(slug) for slug in slugs]
    buttons = [Button(topic.short, NewQuiz(Slug(topic.slug), size)) for topic in topics if topic is not None]
    return rows([*buttons, Button("A mix", NewQuiz(Slug(card_views.MIX), size))], 2)


def _title(context: Context) -> str:
    where = context.update.effective_chat
    return (where.title if where is not None else None) or "A group"
