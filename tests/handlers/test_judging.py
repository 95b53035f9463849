"""A typed answer, point by point: found, not sure, not found, and each a tap to correct."""

import threading
from dataclasses import replace

import pytest

from content.bank import Bank
from handlers.asking import judge
from handlers.asking.said import in_one_message
from interview.question import KeyPoint
from judging.engines import judge_question
from storage.replies import Typed
from tests.fake_chat import BEGIN, make_question
from tests.run_again import run_the_last_update_again

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
    assert any(label.startswith("✓ Easy") for label in churn.last.buttons)

    for point in (1, 2, 3):
        await churn.taps(f"{point} ☑")
    assert any(label.startswith("✓ Missed") for label in churn.last.buttons)


async def test_what_was_judged_and_what_was_corrected_is_kept(churn):
    await churn.says(
        "if you always predict no you get the same 97 percent. so I look at precision and recall"
    )
    await churn.taps("1 ☑")

    [asking] = await churn.rows("SELECT judged, judged_rating, ticked FROM askings")
    assert asking["judged"].startswith('[["covered", "if you always predict no')
    assert asking["ticked"] == 0b010


@pytest.mark.parametrize("idle", ["idk", "I don't know", "no idea", "?", "пас", "не знаю", "keine Ahnung"])
async def test_i_dont_know_leads_straight_to_the_reference_in_a_kind_line(churn, idle):
    await churn.says(idle)

    assert churn.last.text.startswith("That is fine, nobody knows them all.")
    assert "found" not in churn.last.text
    assert churn.last.text.endswith("How well did you recall it?")
    assert any(label.startswith("✓ Missed") for label in churn.last.buttons)
    assert "Reference answer" in churn.last.text


async def test_what_comes_after_i_dont_know_is_judged_with_it(churn):
    await churn.says("idk")
    await churn.says("maybe always predict no gives the same number")

    assert "I found 1 of 3 points" in churn.last.text


async def test_the_marked_rating_gives_its_reason(churn):
    await churn.taps("Hint")
    await churn.taps("Hint")
    await churn.says("if you always predict no you get the same 97. so I look at precision and recall")
    assert churn.last.text.endswith("✓ 2 of 3, but two hints")
    assert any(label.startswith("✓ Partly") for label in churn.last.buttons)

    await churn.taps("3 ☐")
    assert churn.last.text.endswith("✓ 3 of 3, but two hints")
    assert any(label.startswith("✓ Partly") for label in churn.last.buttons)

    await churn.taps("3 ☑")
    await churn.taps("2 ☑")
    assert churn.last.text.endswith("✓ 1 of 3")


async def test_ticking_back_and_forth_leaves_the_marked_rating_as_it_was(churn):
    await churn.says("if you always predict no you get the same 97. so I look at precision and recall")
    before = churn.last.buttons

    await churn.taps("3 ☐")
    assert churn.last.buttons != before
    await churn.taps("3 ☑")

    assert churn.last.buttons == before


async def test_a_message_edited_before_the_rating_is_judged_again(churn):
    said = await churn.says("if you always predict no you get the same number")
    feedback = churn.last.id
    assert "I found 1 of 3 points" in churn.last.text

    await churn.edits(said, "if you always predict no you get the same number, so precision and recall")

    assert churn.last.id == feedback
    assert "I found 2 of 3 points" in churn.last.text


async def test_a_message_edited_after_the_rating_changes_no_feedback(churn):
    said = await churn.says("if you always predict no you get the same number")
    await churn.taps("Got it")
    rated = churn.last

    await churn.edits(said, "precision and recall")

    assert churn.message(rated.id).html == rated.html
    assert (churn.last.text, churn.last.reply_to) == ("Kept; the rating stands.", said)
    assert churn.last.silent
    assert await churn.rows("SELECT text FROM replies") == [{"text": "precision and recall"}]
    told = len(churn.from_bot)
    await run_the_last_update_again(churn.running)
    assert len(churn.from_bot) == told


async def test_an_edit_leaves_the_learners_ticks(churn):
    said = await churn.says("if you always predict no you get the same number")
    await churn.taps("3 ☐")

    await churn.edits(said, "hm")

    assert churn.last.text.startswith("You ticked 2 of 3 points.")


async def test_a_further_message_is_heard_beside_the_learners_ticks(churn):
    await churn.says("if you always predict no you get the same number")
    await churn.taps("3 ☐")
    await churn.taps("1 ☑")
    await churn.says("so I look at precision and recall, as you always predict no otherwise")

    assert churn.last.text.startswith("Your 2 messages count as one answer. You ticked 2 of 3 points.")
    assert [label[:3] for label in churn.last.buttons[:3]] == ["1 ☐", "2 ☑", "3 ☑"]
    await run_the_last_update_again(churn.running)
    assert [label[:3] for label in churn.last.buttons[:3]] == ["1 ☐", "2 ☑", "3 ☑"]


async def test_where_the_judge_cannot_tell_it_says_so_and_suggests_nothing(churn):
    await churn.says("准确率没有意义")

    assert "I can’t tell which of these 3 points you made" in churn.last.text
    assert not any("✓" in label for label in churn.last.buttons)


async def test_a_usual_error_is_named(churn):
    await churn.says("97 % accuracy shows that the model is good, so I would ship it")

    assert "⚠ check this one: “97 % accuracy shows that the model is good" in churn.last.text
    assert "Check the one marked ⚠." in churn.last.text


async def test_a_usual_error_that_was_none_is_ticked_by_one_tap(churn):
    await churn.says("97 % accuracy shows that the model is good, so I would ship it")
    await churn.taps("1 ☐")

    assert "⚠" not in churn.last.text
    assert churn.last.buttons[0] == "1 ☑"
    [asking] = await churn.rows("SELECT judged, ticked FROM askings")
    assert '"contradicted"' in asking["judged"]
    assert asking["ticked"] == 0b001


async def test_more_within_a_minute_is_judged_together(churn):
    await churn.says("always predict no gives you the same number")
    await churn.says("and i want precision and recall of course")

    assert churn.last.text.startswith("Your 2 messages count as one answer. I found 2 of 3 points.")


async def test_a_quote_stands_without_the_gaps_that_were_typed(churn):
    await churn.says("i would always   predict  no")
    await churn.says("well")

    assert "“i would always predict no”" in churn.last.text


@pytest.mark.parametrize(
    "quote, kept",
    [
        ("always predict no", "always predict no"),
        ("predict no\ngives the same", "gives the same"),
        ("always predict no\ngives", "always predict no"),
        ("no\ngives the same\nof course", "gives the same"),
        ("said by nobody", "said by nobody"),
    ],
)
def test_a_quote_is_cut_where_the_next_message_begins(quote, kept):
    texts = ["always predict no", "gives the same", "  ", "of course"]
    typed = [Typed(number, text, BEGIN) for number, text in enumerate(texts)]

    assert in_one_message(typed, quote) == kept


async def test_that_points_can_be_tapped_is_said_below_a_judged_answer_alone(churn):
    await churn.says("if you always predict no you get the same number")
    assert "I found 1 of 3 points. Tap a number to correct me." in churn.last.text

    await churn.taps("3 ☐")
    assert "Tap a number" not in churn.last.text


async def test_the_judge_works_beside_the_loop(churn, monkeypatch):
    threads = []

    def judging(*given):
        threads.append(threading.current_thread())
        return judge_question(*given)

    monkeypatch.setattr(judge, "judge_question", judging)
    await churn.says("always predict no")

    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


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
