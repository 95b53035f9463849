"""What the judge says of a reply, seen from outside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.question import KeyPoint
from interview.rating import Rating
from judging.engines import judge
from judging.judgement import COVERED_FROM, COVERED_FROM_IN_SHORT, MISSED_BELOW, State, state_of

STEM = "Your churn model reports 97 % accuracy on 3 % churners. What do you ask next?"
POINTS = (
    KeyPoint(
        "A constant 'no churn' scores 97 %, so accuracy says nothing here",
        phrases=("majority class", "always predict no", "dummy baseline"),
        also=("a model that never says churn gets the same number",),
        wrong="accuracy of 97 % shows the model is good",
    ),
    KeyPoint(
        "Look at precision and recall of the churners instead",
        phrases=("precision and recall", "confusion matrix", "pr curve"),
        also=("see how many leavers it finds and how many alarms are right",),
        wrong="accuracy is enough",
    ),
    KeyPoint(
        "The threshold follows from what a miss and a false alarm cost",
        must=False,
        phrases=("cost of a miss", "expected cost", "move the threshold"),
        also=("weigh a lost customer against a wasted voucher",),
    ),
)


def test_a_good_reply_covers_its_points_and_is_quoted():
    reply = "If you always predict no you also get 97 %. I'd look at precision and recall of churners."

    judged = judge(STEM, POINTS, reply)

    assert [point.state for point in judged.points[:2]] == [State.COVERED, State.COVERED]
    assert judged.points[0].quote == "If you always predict no you also get 97 %"
    assert "precision and recall" in (judged.points[1].quote or "")


def test_what_was_not_said_is_missed_and_has_no_quote():
    judged = judge(STEM, POINTS, "I would look at precision and recall of the churners.")

    assert judged.points[2].state is State.MISSED
    assert judged.points[2].quote is None


def test_the_opposite_is_pointed_out_and_not_ticked():
    judged = judge(STEM, POINTS, "An accuracy of 97 % shows that the model is good, so I ship it.")

    assert judged.points[0].state is State.CONTRADICTED
    assert judged.points[0].p < MISSED_BELOW
    assert "97 % shows that the model is good" in (judged.points[0].quote or "")


@pytest.mark.parametrize(
    "p, short, state",
    [
        (COVERED_FROM, False, State.COVERED),
        (COVERED_FROM - 0.01, False, State.UNSURE),
        (COVERED_FROM_IN_SHORT, True, State.COVERED),
        (COVERED_FROM_IN_SHORT - 0.01, True, State.UNSURE),
        (MISSED_BELOW, True, State.UNSURE),
        (MISSED_BELOW - 0.01, False, State.MISSED),
    ],
)
def test_the_bounds_between_the_states(p, short, state):
    assert state_of(p, short) is state


def test_less_is_enough_where_a_sentence_is_a_full_answer():
    likely = KeyPoint(
        "Static electricity makes the balloon stick to the wall", phrases=("static electricity",)
    )
    others = tuple(KeyPoint(text) for text in ("Hair gives electrons away", "Damp air lets it fall sooner"))
    typed = ("the charge makes it attract", "it has some electricity", "it sticks by itself", "a static wall")

    alone = [judge("What happens to it?", (likely,), reply).points[0] for reply in typed]
    among = [judge("What happens to it?", (likely, *others), reply).points[0] for reply in typed]

    assert {point.state for point in alone if COVERED_FROM_IN_SHORT <= point.p < COVERED_FROM} == {
        State.COVERED
    }
    assert all(point.p >= COVERED_FROM for point in among if point.state is State.COVERED)


def test_a_denied_point_is_less_likely_than_an_affirmed_one():
    point = (KeyPoint("Features must be scaled before", phrases=("scale the features",)),)

    said = judge("How do you use kNN?", point, "You scale the features before you start with it.")
    denied = judge("How do you use kNN?", point, "You do not scale the features before you start with it.")

    assert denied.points[0].p < said.points[0].p - 0.1


@pytest.mark.parametrize(
    "typed",
    [
        "I would look at precison and reccall of the churners",
        "look at precision & recall of churners",
        "I WOULD LOOK AT PRECISION AND RECALL OF THE CHURNERS",
    ],
)
def test_typos_and_case_do_not_hide_a_point(typed):
    assert judge(STEM, POINTS, typed).points[1].state is State.COVERED


@pytest.mark.parametrize(
    "point, typed",
    [
        ("Regularisation penalises large weights", "regularization penalizes large weights"),
        ("The false positive rate stays small", "the FPR stays small"),
        ("It uses the validation set", "it uses the val set"),
        ("The error is bias squared plus variance", "error is bias² plus variance"),
        ("It takes a low rank update", "it takes a lowrank update"),
        ("A share of 97 percent", "a share of 97 %"),
    ],
)
def test_other_spellings_of_the_same_count_alike(point, typed):
    same = judge("What happens?", (KeyPoint(point),), point)
    other = judge("What happens?", (KeyPoint(point),), typed)

    assert other.points[0].p == pytest.approx(same.points[0].p, abs=0.06)


@pytest.mark.parametrize(
    "reply", ["idk", "I don't know", "no idea, sorry", "Honestly I have no clue about this", "?"]
)
def test_giving_up_is_missed_all_over_and_never_praised(reply):
    judged = judge(STEM, POINTS, reply)

    assert {point.state for point in judged.points} == {State.MISSED}
    assert judged.rating is Rating.AGAIN


def test_a_doubt_followed_by_an_answer_is_an_answer():
    judged = judge(STEM, POINTS, "I'm not sure, but I would look at precision and recall of the churners.")

    assert judged.points[1].state is State.COVERED


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "accuracy",
        "!!! ... 🙂",
        "точность ничего не значит при таком дисбалансе классов",
        "精度は意味がありません",
        "churn accuracy precision recall confusion matrix threshold cost baseline majority",
    ],
)
def test_where_the_judge_cannot_tell_it_says_so(reply):
    judged = judge(STEM, POINTS, reply)

    assert {point.state for point in judged.points} == {State.UNSURE}
    assert {point.quote for point in judged.points} == {None}
    assert judged.rating is None


def test_one_word_is_an_answer_where_a_sentence_is_all_that_is_asked():
    point = (KeyPoint("They repel each other"),)

    judged = judge("What happens when two north poles meet?", point, "Repel")
    vague = judge("What happens when two north poles meet?", point, "magnetism")

    assert judged.points[0].state is State.COVERED
    assert vague.points[0].state is State.UNSURE


@pytest.mark.parametrize(
    "typed, found",
    [("you choose no k at all", True), ("you must choose k beforehand", False)],
)
def test_a_phrase_that_shrinks_to_one_word_needs_its_other_words_too(typed, found):
    with_phrase = KeyPoint("The number of groups need not be given", phrases=("no k",))
    without = KeyPoint("The number of groups need not be given", phrases=("nothing of the sort",))

    ticked = [
        judge("How does it group?", (key, *POINTS), typed).points[0].p for key in (with_phrase, without)
    ]

    assert (ticked[0] > ticked[1] + 0.2) is found


def test_a_phrase_of_small_words_alone_is_found_word_for_word():
    point = (KeyPoint("There is no limit", phrases=("as many as you",)),)

    typed = judge("How large can it be?", point, "as many as you want to have")
    other = judge("How large can it be?", point, "it is as you want, how many there are")

    assert typed.points[0].p > other.points[0].p + 0.2


def test_what_the_rest_of_the_reply_shows_counts_for_a_point_that_is_hinted_at():
    hint = "Weigh what a lost customer costs."
    rest = "If you always predict no you also get 97 %. I'd look at precision and recall of churners."

    alone, with_the_rest = judge(STEM, POINTS, hint), judge(STEM, POINTS, f"{rest} {hint}")

    assert with_the_rest.points[2].p > alone.points[2].p


def test_only_two_thousand_characters_are_read():
    late = (
        "Weather, lunch and the bus were fine. " * 60
        + "I would look at precision and recall of the churners."
    )

    assert len(late) > 2000
    assert judge(STEM, POINTS, late).points[1].state is State.MISSED


def test_every_hint_lowers_the_rating_that_is_suggested():
    reply = (
        "A dummy baseline that says no churn scores 97 % too. I'd look at precision and recall of churners "
        "and move the threshold by the expected cost of a miss and of a false alarm."
    )

    ratings = [judge(STEM, POINTS, reply, hints_used=hints).rating for hints in (0, 1, 2)]

    assert ratings == [Rating.EASY, Rating.GOOD, Rating.HARD]


WORDS = st.sampled_from(
    [
        "accuracy",
        "97",
        "%",
        "churn",
        "not",
        "never",
        "precision",
        "recall",
        "cost",
        "no",
        "don't",
        *".,(;—\né数🙂",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=60).map(" ".join)))
def test_whatever_is_typed_the_judgement_is_sound(reply):
    judged = judge(STEM, POINTS, reply)

    assert len(judged.points) == len(POINTS)
    for point in judged.points:
        assert 0 <= point.p <= 1
        assert point.quote is None or (point.quote and point.quote in reply)
        if point.state is State.COVERED:
            assert point.p >= COVERED_FROM
            assert point.quote
        elif point.state in (State.MISSED, State.CONTRADICTED):
            assert point.p < MISSED_BELOW
    assert judge(STEM, POINTS, reply) == judged
