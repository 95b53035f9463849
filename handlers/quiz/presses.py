"""What the buttons of a quiz carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press, Slug


class TopicSlug(Slug):
    """The id of a whole topic."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class QuizPress(Press):
    """Base of presses that point at a quiz."""

    quiz_id: int


@dataclass(frozen=True, slots=True)
class NewQuiz(Press):
    """A quiz on this topic or facet, or a `mix`, with so many questions."""

    name: ClassVar[str] = "quiz-new"
    topic: Slug
    size: int


@dataclass(frozen=True, slots=True)
class FilledQuiz(Press):
    """A quiz with so many questions: all that this topic has, then others."""

    name: ClassVar[str] = "quiz-filled"
    topic: Slug
    size: int


@dataclass(frozen=True, slots=True)
class FillUpQuiz(QuizPress):
    """Ask others too, behind what the topic has."""

    name: ClassVar[str] = "quiz-fill"


@dataclass(frozen=True, slots=True)
class JoinQuiz(QuizPress):
    """I play."""

    name: ClassVar[str] = "quiz-join"


@dataclass(frozen=True, slots=True)
class StartQuiz(QuizPress):
    """Begin now."""

    name: ClassVar[str] = "quiz-start"


@dataclass(frozen=True, slots=True)
class ListQuizTopics(QuizPress):
    """Show the topics to choose from on the card (1), or the card alone again (0)."""

    name: ClassVar[str] = "quiz-topics"
    shown: int


@dataclass(frozen=True, slots=True)
class PickQuizTopic(QuizPress):
    """Ask about this topic; `mix` for everything."""

    name: ClassVar[str] = "q-topic"
    topic: TopicSlug


@dataclass(frozen=True, slots=True)
class SizeQuiz(QuizPress):
    """So many questions."""

    name: ClassVar[str] = "quiz-size"
    size: int


@dataclass(frozen=True, slots=True)
class TimeQuiz(QuizPress):
    """So many seconds a question, 0 for as many as each one needs."""

    name: ClassVar[str] = "quiz-time"
    seconds: int


@dataclass(frozen=True, slots=True)
class SkipRound(QuizPress):
    """Skip the question at this place."""

    name: ClassVar[str] = "quiz-skip"
    place: int


@dataclass(frozen=True, slots=True)
class StopQuiz(QuizPress):
    """End it here."""

    name: ClassVar[str] = "quiz-stop"


@dataclass(frozen=True, slots=True)
class MyRank(QuizPress):
    """Where do I stand?"""

    name: ClassVar[str] = "quiz-rank"


@dataclass(frozen=True, slots=True)
class QuizAgain(QuizPress):
    """Another one like this."""

    name: ClassVar[str] = "quiz-again"


@dataclass(frozen=True, slots=True)
class TakeMissed(QuizPress):
    """What I missed joins my cards (1), or does not (0)."""

    name: ClassVar[str] = "quiz-take"
    wanted: int


@dataclass(frozen=True, slots=True)
class DrillMissedInQuiz(QuizPress):
    """A drill on what I missed."""

    name: ClassVar[str] = "quiz-drill"
