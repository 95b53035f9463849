"""How many Bot API calls a second one core of the playground serves, over HTTP with kept-alive connections."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from bench.processes import TICKS, cpu_seconds

CONNECTIONS = 16
CALLS = 4000
ROUNDS = 5
LABELS = ("Missed", "Partly", "Got it", "Easy")
TEXT = "<b>ROC AUC</b>: the share of pairs ranked right, <i>one half</i> by chance. <code>a &lt; b</code>"


def main() -> int:
    """Measures and prints a table: medians of five rounds after one to warm up."""
    taps = CALLS * (ROUNDS + 1)
    command = [sys.executable, "-m", "bench.playground_server", str(taps)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            _measure(json.loads(server.stdout.readline()), server.pid)
        finally:
            server.terminate()
    return 0


def _measure(told: dict[str, Any], pid: int) -> None:
    print(f"{'call':<24}{'calls/s':>10}{'calls per CPU second of the box':>36}")
    for name, requests in _kinds(told).items():
        rounds = [asyncio.run(_round(told["port"], pid, requests)) for _ in range(ROUNDS + 1)][1:]
        wall, cpu = (median(getattr(each, of) for each in rounds) for of in ("a_second", "a_cpu_second"))
        print(f"{name:<24}{wall:>10,.0f}{cpu:>36,.0f}", flush=True)


@dataclass(frozen=True)
class Round:
    """What one round of calls took."""

    a_second: float
    a_cpu_second: float


def _kinds(told: dict[str, Any]) -> dict[str, Iterator[bytes]]:
    """Endless requests of each kind, as bytes on the wire."""
    chats, token = told["chats"], told["token"]
    keyboard = {
        "inline_keyboard": [[{"text": text, "callback_data": f"rate.1:4812:{text}"} for text in LABELS]]
    }

    def sends(**more: Any) -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            yield _request(token, "sendMessage", chat_id=chats[number % len(chats)], **more)

    return {
        "sendMessage, plain": sends(text="A question a day."),
        "sendMessage, buttons": sends(text=TEXT, parse_mode="HTML", reply_markup=keyboard),
        "answerCallbackQuery": (
            _request(token, "answerCallbackQuery", callback_query_id=str(told["first_query"] + number))
            for number in range(CALLS * (ROUNDS + 1))
        ),
        "getMe": iter(lambda: _request(token, "getMe"), b""),
    }


def _request(token: str, method: str, **parameters: Any) -> bytes:
    body = json.dumps(parameters).encode()
    head = (
        f"POST /bot{token}/{method} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _round(port: int, pid: int, requests: Iterator[bytes]) -> Round:
    batches = [[next(requests) for _ in range(CALLS // CONNECTIONS)] for _ in range(CONNECTIONS)]
    clients = [await asyncio.open_connection("127.0.0.1", port) for _ in batches]
    cpu, wall = cpu_seconds(pid), perf_counter()
    await asyncio.gather(*(_calls(*client, batch) for client, batch in zip(clients, batches, strict=True)))
    wall, cpu = perf_counter() - wall, cpu_seconds(pid) - cpu
    for _, writer in clients:
        writer.close()
    count = sum(map(len, batches))
    return Round(count / wall, count / max(cpu, 1 / TICKS))


async def _calls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: list[bytes]) -> None:
    """One connection's calls, each after the answer to the one before."""
    for request in requests:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"The box refused a call: {body.decode()}")
