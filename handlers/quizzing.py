"""/quiz: native polls against the clock, with the whole group or alone."""

from __future__ import annotations

from handlers.kit.feature import Called, Feature, Heartbeat, Pressed
from handlers.kit.press import Press
from handlers.quiz import card, playing, running
from handlers.quiz.presses import (
    DrillMissedInQuiz,
    FilledQuiz,
    FillUpQuiz,
    JoinQuiz,
    ListQuizTopics,
    MyRank,
    NewQuiz,
    PickQuizTopic,
    QuizAgain,
    SizeQuiz,
    SkipRound,
    StartQuiz,
    StopQuiz,
    TakeMissed,
    TimeQuiz,
)

_EVERYWHERE: dict[type[Press], Pressed] = {
    NewQuiz: card.new,
    FilledQuiz: card.new_filled_up,
    QuizAgain: card.again,
    SkipRound: playing.skip,
    StopQuiz: playing.stop,
    MyRank: playing.my_rank,
}
_QUIZ = Called("quiz", "a quiz against the clock: /quiz metrics 7", card.quiz)

FEATURE = Feature(
    name="quizzing",
    commands=(_QUIZ,),
    presses={**_EVERYWHERE, TakeMissed: playing.take_missed, DrillMissedInQuiz: playing.drill_missed},
    group_commands=(_QUIZ, Called("stop", "end the quiz that is running", playing.stop_here)),
    group_presses={
        **_EVERYWHERE,
        JoinQuiz: card.join,
        StartQuiz: card.start,
        ListQuizTopics: card.list_topics,
        PickQuizTopic: card.pick_topic,
        FillUpQuiz: card.fill_up,
        SizeQuiz: card.resize,
        TimeQuiz: card.retime,
    },
    poll_answers=playing.vote,
    polls=playing.poll_changed,
    heartbeat=Heartbeat(running.beat, running.next_due, for_people=True),
)
