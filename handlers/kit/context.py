"""What a handler is given: the update it answers and everything it may need for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from telegram import Message, Update
from telegram.constants import ChatType

from content.bank import Bank
from content.taxonomy import Taxonomy
from content.tips import Tip
from handlers.kit.alone import Alone
from handlers.kit.underway import Underway
from handlers.kit.voice import Voice
from interview.place import Place
from storage.backup import Backup
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What one running bot has; each update and each heartbeat is given one of these and sees nothing change in it.

    `operators` are the ids of those who run the bot. `reload` reads all content anew: updates after this one see
    it, and the number of its questions is returned; `Broken` with every problem leaves things as they were.
    `back_up` makes a backup now, or says why not by `BackupFailed`; None where this bot makes none. A backup is gone
    after `backups_last` days at the latest; 0 where that is up to the operators. `alone` keeps the heartbeat and a
    learner from sending the same question at the same time; `underway` has what the heartbeat does not wait for.
    """

    bot: Voice
    db: Database
    bank: Bank
    taxonomy: Taxonomy
    places: tuple[Place, ...]
    tips: tuple[Tip, ...]
    now: Callable[[], datetime]
    chance: Random
    operators: frozenset[int]
    reload: Callable[[], Awaitable[int]]
    back_up: Callable[[], Awaitable[Backup]] | None = None
    backups_last: int | None = None
    alone: Alone = field(default_factory=Alone)
    underway: Underway = field(default_factory=Underway)


@dataclass(slots=True)
class Context:
    """One update on its way through the house. `now` is read once, so that all of it happens at one moment."""

    on: Dependencies
    update: Update
    now: datetime
    press_answered: bool = False
    moved_to: int | None = None
    """Where the chat is by now, if it was found to have moved meanwhile."""

    @property
    def learner_id(self) -> int:
        """The person who wrote or pressed."""
        person = self.update.effective_user
        assert person is not None, "only updates by persons get here"
        return person.id

    @property
    def by_operator(self) -> bool:
        """Whether that person runs the bot."""
        return self.learner_id in self.on.operators

    @property
    def person_name(self) -> str:
        """What the person is called, as they write it themselves."""
        person = self.update.effective_user
        return person.full_name if person else ""

    @property
    def in_group(self) -> bool:
        """Whether this happens in a group."""
        chat = self.update.effective_chat
        return chat is not None and chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)

    @property
    def chat_id(self) -> int:
        """The chat it happens in, under the id that it has now."""
        if self.moved_to is not None:
            return self.moved_to
        chat = self.update.effective_chat
        assert chat is not None, "only updates from chats get here"
        return chat.id

    @property
    def thread_id(self) -> int:
        """The forum topic it happens in; 0 where there is none."""
        return (self.message.message_thread_id or 0) if self.message.is_topic_message else 0

    @property
    def language(self) -> str | None:
        """The language of the person's client, as an IETF tag."""
        person = self.update.effective_user
        return person.language_code if person else None

    @property
    def message(self) -> Message:
        """The message that was written, or the one whose button was pressed."""
        message = self.update.effective_message
        assert message is not None, "only updates with a message get here"
        return message

    @property
    def text(self) -> str:
        """What was typed; empty for anything but text."""
        return self.message.text or ""

    @property
    def words(self) -> str:
        """What was typed, or what was written below a picture, a recording or a file."""
        return self.message.text or self.message.caption or ""
