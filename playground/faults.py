"""Trouble on the way, as ordered: calls that are refused, cut off, never answered, or done with the answer lost."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import Any

from playground import schema
from playground.limits import flood
from playground.refusals import PersonRefused, Refused

ANSWERED = ("429", "500")
SEVERED = ("reset", "hang", "lost_reply")
KINDS = (*ANSWERED, *SEVERED)
FIELDS = ("method", "kind", "times", "retry_after", "share", "seed")


class Severed(Exception):
    """The caller gets no answer: `reset` (cut off before the work), `hang` (never), `lost_reply` (after it)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class Fault:
    """What befalls calls of a method, or of all that fit a pattern (`send*`, `*`).

    `times`: how often it still strikes; None: without end. `share`: how many of the calls it strikes, 0 to 1.
    """

    method: str
    kind: str
    times: int | None = 1
    retry_after: int = 1
    share: float = 1.0
    seed: int = 0
    _chance: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)

    def strikes(self, method: str) -> bool:
        """Whether it befalls this call; counts if so."""
        if self.times == 0 or not fnmatchcase(method.lower(), self.method.lower()):
            return False
        if self.share < 1 and self._chance.random() >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def refusal(self) -> Refused | None:
        """What the caller is told instead of an answer; None: nothing."""
        if self.kind == "429":
            return flood(self.retry_after)
        return Refused(500, "") if self.kind == "500" else None

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"method": self.method, "kind": self.kind, "times": self.times}
        if self.kind == "429":
            shown["retry_after"] = self.retry_after
        return shown | ({"share": self.share, "seed": self.seed} if self.share < 1 else {})


class Faults:
    """Everything ordered that has not struck yet; of several for one call the one ordered first strikes."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, given: Any) -> None:
        """Takes orders as `POST /people/faults` brings them, all or none. Raises `PersonRefused`."""
        orders = [given] if isinstance(given, dict) else given
        if not isinstance(orders, list):
            raise PersonRefused('Send a list: [{"method": "sendMessage", "kind": "500", "times": 1}].')
        self._ordered += [_fault(each) for each in orders]

    def strike(self, method: str) -> Fault | None:
        """What befalls this call of a method, if anything."""
        struck = next((fault for fault in self._ordered if fault.strikes(method)), None)
        if struck is not None and struck.times == 0:
            self._ordered.remove(struck)
        return struck

    def left(self) -> list[dict[str, Any]]:
        """What has not struck yet."""
        return [fault.as_json() for fault in self._ordered]

    def clear(self) -> None:
        self._ordered.clear()


def _fault(given: Any) -> Fault:
    if not isinstance(given, dict):
        raise PersonRefused('A fault is an object: {"method", "kind", "times"}.')
    if unknown := given.keys() - set(FIELDS):
        raise PersonRefused(f"A fault has no field {min(unknown)}; it has {', '.join(FIELDS)}.")
    kind = str(given.get("kind"))
    if kind not in KINDS:
        raise PersonRefused(f'"kind" must be {", ".join(KINDS[:-1])} or {KINDS[-1]}.')
    share = given.get("share", 1.0)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise PersonRefused('"share" must be a number from 0 to 1.')
    endless = share < 1 and "times" not in given
    return Fault(
        _pattern(given.get("method")),
        kind,
        None if endless else _whole(given, "times", 1, 1),
        _whole(given, "retry_after", 1, 1),
        float(share),
        _whole(given, "seed", 0, 0),
    )


def _pattern(given: Any) -> str:
    if not isinstance(given, str):
        raise PersonRefused(
            '"method" must be the name of a method, like sendMessage, or a pattern, like * or send*.'
        )
    if not any(fnmatchcase(name, given.lower()) for name in schema.METHOD_BY_LOWER):
        raise PersonRefused(f"The Bot API has no method {given}; use a name like sendMessage, or * for any.")
    return given


def _whole(given: dict[str, Any], name: str, default: int, least: int) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise PersonRefused(f'"{name}" must be a whole number from {least} up.')
    return value
