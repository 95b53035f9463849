"""A typed answer, point by point: found, not sure, not found, and each a tap to correct."""

from dataclasses import replace

import pytest

from content.bank import Bank
from handlers.asking import judge
from interview.question import KeyPoint
from tests.fake_chat import make_question

CHURN = replace(
    make_question("metrics", 1),
    stem="Your churn model reports 97 % accuracy on 3 % churners. What do you ask next?",
    key_points=(
        KeyPoint(
            "A constant “no churn” scores 97 %, so accuracy says nothing here",
            phrases=("majority class", "always predict no", "dummy baseline"),
            also=("a model that never says churn gets the same number",),
            wrong="accuracy of 97 % shows the model is good",
        ),
        KeyPoint(
            "Recall and precision on the churners instead",
            phrases=("precision and recall", "recall of the churners", "confusion matrix"),
            also=("look at how many churners are caught and how many alarms are false",),
        ),
        KeyPoint(
            "Say what a missed churner costs, in money",
            phrases=("cost of a miss", "price of a false negative", "cost matrix"),
            also=("ask what it costs when we lose one that we did not warn about",),
        ),
    ),
)


@pytest.fixture
async def churn(chat):
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([CHURN]))
    await chat.running.start()
    await chat.starts()
    return chat


async def test_found_points_are_ticked_and_quoted_and_what_was_missed_comes_first(churn):
    await churn.says(
        "if you always predict no you get the same 97 percent. so I look at precision and recall"
    )

    text = churn.last.text
    assert text.startswith("I found 2 of 3 points.")
    assert text.index("☐ 3") < text.index("☑ 1") < text.index("☑ 2")
    assert "“if you always predict no you get the same 97 percent" in text
    assert churn.last.buttons[:3] == ["1 ☑", "2 ☑", "3 ☐"]


async def test_the_suggested_rating_follows_the_judge_and_then_the_learner(churn):
    await churn.says(
        "if you always predict no you get the same 97 percent. so I look at precision and recall"
    )
    judged = next(label for label in churn.last.buttons if label.startswith("✓"))
    assert judged.startswith(("✓ Partly", "✓ Got it"))

    await churn.taps("3 ☐")
    assert churn.last.text.startswith("You ticked 3 of 3 points.")
    assert any(label.startswith("✓ Got it") for label in churn.last.buttons)

    await churn.taps("1 ☑")
    await churn.taps("2 ☑")
    assert any(label.startswith("✓ Missed") for label in churn.last.buttons)


async def test_what_was_judged_and_what_was_corrected_is_kept(churn):
    await churn.says(
        "if you always predict no you get the same 97 percent. so I look at precision and recall"
    )
    await churn.taps("1 ☑")

    [asking] = await churn.rows("SELECT judged, judged_rating, ticked FROM askings")
    assert asking["judged"].startswith('[["covered", "if you always predict no')
    assert asking["ticked"] == 0b010


@pytest.mark.parametrize("idle", ["idk", "I don't know", "no idea"])
async def test_i_dont_know_is_not_praised(churn, idle):
    await churn.says(idle)

    assert "I could not find any of the points." in churn.last.text
    assert any(label.startswith("✓ Missed") for label in churn.last.buttons)
    assert "Reference answer" in churn.last.text


async def test_where_the_judge_cannot_tell_it_says_so_and_suggests_nothing(churn):
    await churn.says("准确率没有意义")

    assert "I can’t tell which of these 3 points you made" in churn.last.text
    assert not any("✓" in label for label in churn.last.buttons)


async def test_a_usual_error_is_named(churn):
    await churn.says("97 % accuracy shows that the model is good, so I would ship it")

    assert "⚠ check this one: “97 % accuracy shows that the model is good" in churn.last.text


async def test_more_within_a_minute_is_judged_together(churn):
    await churn.says("always predict no gives you the same number")
    await churn.says("and i want precision and recall of course")

    assert churn.last.text.startswith("Your 2 messages count as one answer. I found 2 of 3 points.")


async def test_a_broken_judge_leaves_the_checklist(churn, monkeypatch):
    def broken(*_):
        raise RuntimeError("words of the learner")

    monkeypatch.setattr(judge, "judge_question", broken)
    await churn.says("always predict no")

    assert churn.last.buttons[:3] == ["1 ☐", "2 ☐", "3 ☐"]
    assert "Reference answer" in churn.last.text


async def test_what_people_type_is_quoted_letter_for_letter(churn):
    await churn.says(
        "if you always predict no you get the same 97 percent. so I look at <b>precision & recall"
    )

    assert "<b>precision & recall" in churn.last.text
