"""What a quiz shows: what stands with and after each question, and its results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.markup import to_plain
from content.taxonomy import Taxonomy
from handlers.asking.drill_presses import ReviewDue
from handlers.kit.reply import Button, Buttons, Link, Reply, escape
from handlers.quiz.allowed import NO_POLLS
from handlers.quiz.presses import (
    DrillMissedInQuiz,
    MyRank,
    QuizAgain,
    SkipRound,
    StopQuiz,
    TakeMissed,
)
from handlers.quiz.titles import title_of
from interview import quiz_score
from interview.question import Question, QuizForm
from interview.quiz import Ended, Quiz, Round
from interview.quiz_score import NO_BREAK, Standing, Vote
from interview.words import plural

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
NOBODY_CAME = "Nobody came to today’s quiz, so it ends here. Again plays it when you are back."
NO_POINTS = "This one goes to the questions: no points for anybody. The next quiz starts level."
_NAMES, _RANKS = 12, 20
NAME, _STEM = 40, 120
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def title(taxonomy: Taxonomy, quiz: Quiz) -> str:
    """What it asks about: `Metrics`, `Metrics › Calibration`, `Coding and others`, `A mix`."""
    name = title_of(taxonomy, quiz.topic, quiz.facet)
    return f"{name} and others" if quiz.fill_up and quiz.topic is not None else name


def head_of(quiz: Quiz, place: int) -> str:
    """What stands before a question: where in the quiz it is."""
    return f"{place + 1}/{len(quiz.question_ids)}"


def controls(quiz: Quiz, place: int) -> Reply:
    """The buttons under a poll."""
    skip = Button("Skip", SkipRound(quiz.id, place))
    return Reply("", ((skip, Button("Stop", StopQuiz(quiz.id))),))


def told(quiz: Quiz, asked: Round, form: QuizForm | None, votes: Sequence[Vote]) -> Reply:
    """After a question: what is right and why, what most fell for, and where everybody stands."""
    if not votes and not asked.skipped and not quiz.is_alone:
        return Reply("Nobody voted.")
    right = " · ".join(asked.options[number] for number in asked.right)
    lines = [f"✅ <b>{escape(right)}</b>"]
    if form is not None:
        lines.append(escape(form.explanation))
        lines += _fell_for(asked, form, votes)
    ranking = quiz_score.standings(votes, asked.place)
    right_count, voted = quiz_score.right_of(votes, asked.place)
    lines.append("")
    if quiz.is_alone:
        lines += [_alone(ranking, asked.place)] if voted else ["No vote this time."]
    else:
        lines += [_standing(ranking)] if ranking else []
        lines.append(f"{right_count} of {voted} right" if voted else "Nobody voted.")
    return Reply(("⏭ Skipped.\n" if asked.skipped else "") + "\n".join(lines).strip())


def results(
    taxonomy: Taxonomy,
    quiz: Quiz,
    votes: Sequence[Vote],
    questions: dict[int, Question | None],
    review_url: str,
    told_rounds: int,
) -> Reply:
    """The end: everybody's rank, the hardest question, the closest call."""
    ranking = quiz_score.standings(votes)
    lines = [f"🏆 <b>{escape(title(taxonomy, quiz))}</b>, {_how_many(quiz, told_rounds)}"]
    if quiz.ended_because is Ended.SILENCE and not ranking and quiz.daily_on is not None:
        return Reply(NOBODY_CAME, ((Button("Again", QuizAgain(quiz.id)),),))
    if quiz.ended_because is Ended.SILENCE:
        lines.append("Three questions without a vote, so I stopped here.")
    if quiz.ended_because is Ended.STOPPED:
        lines.append("Stopped.")
    if quiz.ended_because is Ended.REMOVED:
        lines.append(NO_POLLS)
    if not ranking:
        lines.append("Nobody voted.")
        return Reply("\n".join(lines), ((Button("Again", QuizAgain(quiz.id)),),))
    if quiz.is_alone:
        lines.append(f"{ranking[0].right} of {told_rounds} right, {quiz_score.in_points(ranking[0].points)}.")
    else:
        lines += _ranks(ranking)
        lines += _remarkable(votes, questions)
    buttons: Buttons = (
        (Link("Review my mistakes", review_url),),
        (Button("My rank", MyRank(quiz.id)), Button("Again", QuizAgain(quiz.id))),
    )
    if quiz.is_alone:
        buttons = ((Button("Again", QuizAgain(quiz.id)),),)
    return Reply("\n".join(lines), buttons)


def rank_of(ranking: Sequence[Standing], person_id: int) -> str:
    """Somebody's own rank, as it pops up for them alone."""
    own = next((each for each in ranking if each.person_id == person_id), None)
    if own is None:
        return "You have not voted in this quiz. Join the next one: Again starts it."
    shared = sum(each.rank == own.rank for each in ranking) > 1
    place = f"{ordinal(own.rank)}{' (shared)' if shared else ''} of {len(ranking)}"
    return f"You are {place}: {quiz_score.in_points(own.points)}, {own.right} of {own.answered} right."


def joined_cards(count: int) -> str:
    """What became of what was missed."""
    return f"{plural(count, 'question')} you missed came to your cards; /review brings what is due from tomorrow on."


def among_cards(count: int, due: int) -> Reply:
    """What became of what was missed, on a later day; so many of them are due."""
    text = f"{plural(count, 'question')} you missed there came to your cards on an earlier day."
    if not due:
        return Reply(f"{text} Not due now: /review brings each in its time.")
    return Reply(f"{text} Due now: {due}.", ((Button("Review what is due", ReviewDue()),),))


def offer_missed(taxonomy: Taxonomy, quiz: Quiz, stems: Sequence[str]) -> Reply:
    """In private, to somebody who played in a group: what they missed, and whether it shall join their cards."""
    head = f"<b>You missed {len(stems)} in the quiz “{escape(title(taxonomy, quiz))}”</b>"
    lines = [f"• {short(stem, _STEM)}" for stem in stems[:_RANKS]]
    count = "it" if len(stems) == 1 else f"all {len(stems)}"
    buttons: Buttons = (
        (Button(f"Add {count} to my cards", TakeMissed(quiz.id, 1)),),
        (Button("Drill them now", DrillMissedInQuiz(quiz.id)), Button("No, thanks", TakeMissed(quiz.id, 0))),
    )
    return Reply(
        "\n".join([head, *lines, "", "As cards they come back tomorrow, each with its whole answer."]),
        buttons,
    )


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def short(text: str, most: int) -> str:
    """The text in one line, cut where it is too long, and escaped."""
    line = " ".join(text.split())
    return escape(line if len(line) <= most else line[: most - 1].rstrip() + "…")


def in_prose(stem: str) -> str:
    """A stem where it is merely named: in plain words, without the code that it asks about."""
    return to_plain(_FENCED.sub("\n", stem)) or to_plain(stem)


def _fell_for(asked: Round, form: QuizForm, votes: Sequence[Vote]) -> list[str]:
    wrong = quiz_score.most_chosen_wrong(votes, asked.place)
    if wrong is None or wrong[0] >= len(asked.order):
        return []
    number, count = wrong
    why = form.why_wrong[asked.order[number]] if asked.order[number] < len(form.why_wrong) else ""
    voted = f" ({count})" if count > 1 else ""
    return [f"✗ {short(asked.options[number], 100)}{voted}: {escape(why)}"] if why else []


def _standing(ranking: Sequence[Standing]) -> str:
    shown = [
        _with_points(each) + (f"{NO_BREAK}({quiz_score.gained(each.gained)})" if each.gained else "")
        for each in ranking[:_NAMES]
    ]
    more = len(ranking) - _NAMES
    return " · ".join(shown) + (f" · and {plural(more, 'other')}" if more > 0 else "")


def _alone(ranking: Sequence[Standing], place: int) -> str:
    own = ranking[0]
    total = f"{quiz_score.in_points(own.points)} after {plural(place + 1, 'question')}"
    return f"{quiz_score.gained(own.gained)}: {total}" if place else total


def _how_many(quiz: Quiz, told_rounds: int) -> str:
    planned = len(quiz.question_ids)
    return (
        plural(planned, "question")
        if told_rounds >= planned
        else f"{told_rounds} of {plural(planned, 'question')}"
    )


def _ranks(ranking: Sequence[Standing]) -> list[str]:
    """A line for the medals, then a line a rank; equal points stand together. Medals are for points above none."""
    if ranking[0].points <= 0:
        return [NO_POINTS]
    shown = ranking[:_RANKS]
    groups: dict[int, list[Standing]] = {}
    for each in shown:
        groups.setdefault(each.rank, []).append(each)
    medals = [
        f"{MEDALS[rank]} {' · '.join(_with_points(each) for each in group)}"
        for rank, group in groups.items()
        if rank in MEDALS and group[0].points > 0
    ]
    others = [
        f"{rank}. {' · '.join(_with_points(each) for each in group)}"
        for rank, group in groups.items()
        if rank not in MEDALS or group[0].points <= 0
    ]
    more = len(ranking) - len(shown)
    rest = [f"and {plural(more, 'other')}"] if more > 0 else []
    return ["   ".join(medals), *others, *rest]


def _with_points(each: Standing) -> str:
    return f"{short(each.name, NAME)}{NO_BREAK}{quiz_score.signed(each.points)}"


def _remarkable(votes: Sequence[Vote], questions: dict[int, Question | None]) -> list[str]:
    said = []
    hardest, closest = quiz_score.hardest(votes), quiz_score.closest_call(votes)
    if hardest is not None:
        place, right, voted = hardest
        question = questions.get(place)
        if question is not None and question.quiz is not None:
            said.append(f"Hardest: “{short(in_prose(question.quiz.stem), _STEM)}” ({right} of {voted}).")
    if closest is not None:
        said.append(f"Closest call: {closest[0]} against {closest[1]}.")
    return [" ".join(said)] if said else []
