"""/admin: alice runs the bot, bob and carol learn."""

import asyncio
from dataclasses import replace
from inspect import signature

import pytest

from bot.config import Misconfigured, read_settings
from bot.shelf import read_shelf
from content.bank import Bank
from handlers import FEATURES, admin
from tests.fake_chat import make_question
from tests.run_again import run_the_last_update_again


@pytest.fixture
def alice(chat_of):
    return chat_of("alice")


@pytest.fixture
def bob(chat_of):
    return chat_of("bob")


@pytest.fixture
def carol(chat_of):
    return chat_of("carol")


async def test_for_others_the_command_does_not_exist(bob):
    await bob.starts()
    await bob.says("/admni")
    unknown = bob.last.text
    await bob.says("/admin")

    assert unknown == "I don’t know the command /admni. /help lists what I can do."
    assert bob.last.text == unknown.replace("admni", "admin")

    await bob.says("/help")
    assert "/admin" not in bob.last.text


async def test_for_operators_it_is_in_help_and_guessed(alice):
    await alice.starts()
    await alice.says("/help")
    assert "/admin – " in alice.last.text

    await alice.says("/admni")
    assert "Did you mean /admin?" in alice.last.text


async def test_only_operators_have_it_in_their_menu(running, alice, bob):
    await alice.starts()
    await bob.starts()
    await running.stop()
    await running.start()
    await running.quiet()

    menus = [[each["command"] for each in chat.box.commands(chat.who)] for chat in (alice, bob)]

    assert menus[0] == [called.name for feature in FEATURES for called in feature.commands]
    assert menus[1] == [name for name in menus[0] if name != "admin"]


async def test_others_cannot_press_what_operators_can(alice, bob):
    await alice.starts()
    await bob.starts()
    await _report(bob, "Unclear")
    await alice.says("/admin")
    await alice.taps("Broadcast")
    await alice.says("draft")
    before = [await bob.rows(f"SELECT * FROM {table}") for table in ("reports", "broadcasts", "learners")]

    assert admin.FEATURE.presses
    for press in admin.FEATURE.presses:
        data = f"{press.name}.1:1" if signature(press).parameters else f"{press.name}.1"
        popped_up = await bob.presses(data)

        assert (
            popped_up == "That button is from an older version of me. /today or /topic bring fresh ones."
        ), data
        after = [await bob.rows(f"SELECT * FROM {table}") for table in ("reports", "broadcasts", "learners")]
        assert after == before, data


async def test_who_is_no_operator_any_more_is_shown_out(running, alice):
    await alice.starts()
    await alice.says("/admin")
    await running.stop()
    running.operators = frozenset({1002})
    await running.start()

    assert "older version" in await alice.taps("Refresh")


async def test_what_an_operator_was_asked_to_type_is_not_taken_from_one_no_more(running, alice):
    await alice.starts()
    await alice.says("/admin")
    await alice.taps("Broadcast")
    await running.stop()
    running.operators = frozenset()
    await running.start()
    await alice.says("my answer")

    assert await alice.rows("SELECT * FROM broadcasts") == []
    assert len(await alice.rows("SELECT * FROM replies")) == 1


async def test_the_numbers(running, alice, bob, carol):
    await alice.starts(hour="09:00")
    await bob.starts(hour="09:00")
    await carol.starts(hour="09:00")
    await bob.answers()
    await carol.answers()
    carol.box.block("carol")
    await alice.says("/admin")
    assert "3 learners, 2 active in 7 days, 1 out of reach" in alice.last.text
    assert "Today: 3 dailies sent, 2 ratings" in alice.last.text
    assert "Updates: 0 unfinished, 0 set aside" in alice.last.text
    assert "bank: 32 questions" in alice.last.text
    assert " MB" in alice.last.text

    await alice.waits(days=8)
    await bob.answers()
    await alice.says("/admin")
    assert "3 learners, 2 active in 7 days, 1 out of reach" in alice.last.text
    assert "Today: 2 dailies sent, 1 rating\n" in alice.last.text


async def test_updates_that_were_given_up_are_counted(alice):
    await alice.starts()
    async with alice.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE inbox SET set_aside_at = received_at WHERE update_id % 2")
        await tx.execute("UPDATE inbox SET done_at = NULL WHERE update_id % 2 = 0")
    [counts] = await alice.rows(
        "SELECT sum(update_id % 2) AS aside, sum(update_id % 2 = 0) AS left FROM inbox"
    )
    await alice.says("/admin")

    assert f"Updates: {counts['left']} unfinished, {counts['aside']} set aside" in alice.last.text


async def test_reports_are_read_one_by_one(alice, bob):
    await alice.starts()
    await bob.starts()
    await _report(bob, "Wrong fact")
    await bob.says("<b>not</b> so")
    await _report(bob, "Unclear")
    await alice.says("/admin")
    await alice.taps("Reports (2)")
    assert alice.last.text.startswith("Wrong fact")
    assert "<b>not</b> so" in alice.last.text
    assert "2 open" in alice.last.text

    await alice.taps("Next")
    assert alice.last.text.startswith("Unclear")
    await alice.taps("Next")
    assert alice.last.text.startswith("Wrong fact")

    await alice.taps("Close")
    assert alice.last.text.startswith("Unclear")
    await alice.taps("Close")
    assert alice.last.text == "No report is open."


async def test_an_answer_reaches_the_reporter_silently_and_closes_the_report(alice, bob):
    await _about_to_answer(alice, bob)
    await alice.says("You are right, a < b. Mended.")

    assert bob.last.text.startswith("About your report on “What is ")
    assert "You are right, a < b. Mended." in bob.last.text
    assert bob.last.silent
    assert "the report is closed" in alice.last.text
    [report] = await alice.rows("SELECT * FROM reports")
    assert report["answer"] == "You are right, a &lt; b. Mended."
    assert report["closed_at"] == report["answered_at"]
    await alice.taps("Next")
    assert alice.last.text == "No report is open."


async def test_what_the_operator_types_next_is_an_answer_to_their_question_again(alice, bob):
    await _about_to_answer(alice, bob)
    await alice.says("Mended.")
    said = len(bob.from_bot)
    await alice.says("my own answer")

    assert [row["text"] for row in await alice.rows("SELECT text FROM replies")] == ["my own answer"]
    assert len(bob.from_bot) == said


async def test_an_answer_that_runs_again_is_sent_once(running, alice, bob):
    await _about_to_answer(alice, bob)
    await alice.says("Mended.")
    said = len(bob.from_bot)

    await run_the_last_update_again(running)

    assert len(bob.from_bot) == said
    assert await alice.rows("SELECT * FROM replies") == []


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
@pytest.mark.parametrize("request_number", [0, 1])
async def test_an_answer_survives_the_death_of_the_process(running, alice, bob, request_number, after):
    await _about_to_answer(alice, bob)
    said = len(bob.from_bot)
    await running.dies_at(request_number, after=after)
    alice.box.say("alice", "alice", "Mended.")
    assert await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()

    assert said + 1 <= len(bob.from_bot) <= said + 1 + (after and request_number == 0)
    assert "the report is closed" in alice.last.text
    assert await alice.rows("SELECT * FROM replies") == []


async def test_a_reporter_who_left_cannot_be_answered_and_the_operator_is_not_switched_off(alice, bob):
    await alice.starts()
    await bob.starts()
    await _report(bob, "Wrong fact")
    bob.box.block("bob")
    await _to_the_first_report(alice)
    await alice.taps("Answer")
    await alice.says("Mended.")

    assert "cannot be reached" in alice.last.text
    rows = await alice.rows("SELECT id FROM learners WHERE unreachable_at IS NOT NULL")
    assert rows == [{"id": 1002}]


async def test_a_report_that_was_closed_meanwhile_is_not_answered(running, alice, bob):
    await _about_to_answer(alice, bob)
    await alice.presses("closerep.1:1")
    said = len(bob.from_bot)
    await alice.says("Mended.")
    assert "closed already" in alice.last.text
    assert len(bob.from_bot) == said

    await alice.says("my own answer")
    assert len(await alice.rows("SELECT * FROM replies")) == 1


async def test_an_answer_too_long_is_refused_with_what_to_do(alice, bob):
    await _about_to_answer(alice, bob)
    await alice.says("x" * 3501)
    assert "3,500 characters at most" in alice.last.text

    await alice.says("x" * 3500)
    assert bob.last.text.endswith("x" * 3500)


async def test_the_longest_report_fits_a_message(alice, bob):
    await alice.starts()
    await bob.starts()
    await _report(bob, "Typo or formula")
    await bob.says("<&>" * 1365)
    await _to_the_first_report(alice)
    await alice.taps("Answer")

    assert "Type your answer now" in alice.last.text


async def test_a_report_of_someone_who_was_forgotten_is_gone(alice, bob):
    await alice.starts()
    await bob.starts()
    await _report(bob, "Wrong fact")
    await _to_the_first_report(alice)
    await bob.says("/forget")
    await bob.taps("Delete everything")

    assert "asked to be forgotten" in await alice.taps("Answer")


async def test_the_bank_is_read_anew(running, alice):
    await alice.starts()
    running.shelf = replace(running.shelf, bank=Bank([make_question("metrics", 99)]))
    await alice.says("/admin")
    await alice.taps("Reload the bank")
    assert alice.last.text == "The bank is read anew: 1 question."

    await alice.says("/question metrics/question-99")
    assert "What is metrics number 99" in alice.last.text


async def test_a_broken_bank_changes_nothing_and_tells_every_problem(running, alice, tmp_path):
    await alice.starts()
    folder = tmp_path / "bank"
    folder.mkdir()
    for number in range(12):
        (folder / f"odd-{number:02}.toml").write_text("no = question")
    running.read = lambda: read_shelf(folder)
    await alice.says("/admin")
    await alice.taps("Reload the bank")
    assert "Nothing was changed: 12 problems." in alice.last.text
    assert "odd-00.toml: is no question" in alice.last.text
    assert "and 2 more" in alice.last.text

    await alice.says("/question metrics/question-3")
    assert "What is metrics number 3" in alice.last.text


async def test_a_bank_that_cannot_be_read_says_so(running, alice):
    def refuse():
        raise PermissionError(13, "Permission denied")

    await alice.starts()
    running.read = refuse
    await alice.says("/admin")
    await alice.taps("Reload the bank")

    assert "cannot be read (Permission denied)" in alice.last.text


async def test_a_broadcast_is_seen_first_confirmed_and_sent_to_everybody(alice, bob, carol):
    await _three(alice, bob, carol)
    await _draft(alice, "New: /weak shows a < b & more")
    preview, panel = alice.from_bot[-2:]
    assert preview.text == "New: /weak shows a < b & more"
    assert panel.text == "So it will look. It goes to 3 learners, without sound."
    assert panel.buttons == ["Send to 3", "Discard"]
    said = len(bob.from_bot)
    await alice.waits(minutes=1)
    assert len(bob.from_bot) == said

    await alice.taps("Send to 3")
    await alice.waits(minutes=1)

    for chat in (alice, bob, carol):
        assert chat.last.text == preview.text
        assert chat.last.silent
    assert len(bob.from_bot) == said + 1
    assert alice.message(panel.id).text == "Done: sent to 3 of 3 learners."
    assert alice.message(panel.id).buttons == []


async def test_a_draft_that_is_thrown_away_goes_to_nobody(alice, bob, carol):
    await _three(alice, bob, carol)
    await _draft(alice, "Never mind")
    panel = alice.last
    said = len(bob.from_bot)
    await alice.taps("Discard")
    assert alice.last.text == "Thrown away: it went to nobody."

    await alice.presses(panel.data[0])
    await alice.waits(minutes=1)
    assert len(bob.from_bot) == said
    assert await alice.rows("SELECT * FROM broadcast_recipients") == []


async def test_the_blocked_are_skipped(alice, bob, carol):
    await _three(alice, bob, carol)
    bob.box.block("bob")
    await alice.running.quiet()
    await _draft(alice, "Hello")

    assert "It goes to 2 learners" in alice.last.text
    panel = alice.last.id
    await alice.taps("Send to 2")
    await alice.waits(minutes=1)
    assert alice.message(panel).text == "Done: sent to 2 of 2 learners."


async def test_who_blocks_meanwhile_is_counted_and_holds_nobody_up(alice, bob, carol):
    await _three(alice, bob, carol)
    await _draft(alice, "Hello")
    panel = alice.last.id
    await alice.taps("Send to 3")
    async with alice.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET next_daily_at = NULL")
    bob.box.roster.person("bob").blocked = True
    await alice.waits(minutes=1)

    assert carol.last.text == "Hello"
    assert alice.message(panel).text == "Done: sent to 2 of 3 learners; 1 could not be reached."
    rows = await alice.rows("SELECT id FROM learners WHERE unreachable_at IS NOT NULL")
    assert rows == [{"id": 1002}]


async def test_no_more_than_twenty_eight_a_second(running, alice, chat_of):
    await _crowd(running, alice, chat_of, 45)
    await _draft(alice, "Hello")
    await alice.taps("Send to 46")
    arrived = []
    for _ in range(3):
        await alice.waits(minutes=1 / 60)
        [row] = await alice.rows("SELECT count(*) AS n FROM broadcast_recipients WHERE reached = 1")
        arrived.append(row["n"])
        await running.beat(alice.clock.now())  # a second beat within the second sends no more

    assert arrived == [28, 46, 46]


async def test_a_broadcast_is_stopped_in_the_middle(running, alice, chat_of):
    await _crowd(running, alice, chat_of, 45)
    await _draft(alice, "Hello")
    await alice.taps("Send to 46")
    await alice.waits(minutes=1 / 60)
    panel = alice.with_button("Stop").id
    await alice.taps("Refresh", on=panel)
    assert alice.message(panel).text == "Under way: sent to 28 of 46 learners."
    await alice.taps("Stop", on=panel)
    await alice.waits(minutes=1)

    assert alice.message(panel).text == "Stopped: sent to 28 of 46 learners."
    [row] = await alice.rows("SELECT count(*) AS n FROM broadcast_recipients WHERE done_at IS NOT NULL")
    assert row["n"] == 28


async def test_a_broadcast_goes_on_after_a_restart_and_reaches_each_once(running, alice, chat_of):
    chats = await _crowd(running, alice, chat_of, 45)
    await _draft(alice, "Hello")
    await alice.taps("Send to 46")
    await alice.waits(minutes=1 / 60)
    await running.stop()
    await running.start()
    await running.quiet()
    await alice.waits(minutes=1)

    for chat in chats:
        assert [message.text for message in chat.from_bot].count("Hello") == 1


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
@pytest.mark.parametrize("number", [0, 1, 2])
async def test_dying_in_the_middle_leaves_nobody_out(running, alice, bob, carol, number, after):
    await _three(alice, bob, carol)
    await _draft(alice, "Hello")
    await alice.taps("Send to 3")
    await running.dies_at(number, after=after)
    beat = asyncio.create_task(running.coach.beat(alice.clock.now()))
    await running._wire.dead.wait()
    beat.cancel()
    await running.stop()
    await running.start()
    await running.quiet()
    await alice.waits(minutes=1)

    copies = [[m.text for m in chat.from_bot].count("Hello") for chat in (alice, bob, carol)]
    copies[0] -= 1  # the preview
    assert copies[number] == (2 if after else 1)
    assert copies[number + 1 :] == [1] * (2 - number)
    # what was answered may have died with the process before it was noted
    assert all(1 <= each <= 2 for each in copies[:number])
    assert "Done: sent to 3 of 3 learners." in [message.text for message in alice.from_bot]


async def test_confirming_twice_sends_once(running, alice, bob, carol):
    await _three(alice, bob, carol)
    await _draft(alice, "Hello")
    send = alice.last.data[0]
    await alice.taps("Send to 3")
    await alice.presses(send)
    await alice.waits(minutes=1)
    await alice.presses(send)
    await run_the_last_update_again(running)
    await alice.waits(minutes=1)

    assert [message.text for message in bob.from_bot].count("Hello") == 1


async def test_a_draft_that_runs_again_is_shown_once(running, alice):
    await alice.starts()
    await _draft(alice, "Hello")
    said = len(alice.from_bot)

    await run_the_last_update_again(running)

    assert len(alice.from_bot) == said
    assert await alice.rows("SELECT * FROM replies") == []


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
@pytest.mark.parametrize("number", [0, 1])
async def test_dying_while_a_draft_is_shown_leaves_one_that_can_be_sent(running, alice, number, after):
    await alice.starts()
    await alice.says("/admin")
    await alice.taps("Broadcast")
    await running.dies_at(number, after=after)
    alice.box.say("alice", "alice", "Hello")
    assert await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()

    assert alice.last.buttons == ["Send to 1", "Discard"]
    assert len(await alice.rows("SELECT * FROM broadcasts")) == 1


async def test_a_draft_with_its_buttons_is_not_shown_again(running, alice):
    await alice.starts()
    await _draft(alice, "Hello")
    said = len(alice.from_bot)
    async with running.coach._db.transaction() as tx:  # as if it had died just before the wait was over
        await tx.execute("UPDATE learners SET awaiting = 'broadcast', awaiting_until = joined_at + 600000")

    await run_the_last_update_again(running)

    assert len(alice.from_bot) == said
    assert await alice.rows("SELECT awaiting FROM learners") == [{"awaiting": None}]


async def test_an_operator_who_is_forgotten_leaves_no_broadcast(alice, bob, carol):
    await _three(alice, bob, carol)
    await _draft(alice, "Hello")
    await alice.taps("Send to 3")
    await alice.waits(minutes=1)
    await alice.says("/forget")
    await alice.taps("Delete everything")

    assert await alice.rows("SELECT * FROM broadcasts") == []
    assert await alice.rows("SELECT * FROM broadcast_recipients") == []


async def test_operators_are_ids_parted_by_commas(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPERATORS", " 1001, 1002 ,")
    assert read_settings().operators == {1001, 1002}

    monkeypatch.setenv("OPERATORS", "")
    assert read_settings().operators == frozenset()


@pytest.mark.parametrize("given", ["bob", "1001 1002", "-5", "@alice", "1001;1002", "0", "10" * 12, "[1001]"])
async def test_operators_that_are_no_ids_are_refused_in_one_sentence(monkeypatch, tmp_path, given):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPERATORS", given)
    with pytest.raises(Misconfigured) as wrong:
        read_settings()

    [sentence] = wrong.value.problems
    assert sentence == (
        f"OPERATORS holds '{given}': it takes people’s Telegram ids, which are numbers, parted by commas."
    )


async def _report(chat, kind):
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    await chat.taps(kind)


async def _to_the_first_report(chat):
    await chat.says("/admin")
    await chat.taps("Reports")


async def _about_to_answer(operator, reporter):
    """A learner has reported something, and an operator is about to type the answer."""
    await operator.starts()
    await reporter.starts()
    await _report(reporter, "Wrong fact")
    await _to_the_first_report(operator)
    await operator.taps("Answer")


async def _three(*chats):
    for chat in chats:
        await chat.starts(hour="09:00")


async def _draft(chat, text):
    await chat.says("/admin")
    await chat.taps("Broadcast")
    await chat.says(text)


async def _crowd(running, alice, chat_of, size):
    """Alice, and so many learners who were here before."""
    await alice.starts(hour="09:00")
    chats = [alice]
    for number in range(size):
        running.box.add_person(f"learner{number}")
        chat = chat_of(f"learner{number}")
        await chat.says("/start")
        chats.append(chat)
    return chats[1:]
