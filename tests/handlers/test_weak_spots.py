"""/weak: where points are lost, and the drills for that."""

import pytest


async def drill(chat, topic, *ratings):
    """A drill of five of a topic, as far as there are ratings."""
    await chat.says(f"/topic {topic}")
    for rating in ratings:
        await chat.answers(rating)


async def test_without_ratings_it_says_kindly_what_is_missing(chat):
    await chat.starts()
    await chat.says("/weak")

    assert "Too early to tell" in chat.last.text
    assert "three questions of a topic; so far you have rated none" in chat.last.text
    assert chat.last.buttons == ["Today’s question"]


async def test_with_few_ratings_it_says_how_many_are_missing_and_offers_the_drill(chat):
    await chat.starts()
    await drill(chat, "metrics", "Missed", "Missed")
    await drill(chat, "statistics", "Got it")
    await chat.says("/weak")

    assert "Metrics: 1 more rating\n" in chat.last.text
    assert "Statistics: 2 more ratings" in chat.last.text
    await chat.taps("Drill Metrics")
    await chat.taps("Go on: 3 of 5")
    assert "What is metrics" in chat.last.text


async def test_the_weakest_come_first_with_how_sure_that_is(chat):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 5)
    await drill(chat, "statistics", "Partly", "Got it", "Missed")
    await drill(chat, "responsible", *["Easy"] * 4)
    await chat.says("/weak")

    first, second, third = chat.last.text.split("\n\n")[1:4]
    assert first == "1  Metrics › Classification scores   26 %  ●○○○○\n     from 5 ratings, roughly sure"
    assert second.startswith("2  Statistics › Estimates & tests")
    assert second.endswith("from 3 ratings, not sure yet")
    assert third.startswith("3  Responsible ML › Fairness")
    assert chat.last.buttons == [
        "Drill 1",
        "Drill 2",
        "Drill 3",
        "All three, 10 questions",
        "My mistakes (6)",
    ]


async def test_a_rating_taken_back_never_counts(chat):
    await chat.starts()
    await drill(chat, "metrics", "Missed", "Missed")
    await chat.answers("Missed")
    await chat.says("/weak")
    assert "1  Metrics" in chat.last.text

    await chat.taps("Undo")
    await chat.says("/weak")

    assert "Metrics: 1 more rating" in chat.last.text


async def test_a_drill_button_drills_its_spot(chat):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 3)
    await drill(chat, "statistics", *["Partly"] * 3)
    await chat.says("/weak")
    assert chat.last.buttons == ["Drill 1", "Drill 2", "Both, 10 questions", "My mistakes (3)"]
    await chat.taps("Drill 2")

    assert "What is statistics" in chat.last.text
    assert "1 of 5" in chat.last.text
    [row] = await chat.rows("SELECT topic, facet FROM drills ORDER BY id DESC LIMIT 1")
    assert row == {"topic": "statistics", "facet": "inference"}


async def test_one_weak_spot_has_one_button(chat):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 3)
    await chat.says("/weak")

    assert chat.last.buttons == ["Drill it", "My mistakes (3)"]


async def test_all_three_are_drilled_in_turn_with_one_summary(chat):
    await chat.starts()
    for topic in ("metrics", "statistics", "responsible"):
        await drill(chat, topic, *["Missed"] * 3)
    await chat.says("/weak")
    await chat.taps("All three")
    for number in range(1, 11):
        assert f"{number} of 10" in chat.last.text
        await chat.answers("Got it")

    assert "Weak spots: drill done." in chat.last.text
    assert "You recalled 10 of 10." in chat.last.text
    [row] = await chat.rows("SELECT id, topic, facet FROM drills ORDER BY id DESC LIMIT 1")
    assert (row["topic"], row["facet"]) == ("weak", None)
    asked = [
        asking["question_id"]
        for asking in await chat.rows(
            "SELECT question_id FROM askings WHERE drill_id = ? ORDER BY place", row["id"]
        )
    ]
    topics = [question_id.split("/")[0] for question_id in asked]
    assert len(set(asked)) == 10
    assert sorted(topics[:3]) == ["metrics", "responsible", "statistics"]
    assert topics[:3] * 3 == topics[:9]


async def test_the_drill_of_all_started_twice_by_one_update_is_one(chat, running):
    await chat.starts()
    for topic in ("metrics", "statistics"):
        await drill(chat, topic, *["Missed"] * 3)
    await chat.says("/weak")
    await chat.taps("Both")
    before = await chat.rows("SELECT id, topic, question_ids FROM drills")

    async with running.coach._db.transaction() as tx:
        [last] = await tx.all("SELECT max(update_id) AS id FROM inbox")
        await tx.execute(
            "UPDATE inbox SET done_at = NULL, payload = ? WHERE update_id = ?",
            (running.payloads[last["id"]], last["id"]),
        )
    await running.stop()
    await running.start()
    await running.quiet()

    assert len(before) == 3
    assert await chat.rows("SELECT id, topic, question_ids FROM drills") == before


async def test_an_old_button_for_all_says_what_to_do_when_nothing_is_weak(chat):
    await chat.starts()

    assert "/topic lists all topics" in await chat.presses("drillweak.1")
    assert await chat.rows("SELECT * FROM drills") == []


async def test_someone_who_recalls_nearly_everything_has_no_weak_spot(chat):
    await chat.starts()
    for _ in range(3):
        await drill(chat, "metrics", *["Easy"] * 5)
    await chat.says("/weak")

    assert "No weak spot in sight." in chat.last.text
    assert "98 % or better" in chat.last.text


@pytest.mark.parametrize("days, known", [(170, True), (190, False)])
async def test_ratings_of_half_a_year_ago_are_forgotten(chat, running, days, known):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 3)
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            f"UPDATE askings SET rated_on = date(rated_on, '-{days} days') WHERE rating IS NOT NULL"
        )
    await chat.says("/weak")

    assert ("1  Metrics" in chat.last.text) is known


async def test_new_questions_lean_towards_weak_topics(chat):
    await chat.starts()
    await drill(chat, "metrics 3", *["Missed"] * 3)
    await drill(chat, "statistics", *["Easy"] * 5)
    await chat.says("/today")
    await chat.answers("Easy")
    await chat.taps("Another", on=chat.last.id)
    for _ in range(9):
        await chat.answers("Easy")
        await chat.taps("Another")

    told = [
        row["because"] for row in await chat.rows("SELECT because FROM askings WHERE purpose = 'practice'")
    ]
    assert told.count("new, a weak topic of yours") >= 3  # every second may be, as topics alternate
