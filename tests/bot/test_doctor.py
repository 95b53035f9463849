"""`python -m bot doctor`, beside a box, a small Telegram that answers as it is told, and nothing at all."""

from __future__ import annotations

import shutil
import zoneinfo
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.config import Settings
from bot.operator import machine_check
from bot.operator.doctor import examine, verdict
from bot.operator.finding import Finding, Level
from bot.operator.machine_check import check_content, check_room, check_zones, thrown_away, zone_rules
from bot.operator.telegram_check import check_clock, check_token
from bot.readiness import read_content
from bot.shelf import Shelf
from playground.clock import Clock
from playground.server import serve
from playground.state import Box
from storage import backup, inbox
from storage.database import Database
from storage.inbox import Arrival
from tests.bot.loopback import loopback, ok, page, refused

NOW = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
ME: dict[str, Any] = {
    "id": 42,
    "is_bot": True,
    "first_name": "Coach",
    "username": "coach_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
}


@pytest.fixture
async def box() -> AsyncIterator[tuple[Box, str]]:
    clock = Clock(lambda: NOW)
    box = Box(clock.now, strict=True)
    runner, port = await serve(box, clock, 0)
    yield box, f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    def settings(**more: Any) -> Settings:
        usual = {"database_path": tmp_path / "coach.sqlite3", "bot_api_base_url": "http://127.0.0.1:9"}
        return Settings(**{**usual, **more}, _env_file=None)

    return settings


def real_now() -> datetime:
    return datetime.now(UTC)


def levels(found: list[Finding], what: str) -> list[str]:
    return [finding.level.value for finding in found if finding.what == what]


def says(found: list[Finding], what: str) -> str:
    return " ".join(finding.says for finding in found if finding.what == what)


@cache
def the_content() -> tuple[Shelf | None, list[str]]:
    """What ships with the bot, read once."""
    return read_content(Settings(_env_file=None))


async def look(settings: Settings) -> list[Finding]:
    shelf, content = the_content()
    return await examine(settings, [], shelf, content, [], real_now)


# The whole of it


async def test_beside_a_box_all_is_well(box, settings):
    _, url = box
    chosen = settings(telegram_bot_token="42:playground", bot_api_base_url=url, operators="1001")

    found = await look(chosen)

    # how old the zones' rules are, and how full the disk is, is up to the machine
    assert {f.what for f in found if f.level is not Level.OK} <= {"zones", "disk"}
    assert "@interview_coach_bot" in says(found, "token")
    assert "is not there yet" in says(found, "database")
    assert not chosen.database_path.exists()


async def test_without_a_token_it_says_how_to_get_one_and_looks_at_the_rest(settings):
    found = await look(settings())

    assert levels(found, "token") == ["bad"]
    assert "@BotFather" in says(found, "token")
    assert levels(found, "content") == ["ok"]
    assert verdict(found)[0] == 1


async def test_with_broken_settings_it_tells_them_and_the_content(settings):
    found = await examine(
        None, ["LOG_LEVEL must be loud."], None, ["a.toml: no stem"], ["no folder"], real_now
    )

    assert [str(finding) for finding in found] == [
        "bad   settings  LOG_LEVEL must be loud.",
        "bad   content   a.toml: no stem",
        "bad   database  no folder",
    ]


def test_the_last_line_and_the_exit_code_go_by_the_worst():
    fine, known, wrong = (Finding(level, "x", "y") for level in Level)

    assert verdict([fine]) == (0, "All is well.")
    assert verdict([fine, known]) == (0, "The bot can run; 1 thing to know.")
    assert verdict([wrong, known, wrong]) == (1, "2 things to put right before the bot can be relied on.")


# Telegram


async def told_by(answers: dict[str, Any], settings: Callable[..., Settings]) -> list[Finding]:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await ok(answers[request.path.rpartition("/")[2]])(request)

    async with loopback() as server:
        server.answer = answer
        return await check_token(settings(telegram_bot_token="42:playground", bot_api_base_url=server.url))


async def test_open_ears_in_groups_are_a_warning(settings):
    open_ears = ME | {"can_read_all_group_messages": True}
    found = await told_by({"getMe": open_ears, "getWebhookInfo": NO_WEBHOOK}, settings)

    assert levels(found, "groups") == ["warn"]
    assert "/setprivacy" in says(found, "groups")


async def test_a_bot_that_may_join_no_group_has_no_ears_there(settings):
    alone = ME | {"can_join_groups": False, "can_read_all_group_messages": True}
    found = await told_by({"getMe": alone, "getWebhookInfo": NO_WEBHOOK}, settings)

    assert levels(found, "groups") == ["ok"]


async def test_a_webhook_elsewhere_is_a_warning_that_names_no_secret(settings):
    webhook = NO_WEBHOOK | {"url": "https://else.example.org/hook/secret"}
    found = await told_by({"getMe": ME, "getWebhookInfo": webhook}, settings)

    assert levels(found, "updates") == ["warn"]
    assert "else.example.org" in says(found, "updates")
    assert "secret" not in says(found, "updates")


@pytest.mark.parametrize(
    "answer, what, words",
    [
        (refused(401, "Unauthorized"), "token", "does not know this token"),
        (refused(404, "Not Found"), "token", "does not know this token"),
        (page(502), "telegram", "check the way there"),
    ],
)
async def test_what_telegram_refuses_is_said(settings, answer, what, words):
    async with loopback() as server:
        server.answer = answer
        found = await check_token(settings(telegram_bot_token="42:playground", bot_api_base_url=server.url))

    assert levels(found, what) == ["bad"]
    assert words in says(found, what)
    assert "playground" not in says(found, what)


async def test_no_way_to_telegram_is_said(settings):
    found = await check_token(settings(telegram_bot_token="42:playground"))

    assert levels(found, "telegram") == ["bad"]
    assert "127.0.0.1:9 gives no answer" in says(found, "telegram")


# The clock


@pytest.mark.parametrize(
    "off, level, words",
    [
        (0, "ok", "right"),
        (30, "warn", "30 s behind"),
        (-30, "warn", "30 s ahead"),
        (7_200, "bad", "7200 s behind"),
    ],
)
async def test_the_clock_is_held_against_the_servers(settings, off, level, words):
    async def answer(request: web.Request) -> web.StreamResponse:
        theirs = NOW.replace(microsecond=0) + timedelta(seconds=off)
        return web.Response(headers={"Date": f"{theirs:%a, %d %b %Y %H:%M:%S} GMT"})

    async with loopback() as server:
        server.answer = answer
        finding = await check_clock(settings(bot_api_base_url=server.method("x")), lambda: NOW)

    assert finding.level.value == level
    assert words in finding.says


async def test_a_server_that_is_away_tells_no_time(settings):
    finding = await check_clock(settings(), lambda: NOW)

    assert finding.level is Level.WARN


# The database


async def write(path: Path, *updates: Arrival, at: datetime = NOW) -> None:
    async with await Database.open(path) as database, database.transaction() as tx:
        await inbox.add_many(tx, updates, at)
        await inbox.set_aside(tx, 2, at)


async def test_a_database_is_looked_over_beside_a_running_bot(settings):
    chosen = settings()
    async with await Database.open(chosen.database_path):
        found = await look(chosen)

    assert levels(found, "database") == ["ok"]
    assert "0 learners" in says(found, "database")
    assert says(found, "bot") == "running on this database"
    assert levels(found, "backups") == ["warn"]


async def test_what_waits_and_what_was_given_up_is_told(settings):
    chosen = settings()
    await write(chosen.database_path, Arrival(1, 5, "{}"), Arrival(2, 5, "{}"))

    resting = await look(chosen)
    async with await Database.open(chosen.database_path):
        running = await look(chosen)

    assert says(resting, "inbox") == "1 update unfinished: the next start takes them up"
    assert levels(running, "inbox") == ["warn"]
    assert "1 update failed three times" in says(running, "set aside")


async def test_a_damaged_database_is_bad(settings):
    chosen = settings()
    await write(chosen.database_path, *[Arrival(n, 5, "x" * 3_000) for n in range(200)])
    sound = chosen.database_path.read_bytes()
    chosen.database_path.write_bytes(sound[: len(sound) // 2])

    found = await look(chosen)

    assert levels(found, "database") == ["bad"]
    assert "python -m bot restore" in says(found, "database")


async def test_old_backups_are_a_warning_and_young_ones_are_not(settings):
    chosen = settings()
    await (await Database.open(chosen.database_path)).close()

    backup.make(chosen.database_path, chosen.backups, real_now() - timedelta(days=3))
    assert levels(await look(chosen), "backups") == ["warn"]
    assert "the newest 3 days old" in says(await look(chosen), "backups")

    backup.make(chosen.database_path, chosen.backups, real_now() - timedelta(hours=3))
    assert levels(await look(chosen), "backups") == ["ok"]
    assert levels(await look(settings(backup_days=0, backup_weeks=0)), "backups") == ["warn"]


# The machine


def test_zones_that_the_rules_do_not_know_are_named():
    found = check_zones(["Europe/Berlin", "Mars/Olympus"], NOW)

    assert levels(found, "zones")[1:] == ["bad"]
    assert "Mars/Olympus" in found[1].says
    assert "Europe/Berlin" not in found[1].says


def test_old_rules_are_a_warning(monkeypatch):
    monkeypatch.setattr(machine_check, "zone_rules", lambda: ("2023c", "somewhere"))

    assert check_zones([], NOW)[0].level is Level.WARN


def test_the_systems_rules_win_over_the_package(tmp_path):
    assert zone_rules()[1] == "the package tzdata"

    (tmp_path / "UTC").touch()
    (tmp_path / "tzdata.zi").write_text("# version 2026a\n# more\n")
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        assert zone_rules() == ("2026a", str(tmp_path))
        (tmp_path / "tzdata.zi").unlink()
        assert zone_rules() == (None, str(tmp_path))
    finally:
        zoneinfo.reset_tzpath(())


def test_little_room_is_a_warning_and_none_is_bad(tmp_path, monkeypatch):
    free = shutil.disk_usage(tmp_path).free

    assert check_room("disk", tmp_path / "not" / "there", 10 * free).level is Level.WARN
    monkeypatch.setattr(machine_check, "TOO_LITTLE", 10 * free)
    assert check_room("disk", tmp_path, 0).level is Level.BAD


def test_a_dynos_disk_is_thrown_away(tmp_path, monkeypatch):
    assert thrown_away(tmp_path / "coach.sqlite3") is None
    monkeypatch.setenv("DYNO", "worker.1")

    assert "wiped" in (thrown_away(Path("/opt/coach.sqlite3")) or "")
    assert "wiped" in (thrown_away(Path("/app/data/coach.sqlite3")) or "")
    assert thrown_away(Path("/proc/coach.sqlite3")) is None  # mounted


def test_of_many_problems_with_the_content_the_first_are_told():
    found = check_content(None, [f"problem {number}" for number in range(8)])

    assert len(found) == 6
    assert "3 more" in found[-1].says
