"""How long to wait after Telegram would not give us updates."""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from storage.in_place import Displaced

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 30.0
CONFLICT_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Stop(Exception):
    """Updates will never come; the text is one sentence for the operator."""


def rest_after(error: BaseException, failures: int) -> float:
    """Seconds to rest after one error more than so many in a row: what Telegram asks for, else ever longer."""
    if isinstance(error, RetryAfter):
        asked = error.retry_after
        return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
    return min(FIRST_SECONDS * float(2 ** min(failures, 10)), LONGEST_SECONDS)


class Patience:
    """Waits longer after each failure in a row, and says why without repeating itself."""

    def __init__(self) -> None:
        self._failures = 0
        self._conflict = False

    def after(self, error: Exception) -> float:
        """Seconds to wait before the next try; `Stop` where trying again is no use, and `Displaced` as it is."""
        match error:
            case Displaced():
                raise error
            case InvalidToken():
                raise Stop(
                    "Telegram does not know this token: check TELEGRAM_BOT_TOKEN, and BOT_API_BASE_URL if you set it."
                ) from None
            case Conflict():
                if not self._conflict and "webhook" in error.message.lower():
                    logger.warning("Another program has set a webhook, which keeps updates from this bot.")
                elif not self._conflict:
                    logger.warning(
                        "Another copy of this bot fetches updates with this token: stop it, this one waits. (%s)",
                        error,
                    )
                self._conflict = True
                return CONFLICT_SECONDS
            case RetryAfter():
                seconds = rest_after(error, self._failures)
                logger.warning("Telegram asks to wait %.0f s before fetching updates again.", seconds)
                return seconds
        seconds = rest_after(error, self._failures)
        self._failures = min(self._failures + 1, 10)
        # a stranger's text may hold anything; Telegram's errors, and the transport's, hold no token
        what = (
            f"{type(error).__name__}: {error}" if isinstance(error, TelegramError) else type(error).__name__
        )
        logger.warning("No updates could be fetched (%s); next try in %.0f s.", what, seconds)
        return seconds

    def calm(self) -> None:
        """All is well again."""
        if self._failures or self._conflict:
            logger.info("Updates are coming in again.")
        self._failures = 0
        self._conflict = False
