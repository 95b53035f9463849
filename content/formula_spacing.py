"""How the parts of a formula stand beside each other: spaces, signs, brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.formula_signs import VULGAR, Role

LIMITED = ("max", "min", "lim", "arg", "sup", "inf")
BEFORE_A_TERM = {Role.BINARY, Role.PREFIX, Role.RELATION, Role.OPEN, Role.COMMA}
MULTIPLIED = {Role.ORDINARY, Role.WORD, Role.OPEN, Role.BIG, Role.FRACTION}


@dataclass(frozen=True, slots=True)
class Piece:
    """A set part: its text, how it stands beside others, and where it needs a space beside a letter.

    A script that is written out would swallow a letter after it, a power that is written out one before it.
    """

    text: str
    role: Role
    ends_open: bool = False
    begins_power: bool = False


def signed(pieces: Sequence[Piece]) -> list[Piece]:
    """A minus with nothing to subtract from is the sign of what follows."""
    signed: list[Piece] = []
    for piece in pieces:
        before = next((other for other in reversed(signed) if other.role is not Role.SPACE), None)
        first = before is None or before.role in BEFORE_A_TERM
        lone = first and piece.role is Role.BINARY and piece.text[0] in "+−±∓"
        signed.append(replace(piece, role=Role.PREFIX) if lone else piece)
    return signed


def independent(pieces: list[Piece]) -> list[Piece]:
    r"""`\perp\!\!\!\perp` is one sign."""
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at - 1].text == pieces[at].text == "⊥":
            pieces[at - 1 : at + 1] = [Piece("⫫", Role.RELATION)]
    return pieces


def join(pieces: Sequence[Piece], tight: bool) -> str:
    text = ""
    calls = _ends_of_calls(pieces)
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        shown, sign = piece.text, ""
        if piece.role is Role.FRACTION and not tight:
            sign, shown = _in_a_product(before, piece, after)
        elif before and _spaced(before, piece, after, after_call=at - 1 in calls, tight=tight, text=text):
            sign = " "
        text += shown if text.endswith(" ") and sign == " " else sign + shown
    return re.sub(r" {4,}", "   ", text).strip()


def _in_a_product(before: Piece | None, piece: Piece, after: Piece | None) -> tuple[str, str]:
    """A fraction beside a factor: what joins it to the one before, and brackets against one that follows."""
    bare = after is None or after.role not in MULTIPLIED or after.role is Role.FRACTION
    bare = bare or piece.text in VULGAR.values()
    shown = piece.text if bare else bracketed(piece.text)
    if before is None or before.text.endswith("/"):
        return "", shown
    if before.role is Role.WORD and before.text[-1].isalnum():
        return "", bracketed(piece.text)
    if before.role in (Role.ORDINARY, Role.CLOSE, Role.FRACTION):
        return " · ", shown
    return " " if _gap(before, piece, False) else "", shown


def _spaced(
    before: Piece, piece: Piece, after: Piece | None, *, after_call: bool, tight: bool, text: str
) -> bool:
    if _gap(before, piece, tight):
        return True
    return not tight and _apart(before, piece, after, after_call=after_call, text=text)


def _apart(before: Piece, piece: Piece, after: Piece | None, *, after_call: bool, text: str) -> bool:
    """Factors that want air between them: `P(A) P(B)`, `f(x) [1 − y]`, `∫ f(x) dx`."""
    if before.role is Role.WORD and piece.role is Role.OPEN:
        return before.ends_open or (before.text.startswith(LIMITED) and before.text not in LIMITED)
    if piece.role is Role.OPEN and (
        before.text[0] in "√∛∜" or (piece.text == "[" and before.role is Role.CLOSE)
    ):
        return True
    if piece.role is not Role.ORDINARY or piece.text in "!/.?%":
        return False
    if before.role is Role.CLOSE and (after_call or (after is not None and after.role is Role.OPEN)):
        return True
    return piece.text == "d" and after is not None and after.role is Role.ORDINARY and "∫" in text


def _ends_of_calls(pieces: Sequence[Piece]) -> set[int]:
    """Where the brackets of `log(…)` and the like close."""
    opened: list[bool] = []
    ends = set()
    for at, piece in enumerate(pieces):
        if piece.role is Role.OPEN:
            opened.append(at > 0 and pieces[at - 1].role is Role.WORD)
        elif piece.role is Role.CLOSE and opened and opened.pop():
            ends.add(at)
    return ends


def _gap(left: Piece, right: Piece, tight: bool) -> bool:
    """Whether a space stands between two neighbours."""
    words = Role.WORD in (left.role, right.role)
    if tight:
        return words and _touches(left, right)
    pair = (left.role, right.role)
    if Role.SPACE in pair or left.role is Role.PREFIX or left.role is Role.OPEN or right.role is Role.CLOSE:
        return Role.SPACE not in pair and right.role is Role.WORD and left.role is Role.CLOSE
    if Role.RELATION in pair or Role.BINARY in pair:
        return True
    if right.role is Role.COMMA or right.text in ("!", "/") or left.text == "/":
        return False
    if left.role in (Role.COMMA, Role.BIG) or right.role is Role.BIG:
        return True
    if left.role is Role.FRACTION or right.role is Role.FRACTION:
        return right.role is not Role.OPEN and left.text[-1] not in "½⅓⅔¼¾"
    if left.ends_open:
        return right.text[0].isalnum() or right.text[0] in "∇∂√"
    if right.begins_power and left.role is Role.ORDINARY:
        return left.text[0].isalpha()
    return words and _touches(left, right)


def _touches(left: Piece, right: Piece) -> bool:
    """Whether a word would run into its neighbour; `log(` and `P(` stay together."""
    if right.role is Role.OPEN:
        return False
    if left.role is Role.WORD and right.role is Role.ORDINARY:
        return right.text[0] not in "!/.?%′@" and left.text[-1] not in " -@"
    if right.role is Role.WORD:
        return not right.text.startswith((" ", "-")) and not left.text.endswith((" ", "/", "."))
    return right.role is not Role.CLOSE and right.role is not Role.COMMA


def _depths(pieces: Sequence[Piece]) -> list[int]:
    """How many brackets are open after each piece."""
    depth, depths = 0, []
    for piece in pieces:
        depth += (piece.role is Role.OPEN) - (piece.role is Role.CLOSE)
        depths.append(depth)
    return depths


def is_sum(pieces: Sequence[Piece]) -> bool:
    """Whether a plus, a relation or a comma stands outside all brackets."""
    return any(
        depth == 0
        and (
            piece.role in (Role.RELATION, Role.COMMA) or (piece.role is Role.BINARY and piece.text in "+−±∓")
        )
        for piece, depth in zip(pieces, _depths(pieces), strict=True)
    )


def holds_fraction(pieces: Sequence[Piece]) -> bool:
    """Whether a slash stands in it outside all brackets, so that another one after it would confuse."""
    return any(
        depth == 0
        and (piece.role is Role.FRACTION or piece.text == "/")
        and piece.text not in VULGAR.values()
        for piece, depth in zip(pieces, _depths(pieces), strict=True)
    )


def is_sum_sign(pieces: Sequence[Piece]) -> bool:
    return pieces[0].role is Role.BIG


def is_bracketed(pieces: Sequence[Piece]) -> bool:
    """Whether one pair of brackets holds all of it."""
    return pieces[0].role is Role.OPEN and 0 not in _depths(pieces)[:-1] and pieces[-1].role is Role.CLOSE


def is_one_factor(pieces: Sequence[Piece]) -> bool:
    """One letter, one pair of brackets, or a function of one: `n`, `(n − 1)`, `P(B)`; not `2n`, not `a/b`."""
    if len(pieces) == 1:
        return pieces[0].role is not Role.FRACTION
    if is_bracketed(pieces):
        return True
    if pieces[0].role not in (Role.ORDINARY, Role.WORD):
        return False
    if pieces[0].text in ("d", "∂"):
        return is_one_factor(pieces[1:])
    at_k = len(pieces) == 3 and pieces[1].text == "@"
    return at_k or is_bracketed(pieces[1:]) or [piece.text for piece in pieces[1:]] == ["!"]


def bracketed(text: str) -> str:
    return f"({text})"
