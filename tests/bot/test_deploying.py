"""What stands in docs/deploy: read as its programs read it, as far as that goes without running them."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

import pytest

from bot.config import Settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "docs" / "deploy"
ROOMS = {"bot", "handlers", "content", "storage", "judging", "drawing", "interview"}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in joined)]


def given(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def test_the_image_is_of_a_named_version_and_no_root_runs_in_it():
    [base] = given("FROM")
    names = [name for name, _ in instructions()]

    assert re.fullmatch(r"python:3\.1[123]-slim", base)
    assert given("USER") == ["coach"]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name in ("RUN", "COPY"))
    assert "--uid 10001" in given("RUN")[0]


def test_the_image_keeps_its_database_in_a_volume_and_can_be_asked_how_it_is():
    [health] = given("HEALTHCHECK")

    assert given("VOLUME") == ["/data"]
    assert any("DATABASE_PATH=/data/" in rest for rest in given("ENV"))
    assert '"python", "-m", "bot", "health"' in health
    assert given("CMD") == ['["python", "-m", "bot"]']
    assert given("STOPSIGNAL") == ["SIGTERM"]


def test_the_image_holds_every_room_that_the_bot_stands_on_and_no_secret():
    copied = {rest.split()[0] for rest in given("COPY")}
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()

    assert copied == ROOMS | {"requirements.txt"}
    assert all((ROOT / name).exists() for name in copied)
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert not any("TOKEN" in rest for _, rest in instructions())


def test_the_image_installs_what_is_locked():
    assert any("--require-hashes" in rest and "-r requirements.txt" in rest for rest in given("RUN"))


def test_compose_builds_that_image_and_keeps_what_matters():
    yaml = import_module("yaml")
    document = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    coach = document["services"]["coach"]
    mounts = dict(reversed(mount.split(":")) for mount in coach["volumes"])

    assert (DEPLOY / coach["build"]["context"]).resolve() == ROOT
    assert (ROOT / coach["build"]["dockerfile"]).is_file()
    assert mounts["/data"] in document["volumes"]
    assert {str(Path(path).parent) for path in (coach["environment"]["DATABASE_PATH"],)} <= set(mounts)
    assert coach["environment"]["BACKUP_PATH"] in mounts
    assert coach["read_only"] is True
    assert coach["cap_drop"] == ["ALL"]
    assert coach["restart"] == "unless-stopped"
    assert {name.lower() for name in coach["environment"]} <= set(Settings.model_fields)


def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign] # systemd's names have capitals
    parser.read(DEPLOY / "coach.service", encoding="utf-8")
    return parser


def test_the_unit_runs_as_an_account_of_its_own_on_a_disk_that_stays():
    service = unit()["Service"]

    assert service["User"] == "coach"
    assert (
        f"DATABASE_PATH=/var/lib/{service['StateDirectory']}/coach.sqlite3" in service["Environment"].split()
    )
    assert service["ExecStart"].endswith("python -m bot")
    assert service["ProtectSystem"] == "strict"
    assert unit()["Install"]["WantedBy"] == "multi-user.target"


def test_the_unit_starts_the_bot_again_unless_that_is_no_use():
    service = unit()["Service"]

    assert service["Restart"] == "always"
    assert service["RestartPreventExitStatus"] == "2"
    assert int(service["TimeoutStopSec"]) >= 10


def test_systemd_understands_the_unit(tmp_path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd here")
    text = (DEPLOY / "coach.service").read_text(encoding="utf-8")
    # the one thing that is not there yet
    (tmp_path / "coach.service").write_text(text.replace("/opt/coach/.venv/bin/python", "/bin/true"))

    done = subprocess.run(
        [verify, "verify", str(tmp_path / "coach.service")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "coach.service" not in done.stderr, done.stderr


def test_compose_has_a_name_of_its_own_and_hears_sigterm_at_once():
    yaml = import_module("yaml")
    document = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))

    assert document["name"] == "coach"
    assert document["services"]["coach"]["init"] is True


@pytest.mark.parametrize("file", ["README.md", ".env.example"])
def test_every_setting_is_named(file):
    text = (ROOT / file).read_text(encoding="utf-8")

    assert [name for name in Settings.model_fields if name.upper() not in text] == []


@pytest.mark.parametrize(
    "content, opens",
    [
        ("TELEGRAM_BOT_TOKEN=42:abc\n", "bot"),
        ("export TELEGRAM_BOT_TOKEN = '42:abc'\n", "bot"),
        ("\ufeffTELEGRAM_BOT_TOKEN=42:abc\r\n", "bot"),
        ('TELEGRAM_BOT_TOKEN=""\n', "playground"),
        ("TELEGRAM_BOT_TOKEN= # later\n", "playground"),
        ("TELEGRAM_BOT_TOKEN=\r\n", "playground"),
        ("# TELEGRAM_BOT_TOKEN=42:abc\n", "playground"),
        (None, "playground"),
    ],
)
def test_make_run_opens_what_the_file_of_settings_asks_for(tmp_path, monkeypatch, content, opens):
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make here")
    # the project's own rules, in a folder where all is built and python only says what it was to run
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "requirements.txt").touch()
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "python").write_text('#!/bin/sh\necho "$2"\n')
    (tools / "python").chmod(0o755)
    (tmp_path / ".venv" / ".run").touch()
    if content is not None:
        (tmp_path / ".env").write_bytes(content.encode())
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)

    done = subprocess.run([make, "-s", "run"], cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert (done.stdout.split(), done.stderr, done.returncode) == ([opens], "", 0)
