"""What the menu behind ⋯ looks like: the question's own message with other buttons, and a note below its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.asking import views
from handlers.asking.presses import (
    OpenMenu,
    OpenReport,
    PutBookmark,
    ReportProblem,
    SetAside,
    SnoozeDaily,
    TellWhy,
)
from handlers.asking.state import State
from handlers.kit.reply import Button, Buttons, Reply, escape, rows
from interview import drill as rules
from interview.asking import Purpose
from interview.card import Card
from interview.complaint import Complaint
from interview.learning import Learning
from interview.selection import Because, Reason
from interview.snooze import Snooze
from interview.spacing import recall

ADD_WORDS = "report_words"
"""What is awaited while a learner may add a sentence to their report."""

CHOSEN = "your choice"
"""What an asking says of itself that the learner picked by name."""

AT_RANDOM = "at random"
"""What an asking says of itself that was drawn by nothing but chance."""

EASIER = "an easier one"
"""What an asking says of itself that is put because another one would not stick."""


def menu(shown: Reply, known: State, note: str = "", snoozes: Sequence[Snooze] = ()) -> Reply:
    """The menu under what the message shows; `snoozes` are the ways to put it off."""
    asking = known.asking
    aside = (
        Button("Bring it back", SetAside(asking.id, 0))
        if known.aside
        else Button("Never show again", SetAside(asking.id, 1))
    )
    kept = (
        Button("Remove bookmark", PutBookmark(asking.id, 0))
        if known.bookmarked
        else Button("Bookmark", PutBookmark(asking.id, 1))
    )
    buttons = (
        (Button("Why this question?", TellWhy(asking.id)), aside),
        (kept, Button("Report a problem", OpenReport(asking.id))),
        (Button("Back", OpenMenu(asking.id, 0)),),
    )
    later = tuple(Button(how.label, SnoozeDaily(asking.id, how)) for how in snoozes)
    return noted(shown, note, (later, *buttons) if later else buttons)


def complaints(shown: Reply, known: State) -> Reply:
    """What can be wrong, a button each."""
    asking = known.asking
    buttons = [Button(each.label, ReportProblem(asking.id, each)) for each in Complaint]
    buttons.append(Button("Back", OpenMenu(asking.id, 1)))
    return noted(shown, "What is wrong with it?", rows(buttons, 2))


def thanks(shown: Reply, known: State) -> Reply:
    """A problem is reported; the bot waits for a sentence about it."""
    note = (
        "Thank you: the people who run this bot will look at it. If you like, type a sentence on it now;"
        " Back goes on with the question."
    )
    return noted(shown, note, ((Button("Back", OpenMenu(known.asking.id, 0)),),))


def invitation(shown: Reply, known: State) -> Reply:
    """The bot waits for a sentence."""
    note = "Type it now, in one message: what is wrong, and what would be right?"
    return noted(shown, note, ((Button("Back", OpenMenu(known.asking.id, 0)),),))


def noted(shown: Reply, note: str, buttons: Buttons) -> Reply:
    """What the message shows, a line more (plain text), and other buttons."""
    return Reply(f"{shown.text}\n\n<i>{escape(note)}</i>" if note else shown.text, buttons)


def why(
    known: State, card: Card | None, topic_recall: float | None, learning: Learning, *, in_quizzes: int = 0
) -> str:
    """Why the question was put, in a sentence or two with figures; `card` as it was then, with so many of its ratings
    taken from quizzes."""
    return "Why: " + " ".join(_sentences(known, card, topic_recall, learning, in_quizzes))


def _sentences(
    known: State, card: Card | None, topic_recall: float | None, learning: Learning, in_quizzes: int
) -> Iterator[str]:
    day = known.asking.study_day
    before = card if card is not None and card.reviewed_on < day else None
    yield _reason(known, before)
    if before is not None:
        yield f"Predicted recall was {_percent(recall(before, day))}; {_past(before, in_quizzes)}."
    if topic_recall is not None:
        weak = known.question.topic in learning.weak_topics()
        place = "one of your weak topics" if weak else "not among your weak topics"
        yield f"{known.topic_title} is {place}: your recall there is {_percent(topic_recall)}."


def _past(card: Card, in_quizzes: int) -> str:
    """How often the learner rated it; that a quiz did so for them is told apart."""
    quizzes = "in a quiz" if in_quizzes == 1 else f"in {in_quizzes} quizzes"
    rated = card.reviews - in_quizzes
    if rated <= 0:
        return f"you missed it {quizzes}"
    missed = f", forgotten {_times(card.lapses)}" if card.lapses else ""
    return f"you have rated it {_times(rated)}{f', missed it {quizzes}' if in_quizzes else ''}{missed}"


def _reason(known: State, card: Card | None) -> str:
    asking = known.asking
    if asking.purpose is Purpose.DRILL:
        topic = known.drill.topic if known.drill is not None else ""
        return f"it is {asking.because} in {_DRILLS.get(topic, 'a drill you asked for')}."
    if asking.because == CHOSEN:
        return "you asked for this very question."
    if asking.because == AT_RANDOM:
        return "you asked for any question at all, and chance drew this one."
    if asking.because == EASIER:
        return "you asked for an easier one than the one you kept forgetting."
    match _REASONS.get(asking.because):
        case Reason.DUE:
            return _due(asking.study_day, card.due if card is not None else asking.study_day, known.today)
        case Reason.PRACTICE:
            return "nothing was due or new, and of the rest you had not seen this one for longest."
        case _:
            level = known.question.level
            near = "your level" if level is known.learner.level else "a level near yours"
            return f"it was new to you, and {level} is {near}."


def _due(put_on: date, due: date, today: date) -> str:
    if (late := (put_on - due).days) <= 0:
        return f"it was due {'today' if put_on == today else 'on that day'}."
    return f"it was due {_days(late)} {'ago' if put_on == today else 'before'}."


_DRILLS = {
    rules.MISTAKES: "a drill on what you missed",
    rules.DUE: "a review of what is due",
    rules.AHEAD: "a review of what is due next",
    rules.AGAIN: "a drill on what you missed in a review",
    rules.BOOKMARKS: "a drill on your bookmarks",
    rules.WEAK_SPOTS: "a drill on your weak spots",
    rules.WINNING_BACK: "the questions that win your streak back",
    rules.QUIZ: "a drill on what you missed in the quiz",
}
_REASONS = {views.why(Because(reason, topic="")): reason for reason in Reason}


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
