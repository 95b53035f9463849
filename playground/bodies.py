"""Bodies of requests, made into parameters as a form would bring them."""

from playground import raw_json
from playground.refusals import bad_request


def from_json(body: str) -> dict[str, str]:
    """A JSON object's members: strings as they are, the rest as JSON. Raises `Refused`."""
    if not body.strip():
        return {}
    try:
        given = raw_json.read(body)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise bad_request("can't parse request JSON object")
    return {
        name: value if isinstance(value, str) else raw_json.write(value).decode()
        for name, value in given.items()
        if value is not None
    }
