"""/bookmark, /bookmarks and the bookmark behind ⋯."""

import pytest

from tests.run_again import run_the_last_update_again


async def kept(chat):
    return [
        row["question_id"]
        for row in await chat.rows("SELECT question_id FROM bookmarks ORDER BY question_id")
    ]


async def see(chat, *numbers, topic="metrics"):
    """Bookmark these questions of a topic, a minute apart."""
    for number in numbers:
        await chat.says(f"/question {topic}/question-{number}")
        await chat.says("/bookmark")
        await chat.waits(minutes=1)


async def test_without_any_it_says_how_to_make_one(chat):
    await chat.starts()
    await chat.says("/bookmarks")

    assert "No bookmarks yet." in chat.last.text
    assert "/bookmark keeps the question" in chat.last.text


async def test_the_newest_question_is_kept_or_the_one_replied_to(chat):
    await chat.starts()
    await chat.says("/question metrics/question-1")
    older = chat.last.id
    await chat.says("/question metrics/question-2")
    await chat.says("/bookmark")
    assert chat.last.text.startswith("Bookmarked: What is metrics number 2, if a<b & c>d?")

    await chat.says("/bookmark", reply_to=older)

    assert await kept(chat) == ["metrics/question-1", "metrics/question-2"]


async def test_a_reply_to_feedback_keeps_its_question(chat):
    await chat.starts()
    await chat.says("/question metrics/question-1")
    await chat.says("my answer")
    feedback = chat.last.id
    await chat.says("/question metrics/question-2")
    await chat.says("/bookmark", reply_to=feedback)

    assert await kept(chat) == ["metrics/question-1"]


async def test_keeping_twice_is_keeping_once(chat):
    await chat.starts()
    await see(chat, 1, 2, 1)
    await chat.says("/bookmarks")

    assert await kept(chat) == ["metrics/question-1", "metrics/question-2"]
    assert chat.last.text.index("number 2") < chat.last.text.index("number 1")  # it stays where it stood


async def test_before_any_question_there_is_nothing_to_keep(chat):
    await chat.says("/start")
    await chat.says("/bookmark")

    assert "There is no question to bookmark yet." in chat.last.text


async def test_the_list_asks_by_number_the_newest_first(chat):
    await chat.starts()
    await see(chat, 1, 2, 3)
    await chat.says("/bookmarks")
    assert chat.last.buttons == ["1", "2", "3", "Drill these", "Remove…"]
    assert chat.last.text.index("number 3") < chat.last.text.index("number 1")

    await chat.taps("3")

    assert "What is metrics number 1" in chat.last.text
    assert chat.last.buttons[0] == "Show answer"


async def test_pages_of_eight_are_turned(chat):
    await chat.starts()
    await see(chat, *range(1, 9))
    await see(chat, 1, 2, topic="statistics")
    await chat.says("/bookmarks")
    list_id = chat.last.id
    assert [label for label in chat.last.buttons if label.isdigit()] == list("12345678")
    await chat.taps("Older")
    assert chat.last.id == list_id
    assert "page 2" in chat.last.text
    assert [label for label in chat.last.buttons if label.isdigit()] == ["1", "2"]
    await chat.taps("Newer")

    assert "page" not in chat.last.text


async def test_a_number_removes_after_remove(chat):
    await chat.starts()
    await see(chat, 1, 2)
    await chat.says("/bookmarks")
    await chat.taps("Remove…")
    await chat.taps("✗ 1")
    assert await kept(chat) == ["metrics/question-1"]
    await chat.taps("Done")
    assert chat.last.buttons == ["1", "Drill these", "Remove…"]

    await chat.taps("Remove…")
    await chat.taps("✗ 1")

    assert "No bookmarks yet." in chat.last.text
    assert await kept(chat) == []


async def test_these_are_drilled(chat):
    await chat.starts()
    await see(chat, 1, 2, 3)
    await chat.says("/bookmarks")
    listed = chat.last.id
    await chat.taps("Drill these")
    assert "1 of 3" in chat.last.text
    assert "waiting for you below" in await chat.taps("Drill these", on=listed)
    for _ in range(3):
        await chat.answers()

    assert "Bookmarks: drill done." in chat.last.text
    assert "You recalled 3 of 3." in chat.last.text


async def test_the_menu_keeps_a_question_and_lets_it_go(chat):
    await chat.starts()
    await chat.taps("⋯")
    await chat.taps("Bookmark")
    assert len(await kept(chat)) == 1
    assert "/bookmarks lists it" in chat.last.text
    await chat.taps("Remove bookmark")
    assert await kept(chat) == []
    await chat.taps("Back")

    assert chat.last.buttons[:3] == ["Show answer", "Hint", "Skip"]


async def test_a_question_that_left_the_bank_can_only_be_removed(chat, running):
    await chat.starts()
    await see(chat, 1)
    async with running.coach._db.transaction() as tx:
        await tx.execute("INSERT INTO bookmarks VALUES (1001, 'metrics/gone', 1)")
    await chat.says("/bookmarks")

    assert "A question that is no longer asked" in chat.last.text
    assert chat.last.buttons == ["1", "Drill these", "Remove…"]
    await chat.taps("Remove…")
    await chat.taps("✗ 2")
    assert await kept(chat) == ["metrics/question-1"]


async def test_bookmarks_of_others_are_not_mine(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await see(alice, 1)
    await bob.starts()
    await bob.presses("unmark.1:metrics/question-1")
    await bob.presses("mark.1:1:0")

    assert await kept(alice) == ["metrics/question-1"]
    await bob.says("/bookmarks")
    assert "No bookmarks yet." in bob.last.text


async def test_made_up_pages_show_what_there_is(chat):
    await chat.starts()
    await see(chat, 1)
    await chat.says("/bookmarks")
    for data in ("marks.1:999999999999:0", "marks.1:-3:7", "unmark.1:nothing/at-all"):
        await chat.presses(data)

    assert "Your bookmarks" in chat.last.text
    assert await kept(chat) == ["metrics/question-1"]


@pytest.mark.parametrize("act", ["/bookmark", "Bookmark", "Remove bookmark", "✗ 1", "Drill these"])
async def test_every_one_of_these_may_run_twice(running, chat, act):
    await chat.starts()
    await see(chat, 1, 2)
    await chat.says("/question metrics/question-3")
    if act == "Remove bookmark":
        await chat.taps("⋯")
        await chat.taps("Bookmark")
    elif act == "Bookmark":
        await chat.taps("⋯")
    elif act != "/bookmark":
        await chat.says("/bookmarks")
        if act == "✗ 1":
            await chat.taps("Remove…")
    await (chat.says(act) if act.startswith("/") else chat.taps(act))
    before = await chat.rows("SELECT * FROM bookmarks"), await chat.rows("SELECT * FROM askings")

    await run_the_last_update_again(running)

    assert (await chat.rows("SELECT * FROM bookmarks"), await chat.rows("SELECT * FROM askings")) == before
