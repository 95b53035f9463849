"""Updates as Telegram sent them, with some parts gone, swapped or made of something else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from playground import schema

GONE = "(gone)"
NASTY: tuple[Any, ...] = (
    GONE, None, True, 0, -1, 2**31, 2**53, 1e300, "", " ", "/", "/start", "/today@nobody", "rate.1:1:3", "rate.1:1:9",
    "show.1:-5", "show.1:99999999999999999999", "::", "usual.1:zone", "\x00", "a" * 5000, "<b>&amp;", [], {},
    [[]], {"id": 1}, "2026-13-45", "private", "supergroup",
)  # fmt: skip
NOT_TOUCHED = ("update_id", "message_thread_id", "is_topic_message")
WHO = ("chat", "from", "user")
"""Whose `id` stays that of somebody there is: Telegram sends nothing from nobody."""

anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=80),
    st.integers(-(2**40), 2**40),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)
change = st.tuples(st.integers(0, 10**6), anything)
mutation = st.tuples(st.integers(0, 10**6), st.lists(change, max_size=3))
"""Which of the real updates, and which of its parts become what. No change: the same update once more."""


def mutant(
    originals: Sequence[str], chosen: tuple[int, list[tuple[int, Any]]], people: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The update that a mutation makes of these; `people` are those whom it may come from."""
    which, changes = chosen
    update: dict[str, Any] = json.loads(originals[which % len(originals)])
    for where, what in changes:
        paths = list(_paths(update))
        if paths:
            _put(update, paths[where % len(paths)], copy.deepcopy(what), people[where % len(people)])
    return update


def _paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key not in NOT_TOUCHED:
            yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))


def _put(update: Any, path: tuple[Any, ...], what: Any, person: dict[str, Any]) -> None:
    *way, last = path
    holder = update
    for key in way:
        holder = holder[key]
    if last == "id" and way and way[-1] in WHO:
        holder[last] = person["id"]
    elif last in ("date", "edit_date") and isinstance(what, int):
        holder[last] = what % 2**31  # a moment, and be it the first
    elif last == "message_id" and isinstance(what, str | int):
        holder[last] = 1 + len(str(what)) * 7  # there is no message 0
    elif what == GONE:
        del holder[last]
    elif isinstance(what, str) and type(holder[last]) is int:
        holder[last] = len(what)  # the more of them are of the right kind, the further they get
    elif isinstance(holder[last], str) and isinstance(what, int | float):
        holder[last] = str(what)
    else:
        holder[last] = what


def could_be_sent(update: dict[str, Any]) -> bool:
    """Whether Telegram could send it: everything that has to be there is, and is of the right kind."""
    return next(iter(schema.problems(["Update"], {"update_id": 1, **update}, "update")), None) is None
