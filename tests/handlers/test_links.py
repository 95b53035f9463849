"""Links that lead into the bot: to a topic, a question, or what is due."""

import pytest

from tests.run_again import run_the_last_update_again


async def through_the_first_conversation(chat):
    for _ in range(4):
        await chat.taps("Skip")


async def test_a_link_to_a_topic_begins_its_drill(chat):
    await chat.starts()
    await chat.says("/start topic_metrics")

    assert "What is metrics" in chat.last.text
    assert "1 of 5" in chat.last.text
    assert not any("One machine-learning interview question" in message.text for message in chat.new_messages)


@pytest.mark.parametrize("payload", ["topic_metrics__calibration", "topic_roc-auc", "topic_f1"])
async def test_facets_and_other_names_are_understood(chat, payload):
    await chat.starts()
    await chat.says(f"/start {payload}")

    assert "What is metrics" in chat.last.text


@pytest.mark.parametrize("payload", ["q_metrics__question-3", "Q", "q_question-3"])
async def test_a_link_to_a_question_asks_it_where_it_is_one(chat, payload):
    await chat.starts()
    await chat.says(f"/start {payload}")

    if payload == "q_metrics__question-3":
        assert "What is metrics number 3" in chat.last.text
        assert "your choice" in chat.last.text
    else:  # four topics have a question-3
        assert "That link leads nowhere I know" in chat.last.text


async def test_a_link_to_the_review_reviews(chat):
    await chat.starts(hour="22:00")
    await chat.answers("Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/start review")

    assert "1 of 1" in chat.last.text


@pytest.mark.parametrize(
    "payload",
    ["hello", "topic_zzzzqqqqxxxx", "q_metrics__never-was", "q_'; DROP TABLE drills", "x" * 4000, "topic_"],
)
async def test_a_link_that_leads_nowhere_is_the_plain_beginning(chat, payload):
    await chat.starts()
    await chat.says(f"/start {payload}")

    assert chat.last.text.startswith("That link leads nowhere I know, so here is the beginning.")
    assert "One machine-learning interview question a day" in chat.last.text
    assert chat.last.buttons == ["Today’s question"]
    assert await chat.rows("SELECT * FROM drills") == []


async def test_a_newcomers_topic_waits_for_the_end_of_the_first_conversation(chat):
    await chat.says("/start topic_metrics")
    assert "Where are you?" in chat.last.text
    await through_the_first_conversation(chat)

    offer, daily = chat.from_bot[-2:]
    assert "Your link is waiting here" in offer.text
    assert offer.buttons == ["Metrics: 5 questions"]
    assert daily.buttons[0] == "Show answer"
    assert "1 of 5" not in daily.text
    await chat.answers()
    await chat.taps("Metrics: 5 questions")
    assert "1 of 5" in chat.last.text
    assert "What is metrics" in chat.last.text
    assert "waiting for you below" in await chat.taps("Metrics: 5 questions")


async def test_a_newcomers_question_waits_as_well(chat):
    await chat.says("/start q_metrics__question-3")
    await through_the_first_conversation(chat)

    offer = chat.from_bot[-2]
    assert "What is metrics number 3, if a<b & c>d?" in offer.text
    await chat.taps("Ask me this one")
    assert "What is metrics number 3" in chat.last.text
    await chat.says("/stop")
    assert "No drill or quiz is running." in chat.last.text


async def test_the_newest_link_of_a_newcomer_counts(chat):
    await chat.says("/start topic_metrics")
    await chat.says("/start topic_statistics")
    await through_the_first_conversation(chat)

    assert chat.from_bot[-2].buttons == ["Statistics: 5 questions"]
    waiting = await chat.rows("SELECT topic FROM drills WHERE summed_up_at IS NULL")
    assert [drill["topic"] for drill in waiting] == ["statistics"]


@pytest.mark.parametrize("payload", ["review", "hello", ""])
async def test_other_links_of_a_newcomer_change_nothing(chat, payload):
    await chat.says(f"/start {payload}")
    await through_the_first_conversation(chat)

    assert chat.last.buttons[0] == "Show answer"
    assert len([message for message in chat.from_bot if "link is waiting" in message.text]) == 0
    assert ("leads nowhere" in chat.from_bot[0].text) is (payload == "hello") or chat.from_bot[0].edited


@pytest.mark.parametrize("known", [True, False], ids=["a learner", "a newcomer"])
@pytest.mark.parametrize("payload", ["topic_metrics", "q_metrics__question-3", "review"])
async def test_a_link_may_run_twice(running, chat, payload, known):
    if known:
        await chat.starts()
    await chat.says(f"/start {payload}")
    before = await chat.rows("SELECT * FROM drills"), await chat.rows("SELECT * FROM askings")

    await run_the_last_update_again(running)

    assert (await chat.rows("SELECT * FROM drills"), await chat.rows("SELECT * FROM askings")) == before
    if not known and payload != "review":
        await through_the_first_conversation(chat)
        assert "Your link is waiting here" in chat.from_bot[-2].text
