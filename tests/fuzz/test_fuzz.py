"""Whatever comes in, nothing ends as a bug, nothing is left lying, and whoever writes next is answered."""

from __future__ import annotations

from hypothesis import given, settings

from tests.fuzz.play import Mutation
from tests.fuzz.real import CALM, check, real_updates, several


@settings(max_examples=10, suppress_health_check=CALM)
@given(several)
def test_five_hundred_updates_that_nobody_would_send(mutations: list[Mutation]):
    check(real_updates(), mutations)


def test_the_real_updates_are_of_every_kind():
    wanted = ("message", "edited_message", "callback_query", "my_chat_member")

    assert all(any(f'"{kind}"' in text for text in real_updates()) for kind in wanted)
    assert len(real_updates()) > 100
