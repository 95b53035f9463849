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
Beat = Callable[[Dependencies, datetime], Awaitable[bool | None]]
NextDue = Callable[[Dependencies], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True)
class Called:
    """A command: its handler is given what stands behind the command's name."""

    name: str
    description: str
    run: Command


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a feature does when time passes, and when it next has something to do (None: nothing in sight).

    `beat` does a batch of what is due, so that no feature waits long for another: true where more of it waits. What it
    says goes behind what people wait for, unless they wait for this too: `for_people`.
    """

    beat: Beat
    next_due: NextDue
    for_people: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a person can do.

    `awaited` maps what the bot asked to be typed to who takes it, `documents` what it asked to be sent as a file;
    `located` takes a shared location. `answers` takes all other texts, recordings, pictures and files, and before
    anything awaited those texts that `answers_to` says reply to a question; `owned` says whether any question waits
    for it; `edited` takes what was changed afterwards. What is `for_operators` does not exist for anybody else.

    All of that is for private chats. In groups there are `group_commands`, `group_presses`, `group_texts` (texts that
    reply to a message of ours), `group_service` (what Telegram itself says there) and `membership` (what became of
    us there). `poll_answers` takes votes in our polls, `polls` what a poll has come to, wherever they stand.
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
    group_commands: tuple[Called, ...] = ()
    group_presses: Mapping[type[Press], Pressed] = field(default_factory=dict)
    group_texts: Typed | None = None
    group_service: Typed | None = None
    membership: Typed | None = None
    poll_answers: Typed | None = None
    polls: Typed | None = None
    heartbeat: Heartbeat | None = None
    for_operators: bool = False
