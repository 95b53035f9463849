"""The two processes of a run: the box, and the nursery whose bots are killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent.parent
KILLED = -9
START_SECONDS = 60.0
LAST_WORDS = 0.1  # seconds without a call, after which all that the dead had sent has arrived
_NOTED = """
SELECT learner_id, message_id FROM askings UNION SELECT learner_id, feedback_message_id FROM askings
UNION SELECT chat_id, card_message_id FROM quizzes UNION SELECT chat_id, results_message_id FROM quizzes
UNION SELECT chat_id, poll_message_id FROM quizzes JOIN quiz_rounds ON quiz_rounds.quiz_id = quizzes.id
UNION SELECT chat_id, told_message_id FROM quizzes JOIN quiz_rounds ON quiz_rounds.quiz_id = quizzes.id
"""


class Process:
    """A process of ours that takes orders and answers, a line each; what it logs goes to a file."""

    def __init__(self, process: asyncio.subprocess.Process, logs: Path) -> None:
        self._process, self.logs = process, logs

    @classmethod
    async def start(cls, *module: str, logs: Path, **variables: str) -> Self:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with logs.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *module,
                cwd=ROOT,
                env={**kept, "PTB_TIMEDELTA": "1", **variables},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=file,
            )
        return cls(process, logs)

    async def tell(self, order: str) -> str:
        """Give an order; the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n".encode())
        return await self.hear()

    async def hear(self) -> str:
        """The next line it says."""
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        assert line, f"it ended: {self.logs.read_text()[-2000:]}"
        return line.decode().strip()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()


async def start_box(folder: Path, begin: datetime) -> tuple[Process, str]:
    """A playground that begins at that moment, and its address."""
    box = await Process.start("tests.chaos.box", begin.isoformat(), logs=folder / "box.log")
    return box, (await box.hear()).removeprefix("Playground: ")


class Bots:
    """The bot, which lives again each time it was killed. `remains` are the tables as each death left them."""

    def __init__(self, nursery: Process, database: Path) -> None:
        self._nursery, self._database = nursery, database
        self.remains: list[Remains] = []

    @classmethod
    async def ready(cls, folder: Path, address: str, bug: str = "") -> Self:
        database = folder / "coach.sqlite3"
        nursery = await Process.start(
            "tests.chaos.nursery",
            logs=folder / "bot.log",
            DATABASE_PATH=str(database),
            TELEGRAM_BOT_TOKEN="42:playground",
            BOT_API_BASE_URL=address,
            BOT_CLOCK_URL=f"{address}/people/clock",
            CHAOS_BUG=bug,
        )
        assert await nursery.hear() == "ready"
        return cls(nursery, database)

    async def start(self) -> None:
        await self._nursery.tell("start")

    async def kill(self, calls: Callable[[], Awaitable[int]]) -> None:
        """With signal 9; what it left is looked at before the next one lives. `calls` tells how many it made."""
        said = await self._nursery.tell("kill")
        assert said == f"gone {KILLED}", f"the bot had ended by itself ({said}): {self.log()[-2000:]}"
        made, before = await calls(), -1
        while made > before:
            await asyncio.sleep(LAST_WORDS)
            made, before = await calls(), made
        self.remains.append(Remains.read(self._database, made))

    async def end(self) -> None:
        said = await self._nursery.tell("end")
        assert said == "gone 0", f"the bot did not end in good order ({said}): {self.log()[-2000:]}"

    def log(self) -> str:
        return self._nursery.logs.read_text()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._nursery.__aexit__(*error)


class Remains:
    """What a killed bot knew: messages that it had noted (of which chat), chats in which something was not done with.

    `calls` had been made by then.
    """

    def __init__(self, calls: int, noted: frozenset[tuple[int, int]], undone: frozenset[int]) -> None:
        self.calls, self.noted, self.undone = calls, noted, undone

    @classmethod
    def read(cls, database: Path, calls: int) -> Remains:
        with closing(copied(database)) as copy:
            if not copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'quiz_rounds'").fetchone():
                return cls(calls, frozenset(), frozenset())  # it died over its tables
            noted = copy.execute(_NOTED).fetchall()
            undone = copy.execute("SELECT chat_id FROM inbox WHERE done_at IS NULL").fetchall()
        return cls(calls, frozenset((c, m) for c, m in noted if m), frozenset(chat for (chat,) in undone))


def copied(database: Path) -> sqlite3.Connection:
    """The tables as they stand in the file, in a copy: to open the file itself would tidy up behind the dead."""
    copy = database.with_name("copy.sqlite3")
    for end in ("", "-wal"):
        if database.with_name(database.name + end).exists():
            shutil.copyfile(database.with_name(database.name + end), copy.with_name(copy.name + end))
        else:
            copy.with_name(copy.name + end).unlink(missing_ok=True)
    copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
    return sqlite3.connect(copy)
