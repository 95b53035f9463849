"""How a board reads: ranks, the group's streak, the hardest questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.board.presses import ShowBoard, StandOnBoard
from handlers.kit.reply import Button, Reply, escape
from handlers.quiz.figures import fared_in_short
from handlers.quiz.views import short
from interview import board as rules
from interview.board import Place, Score, Span
from interview.group import Player
from interview.group_streak import QUORUM, GroupStreak
from interview.quiz_figures import Figures
from interview.quiz_score import NO_BREAK, in_points, signed
from interview.words import plural

MOST_NAMES = 20
_NAME = 40  # characters shown
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
_HEADS = {Span.WEEK: "this week", Span.MONTH: "this month", Span.ALL: "of all time"}
_LABELS = {Span.WEEK: "Week", Span.MONTH: "Month", Span.ALL: "All time"}


@dataclass(frozen=True, slots=True)
class Standings:
    """All that a board shows. `stems` are the questions' texts by id; `runs`: a quiz is under way."""

    title: str
    span: Span
    scores: Sequence[Score]
    streak: GroupStreak
    hardest: Sequence[Figures]
    stems: Mapping[str, str]
    runs: bool = False


def board(known: Standings) -> Reply:
    """The board, with a button for each other span."""
    parts = [f"🏆 <b>{escape(known.title)}, {_HEADS[known.span]}</b>", _ranks(known)]
    if known.streak.length:
        parts.append(_streak(known.streak))
    if known.hardest:
        lines = [fared_in_short(each, known.stems[each.question_id]) for each in known.hardest]
        parts.append("\n".join([f"<b>Hardest {_HEADS[known.span]}</b> and how many were right", *lines]))
    spans = tuple(
        Button(f"{'✓ ' if span is known.span else ''}{_LABELS[span]}", ShowBoard(span)) for span in Span
    )
    return Reply("\n\n".join(parts), (spans,))


def standing(place: Place | None, players: int, score: Score | None) -> str:
    """Where whoever pressed stands, for a pop-up."""
    if score is not None and score.hidden:
        return f"You: {in_points(score.points)}, off the board. /board show brings you back."
    if place is None:
        return "You have no points here yet. /quiz starts a quiz."
    if players < rules.RANKED_FROM:
        return f"You: {in_points(place.points)}."
    shared = ", shared" if len(place.scores) > 1 else ""
    return f"You: number {place.rank} of {players}{shared}, {in_points(place.points)}."


def moved(player: Player) -> Reply:
    """Somebody came onto the board, or went off it."""
    name = escape(player.shown)
    if player.hidden:
        text = (
            f"{name} is off the board and “someone” in quizzes; only Telegram itself still shows who voted, under each"
            " poll. Points are kept; /board show brings you back."
        )
    else:
        text = f"{name} is on the board again. /board hide takes you off it."
    return Reply(text, ((Button("Put me on the board", StandOnBoard(1)),),) if player.hidden else ())


def renamed(player: Player) -> Reply:
    """Somebody goes by another name."""
    if player.alias is None:
        return Reply(f"On the board and in quizzes you are {escape(player.name)}, your name at Telegram.")
    return Reply(
        f"On the board and in quizzes you are {escape(player.alias)} now. /board alias off goes back to your own name."
    )


def called(player: Player) -> Reply:
    """What somebody is called here, and how they change that."""
    if player.alias is None:
        text = (
            f"Here you are {escape(player.name)}, your name at Telegram. /board alias Ada gives you another one, for"
            " all to see; /alias in our private chat does it quietly."
        )
    else:
        text = (
            f"Your alias here is {escape(player.alias)}. /board alias Bo makes it another one, /board alias off goes"
            f" back to {escape(player.name)}."
        )
    return Reply(text)


def in_groups(known: Sequence[tuple[str, Player]]) -> Reply:
    """Under which name each group, by its title, knows somebody, and how they change that: in private."""
    lines = [f"{escape(title)}: {_seen_as(player)}" for title, player in known]
    how = (
        "/alias Ada names you so in all of them, /alias off takes that back. /alias hide, and you are “someone” in"
        " quizzes and off the boards; /alias show ends that. Telegram itself always shows who voted, under each poll."
    )
    return Reply("\n".join(["<b>You in study groups</b>", *lines, "", how]))


def _seen_as(player: Player) -> str:
    name = escape(player.shown) if player.alias is None else f"{escape(player.alias)}, an alias"
    return f"“someone”, off the board (else {name})" if player.hidden else name


def _ranks(known: Standings) -> str:
    ranked = rules.places(known.scores)
    if not ranked:
        played = {Span.ALL: "yet"}.get(known.span, f"yet {_HEADS[known.span]}")
        if known.runs:
            return f"Nobody has finished a quiz {played}: the one that is running counts when it is over."
        return f"Nobody has played {played}. /quiz starts a quiz."
    if not rules.is_ranked(known.scores):
        few = [
            f"{short(each.name, _NAME)}{NO_BREAK}{signed(each.points)}" for each in rules.shown(known.scores)
        ]
        return "\n".join([*few, f"Ranks begin with {rules.RANKED_FROM} players."])
    if ranked[0].points <= 0:
        return f"No points {_HEADS[known.span]}: the next right answer leads."
    lines: list[str] = []
    room = MOST_NAMES
    for place in ranked:
        if room > 0:
            lines.append(_rank(place, room))
        room -= len(place.scores)
    return "\n".join(lines + ([f"… and {-room} more"] if room < 0 else []))


def _rank(place: Place, room: int) -> str:
    """A line with the names that there is room for; who is left out is counted below."""
    mark = (_MEDALS if place.points > 0 else {}).get(place.rank, f"{place.rank}.")
    names = " · ".join(short(score.name, _NAME) for score in place.scores[:room])
    return f"{mark} {names}{NO_BREAK}{signed(place.points)}"


def _streak(streak: GroupStreak) -> str:
    rest = "" if streak.today_done else ", today’s is still to come"
    return f"🔥 {plural(streak.length, 'day')} in a row with a quiz of {QUORUM} or more{rest}"
