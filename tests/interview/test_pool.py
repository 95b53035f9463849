from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from interview.card import Card
from interview.learning import Learning
from interview.novelty import Novelty, wanted_topics
from interview.pool import FAR, Pool
from interview.question import Kind, Level, Question
from interview.selection import BACKLOG, Reason, choose

TODAY = date(2026, 11, 20)
TOPICS = ("llm", "metrics", "mlops")
IDS = [f"{topic}/{number}" for topic in TOPICS for number in range(5)]

some_ids = st.lists(st.sampled_from([*IDS, "gone/1"]), unique=True)
days = st.integers(-2, 20).map(lambda ago: TODAY - timedelta(days=ago))
learnings = st.builds(
    Learning,
    cards=st.dictionaries(
        st.sampled_from(IDS),
        st.builds(lambda due, reviewed: Card(9.0, 5.0, due, reviewed, 5), days, days),
        max_size=9,
    ),
    last_seen=st.dictionaries(st.sampled_from(IDS), days, max_size=9),
    level=st.sampled_from(Level),
    mix=st.dictionaries(st.sampled_from(TOPICS), st.sampled_from([0.0, 1.0, 2.0])),
    topic_recall=st.dictionaries(st.sampled_from(TOPICS), st.floats(0, 1)),
    set_aside=some_ids.map(frozenset),
    unanswered=some_ids.map(lambda ids: frozenset(ids[:1])),
    last_topic=st.sampled_from([*TOPICS, None]),
)
banks = st.lists(st.tuples(st.sampled_from(Level), st.booleans()), min_size=len(IDS), max_size=len(IDS)).map(
    lambda drawn: [
        question(question_id, level, retired=rare and index % 4 == 0)
        for index, (question_id, (level, rare)) in enumerate(zip(IDS, drawn, strict=True))
    ]
)


def question(question_id: str, level: Level, *, retired: bool) -> Question:
    return Question(
        id=question_id,
        topic=question_id.split("/")[0],
        facet="any",
        level=level,
        kind=Kind.DEFINITION,
        stem="?",
        answer=".",
        key_points=(),
        retired=retired,
    )


@given(banks, learnings)
def test_what_is_new_is_what_looking_at_every_question_finds(
    bank: list[Question], learning: Learning
) -> None:
    pool = Pool(bank)
    new = Novelty(pool, learning, TODAY)

    for reach in (0, 1, FAR):
        looked_at = [
            one
            for one in bank
            if not one.retired
            and one.id not in learning.set_aside
            and one.id not in learning.cards
            and not learning.rests(one.id, TODAY)
            and abs(one.level.rank - learning.level.rank) <= reach
        ]
        found = [one for topic in sorted(pool.topics) for one, _ in new.of_topic(topic, reach)]
        assert found == looked_at
        assert new.topics(list(pool.topics), reach) == {one.topic for one in looked_at}


@given(banks, learnings)
def test_a_topic_whose_questions_are_all_set_aside_is_not_wanted_while_another_is(
    bank: list[Question], learning: Learning
) -> None:
    usable = {one.topic for one in bank if not one.retired and one.id not in learning.set_aside}
    wanted = {topic for topic in usable if learning.wants(topic)}

    assert wanted_topics(Pool(bank), learning) == (wanted or {one.topic for one in bank if not one.retired})


@given(banks, learnings, st.integers(), st.booleans())
def test_a_choice_is_due_or_new_where_there_is_such_and_never_set_aside(
    bank: list[Question], learning: Learning, seed: int, new_first: bool
) -> None:
    pool = Pool(bank)
    usable = {one.id: one for one in bank if not one.retired and one.id not in learning.set_aside}

    choice = choose(pool, learning, TODAY, Random(seed), new_first=new_first)

    assert (choice is None) == (not usable)
    if choice is None:
        return
    assert choice.question_id in usable
    due = [each for each in learning.due_on(TODAY) if each in usable]
    waiting = [
        each for each in due if not learning.seen_today(each, TODAY) and each not in learning.unanswered
    ]
    near = Novelty(pool, learning, TODAY).topics(wanted_topics(pool, learning), reach=1)
    if waiting and not (new_first and near and len(due) <= BACKLOG):
        assert choice.because.reason is Reason.DUE
        assert choice.question_id in waiting
    elif near and len(due) <= BACKLOG:
        assert choice.because.reason in (Reason.NEW, Reason.WEAK)
        assert choice.question_id not in learning.cards
        assert choice.because.topic in near


@given(banks, learnings, st.integers())
def test_it_makes_no_difference_who_has_looked_for_what_is_due(
    bank: list[Question], learning: Learning, seed: int
) -> None:
    told = replace(learning, due=frozenset(learning.due_on(TODAY)))

    assert choose(Pool(bank), told, TODAY, Random(seed)) == choose(bank, learning, TODAY, Random(seed))
