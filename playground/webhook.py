"""The webhook: where updates are brought instead of being fetched, and how that goes."""

import asyncio
import re
from collections.abc import Callable, Container, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playground.bell import Bell
from playground.calls import Built, Call, Noted
from playground.loopback import is_loopback
from playground.refusals import Refused, bad_request, not_built
from playground.updates import Pending, Updates

if TYPE_CHECKING:
    from playground.state import Box

CONNECTIONS = 40
MOST_CONNECTIONS = 100
PORTS = (80, 88, 443, 8443)
LONGEST_SECRET = 256
FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=1)
POLLER_ENDED = "terminated by setWebhook request"
NO_POLLING = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Webhook:
    """The webhook of one bot; no `url`: it fetches its updates itself.

    An update that is not taken is brought again, by the box's clock: after 1, 2, 4 … at most 60 s.
    """

    def __init__(self, now: Callable[[], datetime], updates: Updates) -> None:
        self._now = now
        self._updates = updates
        self._tried = Bell()
        self._away = False  # the last time somebody waited for it, it did not answer
        self.url = ""
        self.secret = ""
        self.max_connections = CONNECTIONS
        self.last_error: tuple[datetime, str] | None = None
        self.carried = False  # whether there is anybody who brings updates anywhere
        self.times_set = 0

    def set(self, url: str, secret: str = "", max_connections: int = CONNECTIONS) -> None:
        """Another address, or none; what is pending is brought there at once."""
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self.last_error, self._away = None, False
        self.times_set += 1
        for pending in self._updates.pending:
            pending.again = None
        self._updates.changed.ring()

    def due(self, under_way: Container[object] = ()) -> Iterator[Pending]:
        """What is to be brought now: the first pending update of each chat, but for those that wait for a retry
        and for chats that have something under way."""
        seen: set[object] = set()
        now = self._now()
        for pending in self._updates.pending:
            if pending.chat in seen or pending.chat in under_way:
                continue
            seen.add(pending.chat)
            if pending.again is None or pending.again <= now:
                yield pending

    def taken(self, pending: Pending) -> None:
        """The bot has taken an update."""
        self._updates.confirm_one(pending)
        self._settle()

    def failed(self, pending: Pending, why: str) -> None:
        """The bot has not taken an update; the next wait is twice as long as the last."""
        pending.delay = min(2 * pending.delay, LONGEST_DELAY) or FIRST_DELAY
        pending.again = self._now() + pending.delay
        self.last_error = self._now(), why
        self._settle()

    def next_try(self, after: datetime | None = None) -> datetime | None:
        """When an update is brought again, the next time at all or after a moment."""
        moments = (pending.again for pending in self._updates.pending if pending.again is not None)
        return min((moment for moment in moments if after is None or moment > after), default=None)

    def run_timers(self) -> None:
        if (moment := self.next_try()) is not None and moment <= self._now():
            self._updates.changed.ring()

    async def settled(self, seconds: float) -> None:
        """Waits until every update has been brought that can be now; that many seconds of real time at most,
        and not at all for a bot that did not answer the last time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self._away and any(self.due()):
            left = end - loop.time()
            self._away = left <= 0 or not await self._tried.wait(left)

    def _settle(self) -> None:
        self._away = False
        self._tried.ring()
        self._updates.changed.ring()


def set_webhook(box: "Box", call: Call) -> Noted:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(box, call)
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _check_address(url)
    hook = box.webhook
    if not hook.carried:
        raise not_built("setWebhook without its server")
    connections = min(max(call.number("max_connections", CONNECTIONS), 1), MOST_CONNECTIONS)
    _adjust(box, call)
    if (hook.url, hook.secret, hook.max_connections) == (url, secret, connections):
        return Noted(True, "Webhook is already set")
    box.updates.dismiss(Refused(409, POLLER_ENDED))
    hook.set(url, secret, connections)
    return Noted(True, "Webhook was set")


def delete_webhook(box: "Box", call: Call) -> Noted:
    _adjust(box, call)
    if not box.webhook.url:
        return Noted(True, "Webhook is already deleted")
    box.webhook.set("")
    return Noted(True, "Webhook was deleted")


def get_webhook_info(box: "Box", call: Call) -> dict[str, Any]:
    hook = box.webhook
    info: dict[str, Any] = {
        "url": hook.url, "has_custom_certificate": False, "pending_update_count": len(box.updates)
    }  # fmt: skip
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error is not None:
        at, why = hook.last_error
        info |= {"last_error_date": int(at.timestamp()), "last_error_message": why}
    return info | ({"allowed_updates": box.updates.allowed} if box.updates.allowed else {})


def _adjust(box: "Box", call: Call) -> None:
    if "allowed_updates" in call.args:
        box.updates.allowed = list(call.args["allowed_updates"] or [])
    if call.flag("drop_pending_updates"):
        box.updates.forget()


def _check_address(url: str) -> None:
    """Telegram's rules, but on this machine, as in a box, http and any port will do; elsewhere nothing goes."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not host or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if is_loopback(host):
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port is not None and port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise not_built("setWebhook to another machine")


METHODS = {
    "setWebhook": Built(
        set_webhook, ("url", "secret_token", "allowed_updates", "drop_pending_updates", "max_connections")
    ),
    "deleteWebhook": Built(delete_webhook, ("drop_pending_updates",)),
    "getWebhookInfo": Built(get_webhook_info),
}
