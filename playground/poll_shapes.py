"""What sendPoll takes as options and as right answers, before anything else looks at it."""

from typing import Any

from playground.refusals import bad_request


def options(value: Any) -> list[Any]:
    """Options as objects; the server still takes plain texts."""
    if not isinstance(value, list):
        raise bad_request("expected an Array of String as options")
    return [{"text": each} if isinstance(each, str) else each for each in value]


def correct_ids(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise bad_request("expected an Array of correct option identifiers")
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int | float):
            raise bad_request("correct option identifier must be of type Number")
        if not isinstance(each, int):
            raise bad_request("invalid correct option identifier specified")
    return value


SHAPES = {"options": options, "correct_option_ids": correct_ids}
