"""/board: who leads in a group, under which name, and who would rather not be seen."""

from __future__ import annotations

from dataclasses import replace

from handlers.board import aliases, views
from handlers.board.presses import ShowBoard, StandOnBoard
from handlers.board.views import Standings
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.quiz.figures import stem_of
from handlers.quiz.group_streaks import read_streak
from interview import board as rules
from interview.board import Span
from interview.day import study_day
from interview.group import Player
from interview.quiz_figures import hardest
from storage import boards, groups, players, quizzes
from storage.database import Transaction

HARDEST = 3
UNKNOWN = (
    "/board shows this week. There are also /board month, /board all, /board alias Ada, /board hide and"
    " /board show."
)

_SPANS = {
    "": Span.WEEK,
    "week": Span.WEEK,
    "month": Span.MONTH,
    "all": Span.ALL,
    "all time": Span.ALL,
    "ever": Span.ALL,
}


async def board(context: Context, words: str) -> None:
    """A span's board; or an alias, or being seen at all."""
    name, _, rest = words.partition(" ")
    if (span := _SPANS.get(" ".join(words.casefold().split()))) is not None:
        await _show(context, span)
    elif name.casefold() == "alias":
        await _rename(context, rest)
    elif words.casefold() in ("hide", "show"):
        await _stand(context, hidden=words.casefold() == "hide")
    else:
        raise Refusal(UNKNOWN)


async def show_board(context: Context, press: ShowBoard) -> None:
    """Another span in the same message; whoever pressed hears where they stand."""
    known = await _read(context, press.span)
    scores = rules.shown(known.scores)
    own = next((score for score in known.scores if score.person_id == context.learner_id), None)
    place = rules.rank_of(context.learner_id, rules.places(known.scores))
    await chat.answer(context, views.standing(place, len(scores), own))
    await chat.respond(context, views.board(known))


async def stand_on_board(context: Context, press: StandOnBoard) -> None:
    """Whoever presses comes onto the board, or goes off it: nobody else does."""
    player = await _put(context, hidden=not press.shown)
    where = "off the board" if player.hidden else "on the board"
    await chat.answer(context, f"You are {where} now. /board hide and /board show change it.")


async def _show(context: Context, span: Span) -> None:
    known = await _read(context, span)
    await chat.respond(context, views.board(known))


async def _read(context: Context, span: Span) -> Standings:
    on = context.on
    async with on.db.transaction() as tx:
        group = await groups.meet(tx, context.chat_id, context.message.chat.title or "", context.now)
        today = study_day(context.now, group.zone)
        since = rules.begins_at(span, today, group.zone)
        scores = await boards.scores(tx, group.id, since)
        hard = hardest(await boards.chosen(tx, group.id, since), HARDEST)
        streak = await read_streak(tx, group, context.now)
        runs = bool(await quizzes.unfinished_in(tx, group.id))
    stems = {each.question_id: stem_of(on.bank, each.question_id) for each in hard}
    return Standings(group.title, span, scores, streak, hard, stems, runs)


async def _rename(context: Context, typed: str) -> None:
    if not typed.strip():
        async with context.on.db.transaction() as tx:
            known = await players.find(tx, context.chat_id, context.learner_id)
        stranger = Player(context.chat_id, context.learner_id, context.person_name)
        await chat.respond(context, views.called(known or stranger))
        return
    alias = aliases.read(context, typed)
    async with context.on.db.transaction() as tx:
        player = replace(await _meet(tx, context), alias=alias)
        if alias is not None and await aliases.is_taken(tx, player, alias):
            raise Refusal(aliases.TAKEN)
        await players.put(tx, player)
    await chat.respond(context, views.renamed(player))


async def _stand(context: Context, *, hidden: bool) -> None:
    await chat.respond(context, views.moved(await _put(context, hidden=hidden)))


async def _put(context: Context, *, hidden: bool) -> Player:
    async with context.on.db.transaction() as tx:
        player = replace(await _meet(tx, context), hidden=hidden)
        await players.put(tx, player)
    return player


async def _meet(tx: Transaction, context: Context) -> Player:
    group = await groups.meet(tx, context.chat_id, context.message.chat.title or "", context.now)
    return await players.meet(tx, group.id, context.learner_id, context.person_name)
