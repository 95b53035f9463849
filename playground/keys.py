"""What the server's handlers find in their application."""

from aiohttp import web

from playground.clock import Clock
from playground.state import Box

BOX = web.AppKey("box", Box)
CLOCK = web.AppKey("clock", Clock)
OPEN = web.AppKey("open", bool)  # bots may come from other machines
