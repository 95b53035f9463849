"""Updates that nobody would send, sent to the whole bot; and whether it is still there for people afterwards."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from playground import membership
from tests.fake_chat import FakeChat, Running, a_running_bot
from tests.fake_group import STUDY_GROUP, FakeGroup
from tests.fuzz.crawl import Crawler
from tests.fuzz.crawl_group import GroupCrawler
from tests.fuzz.made import made_updates
from tests.fuzz.mutants import Here, could_be_sent, mutant

PEOPLE = ("alice", "bob")  # alice runs the bot
MEMBERS = ("alice", "bob", "carol")
FORUM = "Forum"
LONGEST = 60
MOVED = "Movers"
GROUPS = (STUDY_GROUP, "forum", "movers")  # as the box calls them

Mutation = tuple[int, list[tuple[int, Any]]]


@dataclass
class Found:
    """What was sent and what is wrong, a line each; `impossible` counts updates that ended in the branch for bugs and
    that Telegram could not have sent."""

    wrong: list[str] = field(default_factory=list)
    impossible: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)


class Bugs(logging.Handler):
    """What ended in the branch for bugs, or slipped through altogether."""

    def __init__(self, found: Found) -> None:
        super().__init__(logging.ERROR)
        self.found = found
        self.impossible: set[object] = set()

    def emit(self, record: logging.LogRecord) -> None:
        of_one = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if of_one not in self.impossible or "was dropped" in record.msg:
            self.found.wrong.append(f"{record.getMessage()[-2500:]} {_last_lines(record)}".strip())
        elif "failed for good" in record.msg:
            self.found.impossible += 1


def _last_lines(record: logging.LogRecord) -> str:
    """Where it came from."""
    if record.exc_info is None or record.exc_info[1] is None:
        return ""
    return "".join(traceback.format_exception(record.exc_info[1])[-3:])


@contextmanager
def watching(found: Found) -> Iterator[Bugs]:
    """Whatever is logged as an error meanwhile is noted."""
    bugs = Bugs(found)
    rooms = [logging.getLogger(name) for name in ("bot", "handlers", "storage")]
    for room in rooms:
        room.addHandler(bugs)
    try:
        yield bugs
    finally:
        for room in rooms:
            room.removeHandler(bugs)


async def originals(folder: Path, seed: int, steps: int = 50) -> list[str]:
    """Real updates of all kinds: what people and groups who tried everything led to, none of it to a bug, and one of
    each kind there is."""
    found = Found()
    with watching(found):
        async with a_running_bot(folder / "originals.sqlite3") as running:
            for number, who in enumerate(PEOPLE):
                crawler = Crawler(running, who, Random(seed + number))
                await crawler.begins()
                await crawler.crawls(steps)
            for number, group in enumerate(await _groups(running)):
                at_it = GroupCrawler(running, group, MEMBERS, Random(seed - number))
                await at_it.plays()
                await at_it.crawls(steps)
            caused = [text for _, text in sorted(running.payloads.items())]
            person, chat = running.box.roster.chat_of(PEOPLE[0], PEOPLE[0])
            chats = (chat.as_json(), running.box.roster.chat(STUDY_GROUP).as_json())
    assert not found.wrong, "\n".join(found.wrong[:5])
    return caused + [json.dumps(update) for update in made_updates(person.as_user(), chats)]


async def _groups(running: Running) -> list[FakeGroup]:
    """The same groups with the same ids each time: one as there was, a topic of a forum, and one that has moved."""
    forum = await FakeGroup.opens(running, FORUM, forum=True)
    topic = membership.open_topic(running.box, forum.name, "Evenings")
    moved = await FakeGroup.opens(running, MOVED)
    await moved.does(membership.migrate, moved.name)
    return [FakeGroup(running), FakeGroup(running, forum.name, topic), moved]


async def send(database: Path, real: Sequence[str], mutations: Sequence[Mutation]) -> Found:
    """Send what the mutations make of real updates, and see how everybody fares."""
    found = Found()
    with watching(found) as bugs:
        async with a_running_bot(database) as running:
            here = await _settle(running)
            for chosen in mutations:
                update = mutant(real, chosen, here)
                found.sent.append(update)
                _add(running, update, bugs)
            try:
                await asyncio.wait_for(running.quiet(), LONGEST)
            except TimeoutError:
                found.wrong.append(f"not done after {LONGEST} s")
            else:
                found.wrong += await _after(running)
            running.payloads.clear()  # not what people write
    return found


async def _settle(running: Running) -> Here:
    """Two learners who have had a first question; groups, one of which is in the middle of a quiz."""
    for who in PEOPLE:
        await FakeChat(running, who).starts()
    groups = await _groups(running)
    playing = groups[0]
    await playing.says(PEOPLE[0], "/quiz metrics 3")
    await playing.taps(PEOPLE[0], "Join")
    await playing.taps(PEOPLE[0], "Start")
    await playing.waits(10)
    polls = [message for message in running.box.messages(playing.name) if message.get("kind") == "poll"]
    found = [
        running.box.posts.find(running.box.roster.chat(playing.name), each["message_id"]) for each in polls
    ]
    return Here(
        people=[running.box.roster.person(who).id for who in PEOPLE],
        groups=[group.id for group in groups],
        polls=[message.poll.id for message in found if message is not None and message.poll is not None],
    )


def _add(running: Running, update: dict[str, Any], bugs: Bugs) -> None:
    """Send it, be it of a kind that the bot did not ask for: such a one may be on its way still."""
    updates = running.box.updates
    possible = could_be_sent(update)
    for kind, body in update.items():
        asked_for, updates.allowed = updates.allowed, [kind]
        updates.add(kind, body)
        updates.allowed = asked_for
        if not possible:
            bugs.impossible.add(list(updates.pending)[-1].update_id)


async def _after(running: Running) -> list[str]:
    """What is still lying in the inbox, and who gets no answer any more, then and a day later."""
    chat = FakeChat(running, PEOPLE[0])
    left = await chat.rows("SELECT update_id FROM inbox WHERE done_at IS NULL AND set_aside_at IS NULL")
    wrong = [f"update {row['update_id']} is still open" for row in left]
    wrong += await _unanswered(running)
    await running.clock.walk_to(running.clock.now() + timedelta(hours=25))
    return wrong + await _unanswered(running)


async def _unanswered(running: Running) -> list[str]:
    wrong = []
    for who in PEOPLE:
        chat = FakeChat(running, who)
        before = len(chat.from_bot)
        await chat.says("/help")
        if len(chat.from_bot) == before:
            wrong.append(f"{who} gets no answer any more")
    for name in GROUPS:
        group = FakeGroup(running, name)
        before = len(group.from_bot)
        await group.says(PEOPLE[0], "/help")
        if len(group.from_bot) == before:
            wrong.append(f"{name} gets no answer any more")
    return wrong
