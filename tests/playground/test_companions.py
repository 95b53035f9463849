"""Playing along: members who join and vote by themselves, by the box's clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from playground import membership
from playground.clock import Clock
from playground.refusals import PersonRefused
from playground.state import Box
from tests.playground.conftest import BEGIN, Api

GROUP = "study-group"


def play_along(box: Box, *names: str) -> None:
    group = membership._group(box, GROUP)
    box.companions.set(group, [box.roster.person(name) for name in names])


async def ask(api: Api, group: int, seconds: int | None = None, **more: Any) -> int:
    period = {"open_period": seconds} if seconds else {}
    sent = await api(
        "sendPoll",
        chat_id=group,
        question="Which?",
        options=[{"text": each} for each in "abcd"],
        is_anonymous=False,
        **({"type": "quiz", "correct_option_ids": [2]} | period | more),
    )
    return int(sent["message_id"])


def votes(box: Box, message_id: int) -> dict[str, list[int]]:
    poll = box.message_in(box.roster.chat(GROUP), message_id).poll
    assert poll is not None
    return {person.name: chosen for person, chosen in poll.votes.items()}


async def at(box: Box, moment: datetime) -> None:
    box.run_timers(moment)


async def test_companions_vote_one_after_another_and_some_are_wrong(box: Box, api: Api, group: int) -> None:
    play_along(box, "bob", "carol", "dave")
    sent = [await ask(api, group) for _ in range(20)]

    first = box.next_due()
    assert first is not None
    assert first > BEGIN
    await at(box, BEGIN + timedelta(seconds=26))

    chosen = [chosen for message_id in sent for chosen in votes(box, message_id).values()]
    right = chosen.count([2]) / len(chosen)
    assert 50 < len(chosen) < 60
    assert 0.4 < right < 0.9
    assert all("alice" not in votes(box, message_id) for message_id in sent)


async def test_the_same_polls_get_the_same_votes_at_the_same_time(clock: Clock) -> None:
    runs = []
    for _ in range(2):
        box = Box(now=clock.now)
        play_along(box, "bob", "carol", "dave")
        message_id = await ask(Api(box), box.roster.chat(GROUP).id)
        planned = []
        while (due := box.companions.next_due()) is not None:
            planned.append(due)
            await at(box, due)
        runs.append((planned, votes(box, message_id)))

    assert runs[0] == runs[1]
    assert len(set(runs[0][0])) == len(runs[0][0]) > 1


async def test_votes_are_in_before_the_poll_closes_however_far_the_clock_walks(
    box: Box, api: Api, group: int, clock: Clock
) -> None:
    play_along(box, "bob", "carol", "dave")
    message_id = await ask(api, group, seconds=10)

    await clock.advance(3600)

    poll = box.message_in(box.roster.chat(GROUP), message_id).poll
    assert poll is not None
    assert poll.is_closed
    assert len(votes(box, message_id)) >= 2
    told = [update for update in await api.updates() if "poll_answer" in update]
    assert len(told) == len(votes(box, message_id))


async def test_who_has_voted_keeps_their_vote(box: Box, api: Api, group: int) -> None:
    play_along(box, "bob", "carol", "dave")
    sent = [await ask(api, group, allows_revoting=True) for _ in range(5)]

    for message_id in sent:
        box.vote("bob", GROUP, message_id, [0])
    await at(box, BEGIN + timedelta(minutes=1))

    assert [votes(box, message_id)["bob"] for message_id in sent] == [[0]] * 5


async def test_companions_join_once_whatever_becomes_of_the_message(box: Box, api: Api, group: int) -> None:
    play_along(box, "bob", "carol")
    keyboard = {"inline_keyboard": [[{"text": "✋ Join", "callback_data": "join"}]]}
    sent = await api("sendMessage", chat_id=group, text="Quiz", reply_markup=keyboard)

    await at(box, BEGIN + timedelta(seconds=10))
    await api(
        "editMessageText",
        chat_id=group,
        message_id=sent["message_id"],
        text="In: Bob",
        reply_markup=keyboard,
    )
    await at(box, BEGIN + timedelta(seconds=30))

    tapped = [update["callback_query"]["from"]["username"] for update in await api.updates()]
    assert sorted(tapped) == ["bob", "carol"]


async def test_who_no_longer_plays_along_drops_what_they_planned(box: Box, api: Api, group: int) -> None:
    play_along(box, "bob", "carol")
    message_id = await ask(api, group)

    play_along(box, "carol")
    await at(box, BEGIN + timedelta(minutes=1))

    assert "bob" not in votes(box, message_id)


async def test_only_members_play_along(box: Box, api: Api) -> None:
    membership.remove(box, "alice", GROUP, "bob")

    with pytest.raises(PersonRefused, match="bob is not in the chat"):
        play_along(box, "bob")


@pytest.mark.parametrize("multiple", [False, True])
async def test_an_opinion_is_given_on_a_poll_without_right_answers(
    box: Box, api: Api, group: int, multiple: bool
) -> None:
    play_along(box, "bob", "carol", "dave")
    message_id = await ask(
        api, group, type="regular", correct_option_ids=[], allows_multiple_answers=multiple
    )

    await at(box, BEGIN + timedelta(minutes=1))

    chosen = votes(box, message_id).values()
    assert chosen
    assert all(1 <= len(each) <= (4 if multiple else 1) for each in chosen)


async def test_switching_it_on_counts_for_what_is_open_already(
    box: Box, api: Api, group: int, site: Any
) -> None:
    message_id = await ask(api, group)

    answer = await site.post("/people/companions", json={"chat": GROUP, "who": ["bob", "carol"]})
    assert (await answer.json()) == {"who": ["bob", "carol"]}
    await at(box, BEGIN + timedelta(minutes=1))

    assert set(votes(box, message_id)) <= {"bob", "carol"}
    assert votes(box, message_id)
    listed = await (await site.get("/people/chats")).json()
    assert [chat["companions"] for chat in listed if chat["chat"] == GROUP] == [["bob", "carol"]]


async def test_nobody_plays_along_in_a_private_chat(site: Any) -> None:
    answer = await site.post("/people/companions", json={"chat": "alice", "who": ["alice"]})

    assert answer.status == 400
    assert "private chat" in (await answer.json())["error"]
