"""/forget: nothing is left."""

from interview.archive.tables import TABLES
from tests.fake_group import FakeGroup

OF_QUIZZES = {"players", "quiz_votes"}


async def test_forget_asks_first(chat):
    await chat.starts()
    await chat.says("/forget")
    await chat.taps("Keep it")

    assert chat.last.text == "Nothing was deleted."
    assert len(await chat.rows("SELECT * FROM learners")) == 1


async def test_forget_leaves_no_row_in_any_table(running, chat):
    await chat.starts()
    await chat.answers(text="my words, found nowhere else")
    await chat.says("/topic metrics")
    await chat.answers("Missed")
    await chat.says("/bookmark")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.says("/question metrics/question-5")
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    await chat.taps("Typo")
    await chat.says("/pause 3")
    await chat.says("/import")
    async with running.coach._db.transaction() as tx:
        await tx.execute("INSERT INTO follow_ups (asking_id, number, asked_at) VALUES (1, 0, 0)")
        await tx.execute("INSERT INTO follow_up_replies VALUES (1, 0, 1, 'my own words', 0)")
    for table in TABLES.keys() - OF_QUIZZES:
        assert await chat.rows(f"SELECT * FROM {table}") != [], (
            f"{table} is empty, so this test says nothing of it"
        )
    await chat.says("/forget")
    await chat.taps("Delete everything")

    assert "deleted" in chat.last.text
    tables = [row["name"] for row in await chat.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert {*TABLES, "awaited_about", "inbox"} <= set(tables)
    for table in set(tables) - {"inbox", "sqlite_sequence"}:
        assert await chat.rows(f"SELECT * FROM {table}") == [], table
    assert await chat.rows("SELECT * FROM inbox WHERE payload <> '' OR chat_id <> 0") == []


async def test_a_last_word_signs_nobody_up_again(chat):
    await chat.starts()
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.says("ok thanks, bye")
    await chat.waits(days=2)

    assert not chat.new_messages
    assert await chat.rows("SELECT * FROM learners") == []


async def test_after_forget_one_begins_anew(chat):
    await chat.starts(zone="Asia/Tokyo")
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.waits(days=2)
    assert not chat.new_messages

    await chat.says("/start")
    assert "Where are you?" in chat.last.text


async def test_old_buttons_after_forget_say_what_to_do(chat):
    await chat.starts()
    question = chat.last.id
    await chat.says("/forget")
    await chat.taps("Delete everything")

    assert "/start begins" in await chat.taps("Show answer", on=question)


async def test_others_keep_everything(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await bob.starts()
    await bob.answers()
    await alice.says("/forget")
    await alice.taps("Delete everything")

    assert len(await bob.rows("SELECT * FROM learners")) == 1
    assert len(await bob.rows("SELECT * FROM cards")) == 1


async def test_in_groups_the_scores_stay_under_someone_and_nothing_leads_back(running, chat):
    group = FakeGroup(running)
    await chat.starts()
    await chat.says("/quiz metrics 1")
    await FakeGroup(running, "alice").votes("alice", right=False)
    await group.says("alice", "/quiz metrics 2")
    await group.taps("bob", "Join")
    await group.taps("carol", "Join")
    await group.taps("alice", "Start ▶")
    await group.votes("alice")
    await group.votes("bob", right=False)
    await group.taps("alice", "Skip")
    for table in OF_QUIZZES:
        assert await chat.rows(f"SELECT * FROM {table} WHERE person_id = 1001") != [], table

    await chat.says("/forget")
    await chat.taps("Delete everything")
    await group.closes()

    assert "someone 100" in group.new_messages[0].text
    tables = [row["name"] for row in await chat.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in set(tables) - {"sqlite_sequence"}:
        for row in await chat.rows(f"SELECT * FROM {table}"):
            assert not {1001, "Alice", "alice"} & set(row.values()), table
            assert "Alice" not in str(row), table
    assert await chat.rows("SELECT * FROM quizzes WHERE group_id IS NULL") == []


async def test_who_only_plays_in_groups_can_be_forgotten_too(running, chat_of):
    group, bob = FakeGroup(running), chat_of("bob")
    await group.says("alice", "/quiz metrics 1")
    await group.taps("bob", "Join")

    await bob.says("/forget")
    await bob.taps("Delete everything")

    assert [row["name"] for row in await bob.rows("SELECT name FROM quiz_players ORDER BY person_id")] == [
        "someone",
        "Alice",
    ]
    assert await bob.rows("SELECT * FROM learners") == []
