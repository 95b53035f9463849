"""What asking looks like: pure functions from what is known to texts and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.markup import to_html
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
from handlers.kit.reply import Button, Buttons, Reply, escape
from interview.asking import Asking
from interview.card import Card
from interview.question import Question
from interview.rating import Rating
from interview.selection import Because, Reason
from interview.spacing import interval_label
from interview.streak import MILESTONES, Streak
from interview.verdict import PointState, PointVerdict
from interview.words import plural

TICKED, UNSURE, UNTICKED = "☑", "◐", "☐"
_FROZEN_IS_SAID = 2  # days
_QUOTE = 80  # characters of the learner's words beside a point
NOTHING_OPEN = Reply(
    "There is no question open for an answer right now. /topic gives you a drill of your choice, or:",
    ((Button("Today’s question", BringToday()),),),
)
ASIDE = "Set aside: it will not come again."
LATE = "I was away at your hour, so today’s question comes late."


def question(asking: Asking, asked: Question, topic_title: str) -> Reply:
    """The question as it is put, with the hints shown so far."""
    parts = [LATE] if asking.late else []
    parts += [escape(asking.note)] if asking.note else []
    parts += [_header(asking, asked, topic_title), f"<b>{to_html(asked.stem)}</b>"]
    parts += [f"💡 {to_html(hint)}" for hint in asked.hints[: asking.hints]]
    parts.append("<i>Answer in your own words, as you would aloud.</i>")
    helpers = [Button("Show answer", ShowAnswer(asking.id))]
    if asking.hints < len(asked.hints):
        helpers.append(Button("Hint", ShowHint(asking.id, asking.hints + 1)))
    helpers += [Button("Skip", SkipQuestion(asking.id)), _more(asking)]
    return Reply("\n\n".join(parts), (tuple(helpers),))


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


def skipped(asking: Asking, asked: Question, topic_title: str, *, aside: bool = False) -> Reply:
    """The question after Skip, or set aside for good: it can still be answered."""
    end = ASIDE if aside else "Skipped: it will come again."
    text = f"{_header(asking, asked, topic_title)}\n\n{to_html(asked.stem)}\n\n<i>{end}</i>"
    buttons: Buttons = (
        (Button("Show answer", ShowAnswer(asking.id)), Button("Another", AskAnother(asking.id))),
    )
    return Reply(text, (*buttons, *_back(asking, aside=aside)))


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
    messages: int = 0,
) -> Reply:
    """Points to tick, the reference folded, and the four ratings with what each means for the next time.

    `messages` says how many the answer is made of.
    """
    head = _points_head(asking, asked, typed=typed)
    parts = [
        f"Your {messages} messages count as one answer. {head}" if messages > 1 else head,
        _points(asking, asked),
        _reference(asked),
    ]
    if not typed:
        parts.insert(0, _asked(asking, asked, topic_title))
    if aside:
        parts.append(f"<i>{ASIDE}</i>")
    parts.append("<b>How well did you recall it?</b>")
    ticks = tuple(
        Button(
            f"{number + 1} {_box(asking, number)}",
            TickPoint(asking.id, number, int(number not in asking.had)),
        )
        for number in range(len(asked.key_points))
    )
    ratings = tuple(
        Button(_rating_label(rating, card, today, suggested), Rate(asking.id, rating))
        for rating, card in choices.items()
    )
    buttons: list[tuple[Button, ...]] = [*_back(asking, aside=aside), (*ticks, _more(asking))]
    buttons += [ratings[:2], ratings[2:]]
    if typed:
        buttons.append((Button("Not my answer", NotMyAnswer(asking.id)),))
    return Reply("\n\n".join(parts), tuple(buttons))


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
) -> Reply:
    """The same message once rated: when it comes back, the streak, and the way to take it back.

    `moving_on` says that a drill puts the next question by itself.
    """
    assert asking.rating is not None
    parts = [_points(asking, asked), _reference(asked)]
    if not typed:
        parts.insert(0, _asked(asking, asked, topic_title))
    next_time = ASIDE if aside else _back_on(card, today)
    parts.append(f"<b>{asking.rating.label}.</b> {next_time}\n{_streak(streak, today)}")
    undo = Button("Undo", UndoRating(asking.id))
    buttons: Buttons = ((undo,),) if moving_on else ((undo, Button("Another", AskAnother(asking.id))),)
    return Reply("\n\n".join(parts), (*buttons, *_back(asking, aside=aside)))


def _more(asking: Asking) -> Button:
    return Button("⋯", OpenMenu(asking.id, 1))


def _back(asking: Asking, *, aside: bool) -> Buttons:
    return ((Button("Bring it back", SetAside(asking.id, 0)),),) if aside else ()


def _header(asking: Asking, asked: Question, topic_title: str) -> str:
    parts = (topic_title, asked.level, asking.because)
    return "<i>" + " · ".join(escape(part) for part in parts if part) + "</i>"


def _asked(asking: Asking, asked: Question, topic_title: str) -> str:
    return f"{_header(asking, asked, topic_title)}\n\n<b>{to_html(asked.stem)}</b>"


def _points_head(asking: Asking, asked: Question, *, typed: bool) -> str:
    count = len(asked.key_points)
    if asking.ticked is not None:
        return f"You ticked {len(asking.ticked)} of {count} points."
    if asking.judged is not None and any(verdict.state is not PointState.UNSURE for verdict in asking.judged):
        return _found(asking.judged)
    if typed:
        return f"I can’t tell which of these {count} points you made: tick what you said."
    return f"An interviewer listens for these {count} points: tick what you would have said."


def _found(judged: Sequence[PointVerdict]) -> str:
    states = [verdict.state for verdict in judged]
    found, unsure = states.count(PointState.COVERED), states.count(PointState.UNSURE)
    head = f"I found {found} of {len(states)} points" if found else "I could not find any of the points"
    head += f", not sure about {unsure}." if unsure else "."
    if PointState.CONTRADICTED in states:
        head += " Check the one marked ⚠."
    return head


def _points(asking: Asking, asked: Question) -> str:
    """What was missed first, then what is unsure, then what was found."""
    order = sorted(range(len(asked.key_points)), key=lambda number: _ORDER[_box(asking, number)])
    return "\n".join(_point(asking, asked, number) for number in order)


def _point(asking: Asking, asked: Question, number: int) -> str:
    line = f"{_box(asking, number)} {number + 1}  {to_html(asked.key_points[number].point)}"
    verdict = asking.judged[number] if asking.judged and number < len(asking.judged) else None
    if verdict is None or verdict.quote is None or verdict.state is PointState.MISSED:
        return line
    quote = verdict.quote if len(verdict.quote) <= _QUOTE else verdict.quote[: _QUOTE - 1].rstrip() + "…"
    mark = "⚠ check this one: " if verdict.state is PointState.CONTRADICTED else ""
    return f"{line}\n      <i>{mark}“{escape(quote)}”</i>"


def _reference(asked: Question) -> str:
    parts = [f"<b>Reference answer</b>\n{to_html(asked.answer)}"]
    if asked.mistakes:
        lines = [f"✗ {to_html(mistake.says)} → {to_html(mistake.but)}" for mistake in asked.mistakes]
        parts.append("\n".join(["<b>Usual mistakes</b>", *lines]))
    if asked.sources:
        heading = "Source" if len(asked.sources) == 1 else "Sources"
        parts.append(
            "\n".join([f"<b>{heading}</b>", *(_source(source.title, source.url) for source in asked.sources)])
        )
    return "<blockquote expandable>" + "\n\n".join(parts) + "</blockquote>"


def _source(title: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)


_ORDER = {UNTICKED: 0, UNSURE: 1, TICKED: 2}


def _box(asking: Asking, number: int) -> str:
    if number in asking.had:
        return TICKED
    if asking.ticked is not None or asking.judged is None or number >= len(asking.judged):
        return UNTICKED
    return UNSURE if asking.judged[number].state is PointState.UNSURE else UNTICKED


def _rating_label(rating: Rating, card: Card, today: date, suggested: Rating | None) -> str:
    mark = "✓ " if rating == suggested else ""
    return f"{mark}{rating.label} · {interval_label((card.due - today).days)}"


def _back_on(card: Card, today: date) -> str:
    days = (card.due - today).days
    if days <= 0:
        return "It is due again."
    when = "tomorrow" if days == 1 else f"on {card.due.day} {card.due:%B} ({days} days)"
    return f"Back {when}."


def _streak(streak: Streak, today: date) -> str:
    parts = [f"🔥 {plural(streak.length, 'day')}{' 🎉' if streak.length in MILESTONES else ''}"]
    if saved := [day for day in sorted(streak.frozen) if (today - day).days <= _FROZEN_IS_SAID]:
        parts.append(f"a freeze saved {saved[-1]:%A}")
    if streak.freezes:
        parts.append(f"{plural(streak.freezes, 'freeze')} in store")
    return " · ".join(parts)
