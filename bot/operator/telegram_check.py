"""What Telegram says about the token, and whether its clock and this machine's agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.operator.finding import Finding, bad, ok, warn
from bot.transport import AiohttpTransport

NO_TOKEN = (
    "TELEGRAM_BOT_TOKEN is not set: get one from @BotFather and set it (in the environment or in a file .env),"
    " or run `make run` without it to try everything in the playground."
)
SLIGHTLY, FAR = 5.0, 120.0
"""Seconds by which the clock may be wrong before it is worth a word, and before dailies come at a wrong minute."""

_SECONDS = aiohttp.ClientTimeout(total=15)


async def check_token(settings: Settings) -> list[Finding]:
    """Who the token belongs to, what it may read in groups, and whether another program takes its updates."""
    if settings.telegram_bot_token is None:
        return [bad("token", NO_TOKEN)]
    transport = AiohttpTransport(pool_size=1)
    base = settings.bot_api_base_url
    bot = Bot(settings.telegram_bot_token.get_secret_value(), base_url=f"{base}/bot", request=transport)
    async with transport:
        try:
            me = await bot.get_me()
            webhook = (await bot.get_webhook_info()).url
        except InvalidToken:
            return [
                bad(
                    "token",
                    "Telegram does not know this token: check TELEGRAM_BOT_TOKEN, and BOT_API_BASE_URL if you set it.",
                )
            ]
        except TelegramError as error:
            return [bad("telegram", f"{base} gives no answer ({error.message}): check the way there.")]
    return [ok("token", f"this is @{me.username}"), _groups(me), _webhook(webhook)]


def _groups(me: User) -> Finding:
    if not me.can_join_groups:
        return ok("groups", "it cannot be added to groups: /setjoingroups at @BotFather allows it")
    if me.can_read_all_group_messages:
        return warn(
            "groups",
            "privacy mode is off, so Telegram sends it all that groups write, which it does not need:"
            " /setprivacy at @BotFather, Enable.",
        )
    return ok("groups", "privacy mode is on: it sees commands, replies to itself and its polls, nothing else")


def _webhook(url: str) -> Finding:
    if not url:
        return ok("updates", "no webhook is in the way: they are fetched")
    host = urlsplit(url).hostname or "some address"  # the rest of it may be a secret
    return warn(
        "updates",
        f"a webhook sends them to {host}. At its start the bot removes it; if another program lives on it,"
        " get a token of its own for each.",
    )


async def check_clock(settings: Settings, now: Callable[[], datetime]) -> Finding:
    """This machine's clock beside the Date that Telegram's server sends."""
    try:
        async with aiohttp.ClientSession(timeout=_SECONDS) as session:
            began = now()
            async with session.get(settings.bot_api_base_url, allow_redirects=False) as answer:
                theirs = answer.headers.get("Date", "")
            middle = began + (now() - began) / 2
        seconds = (middle - parsedate_to_datetime(theirs).astimezone(UTC)).total_seconds()
    except (aiohttp.ClientError, TimeoutError, ValueError, TypeError):
        return warn(
            "clock", f"{settings.bot_api_base_url} does not tell the time: see yourself that it is right"
        )
    if abs(seconds) < SLIGHTLY:
        return ok("clock", "right")
    says = (
        f"{abs(seconds):.0f} s {'ahead' if seconds > 0 else 'behind'}: dailies come at a wrong time."
        " Let the machine set it (timedatectl set-ntp true)."
    )
    return bad("clock", says) if abs(seconds) >= FAR else warn("clock", says)
