"""HTTP to Telegram: python-telegram-bot's requests carried by aiohttp."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.raw_json import dump, parse

if TYPE_CHECKING:
    from telegram._utils.types import JSONDict, ODVInput

# at DEBUG it writes down every call with all that is said in it
logging.getLogger("telegram").setLevel(logging.INFO)

KEEP_ALIVE_SECONDS = 50.0

REFUSALS = (401, 403, 404, 409)
"""What Telegram says of the token, of a chat, of another copy of the bot; from a proxy in front of it they mean nothing
of the kind."""

_UNSET = BaseRequest.DEFAULT_NONE
_TOKEN = re.compile(r"/bot([^/]+)/")


class NeverSent(NetworkError):
    """No connection came about: Telegram knows nothing of the request, which may safely be made again."""


class NeverSentInTime(NeverSent, TimedOut):
    """As above: no connection was free, or none came about, in the time allowed."""


class AiohttpTransport(BaseRequest):
    """A pool of kept-alive connections; time-outs are in seconds, None waits for ever.

    Raises nothing but python-telegram-bot's own errors, and never with the address in them: it holds the token.
    """

    def __init__(
        self,
        *,
        pool_size: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        connect_timeout: float | None = 10.0,
        pool_timeout: float | None = 10.0,
        media_write_timeout: float | None = 60.0,
        proxy: str | None = None,
    ) -> None:
        self._pool_size = pool_size
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a request does not say."""
        return self._read

    async def initialize(self) -> None:
        """Make the pool; harmless when done twice."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; harmless when done twice, and `initialize` may follow."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer's JSON object; NetworkError, without a word of it, where it is none."""
        try:
            answer = parse(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is no JSON object")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _UNSET,
        write_timeout: ODVInput[float] = _UNSET,
        connect_timeout: ODVInput[float] = _UNSET,
        pool_timeout: ODVInput[float] = _UNSET,
    ) -> tuple[int, bytes]:
        """Make one request; the answer's status and body."""
        if self._session is None:
            raise NeverSent("the transport is not initialized")
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_given(read_timeout, self._read),
            write=_given(write_timeout, self._media_write if uploads else self._write),
            connect=_given(connect_timeout, self._connect),
            pool=_given(pool_timeout, self._pool),
        )
        failure: TelegramError
        try:
            async with self._session.request(
                method,
                url,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,  # the token goes where it was meant to and nowhere else
                **_body(request_data),
            ) as response:
                answer = await response.read()
                if response.status not in REFUSALS or _is_telegrams(answer):
                    return response.status, answer if response.status < 300 else _without_token(answer, url)
            failure = NetworkError(
                f"{response.status} from something that is not Telegram: see what stands in between, and"
                " BOT_API_BASE_URL if it is set"
            )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        # out here, so that it carries no trace of an error whose text may hold the address
        raise failure


def _given(value: ODVInput[float], otherwise: float | None) -> float | None:
    return value if value is None or isinstance(value, int | float) else otherwise


def _timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Limits for each part and for the whole, so that an answer that trickles in ends too."""
    return aiohttp.ClientTimeout(
        total=_sum(pool, connect, write, read),
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=read,
    )


def _sum(*parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": dump(request_data.parameters), "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}


def _failure(error: Exception) -> TelegramError:
    what = f"aiohttp.{type(error).__name__}"
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NeverSentInTime(f"no connection in time ({what})")
    if isinstance(error, TimeoutError):
        return TimedOut(f"no answer in time ({what})")
    if isinstance(error, aiohttp.ClientConnectorError):
        return NeverSent(
            f"no connection to {error.host} ({what}: {error.os_error.strerror or 'no reason given'})"
        )
    if isinstance(error, aiohttp.InvalidURL):
        return NeverSent(f"not a web address ({what})")
    return NetworkError(f"the connection failed ({what})")


def _is_telegrams(answer: bytes) -> bool:
    """Whether a body is what the Bot API answers with."""
    try:
        told = parse(answer)
    except ValueError:
        return False
    return isinstance(told, dict) and "ok" in told


def _without_token(answer: bytes, url: str) -> bytes:
    """An error's body as it may be shown: a page from some server between here and there counts as empty."""
    try:
        if not isinstance(parse(answer), dict):
            return b"{}"
    except ValueError:
        return b"{}"
    token = _TOKEN.search(url)
    return answer.replace(token[1].encode(), b"<token>") if token else answer
