"""One call of the bot, from whichever door: checked against the schema, handed to what does it, answered."""

import inspect
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground import markup, raw_json, schema
from playground.entities import HALVES
from playground.files import Upload
from playground.poll_shapes import SHAPES
from playground.refusals import Refused, bad_request, not_built

if TYPE_CHECKING:
    from playground.state import Box

OLD_PARAMETERS = {
    "reply_to_message_id": ["Integer"],
    "allow_sending_without_reply": ["Boolean"],
    "disable_web_page_preview": ["Boolean"],
    "correct_option_id": ["Integer"],
    "thumb": ["InputFile", "String"],
}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "sticker": "there is no sticker in the request",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "action": "wrong parameter action in request",
    "commands": "can't parse commands JSON object",
    "file_id": "file_id not specified",
    "question": "text must be non-empty",
    "options": "can't parse options JSON object",
    "user_id": "invalid user_id specified",
}
MAY_BE_EMPTY = {("setWebhook", "url")}
NOT_JSON = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "correct_option_ids": "can't parse correct option identifiers JSON object",
}
UNREADABLE = {
    "reply_markup": "inline keyboard button",
    "commands": "BotCommand",
    "scope": "BotCommandScope",
    "entities": "MessageEntity",
    "caption_entities": "MessageEntity",
    "question_entities": "MessageEntity",
    "explanation_entities": "MessageEntity",
    "description_entities": "MessageEntity",
    "options": "InputPollOption",
    "media": "InputMedia",
    "results": "InlineQueryResult",
}


@dataclass
class Call:
    """A call whose parameters have been checked: names, presence, types."""

    method: str
    args: dict[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return str(self.args.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        return int(self.args.get(name, default))

    def flag(self, name: str) -> bool:
        return bool(self.args.get(name, False))


@dataclass(frozen=True)
class Noted:
    """A result that goes with a word on what was done."""

    result: Any
    description: str


@dataclass(frozen=True)
class Built:
    """A method the box does. What stands in neither list is a 501; `ignores` has no effect one could see."""

    do: "Callable[[Box, Call], Any]"
    takes: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


async def answer(
    box: "Box",
    built: Mapping[str, Built],
    token: str,
    method: str,
    raw: Mapping[str, str],
    uploads: Mapping[str, Upload] | None = None,
) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON object for a call with unparsed parameters, as they stand in a form."""
    try:
        box.admit(token)
        call, doing = _prepare(box, built, method, raw, uploads or {})
        if box.limits is not None:
            box.limits.admit(call.method, call.args)
        result = doing(box, call)
        if inspect.isawaitable(result):
            result = await result
    except Refused as refused:
        if refused.code == 501:
            box.warn(refused.text)
        box.events.tell("refused", method=method, code=refused.code, text=refused.text)
        return refused.code, refused.payload()
    if isinstance(result, Noted):
        return 200, {"ok": True, "result": result.result, "description": result.description}
    return 200, {"ok": True, "result": result}


def _prepare(
    box: "Box", built: Mapping[str, Built], method: str, raw: Mapping[str, str], uploads: Mapping[str, Upload]
) -> "tuple[Call, Callable[[Box, Call], Any]]":
    name = schema.METHOD_BY_LOWER.get(method.lower())
    if name is None:
        raise Refused(404, "method not found")
    if name not in built:
        raise not_built(name)
    args = _checked(box, name, raw, uploads)
    doing = built[name]
    for parameter, value in args.items():
        if value and parameter not in (*doing.takes, *doing.ignores, *OLD_PARAMETERS):
            raise not_built(f"{name} with {parameter}")
    return Call(name, args, uploads), doing.do


def _checked(
    box: "Box", method: str, raw: Mapping[str, str], uploads: Mapping[str, Upload]
) -> dict[str, Any]:
    parameters = schema.METHODS[method]
    if not all(map(_is_utf8, raw.values())):
        raise bad_request("strings must be encoded in UTF-8")
    args: dict[str, Any] = {}
    for name, value in raw.items():
        types = parameters[name][0] if name in parameters else OLD_PARAMETERS.get(name)
        if types is None:
            _unknown(box, f"{method} has no parameter {name}")
        elif value != "" or "String" in types:
            args[name] = _typed(box, method, name, types, value)
    for name in uploads:
        if name in parameters and "InputFile" in parameters[name][0]:
            args[name] = f"attach://{name}"
        elif not any(f"attach://{name}" in value for value in raw.values()):
            _unknown(box, f"{method} takes no file called {name}")
    for name, (_, required, *_) in parameters.items():
        if required and args.get(name) in (None, "") and (method, name) not in MAY_BE_EMPTY:
            raise bad_request(MISSING.get(name, f'Parameter "{name}" is required'))
    return args


def _check_update_kinds(box: "Box", decoded: Any) -> None:
    for kind in decoded if isinstance(decoded, list) else []:
        if isinstance(kind, str) and (kind == "update_id" or kind not in schema.TYPES["Update"]):
            _unknown(box, f"there are no updates of the kind {kind}")


def _is_utf8(text: str) -> bool:
    """Whether no half of a wide character stands alone."""
    return HALVES.search(text) is None


def _unknown(box: "Box", text: str) -> None:
    """Telegram ignores what it does not know; so does the box, but says so, or refuses when strict."""
    if box.strict:
        raise bad_request(text)
    box.warn(text)


def _typed(box: "Box", method: str, name: str, types: list[str], value: str) -> Any:
    if "Integer" in types and schema.INTEGER.fullmatch(value):
        return int(value)
    if "String" in types or types == ["InputFile"]:
        return value
    if types == ["Integer"]:
        raise bad_request(f"parameter {name} must be an Integer")
    if types == ["Boolean"]:
        if value.lower() not in schema.BOOLEANS:
            raise bad_request(f"parameter {name} must be a Boolean")
        return schema.BOOLEANS[value.lower()]
    if types == ["Float"]:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise bad_request(f"parameter {name} must be a Float")
        return number
    return _object(box, name, types, value)


def _object(box: "Box", name: str, types: list[str], value: str) -> Any:
    try:
        decoded = raw_json.read(value)
        written = json.dumps(decoded, ensure_ascii=False) if "\\u" in value else ""
    except (ValueError, RecursionError):
        raise bad_request(NOT_JSON.get(name, f"can't parse {name} JSON object")) from None
    if not _is_utf8(written):
        raise bad_request("strings must be encoded in UTF-8")
    if decoded is None:
        return None
    if name == "reply_markup":
        decoded = markup.checked(decoded)
        if decoded is None:
            return {"inline_keyboard": []}
        if (kind := markup.type_of(decoded)) not in types:
            raise bad_request("inline keyboard expected")
        types = [kind]
    elif name == "commands" and not isinstance(decoded, list):
        raise bad_request("Expected an Array of BotCommand")
    elif name in SHAPES:
        decoded = SHAPES[name](decoded)
    elif name == "allowed_updates":
        _check_update_kinds(box, decoded)
    for problem in schema.problems(types, decoded, name):
        if problem.kind == "wrong":
            raise bad_request(f"can't parse {UNREADABLE.get(name, name)}: {problem.text}")
        _unknown(box, problem.text)
    return decoded
