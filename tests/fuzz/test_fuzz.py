"""Whatever comes in, nothing ends as a bug, nothing is left lying, and whoever writes next is answered."""

from __future__ import annotations

import json

from hypothesis import given, settings

from tests.fuzz.mutants import could_be_sent
from tests.fuzz.play import MEMBERS, Mutation
from tests.fuzz.real import CALM, PHASES, check, real_updates, several


@settings(max_examples=10, suppress_health_check=CALM, phases=PHASES)
@given(several)
def test_five_hundred_updates_that_nobody_would_send(mutations: list[Mutation]):
    check(real_updates(), mutations)


def test_the_real_updates_are_of_every_kind():
    wanted = (
        "message", "edited_message", "callback_query", "my_chat_member", "poll", "poll_answer", "inline_query",
        "chosen_inline_result", "channel_post", "chat_member", "message_reaction",
    )  # fmt: skip
    parts = ("voice", "photo", "video", "dice", "location", "migrate_to_chat_id", "migrate_from_chat_id")

    assert all(any(f'"{kind}"' in text for text in real_updates()) for kind in (*wanted, *parts))
    assert len(real_updates()) > 500


def test_the_real_updates_could_all_be_sent():
    assert all(could_be_sent(json.loads(text)) for text in real_updates())


def test_the_real_updates_hold_a_group_that_plays():
    updates = [json.loads(text) for text in real_updates()]
    presses = [update["callback_query"] for update in updates if "callback_query" in update]
    in_groups = [press for press in presses if press.get("message", {}).get("chat", {}).get("id", 0) < 0]
    voters = {
        update["poll_answer"].get("user", {}).get("username") for update in updates if "poll_answer" in update
    }

    assert any(press["data"].startswith("quiz-skip") for press in in_groups)
    assert {*MEMBERS[:2]} <= voters
    assert any(update.get("poll", {}).get("is_closed") for update in updates)
