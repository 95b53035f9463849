"""How the box says no: to a bot in the Bot API's own words and codes, to a person in one plain sentence."""

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
}

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Refused(Exception):
    """A call of the bot that Telegram would answer with an error."""

    def __init__(self, code: int, text: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.parameters = parameters

    @property
    def description(self) -> str:
        prefix = PREFIXES[self.code]
        return f"{prefix}: {_lowered(self.text)}" if self.text else prefix

    def payload(self) -> dict[str, Any]:
        """The answer's JSON object, as the Bot API shapes it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class PersonRefused(Exception):
    """Something a person cannot do; the text is the sentence shown. `status` is the HTTP status of it."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def bad_request(text: str) -> Refused:
    return Refused(400, text)


def not_built(what: str) -> Refused:
    return Refused(501, f"{what} is not built into the playground")


def _lowered(text: str) -> str:
    """The first letter becomes small, unless the word is a constant (`BUTTON_DATA_INVALID`)."""
    if len(text) > 1 and (text[1] == "_" or text[1].isupper()):
        return text
    return text[:1].lower() + text[1:]
