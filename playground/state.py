"""The box: one Telegram with one bot, and what people do in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground import viewing, voting
from playground.companions import Companions
from playground.deeds import Deeds
from playground.events import Events
from playground.faults import Faults
from playground.files import Files
from playground.groups import STUDY_GROUP, Group, found_group
from playground.ids import first_id
from playground.inline import InlineQueries
from playground.limits import Limits
from playground.messages import Message, Messages
from playground.people import Bot, Chat, Roster
from playground.profile import Profile
from playground.queries import Queries
from playground.refusals import Refused
from playground.tokens import TOKEN
from playground.updates import Updates
from playground.voting import OpenPolls
from playground.webhook import Webhook


class Box(Deeds):
    """What three doors share: the Bot API over HTTP, people over HTTP, python-telegram-bot in process.

    `now` gives aware moments; `strict` refuses parameters the Bot API does not know, which Telegram ignores.
    `first_message_id` sets the box apart from earlier ones for a bot that remembers them. `limits`, where given,
    make a bot wait that writes too fast.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str = "42:playground",
        strict: bool = False,
        *,
        name: str = "Interview Coach",
        username: str = "interview_coach_bot",
        first_message_id: int = 1,
        limits: Limits | None = None,
    ) -> None:
        first_query_id = int(now().timestamp() * 1000)  # ids that are strings may be long
        self.now = now
        self.token = token
        self.strict = strict
        self.bot = Bot(int(token.partition(":")[0]), name, username)
        self.roster = Roster(self.bot)
        self.posts = Messages(first_message_id)
        self.updates = Updates(now, first_id(now()))
        self.webhook = Webhook(now, self.updates)
        self.queries = Queries(now, first_query_id)
        self.files = Files()
        self.profile = Profile()
        self.events = Events()
        self.faults = Faults()
        self.limits = limits
        self.polls = OpenPolls(first_query_id)
        self.inline = InlineQueries(first_query_id)
        self.companions = Companions()
        self.warnings: list[str] = []
        self.told = 0  # how many messages have come, changed or gone
        self._is_taken = False  # a bot has called, so the token is its
        self._gather_study_group()

    # What people see.

    def chats(self) -> list[dict[str, Any]]:
        """Every chat, as `GET /people/chats` lists it."""
        return [self._listed(chat) for chat in self.roster.chats.values()]

    def messages(self, chat: str | int, after: int = 0) -> list[dict[str, Any]]:
        """The messages of a chat with a larger id, as `GET /people/messages` lists them."""
        return [viewing.for_people(message) for message in self.posts.of(self.roster.chat(chat), after)]

    def commands(self, chat: str | int | None = None, who: str | None = None) -> list[dict[str, str]]:
        """The bot's commands as a client offers them to that person in that chat."""
        where = self.roster.chat(chat) if chat is not None else None
        person = self.roster.person(who) if who is not None else None
        if person is None and where is not None and where.is_private:
            person = where.person
        language = person.language if person is not None else ""
        offered = self.profile.commands_in(where, language, person)
        return [{"command": each["command"], "description": each["description"]} for each in offered]

    # What both sides need.

    def warn(self, text: str) -> None:
        """Tells the page of something the bot does that Telegram would let pass, or the box cannot do."""
        self.warnings.append(text)
        self.events.tell("warning", text=text)

    def run_timers(self, now: datetime) -> None:
        """Ends what has had its time: polls, callback queries, updates nobody fetched."""
        self.queries.expire(now)
        self.inline.expire(now)
        self.updates.expire(now)
        self.companions.act(self, now)  # before polls close: they were in time
        voting.close_due(self, now)
        self.webhook.run_timers()

    def next_due(self) -> datetime | None:
        """When the box's own timers have something to do next."""
        moments = [
            self.queries.next_expiry(),
            self.updates.next_expiry(),
            self.polls.next_closing(),
            self.companions.next_due(),
            self.webhook.next_try(),
        ]
        return min((moment for moment in moments if moment is not None), default=None)

    def admit(self, token: str) -> None:
        """The first token to call is the bot's. Raises `Refused` for what looks like none, and for another bot's."""
        if not TOKEN.fullmatch(token):
            raise Refused(401, "")
        if token == self.token and self._is_taken:
            return
        bot_id = int(token.partition(":")[0])
        if self._is_taken and bot_id != self.bot.id:
            raise Refused(
                401, f"this playground serves the bot {self.bot.id} already; start another one for {bot_id}"
            )
        if not self._is_taken:
            if self.roster.find_chat(bot_id) is not None:
                raise Refused(401, f"{bot_id} is the id of a person here; take a token with another number")
            self._is_taken = True
            self.token, self.bot.id = token, bot_id

    def tell_message(self, kind: str, message: Message) -> None:
        self.told += 1
        super().tell_message(kind, message)
        self.companions.notice(message, self.now())

    def walked(self, now: datetime) -> None:
        """Tells the page that it is another time now."""
        self.events.tell("clock", now=now.isoformat())

    async def confirmed(self, seconds: float = 2.0) -> bool:
        """Whether the bot has taken every pending update within that many seconds of real time."""
        return await self.updates.confirmed(seconds)

    async def taken(self, seconds: float) -> None:
        """Gives a connected bot that much real time to take what is pending; one that does not is gone."""
        if self.webhook.url:
            await self.webhook.settled(seconds)
            return
        if len(self.updates) and self.updates.polled and not await self.updates.confirmed(seconds):
            self.updates.lost()

    def close(self) -> None:
        """Lets go of everybody who waits."""
        self.updates.close()
        self.events.close()

    def _gather_study_group(self) -> None:
        """The group that was always there; the bot is in it and has been told long ago."""
        group = found_group(self.roster, STUDY_GROUP, list(self.roster.people.values()), forum=False)
        group.bot_status, group.bot_met = "member", True

    def _listed(self, chat: Chat) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "chat": chat.name,
            "id": chat.id,
            "type": chat.type,
            "title": chat.title_for_people,
            "members": [person.name for person in chat.members],
        }
        if isinstance(chat, Group):
            return shown | self._group_listed(chat, shown["members"])
        return shown | {
            "members": [*shown["members"], self.bot.username],
            "language": chat.person.language,
            "started": chat.person.started,
            "blocked": chat.person.blocked,
            "deactivated": chat.person.deactivated,
        }

    def _group_listed(self, group: Group, members: list[str]) -> dict[str, Any]:
        runs_it = [person.name for person in group.members if group.is_run_by(person)]
        bot = [self.bot.username]
        return {
            "members": members + bot * group.has_bot,
            "admins": runs_it + bot * group.is_run_by(self.bot),
            "owner": group.owner.name if group.owner is not None else None,
            "forum": group.is_forum,
            "companions": self.companions.names(group),
            "topics": [{"thread": thread, "title": title} for thread, title in group.topics.items()],
        }
