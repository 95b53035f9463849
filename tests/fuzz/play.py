"""Updates that nobody would send, sent to the whole bot; and whether it is still there for people afterwards."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.fake_chat import FakeChat, Running, a_running_bot
from tests.fuzz.crawl import Crawler
from tests.fuzz.mutants import could_be_sent, mutant

PEOPLE = ("alice", "bob")  # alice runs the bot

Mutation = tuple[int, list[tuple[int, Any]]]


class Bugs(logging.Handler):
    """What ended in the branch for bugs though Telegram could have sent it, or slipped through altogether."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.possible: set[int] = set()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        of_one = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if "was dropped" in record.msg or of_one in self.possible:
            self.said.append(f"{record.getMessage()[-800:]} {_last_lines(record)}".strip())


def _last_lines(record: logging.LogRecord) -> str:
    """Where it came from."""
    if record.exc_info is None or record.exc_info[1] is None:
        return ""
    return "".join(traceback.format_exception(record.exc_info[1])[-3:])


async def originals(folder: Path, seed: int, steps: int = 50) -> list[str]:
    """Real updates of all kinds: what two people who tried everything led to."""
    async with a_running_bot(folder / "originals.sqlite3") as running:
        for number, who in enumerate(PEOPLE):
            crawler = Crawler(running, who, Random(seed + number))
            await crawler.begins()
            await crawler.crawls(steps)
        return [text for _, text in sorted(running.payloads.items())]


async def send(database: Path, real: Sequence[str], mutations: Sequence[Mutation]) -> list[str]:
    """Send what the mutations make of real updates; what went wrong, a line each."""
    bugs = Bugs()
    logging.getLogger("bot").addHandler(bugs)
    try:
        async with a_running_bot(database) as running:
            for who in PEOPLE:
                await FakeChat(running, who).starts()
            people = [running.box.roster.person(who).as_user() for who in PEOPLE]
            for chosen in mutations:
                update = mutant(real, chosen, people)
                update.pop("update_id", None)
                possible = could_be_sent(update)
                for kind, body in update.items():
                    running.box.updates.add(kind, body)
                    if possible:
                        bugs.possible.add(list(running.box.updates.pending)[-1].update_id)
            await running.quiet()
            wrong = bugs.said + await _after(running)
            running.payloads.clear()  # not what people write
            return wrong
    finally:
        logging.getLogger("bot").removeHandler(bugs)


async def _after(running: Running) -> list[str]:
    """What is still lying in the inbox, and who gets no answer any more."""
    chat = FakeChat(running, PEOPLE[0])
    left = await chat.rows("SELECT update_id FROM inbox WHERE done_at IS NULL AND set_aside_at IS NULL")
    wrong = [f"update {row['update_id']} is still open" for row in left]
    for who in PEOPLE:
        chat = FakeChat(running, who)
        before = len(chat.from_bot)
        await chat.says("/help")
        if len(chat.from_bot) == before:
            wrong.append(f"{who} gets no answer any more")
    return wrong
