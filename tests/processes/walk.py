"""A newcomer's first three days, told through /people alone: `python walk.py http://127.0.0.1:8080 [name]`.

Knows nothing of the project's code. Exits with 1 and a sentence where something does not happen.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

PATIENCE = 20.0  # seconds of real time


class Walk:
    """One person's chat with the bot."""

    def __init__(self, address: str, who: str = "alice") -> None:
        self.address, self.who = address.rstrip("/"), who

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}{path}", data=data, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    def say(self, text: str) -> None:
        self.call("/people/say", {"from": self.who, "chat": self.who, "text": text})

    def tap(self, label: str) -> None:
        message = self.until(f"a button {label!r}", lambda: self.with_button(label))
        self.call(
            "/people/tap",
            {"from": self.who, "chat": self.who, "message_id": message["message_id"], "button": label},
        )

    def messages(self) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = self.call(f"/people/messages?chat={self.who}&after=0")
        return [message for message in seen if message["from"] != self.who]

    def with_button(self, label: str) -> dict[str, Any] | None:
        """The newest message, if it has a button with this in its label."""
        newest = self.messages()[-1:]
        return newest[0] if newest and label in str(newest[0]["buttons"]) else None

    def with_text(self, text: str) -> dict[str, Any] | None:
        return next((message for message in self.messages() if text in message["text"]), None)

    def differs(self, before: dict[str, Any]) -> bool:
        """Whether the newest message is no longer what it was."""
        return self.messages()[-1] != before

    def questions(self) -> int:
        """How many messages offer to show an answer, or have shown one."""
        return sum("Show answer" in str(m["buttons"]) or "Back " in m["text"] for m in self.messages())

    def until(self, what: str, look: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while not (found := look()):
            if time.monotonic() > end:
                raise SystemExit(
                    f"{what} did not come; the chat says {[m['text'] for m in self.messages()][-3:]}"
                )
            time.sleep(0.02)
        return found

    def to_nine_tomorrow(self) -> None:
        """To the minute after 09:00 UTC of the next day: the usual hour in the zone of somebody who skipped both."""
        now = datetime.fromisoformat(self.call("/people/clock")["now"])
        tomorrow = (now + timedelta(days=1)).replace(hour=9, minute=1, second=0, microsecond=0)
        self.call("/people/clock", {"to": tomorrow.isoformat()})


def main(address: str, who: str) -> None:
    walk = Walk(address, who)
    walk.say("/start")
    for _ in range(4):
        shown = walk.until("Skip", lambda: walk.with_button("Skip"))
        walk.tap("Skip")
        walk.until("the next step", partial(walk.differs, shown))
    walk.tap("Show answer")
    walk.tap("Got it")
    walk.until("the rating", lambda: walk.with_text("Got it. Back "))

    for day in (1, 2, 3):
        walk.to_nine_tomorrow()
        if walk.questions() != day + 1:
            raise SystemExit(f"after {day} days there are {walk.questions() - 1} dailies")
        walk.tap("Show answer")
        walk.tap("Partly")
        walk.until("the streak", partial(walk.with_text, f"🔥 {day + 1} days"))
    print("asked, answered, rated, and three days with three dailies")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "alice")
