"""A daily that came, though the bot never heard that it did."""

from __future__ import annotations


async def _a_daily_without_acknowledgement(chat):
    await chat.starts()
    await chat.answers("Got it")
    chat.box.faults.order({"method": "sendMessage", "kind": "lost_reply"})
    await chat.waits(until="09:00 tomorrow")
    assert len(chat.questions) == 2
    [asking] = await chat.rows("SELECT * FROM askings ORDER BY id DESC LIMIT 1")
    assert asking["message_id"] is None
    return asking["id"]


async def test_an_answer_typed_before_the_bot_knows_that_its_question_came_counts(chat):
    asking_id = await _a_daily_without_acknowledgement(chat)

    await chat.says("because of the first point")
    await chat.taps("Got it")

    [reply] = await chat.rows("SELECT * FROM replies WHERE text = 'because of the first point'")
    [asking] = await chat.rows("SELECT * FROM askings ORDER BY id DESC LIMIT 1")
    assert (reply["asking_id"], asking["rating"]) == (asking_id, 3)


async def test_what_was_dealt_with_in_the_meantime_is_not_sent_once_more(chat):
    await _a_daily_without_acknowledgement(chat)
    await chat.answers("Got it")

    await chat.waits(minutes=5)

    assert not chat.new_messages
    assert await chat.rows("SELECT id FROM askings WHERE send_after IS NOT NULL") == []


async def test_a_question_that_is_known_to_be_there_takes_what_is_typed_first(chat):
    await chat.starts()
    chat.box.faults.order({"method": "sendMessage", "kind": "lost_reply"})
    await chat.waits(until="09:00 tomorrow")
    await chat.says("/random")
    [known] = await chat.rows("SELECT id FROM askings WHERE purpose = 'practice'")

    await chat.says("because of the second point")

    [reply] = await chat.rows("SELECT asking_id FROM replies")
    assert reply["asking_id"] == known["id"]


async def test_a_copy_answers_for_the_same_asking(chat):
    asking_id = await _a_daily_without_acknowledgement(chat)
    first = chat.questions[-1].id
    await chat.waits(minutes=2)
    assert len(chat.questions) == 3

    await chat.says("said to the copy that nobody knows of", reply_to=first)
    await chat.taps("Partly")

    [asking] = await chat.rows("SELECT rating FROM askings WHERE id = ?", asking_id)
    assert asking["rating"] == 2
    assert len(await chat.rows("SELECT id FROM reviews WHERE asking_id = ?", asking_id)) == 1
