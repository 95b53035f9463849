"""What a feature declares: all that leads into it. Dispatch, the command menu and /help read these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.kit.context import Context, Dependencies
from handlers.kit.press import Press

Command = Callable[[Context, str], Awaitable[None]]
Pressed = Callable[[Context, Any], Awaitable[None]]
Typed = Callable[[Context], Awaitable[None]]
Owns = Callable[[Context], Awaitable[bool]]
Beat = Callable[[Dependencies, datetime], Awaitable[None]]
NextDue = Callable[[Dependencies], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True)
class Called:
    """A command: its handler is given what stands behind the command's name."""

    name: str
    description: str
    run: Command


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a feature does when time passes, and when it next has something to do (None: nothing in sight)."""

    beat: Beat
    next_due: NextDue


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a person can do.

    `awaited` maps what the bot asked to be typed to who takes it, `documents` what it asked to be sent as a file;
    `located` takes a shared location. `answers` takes all other texts, recordings, pictures and files, and before
    anything awaited those texts that `answers_to` says reply to a question; `owned` says whether any question waits
    for it; `edited` takes what was changed afterwards. What is `for_operators` does not exist for anybody else.
    """

    name: str
    commands: tuple[Called, ...] = ()
    presses: Mapping[type[Press], Pressed] = field(default_factory=dict)
    awaited: Mapping[str, Typed] = field(default_factory=dict)
    documents: Mapping[str, Typed] = field(default_factory=dict)
    located: Typed | None = None
    answers: Typed | None = None
    answers_to: Owns | None = None
    owned: Owns | None = None
    edited: Typed | None = None
    heartbeat: Heartbeat | None = None
    for_operators: bool = False
