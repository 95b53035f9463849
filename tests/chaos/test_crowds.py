"""Crowds in real time: many groups at once, a large one alone, and one that is told to wait."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from playground import membership
from tests.chaos.live import a_live_bot

pytestmark = pytest.mark.long
SECONDS = 20  # for each question


class Crowd:
    """The people of one group."""

    def __init__(self, live, title, count, chance):
        self.box, self._chance = live.box, chance
        self.people = [f"{title.replace(' ', '_').lower()}_{number}" for number in range(count)]
        for who in self.people:
            self.box.add_person(who)
        self.name = membership.create(self.box, title, [*self.people, "bot"]).name
        self._voted = set()

    async def starts(self, questions):
        self.box.say(self.people[0], self.name, f"/quiz metrics {questions}")
        await self._taps("30 s +")
        await self._taps("Start ▶")

    async def votes(self):
        """Everybody votes on the question that is open, some time within its first half."""
        polls = [message for message in self.box.messages(self.name) if message.get("kind") == "poll"]
        for message in polls[-1:]:
            if message["message_id"] in self._voted or message["poll"]["closed"]:
                continue
            self._voted.add(message["message_id"])
            moments = sorted((self._chance.uniform(0, SECONDS / 2), who) for who in self.people)
            before = 0.0
            for at, who in moments:
                await asyncio.sleep(at - before)
                before = at
                self.box.vote(who, self.name, message["message_id"], [self._chance.randrange(4)])

    async def plays_on(self):
        while True:
            await self.votes()
            await asyncio.sleep(0.2)

    async def _taps(self, label):
        while not (found := self._buttons(label)):  # noqa: ASYNC110 - nobody else says when it has come
            await asyncio.sleep(0.05)
        await self.box.tap(self.people[0], self.name, *found[-1])

    def _buttons(self, label):
        return [
            (message["message_id"], button["data"])
            for message in self.box.messages(self.name)
            for row in message.get("buttons") or []
            for button in row
            if button["text"] == label
        ]


async def _play(live, crowds, questions):
    playing = [asyncio.create_task(crowd.plays_on()) for crowd in crowds]
    await asyncio.gather(*[crowd.starts(questions) for crowd in crowds])
    async with asyncio.timeout(60 * questions):
        while await live.rows("SELECT id FROM quizzes WHERE stage <> 'over'"):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.5)
    for task in playing:
        task.cancel()
    await asyncio.gather(*playing, return_exceptions=True)


async def _lateness(live, besides=()):
    """Seconds: how late questions came, how long after their end they were told, and the results after the last."""
    rounds = [
        row
        for row in await live.rows(
            "SELECT quiz_rounds.*, chat_id FROM quiz_rounds JOIN quizzes ON quizzes.id = quiz_id"
            " ORDER BY quiz_id, place"
        )
        if row["chat_id"] not in besides
    ]
    ended = {row["id"]: row["ended_at"] for row in await live.rows("SELECT id, ended_at FROM quizzes")}
    questions, told, results = [], [], []
    for before, after in zip(rounds, [*rounds[1:], None], strict=True):
        told.append((before["told_at"] - before["closes_at"]) / 1000)
        if after is not None and after["quiz_id"] == before["quiz_id"]:
            due = max(before["told_at"] + 6_000, before["opened_at"] + 10_000)
            questions.append((after["opened_at"] - due) / 1000)
        else:
            results.append((ended[before["quiz_id"]] - before["closes_at"]) / 1000)
    print(*(f"{name}: {_spread(values)}" for name, values in _named(questions, told, results)), sep="; ")
    return questions, told, results


def _named(questions, told, results):
    return (("questions late", questions), ("told after", told), ("results after", results))


def _spread(values):
    ordered = sorted(values)
    return f"median {ordered[len(ordered) // 2]:.2f} s, worst {ordered[-1]:.2f} s"


async def test_fifteen_groups_of_sixty_are_served_in_time_and_nobody_is_told_to_wait(tmp_path):
    async with a_live_bot(tmp_path / "coach.sqlite3") as live:
        crowds = [Crowd(live, f"Crowd {number}", 60, Random(number)) for number in range(15)]
        await asyncio.sleep(2)
        await _play(live, crowds, questions=3)

        questions, told, results = await _lateness(live)
        [counted] = await live.rows("SELECT count(*) AS n FROM quiz_votes")

    assert counted["n"] == 15 * 60 * 3
    assert live.limits.refused == 0
    assert max(questions) < 3
    assert max(told) < 2
    assert max(results) < 4


async def test_two_hundred_in_one_group_read_the_results_within_two_seconds(tmp_path):
    async with a_live_bot(tmp_path / "coach.sqlite3") as live:
        crowd = Crowd(live, "Crowd", 200, Random(1))
        await _play(live, [crowd], questions=2)

        _, told, results = await _lateness(live)
        [counted] = await live.rows("SELECT count(*) AS n FROM quiz_votes")

    assert counted["n"] == 400
    assert live.limits.refused == 0
    assert max(told + results) < 2


async def test_a_group_that_is_told_to_wait_makes_no_other_wait(tmp_path):
    async with a_live_bot(tmp_path / "coach.sqlite3") as live:
        slow, *others = [Crowd(live, f"Crowd {number}", 5, Random(number)) for number in range(4)]
        live.limits.hold(live.box.roster.chat(slow.name).id, "sendPoll", times=2, seconds=20)
        await _play(live, [slow, *others], questions=2)

        questions, told, _ = await _lateness(live, besides=[live.box.roster.chat(slow.name).id])

    assert live.limits.refused == 2
    assert max(questions) < 3
    assert max(told) < 2
