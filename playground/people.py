"""Who is there: the people in the box, the bot, and the chats they share."""

from dataclasses import dataclass, field
from typing import Any

from playground.refusals import PersonRefused

FIRST_PERSON_ID = 1001
HOUSEHOLD = (("alice", "en"), ("bob", "de"), ("carol", "es"), ("dave", "ja"))


@dataclass(eq=False)
class Person:
    """Someone with a Telegram account. `started`: has written to the bot, so that it may write back."""

    id: int
    name: str
    language: str
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def first_name(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    def as_user(self) -> dict[str, Any]:
        if self.deactivated:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "username": self.name,
            "language_code": self.language,
        }


@dataclass(eq=False)
class Bot:
    """The one bot the box serves.

    `privacy`: in groups it hears only what is meant for it. `inline`: it answers what is typed after its name.
    """

    id: int
    name: str
    username: str
    privacy: bool = True
    inline: bool = False

    @property
    def first_name(self) -> str:
        return self.name

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(eq=False)
class Chat:
    """Where messages are. A private chat has the id and the name of its person; a `Group` is a chat as well."""

    id: int
    type: str
    name: str
    members: list[Person] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list, kw_only=True)  # message ids

    @property
    def person(self) -> Person:
        """The one person of a private chat."""
        return self.members[0]

    def now_at(self) -> "Chat":
        """The chat itself, or what it has become."""
        return self

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    @property
    def title_for_people(self) -> str:
        return self.person.first_name

    def as_json(self) -> dict[str, Any]:
        user = self.person.as_user()
        return {"id": self.id, "type": self.type} | {
            key: user[key] for key in ("first_name", "username") if key in user
        }


class Roster:
    """Everybody and every chat, by name and by id."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.people: dict[str, Person] = {}
        self.chats: dict[str, Chat] = {}
        self._by_id: dict[int, Chat] = {}
        for name, language in HOUSEHOLD:
            self.add(name, language)

    def add(self, name: str, language: str) -> Person:
        """A new person with a private chat of their own. Raises `PersonRefused` for a bad name."""
        if not (2 <= len(name) <= 32 and name.isascii() and name.replace("_", "").isalnum()):
            raise PersonRefused("A name has 2 to 32 letters, digits or _, like a user name.")
        name = name.lower()
        if name in ("bot", self._bot.username.lower()):
            raise PersonRefused(f"{name} is what the bot is called here; take another name.")
        if name in self.chats:
            raise PersonRefused(f"There is already somebody called {name}.")
        person = Person(self._free_id(), name, language)
        self.people[name] = person
        self.chats[name] = self._by_id[person.id] = Chat(person.id, "private", name, [person])
        return person

    def _free_id(self) -> int:
        """The one after the last person's, unless it is the bot's."""
        newest = next(reversed(self.people.values()), None)
        free = newest.id + 1 if newest is not None else FIRST_PERSON_ID
        return free + 1 if free == self._bot.id else free

    def admit(self, chat: Chat) -> None:
        """A chat is there from now on; one that has its name already is found by its id alone."""
        self.chats[chat.name] = self._by_id[chat.id] = chat

    def person(self, name: str) -> Person:
        if name not in self.people:
            raise PersonRefused(f"Nobody here is called {name}; there are {', '.join(self.people)}.", 404)
        return self.people[name]

    def chat(self, name: str | int) -> Chat:
        """The chat of that name or id; under the id of a group that moved, where it is now."""
        is_id = str(name).removeprefix("-").isdecimal()
        chat = self.find_chat(int(name)) if is_id else self.chats.get(str(name))
        if chat is not None:
            return chat.now_at()
        raise PersonRefused(f"There is no chat {name}; there are {', '.join(self.chats)}.", 404)

    def chat_of(self, name: str, chat: str | int) -> tuple[Person, Chat]:
        """A person and a chat they are in."""
        person, where = self.person(name), self.chat(chat)
        if person not in where.members:
            raise PersonRefused(f"{name} is not in the chat {where.name}.", 403)
        return person, where

    def find_chat(self, chat_id: int) -> Chat | None:
        return self._by_id.get(chat_id)

    def user_of(self, person_id: int) -> dict[str, Any] | None:
        """The User object of a person."""
        chat = self.find_chat(person_id)
        return chat.person.as_user() if chat is not None and chat.is_private else None
