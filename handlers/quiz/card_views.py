"""The start card of a quiz: what will be asked, who is in, what they can choose; and what is left of it later."""

from __future__ import annotations

from collections.abc import Sequence

from content.taxonomy import Taxonomy
from handlers.kit.press import Slug
from handlers.kit.reply import Button, Buttons, Reply, escape, rows
from handlers.quiz.presses import (
    FilledQuiz,
    FillUpQuiz,
    JoinQuiz,
    ListQuizTopics,
    NewQuiz,
    PickQuizTopic,
    QuizAgain,
    SizeQuiz,
    StartQuiz,
    TimeQuiz,
    TopicSlug,
)
from handlers.quiz.titles import title_of
from handlers.quiz.views import NAME, short, title
from interview.quiz import AUTO, FEW, SECONDS, SIZES, STARTS_AFTER, Quiz
from interview.words import plural

MIX = "mix"
CHOOSING = "<b>A quiz on what?</b> Whoever started it, or an admin, chooses."
_NAMES = 12


def card(
    taxonomy: Taxonomy,
    quiz: Quiz,
    names: Sequence[str],
    seconds_left: int | None,
    there_are: int,
    topics: Sequence[str] | None = None,
) -> Reply:
    """The start card: what will be asked, who is in, what they can choose. `there_are` so many questions to ask.

    With `topics` (slugs) one of them is being chosen; whoever comes meanwhile can still join.
    """
    asked = min(quiz.size, there_are)
    head = f"<b>Quiz: {escape(title(taxonomy, quiz))}</b>, {plural(asked, 'question')}, {_pace(quiz)}"
    fewer = f"{no_more(taxonomy, quiz.topic, there_are)}\n" if asked < quiz.size else ""
    if seconds_left is not None:
        begins = f"Starts by itself in {seconds_left} s."
    else:
        wait = round(STARTS_AFTER.total_seconds())
        begins = f"Starts {wait} s after a second person has joined, or with Start ▶ at once."
    join = (Button("Join", JoinQuiz(quiz.id)), Button("Start ▶", StartQuiz(quiz.id)))
    text = f"{head}\n{fewer}In: {_named(names)}\n<i>{begins}</i>"
    if topics is not None:
        return Reply(f"{text}\n\n{CHOOSING}", (join, *_topics(taxonomy, quiz, topics)))
    sizes = [size for size in SIZES if size < there_are] + [there_are] * (there_are < SIZES[-1])
    size = _after(sizes or SIZES, asked)
    seconds = _after(SECONDS, quiz.seconds)
    buttons: Buttons = (
        join,
        (
            Button("Topic", ListQuizTopics(quiz.id, 1)),
            Button(str(asked), SizeQuiz(quiz.id, size)),
            Button("30 s +" if quiz.seconds == AUTO else f"{quiz.seconds} s", TimeQuiz(quiz.id, seconds)),
        ),
    )
    if there_are < max(quiz.size, FEW) and quiz.topic is not None and not quiz.fill_up:
        buttons = (*buttons, (Button("Fill up from all topics", FillUpQuiz(quiz.id)),))
    return Reply(text, buttons)


def no_more(taxonomy: Taxonomy, topic: str | None, there_are: int) -> str:
    """Why a quiz is shorter than was wished for."""
    name = "A mix" if topic is None else escape(title_of(taxonomy, topic))
    return f"{name} has {plural(there_are, 'quiz question')}."


def few(title: str, slug: str, there_are: int, size: int) -> tuple[str, Buttons]:
    """A topic that is no quiz by itself: those few, or others behind them."""
    those = "Just that one" if there_are == 1 else f"Just those {there_are}"
    buttons = (
        Button(those, NewQuiz(Slug(slug), there_are)),
        Button(f"Fill up to {size}", FilledQuiz(Slug(slug), size)),
    )
    return f"{title} has {plural(there_are, 'quiz question')}. Shall others of all topics follow?", (buttons,)


def _topics(taxonomy: Taxonomy, quiz: Quiz, slugs: Sequence[str]) -> Buttons:
    buttons = [
        Button(topic.short, PickQuizTopic(quiz.id, TopicSlug(topic.slug)))
        for topic in taxonomy.topics
        if topic.slug in slugs
    ]
    last = (
        Button("A mix", PickQuizTopic(quiz.id, TopicSlug(MIX))),
        Button("‹ Back", ListQuizTopics(quiz.id, 0)),
    )
    return (*rows(buttons, 2), last)


def started(taxonomy: Taxonomy, quiz: Quiz, names: Sequence[str]) -> Reply:
    """What is left of the start card once it has begun."""
    head = f"<b>Quiz: {escape(title(taxonomy, quiz))}</b>, {plural(len(quiz.question_ids), 'question')}, {_pace(quiz)}"
    joined = [f"In: {_named(names)}"] if names else []
    soon = "The first question comes in a minute." if quiz.daily_on is not None and not names else ""
    vote = "Vote in the polls below; whoever votes is in."
    return Reply("\n".join([head, *joined, f"{soon} {vote}".strip()]))


def unjoined(taxonomy: Taxonomy, quiz: Quiz) -> Reply:
    """What is left of a start card that nobody else joined."""
    text = f"<b>Quiz: {escape(title(taxonomy, quiz))}</b>\nNobody else joined within ten minutes."
    return Reply(text, ((Button("Again", QuizAgain(quiz.id)),),))


def stopped(taxonomy: Taxonomy, quiz: Quiz) -> Reply:
    """What is left of a start card that was taken back."""
    text = f"<b>Quiz: {escape(title(taxonomy, quiz))}</b>\nStopped before it began."
    return Reply(text, ((Button("Again", QuizAgain(quiz.id)),),))


def _pace(quiz: Quiz) -> str:
    return "30 s and more each" if quiz.seconds == AUTO else f"{quiz.seconds} s each"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(short(name, NAME) for name in names[:_NAMES])
    more = len(names) - _NAMES
    return (shown or "nobody yet") + (f" and {plural(more, 'other')}" if more > 0 else "")


def _after(choices: Sequence[int], now: int) -> int:
    """The choice after this one, in a circle."""
    return next((each for each in choices if each > now), choices[0])
