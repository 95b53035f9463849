"""Polls: what is asked, who chose what, and what a voter may still do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground import entities, rendering
from playground.entities import Formatted
from playground.people import Person
from playground.refusals import PersonRefused


@dataclass
class Poll:
    """One poll. Votes are positions in `options`, as they were sent; `closes`: when it closes by itself."""

    id: str
    question: Formatted
    options: list[Formatted]
    is_quiz: bool = False
    is_anonymous: bool = True
    is_multiple: bool = False
    is_revotable: bool = True
    is_shuffled: bool = False
    hides_results: bool = False
    correct: list[int] = field(default_factory=list)
    explanation: Formatted = field(default_factory=Formatted)
    description: Formatted = field(default_factory=Formatted)
    sent: datetime | None = None
    closes: datetime | None = None
    is_closed: bool = False
    votes: dict[Person, list[int]] = field(default_factory=dict)

    def persistent_id(self, option: int) -> str:
        return f"{int(self.id) % 1_000_003:x}.{option + 1}"

    def vote(self, who: Person, chosen: list[int]) -> bool:
        """Whether the vote changed anything; none chosen takes it back. Raises `PersonRefused`."""
        chosen = sorted(set(chosen))
        if self.is_closed:
            raise PersonRefused("The poll is closed.")
        if len(chosen) > 1 and not self.is_multiple:
            raise PersonRefused("Choose one option: the poll takes one answer only.")
        if not chosen and not self.is_revotable:
            raise PersonRefused("An answer to this poll cannot be taken back.")
        if any(not 0 <= option < len(self.options) for option in chosen):
            raise PersonRefused(f"The options are numbered from 0 to {len(self.options) - 1}.")
        if who in self.votes and not self.is_revotable:
            raise PersonRefused(f"{who.name} has answered, and this poll's answers cannot be changed.")
        if self.votes.get(who, []) == chosen:
            return False
        self.votes.pop(who, None)
        if chosen:
            self.votes[who] = chosen
        return True

    def voters(self, option: int) -> list[str]:
        return [person.name for person, chosen in self.votes.items() if option in chosen]

    def as_json(self) -> dict[str, Any]:
        """The Poll object of the Bot API, for the bot that sent it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "question": self.question.text,
            "options": [self._option_json(number) for number in range(len(self.options))],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": "quiz" if self.is_quiz else "regular",
            "allows_multiple_answers": self.is_multiple,
            "allows_revoting": self.is_revotable,
            "members_only": False,
        }
        if self.is_quiz:
            shown["correct_option_ids"] = self.correct
        if self.closes is not None and self.sent is not None and not self.is_closed:
            shown["open_period"] = int(self.closes.timestamp()) - int(self.sent.timestamp())
            shown["close_date"] = int(self.closes.timestamp())
        for name in ("question", "explanation", "description"):
            shown |= _formatted(name, getattr(self, name))
        return shown

    def answer_json(self, who: Person) -> dict[str, Any]:
        """The PollAnswer object: what somebody has chosen now."""
        chosen = self.votes.get(who, [])
        return {
            "poll_id": self.id,
            "user": who.as_user(),
            "option_ids": chosen,
            "option_persistent_ids": [self.persistent_id(option) for option in chosen],
        }

    def for_people(self) -> dict[str, Any]:
        """As `GET /people/messages` shows it. Names stand at each option, of an anonymous poll too: who asks may
        be any of them; a client shows them where `anonymous` is false."""
        hidden = self.hides_results and not self.is_closed
        return {
            "id": self.id,
            "question": self.question.text,
            "options": [
                {
                    "text": option.text,
                    "voters": self.voters(number),
                    "voter_count": len(self.voters(number)),
                }
                for number, option in enumerate(self.options)
            ],
            "total": len(self.votes),
            "type": "quiz" if self.is_quiz else "regular",
            "closed": self.is_closed,
            "correct": self.correct,
            "anonymous": self.is_anonymous,
            "multiple": self.is_multiple,
            "revoting": self.is_revotable,
            "shuffled": self.is_shuffled,
            "hidden": hidden,
            "closes": self.closes.isoformat() if self.closes else None,
        } | {
            name: value
            for name, content in (("explanation", self.explanation), ("description", self.description))
            if content.text
            for name, value in ((name, content.text), (f"{name}_html", rendering.render(content)))
        }

    def _option_json(self, number: int) -> dict[str, Any]:
        option = self.options[number]
        shown = {"persistent_id": self.persistent_id(number), "voter_count": len(self.voters(number))}
        return shown | {"text": option.text} | _formatted("text", option)


def _formatted(name: str, content: Formatted) -> dict[str, Any]:
    """A text and its entities as two fields; nothing where there is no text."""
    if not content.text:
        return {}
    shown: dict[str, Any] = {name: content.text}
    if content.entities:
        shown[f"{name}_entities"] = [entities.as_json(e) for e in content.entities]
    return shown
