"""Updates as Telegram sent them, with some parts gone, swapped or made of something else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from playground import schema

GONE = "(gone)"
NASTY: tuple[Any, ...] = (
    GONE, None, True, 0, -1, 2**31, 2**53, 1e300, "", " ", "/", "/start", "/today@nobody", "rate.1:1:3", "rate.1:1:9",
    "show.1:-5", "show.1:99999999999999999999", "::", "usual.1:zone", "\x00", "a" * 5000, "<b>&amp;", [], {},
    [[]], {"id": 1}, "2026-13-45", "private", "supergroup",
)  # fmt: skip
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


@dataclass(frozen=True)
class Here:
    """Who and what there is where the mutants are sent: ids of people, of groups, and of polls."""

    people: Sequence[int]
    groups: Sequence[int]
    polls: Sequence[str]


def mutant(originals: Sequence[str], chosen: tuple[int, list[tuple[int, Any]]], here: Here) -> dict[str, Any]:
    """The update that a mutation makes of these, about those who are here."""
    which, changes = chosen
    update: dict[str, Any] = json.loads(originals[which % len(originals)])
    update.pop("update_id", None)
    _bring_here(update, here)
    for where, what in changes:
        paths = list(_paths(update))
        if paths:
            _put(update, paths[where % len(paths)], copy.deepcopy(what), where, here)
    return update


def _bring_here(update: dict[str, Any], here: Here) -> None:
    """Polls have other ids each time: those of the originals become some of these."""
    for kind, name in (("poll", "id"), ("poll_answer", "poll_id")):
        if kind in update and update[kind][name].isdecimal():
            update[kind][name] = here.polls[int(update[kind][name]) % len(here.polls)]


def _paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))


def _put(update: Any, path: tuple[Any, ...], what: Any, where: int, here: Here) -> None:
    *way, last = path
    holder = update
    for key in way:
        holder = holder[key]
    if last == "id" and way and way[-1] in WHO:
        among = here.people if holder.get("type", "private") == "private" else here.groups
        holder[last] = among[where % len(among)]
    elif last in ("date", "edit_date") and isinstance(what, int):
        holder[last] = what % 2**31  # a moment, and be it the first
    elif last == "id" and way == ["callback_query"]:
        holder[last] = str(1 + where % 10**6)  # always a number, and for a bot that is late nobody's any more
    elif last == "message_id" and isinstance(what, str | int):
        holder[last] = 1 + len(str(what)) * 7  # there is no message 0
    elif what == GONE:
        del holder[last]
    elif type(holder[last]) in (int, str) and where % 4:
        holder[last] = _like(
            holder[last], what
        )  # the more of them are of the right kind, the further they get
    else:
        holder[last] = what


def _like(old: int | str, what: Any) -> int | str:
    if isinstance(old, str):
        return what if isinstance(what, str) else json.dumps(what)
    return what if type(what) is int else len(str(what))


def could_be_sent(update: dict[str, Any]) -> bool:
    """Whether Telegram could send it: everything that has to be there is, and is of the right kind."""
    return next(iter(schema.problems(["Update"], {"update_id": 1, **update}, "update")), None) is None
