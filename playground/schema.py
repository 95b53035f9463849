"""The Bot API as data: which methods, parameters, types and fields there are, and what does not fit them."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

FACTS: dict[str, Any] = json.loads((Path(__file__).parent / "bot_api.json").read_text(encoding="utf-8"))
METHODS: dict[str, dict[str, list[Any]]] = FACTS["methods"]
TYPES: dict[str, dict[str, Any]] = FACTS["types"]
METHOD_BY_LOWER = {name.lower(): name for name in METHODS}

INTEGER = re.compile(r"[+-]?\d{1,19}")
BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


@dataclass(frozen=True)
class Problem:
    """What does not fit: `wrong` (missing, another type) or `unknown` (a name the Bot API does not have)."""

    kind: Literal["wrong", "unknown"]
    text: str


def problems(types: list[str], value: Any, where: str) -> list[Problem]:
    """Everything in a JSON value that does not fit any of the types; of several types the nearest counts."""
    if any(_check(name)(value) for name in types):
        return []
    found = [_misfits(name, value, where) for name in types]
    return min(found, key=lambda each: ([p.kind for p in each].count("wrong"), len(each)))


@cache
def _check(name: str) -> Callable[[Any], bool]:
    """Whether a value fits a type in every way: asked before problems are looked for, since few values have any."""
    if name.startswith("Array of "):
        return _array_check([_check(member) for member in _members(name.removeprefix("Array of "))])
    if name in _PLAIN:
        return _PLAIN[name][0]
    shape = TYPES[name]
    if "_one_of" in shape:
        return lambda value: any(_check(each)(value) for each in shape["_one_of"])
    return _object_check(shape)


def _array_check(members: list[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    if len(members) == 1:
        (member,) = members
        return lambda value: isinstance(value, list) and all(map(member, value))
    return lambda value: isinstance(value, list) and all(any(m(item) for m in members) for item in value)


def _object_check(shape: dict[str, Any]) -> Callable[[Any], bool]:
    required = frozenset(field for field, (_, needed, *_) in shape.items() if needed)
    checks: dict[str, list[Callable[[Any], bool]]] = {}  # filled when first met: types hold each other

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        for field, item in value.items():
            wanted = checks.get(field)
            if wanted is None:
                if field not in shape:
                    return False
                wanted = checks[field] = [_check(name) for name in shape[field][0]]
            if not any(check(item) for check in wanted):
                return False
        return True

    return fits


def _misfits(name: str, value: Any, where: str) -> list[Problem]:
    if name.startswith("Array of "):
        return _array_misfits(name, value, where)
    if name in _PLAIN:
        fits, word = _PLAIN[name]
        return [] if fits(value) else [Problem("wrong", f'Field "{_last(where)}" must be of type {word}')]
    shape = TYPES[name]
    if not isinstance(value, dict):
        return [Problem("wrong", f"{name} must be an Object")]
    if "_one_of" in shape:
        return problems(shape["_one_of"], value, where)
    return _object_misfits(name, shape, value, where)


def _array_misfits(name: str, value: Any, where: str) -> list[Problem]:
    if not isinstance(value, list):
        return [Problem("wrong", f'Field "{_last(where)}" must be of type Array')]
    members = _members(name.removeprefix("Array of "))
    return [p for i, item in enumerate(value) for p in problems(members, item, f"{where}[{i}]")]


@cache
def _members(words: str) -> list[str]:
    """`A, B and C` are three types; `Array of A` is one."""
    return re.split(r", | and ", words)


def _object_misfits(name: str, shape: dict[str, Any], value: dict[str, Any], where: str) -> list[Problem]:
    found = [
        Problem("wrong", f'Can\'t find field "{field}"')
        for field, (_, required, *_) in shape.items()
        if required and field not in value
    ]
    for field, item in value.items():
        if field in shape:
            found += problems(shape[field][0], item, f"{where}.{field}")
        else:
            found.append(Problem("unknown", f'{name} has no field "{where}.{field}"'))
    return found


def _last(where: str) -> str:
    """The name at the end of a path: `a.b[0].c` and `a.c[1]` are c."""
    return where.rpartition(".")[2].partition("[")[0]


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_PLAIN = {
    "Integer": (_is_integer, "Number"),
    "Float": (
        lambda value: _is_integer(value) or (isinstance(value, float) and math.isfinite(value)),
        "Number",
    ),
    "String": (lambda value: isinstance(value, str), "String"),
    "Boolean": (lambda value: isinstance(value, bool), "Boolean"),
    "True": (lambda value: value is True, "True"),
    "InputFile": (lambda value: isinstance(value, str), "String"),
}
