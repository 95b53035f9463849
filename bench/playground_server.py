"""The box that `bench.playground_ceiling` measures: served as always, with taps waiting for their answers."""

import asyncio
import json
import sys
from datetime import UTC, datetime

from playground import bot_api
from playground.clock import Clock
from playground.loops import fastest_loop
from playground.server import serve
from playground.state import Box


async def run(taps: int) -> None:
    """Serves until the process is ended; tells on standard output what the caller has to know."""
    clock = Clock(lambda: datetime.now(UTC))
    box = Box(now=clock.now)
    _, port = await serve(box, clock, 0)
    people = [box.add_person(f"learner_{number}") for number in range(100)]
    for person in people:
        box.say(person.name, person.name, "/start")
    button = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    raw = {"chat_id": str(people[0].id), "text": "x", "reply_markup": json.dumps(button)}
    sent = (await bot_api.call(box, box.token, "sendMessage", raw))[1]["result"]
    for _ in range(taps):
        box.tap(people[0].name, people[0].name, sent["message_id"], "Go")
    told = {
        "port": port,
        "token": box.token,
        "chats": [person.id for person in people],
        "first_query": int(list(box.updates.pending)[-taps].body["id"]),
    }
    box.updates.forget()
    print(json.dumps(told), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(run(int(sys.argv[1])))
