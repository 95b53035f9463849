"""Calls over HTTP that get no answer: the connection is cut, or nothing ever comes."""

import asyncio
import socket
import struct

from aiohttp import web

from playground.faults import Severed

AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing resets the connection


async def sever(request: web.Request, severed: Severed) -> web.Response:
    """Leaves the caller of a request without an answer; the response it returns goes nowhere."""
    if severed.kind == "hang":
        await asyncio.get_running_loop().create_future()  # until the client goes, which cancels
    transport = request.transport
    if transport is not None:
        if severed.kind == "reset" and (end := transport.get_extra_info("socket")) is not None:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        transport.abort()
    return web.Response()
