"""What an account may not write: told in a sentence before a start, by `doctor` and by the start alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "http://127.0.0.1:9"
MIGHTY = "-dac_override,-dac_read_search,-fowner,-chown"

pytestmark = pytest.mark.processes

LOOK = """
import json, os, sys
from pathlib import Path
from bot.operator.place_check import problems_with_database
from storage.claim import is_taken
path = Path(sys.argv[1])
files = {ending: path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", ".lock")}
for file in files.values():
    file.touch()
found = {"all is well": problems_with_database(path)}
for ending, file in files.items():
    for mode in (0o444, 0):
        file.chmod(mode)
        found[f"{ending} {mode}"] = problems_with_database(path)
    file.chmod(0o644)
path.parent.chmod(0o555)
found["folder"] = problems_with_database(path)
path.parent.chmod(0)
found["closed folder"] = problems_with_database(path)
path.parent.chmod(0o755)
files[".lock"].chmod(0)
found["taken"] = is_taken(path)
print(json.dumps(found))
"""


def run(
    *words: str, cwd: Path = ROOT, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """As an account that may do no more than anybody: root may write everywhere."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere")
        prefix = [setpriv, f"--bounding-set={MIGHTY}", f"--inh-caps={MIGHTY}"]
    return subprocess.run(
        [*prefix, sys.executable, *words],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(variables or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_thing_that_may_not_be_written_is_named(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "coach.sqlite3"

    done = run("-c", LOOK, str(path))
    assert done.stderr == ""
    found = json.loads(done.stdout)

    assert found.pop("all is well") == []
    assert found.pop("taken") is False
    for case in ("folder", "closed folder"):
        [problem] = found.pop(case)
        assert f"its folder {folder} may not be written" in problem
    assert len(found) == 8
    for case, [problem] in found.items():
        ending = case.partition(" ")[0]
        assert f"{path}{ending} " in problem
        assert "may not be written" in problem or "cannot be written" in problem


def test_doctor_and_start_agree_about_a_lock_of_another_account(tmp_path):
    lock = tmp_path / "coach.sqlite3.lock"
    lock.touch(mode=0)
    lock.chmod(0)
    given = {
        "TELEGRAM_BOT_TOKEN": "42:playground",
        "BOT_API_BASE_URL": NOWHERE,
        "DATABASE_PATH": str(tmp_path / "coach.sqlite3"),
    }

    looked, started = run("-m", "bot", "doctor", variables=given), run("-m", "bot", variables=given)

    assert (looked.returncode, started.returncode) == (1, 2)
    for said in (looked.stdout + looked.stderr, started.stdout + started.stderr):
        assert f"{lock} belongs to the database and may not be written" in said
        assert "Traceback" not in said


def test_a_file_of_settings_that_may_not_be_read_ends_every_command_with_2_and_a_sentence(tmp_path):
    settings = tmp_path / ".env"
    settings.write_text("TELEGRAM_BOT_TOKEN=42:playground\n")
    settings.chmod(0)

    started, asked = run("-m", "bot", cwd=tmp_path), run("-m", "bot", "health", cwd=tmp_path)

    for done in (started, asked):
        assert done.returncode == 2
        assert f"The file {settings} cannot be read (Permission denied)" in done.stderr
        assert "Traceback" not in done.stderr


def test_what_a_start_makes_is_for_its_own_account_alone(tmp_path):
    path = tmp_path / "data" / "coach.sqlite3"
    begin_and_end = (
        "import os, sys; sys.argv = ['bot', 'doctor']; import bot.__main__ as door; door.main();"
        "open(os.environ['DATABASE_PATH'], 'w').close()"
    )

    run("-c", begin_and_end, variables={"DATABASE_PATH": str(path), "BOT_API_BASE_URL": NOWHERE})

    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
