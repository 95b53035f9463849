"""What the intake asks of Telegram: the next updates as raw JSON, and that no webhook stands in the way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import (
    RequestParameter,
)  # the library makes RequestData of nothing else

Update = dict[str, Any]

ANSWER_SECONDS = 10.0

log = logging.getLogger(__name__)


class Polling:
    """getUpdates over any of python-telegram-bot's transports; `base_url` ends where the token begins."""

    def __init__(
        self, request: BaseRequest, base_url: str, token: str, allowed_updates: Sequence[str]
    ) -> None:
        self._request = request
        self._prefix = f"{base_url}{token}/"
        self._allowed = list(allowed_updates)

    async def fetch(self, offset: int, timeout: int) -> list[Update]:
        """The updates from `offset` on, after up to `timeout` seconds; 0 asks for the oldest not yet confirmed."""
        parameters: dict[str, object] = {"timeout": timeout, "allowed_updates": self._allowed}
        if offset:
            parameters["offset"] = offset
        updates = await self._post("getUpdates", parameters, timeout + ANSWER_SECONDS)
        if not isinstance(updates, list):
            raise NetworkError("getUpdates answered with something else than a list")
        return [update for update in updates if isinstance(update, dict) and "update_id" in update]

    async def free(self) -> None:
        """Remove a webhook if one is set, keeping what waits behind it: with one, getUpdates is refused."""
        info = await self._post("getWebhookInfo", {}, ANSWER_SECONDS)
        if isinstance(info, dict) and info.get("url"):
            await self._post("deleteWebhook", {"drop_pending_updates": False}, ANSWER_SECONDS)
            host = urlsplit(str(info["url"])).hostname or "some address"  # the rest of it may be a secret
            log.warning(
                "A webhook sent the updates to %s: it is removed, and they are fetched. If a program lives on it, get"
                " a token of its own for each.",
                host,
            )

    async def _post(self, method: str, parameters: dict[str, object], read_timeout: float) -> object:
        data = RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])
        return await self._request.post(self._prefix + method, data, read_timeout=read_timeout)
