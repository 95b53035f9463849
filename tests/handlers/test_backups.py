"""Backups of a running bot: alice runs it, bob learns."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.config import Settings
from bot.operator.backups import Plan
from bot.operator.by_hand import restore
from handlers.privacy import text
from storage import backup


@pytest.fixture
def alice(chat_of):
    return chat_of("alice")


@pytest.fixture
def bob(chat_of):
    return chat_of("bob")


@pytest.fixture
async def backed(running, tmp_path):
    """The bot, started again with backups."""
    await running.stop()
    running.backups = Plan(tmp_path / "backups", 7, 4)
    await running.start()
    return running


def copies(running):
    return [each.made_at for each in backup.found(running.database, running.backups.folder)]


async def night_over(running):
    await running.coach._backups.settled()


async def test_without_backups_no_button_offers_one(alice):
    await alice.starts()
    await alice.says("/admin")

    assert "Backup now" not in alice.last.buttons
    assert await alice.presses("backup.1") == "This bot makes no backups: its database is only for play."


async def test_a_backup_is_made_at_a_tap(backed, alice):
    await alice.starts()
    await alice.says("/admin")
    toast = await alice.taps("Backup now")

    assert toast == "Copying …"
    [made] = backup.found(backed.database, backed.backups.folder)
    assert f"Backed up and checked: {made.path.name}" in alice.last.text
    assert f"python -m bot restore {made.path}" in alice.last.text
    await alice.taps("Back")
    assert "Backup now" in alice.last.buttons


async def test_why_none_can_be_made_is_said(backed, alice):
    backed.backups.folder.write_text("in the way")
    await alice.starts()
    await alice.says("/admin")
    await alice.taps("Backup now")

    assert "No backup can be written to" in alice.last.text
    assert "BACKUP_PATH" in alice.last.text


async def test_a_night_makes_one_and_a_restart_no_second(backed, alice):
    await alice.starts()
    await backed.beat(backed.clock.now())
    await night_over(backed)
    await alice.waits(until="03:29 tomorrow")
    await night_over(backed)
    first = copies(backed)
    assert len(first) == 1

    await alice.waits(minutes=1)
    await backed.beat(backed.clock.now())
    await night_over(backed)
    assert len(copies(backed)) == 2
    assert copies(backed)[0] >= first[0] + timedelta(hours=3)
    tonight = copies(backed)

    await backed.stop()
    await backed.start()
    await alice.waits(minutes=5)
    await backed.beat(backed.clock.now())
    await night_over(backed)
    assert copies(backed) == tonight


async def test_weeks_of_nights_leave_as_many_as_planned(backed, alice):
    await alice.starts()
    for _ in range(40):
        await alice.waits(days=1)
        await backed.beat(backed.clock.now())
        await night_over(backed)

    made = copies(backed)
    oldest = backed.clock.now() - made[-1]
    assert len(made) in (9, 10)
    assert timedelta(days=14) < oldest < timedelta(days=28)


async def test_a_night_that_fails_is_told_to_operators_once_and_its_end_too(backed, alice, bob, caplog):
    await alice.starts(hour="09:00")
    await bob.starts(hour="09:00")
    await backed.beat(backed.clock.now())
    await night_over(backed)
    away = backed.backups.folder.rename(backed.backups.folder.with_name("away"))
    backed.backups.folder.write_text("in the way")
    said = len(bob.from_bot)

    for until in ("03:31 tomorrow", "04:32", "05:33"):  # the night, and two more tries
        await alice.waits(until=until)
        await backed.beat(backed.clock.now())
        await night_over(backed)
    told = [seen for seen in alice.from_bot if "No backup can be written" in seen.text]
    assert len(told) == 1
    assert not told[0].silent
    assert len(bob.from_bot) == said
    assert sum("No backup was made" in line for line in caplog.messages) == 3
    caplog.clear()

    backed.backups.folder.unlink()
    away.rename(backed.backups.folder)
    await alice.waits(until="06:40")
    await backed.beat(backed.clock.now())
    await night_over(backed)
    assert alice.last.text == "A backup could be made again."
    assert len(copies(backed)) == 2


async def test_a_plan_of_nothing_makes_none_at_night(running, alice, tmp_path):
    await running.stop()
    running.backups = Plan(tmp_path / "backups", 0, 0)
    await running.start()
    await alice.starts()
    await alice.waits(days=2)
    await running.beat(running.clock.now())
    await night_over(running)
    assert copies(running) == []

    for _ in range(2):
        await alice.says("/admin")
        await alice.taps("Backup now")
        await alice.waits(days=1)
    assert len(copies(running)) == 2


async def test_taps_go_on_while_a_copy_is_made(backed, alice, bob, monkeypatch):
    monkeypatch.setattr("storage.backup.PAGES", 1)
    monkeypatch.setattr("storage.backup.BREATH", 0.01)
    await alice.starts()
    await bob.starts()
    making = asyncio.create_task(backed.coach._backups.make())

    await bob.answers("Got it")

    assert not making.done()
    assert (await making).size > 0


async def test_what_was_backed_up_can_be_put_back(backed, alice, bob, tmp_path):
    await bob.starts()
    await bob.answers("Got it")
    made = await backed.coach._backups.make()
    await bob.says("/forget")
    await bob.taps("Delete everything")
    assert await bob.rows("SELECT * FROM reviews") == []
    await backed.stop()

    settings = Settings(database_path=backed.database, backup_path=backed.backups.folder, _env_file=None)
    told = restore(settings, made.path, backed.clock.now())
    await backed.start()

    assert "1 learner" in told
    assert "whoever said /forget after that is in it again" in told
    assert ".replaced-" in told
    assert len(await bob.rows("SELECT * FROM reviews")) == 1


async def test_privacy_tells_how_long_copies_last(backed, alice):
    await alice.starts()
    await alice.says("/privacy")

    assert "is gone from the last of them after 28 days" in alice.last.text
    assert "How long that takes, they can tell you" in text(None)


async def test_what_was_forgotten_is_in_no_later_copy(backed, bob):
    await bob.starts()
    await bob.answers("Got it", text="my secret words about it")
    await bob.says("/forget")
    await bob.taps("Delete everything")

    made = await backed.coach._backups.make()

    assert b"secret words" not in made.path.read_bytes()


async def test_the_end_of_the_bot_does_not_wait_for_a_copy(backed, alice, monkeypatch, caplog):
    monkeypatch.setattr("storage.backup.PAGES", 1)
    monkeypatch.setattr("storage.backup.BREATH", 0.05)
    caplog.set_level(logging.INFO)
    await alice.starts()
    await backed.beat(backed.clock.now())
    await backed.stop()

    assert copies(backed) == []
    assert not any("No backup was made" in line for line in caplog.messages)
