"""What asking looks like: pure functions from what is known to texts and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.markup import to_html
from handlers.asking import streak_views
from handlers.asking.onward_views import Onward, onward_buttons, why_onward
from handlers.asking.points_views import around, box
from handlers.asking.presses import (
    AskAnother,
    BringToday,
    NotMyAnswer,
    OpenMenu,
    Rate,
    SetAside,
    ShowAnswer,
    ShowHint,
    SkipQuestion,
    TickPoint,
    UndoRating,
)
from handlers.asking.said import Said
from handlers.kit.reply import Button, Buttons, Reply, escape
from interview.asking import Asking
from interview.card import Card
from interview.question import Question
from interview.rating import Rating
from interview.selection import Because, Reason
from interview.spacing import interval_label
from interview.streak import Streak
from interview.suggestion import reason
from interview.verdict import PointState, PointVerdict

_NOTHING_SAID = Said()
_NOTHING_ONWARD = Onward()
_UNREAD = {  # what cannot be judged: recordings, pictures and files
    (True, False): "I cannot listen, so tick what you said.",
    (False, True): "I cannot look at pictures or into files, so tick what is in yours.",
    (True, True): "I can neither listen nor look at pictures, so tick what you said.",
}
NOTHING_OPEN = Reply(
    "There is no question open for an answer right now. Reply to the question you mean, take a drill with /topic, or:",
    ((Button("Today’s question", BringToday()),),),
)
_CORRECT_ME = "Tap a number to correct me."
ASIDE = "Set aside: it will not come again."
LATE = "I was away at your hour, so today’s question comes late."


def question(asking: Asking, asked: Question, topic_title: str, below: Buttons = ()) -> Reply:
    """The question as it is put, with the hints shown so far; `below` are further rows of buttons."""
    parts = [LATE] if asking.late else []
    parts += [escape(asking.note)] if asking.note else []
    parts += [_header(asking, asked, topic_title), f"<b>{to_html(asked.stem)}</b>"]
    parts += [f"💡 {to_html(hint)}" for hint in asked.hints[: asking.hints]]
    parts.append("<i>Answer in your own words, as you would aloud.</i>")
    helpers = [Button("Show answer", ShowAnswer(asking.id))]
    if asking.hints < len(asked.hints):
        helpers.append(Button("Hint", ShowHint(asking.id, asking.hints + 1)))
    helpers += [Button("Skip", SkipQuestion(asking.id)), _more(asking)]
    return Reply("\n\n".join(parts), (tuple(helpers), *below))


def why(because: Because) -> str:
    """In a few words why a question was chosen: it stands beside topic and level."""
    match because.reason:
        case Reason.DUE:
            return "review"
        case Reason.NEW | Reason.DRILL:
            return "new"
        case Reason.WEAK:
            return "new, a weak topic of yours"
        case Reason.PRACTICE:
            return "once more"


NEW = frozenset(why(Because(reason, topic="")) for reason in (Reason.NEW, Reason.WEAK))
"""What an asking says of itself that was new to the learner."""


def skipped(
    asking: Asking,
    asked: Question,
    topic_title: str,
    *,
    aside: bool = False,
    onward: Onward = _NOTHING_ONWARD,
) -> Reply:
    """The question after Skip, or set aside for good: it can still be answered."""
    end = ASIDE if aside else "Skipped: it will come again."
    text = f"{_header(asking, asked, topic_title)}\n\n{to_html(asked.stem)}\n\n<i>{end}</i>"
    buttons: Buttons = (
        (Button("Show answer", ShowAnswer(asking.id)), Button("Another", AskAnother(asking.id))),
    )
    return Reply(text, (*buttons, *onward_buttons(asking, onward), *_back(asking, aside=aside)))


def feedback(
    asking: Asking,
    asked: Question,
    topic_title: str,
    *,
    typed: bool,
    suggested: Rating | None,
    choices: Mapping[Rating, Card],
    today: date,
    aside: bool = False,
    said: Said = _NOTHING_SAID,
) -> Reply:
    """Points to tick, the reference folded, and the four ratings with what each means for the next time."""
    head = _points_head(asking, asked, said, typed=typed)
    before = [] if typed else [_asked(asking, asked, topic_title)]
    before.append(f"Your {said.messages} messages count as one answer. {head}" if said.messages > 1 else head)
    after = [f"<i>{ASIDE}</i>"] if aside else []
    after.append("<b>How well did you recall it?</b>" + _because(asking, asked, suggested))
    ticks = tuple(
        Button(
            f"{number + 1} {box(asking, number)}",
            TickPoint(asking.id, number, int(number not in asking.had)),
        )
        for number in range(len(asked.key_points))
    )
    ratings = tuple(
        Button(_rating_label(rating, card, today, suggested), Rate(asking.id, rating))
        for rating, card in choices.items()
    )
    buttons = [*_back(asking, aside=aside), (*ticks, _more(asking))]
    buttons += [ratings[:2], ratings[2:]]
    if typed:
        buttons.append((Button("Not my answer", NotMyAnswer(asking.id)),))
    return Reply(around(asking, asked, before, after), tuple(buttons))


def rated(
    asking: Asking,
    asked: Question,
    topic_title: str,
    *,
    typed: bool,
    card: Card,
    today: date,
    streak: Streak,
    moving_on: bool,
    aside: bool = False,
    onward: Onward = _NOTHING_ONWARD,
    goal: int | None = None,
    first_today: bool = True,
    won_back: bool = False,
) -> Reply:
    """The same message once rated: when it comes back, the streak, the way to take it back, and what goes on from it.

    `moving_on` says that a drill puts the next question by itself; `first_today`, that it is the day's first rating;
    `won_back`, that the ratings of this drill have won a lost streak back.
    """
    assert asking.rating is not None
    before = [] if typed else [_asked(asking, asked, topic_title)]
    next_time = ASIDE if aside else _back_on(card, today)
    told = streak_views.line(streak, today, goal, first_today=first_today)
    if won_back:
        told = f"<b>Won back:</b> {streak_views.standing(streak, goal)}."
    after = [f"<b>{asking.rating.label}.</b> {next_time}\n{told}"]
    if (broke := streak_views.lost(streak, today)) and not moving_on:
        after.append(f"<i>{broke}</i>")
    on_streak = streak_views.buttons(streak, goal, first_today=first_today)
    if moving_on:  # only the first daily keeps the way that it had before it was answered
        on_streak = streak_views.win_back(streak) if asking.slot == 0 else ()
    undo = Button("Undo", UndoRating(asking.id))
    buttons: Buttons = ((undo,),) if moving_on else ((undo, Button("Another", AskAnother(asking.id))),)
    if line := why_onward(onward):
        after.append(f"<i>{line}</i>")
    return Reply(
        around(asking, asked, before, after),
        (*buttons, *onward_buttons(asking, onward), *on_streak, *_back(asking, aside=aside)),
    )


def _more(asking: Asking) -> Button:
    return Button("⋯", OpenMenu(asking.id, 1))


def _back(asking: Asking, *, aside: bool) -> Buttons:
    return ((Button("Bring it back", SetAside(asking.id, 0)),),) if aside else ()


def _header(asking: Asking, asked: Question, topic_title: str) -> str:
    parts = (topic_title, asked.level, asking.because)
    return "<i>" + " · ".join(escape(part) for part in parts if part) + "</i>"


def _asked(asking: Asking, asked: Question, topic_title: str) -> str:
    return f"{_header(asking, asked, topic_title)}\n\n<b>{to_html(asked.stem)}</b>"


def _points_head(asking: Asking, asked: Question, said: Said, *, typed: bool) -> str:
    count = len(asked.key_points)
    if asking.ticked is not None:
        return f"You ticked {len(asking.ticked)} of {count} points."
    if said.gave_up:
        return f"That is fine, nobody knows them all. Here are the {count} points that an interviewer listens for."
    found = asking.judged is not None and any(each.state is PointState.COVERED for each in asking.judged)
    if typed and said.unread and not found:
        return _UNREAD[said.heard, said.seen]
    if asking.judged is not None and any(verdict.state is not PointState.UNSURE for verdict in asking.judged):
        apart = " I read your typed words alone." if said.unread else ""
        return _found(asking.judged) + apart + (f" {_CORRECT_ME}" if typed else "")
    if typed:
        return f"I can’t tell which of these {count} points you made: tick what you said."
    return f"An interviewer listens for these {count} points: tick what you would have said."


def _because(asking: Asking, asked: Question, suggested: Rating | None) -> str:
    """A line on why a rating is marked."""
    if suggested is None:
        return ""
    judged = asking.judged if asking.ticked is None and asking.judged is not None else ()
    unsure = sum(verdict.state is PointState.UNSURE for verdict in judged)
    if not asking.had and not unsure:
        return ""  # that it is nothing was said above
    return f"\n<i>✓ {reason(asked.key_points, asking.had, suggested, asking.hints, unsure)}</i>"


def _found(judged: Sequence[PointVerdict]) -> str:
    states = [verdict.state for verdict in judged]
    found, unsure = states.count(PointState.COVERED), states.count(PointState.UNSURE)
    head = f"I found {found} of {len(states)} points" if found else "I could not find any of the points"
    head += f", not sure about {unsure}." if unsure else "."
    if PointState.CONTRADICTED in states:
        head += " Check the one marked ⚠."
    return head


def _rating_label(rating: Rating, card: Card, today: date, suggested: Rating | None) -> str:
    mark = "✓ " if rating == suggested else ""
    return f"{mark}{rating.label} · {interval_label((card.due - today).days)}"


def _back_on(card: Card, today: date) -> str:
    days = (card.due - today).days
    if days <= 0:
        return "It is due again."
    when = "tomorrow" if days == 1 else f"on {card.due.day} {card.due:%B} ({days} days)"
    return f"Back {when}."
