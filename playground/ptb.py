"""python-telegram-bot straight into the box: no sockets, the same rules, the same JSON."""

from urllib.parse import parse_qsl, unquote, urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from playground import bot_api, raw_json
from playground.faults import Severed
from playground.files import Upload
from playground.refusals import Refused
from playground.state import Box


class BoxRequest(BaseRequest):
    """Give one to `ApplicationBuilder.request`, and one to `get_updates_request`."""

    __slots__ = ("_box",)

    def __init__(self, box: Box) -> None:
        self._box = box

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """HTTP status and body for a call, or for a file's download.

        Nothing in the box takes its time: a fault that leaves the caller without an answer is an error at once.
        """
        parts = urlsplit(url)
        start, _, rest = parts.path.lstrip("/").partition("/")
        if start == "file":
            return self._download(rest)
        if not start.startswith("bot"):
            raise NetworkError(f"The playground has nothing at {parts.path}")
        raw = dict(parse_qsl(parts.query, keep_blank_values=True))
        uploads: dict[str, Upload] = {}
        if request_data is not None:
            raw |= request_data.json_parameters
            uploads = {name: _upload(part) for name, part in (request_data.multipart_data or {}).items()}
        try:
            status, answer = await bot_api.call(self._box, start.removeprefix("bot"), rest, raw, uploads)
        except Severed as severed:
            raise _error(severed) from None
        return status, raw_json.write(answer)

    def _download(self, rest: str) -> tuple[int, bytes]:
        token, _, path = unquote(rest).partition("/")
        try:
            self._box.admit(token.removeprefix("bot"))
        except Refused as refused:
            return refused.code, raw_json.write(refused.payload())
        stored = self._box.files.at(path)
        if stored is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return 200, stored.content


def _error(severed: Severed) -> NetworkError:
    """What a transport would raise."""
    if severed.kind == "reset":
        return NetworkError("the connection was reset")
    return TimedOut(f"no answer in time ({severed.kind})")


def _upload(part: tuple[str, object, str]) -> Upload:
    name, content, mime_type = part
    data = content if isinstance(content, bytes) else content.read()  # type: ignore[attr-defined]
    return Upload(name, data, mime_type)
