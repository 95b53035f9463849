"""The box as a program of its own."""

import asyncio
import re
import signal
import sys

import aiohttp
import pytest

from playground.__main__ import arguments


@pytest.mark.processes
async def test_the_box_says_where_it_is_and_ends_quickly() -> None:
    box = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert box.stdout is not None
    first, second = await box.stdout.readline(), await box.stdout.readline()
    found = re.fullmatch(r"Playground: (http://127\.0\.0\.1:\d+)\n", first.decode())
    assert found is not None
    async with aiohttp.ClientSession(found[1]) as session:
        stream = await session.get("/people/events")
        await stream.content.readline()
        me = await (await session.get("/bot42:playground/getMe")).json()
        loop = asyncio.get_running_loop()
        before = loop.time()
        box.send_signal(signal.SIGTERM)
        code = await box.wait()

    assert (
        f"BOT_API_BASE_URL={found[1]} BOT_CLOCK_URL={found[1]}/people/clock python -m bot" in second.decode()
    )
    assert me["ok"] is True
    assert code == 0
    assert loop.time() - before < 2


def test_the_port_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert arguments([]).port == "9000"
    assert arguments(["--port", "9001"]).port == "9001"
    monkeypatch.delenv("PORT")
    assert arguments([]).port == "8080"


def test_a_port_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--port", "web"])

    assert "the port must be a number from 0 to 65535, not 'web'" in capsys.readouterr().err
