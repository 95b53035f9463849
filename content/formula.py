"""Sets LaTeX formulas as Unicode that reads well on one line."""

from __future__ import annotations

import re
import unicodedata

from content.formula_signs import SUBSCRIPTS, SUPERSCRIPTS, VULGAR, Role
from content.formula_spacing import (
    Piece,
    bracketed,
    holds_fraction,
    independent,
    is_bracketed,
    is_one_factor,
    is_sum,
    is_sum_sign,
    join,
    signed,
)
from content.formula_tree import (
    Accent,
    Choose,
    FormulaError,
    Fraction,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    parse,
)

__all__ = ["FormulaError", "fits_a_line", "to_unicode"]

LONGEST_LINE = 72  # two lines of a phone: a formula that needs three is a picture
WIDE_CAPITALS = re.compile(r"\^\s*\{?\s*[CFQSXYZ]\s*(?![A-Za-z])")  # these have no superscript


def to_unicode(tex: str) -> str:
    r"""`\frac{TP}{TP+FP}` becomes `TP / (TP + FP)`; raises FormulaError, which says what is not known."""
    text = _Setter(plain_capitals=bool(WIDE_CAPITALS.search(tex))).row(parse(tex))
    return unicodedata.normalize("NFC", text)


def fits_a_line(tex: str) -> bool:
    """Whether a line can hold it: no fraction in a fraction, no limits of a sum in one, not too long."""
    try:
        return not _towers(parse(tex), in_fraction=False) and len(to_unicode(tex)) <= LONGEST_LINE
    except FormulaError:
        return False


class _Setter:
    def __init__(self, plain_capitals: bool) -> None:
        self.plain_capitals = plain_capitals

    def row(self, row: Row, tight: bool = False) -> str:
        return join(self.pieces(row, tight), tight)

    def pieces(self, row: Row, tight: bool) -> list[Piece]:
        nodes = _flat(row)
        pieces = [self.piece(node, tight, last=at == len(nodes) - 1) for at, node in enumerate(nodes)]
        return independent(signed([piece for piece in pieces if piece.text]))

    def piece(self, node: Node, tight: bool, last: bool = True) -> Piece:
        match node:
            case Sign():
                return Piece(node.text, node.role)
            case Row():
                return Piece(self.row(node, tight), Role.ORDINARY)
            case Scripts():
                return self.scripts(node, tight)
            case Fraction():
                return self.fraction(node, tight, last)
            case Root():
                return self.root(node, tight)
            case Accent():
                return self.accented(node)
            case Choose():
                return Piece(f"C({self.row(node.above)}, {self.row(node.below)})", Role.ORDINARY, True)

    def scripts(self, node: Scripts, tight: bool) -> Piece:
        base = self.piece(node.base, tight)
        role = base.role
        text = base.text
        if role is Role.FRACTION or (isinstance(node.base, Row) and len(self.pieces(node.base, tight)) > 1):
            text, role = bracketed(text), Role.ORDINARY
        below = self.row(node.below, True) if node.below else ""
        above = self.row(node.above, True) if node.above else ""
        if role is Role.BIG and below and above and not (self.low(below) and self.high(above)):
            return Piece(f"{text}_({below}…{above})", role, True)
        low = self.low(below) or _written_out("_", below)
        high = self.high(above) or _written_out("^", above)
        ends_open = (low.startswith("_") and not high) or high.startswith("^")
        return Piece(text + low + high, role, ends_open, begins_power=high.startswith("^"))

    def low(self, text: str) -> str:
        if not text or text.startswith(",") or any(sign not in SUBSCRIPTS for sign in text):
            return ""
        return "".join(SUBSCRIPTS[sign] for sign in text)

    def high(self, text: str) -> str:
        if self.plain_capitals and re.fullmatch("[A-SU-Z]", text):
            return ""
        if any(sign not in SUPERSCRIPTS for sign in text):
            return ""
        return "".join(SUPERSCRIPTS[sign] for sign in text)

    def fraction(self, node: Fraction, tight: bool, last: bool) -> Piece:
        above, below = self.pieces(node.above, tight), self.pieces(node.below, tight)
        over, under = join(above, tight), join(below, tight)
        if not over or not under:
            raise FormulaError("a fraction needs something above and below its line")
        if not tight and (over, under) in VULGAR:
            return Piece(VULGAR[over, under], Role.FRACTION)
        if is_sum(above) or holds_fraction(above):
            over = bracketed(over)
        if not is_one_factor(below) and not (last and is_sum_sign(below) and not is_sum(below)):
            under = bracketed(under)
        gap = " " if not tight and (" " in over + under or "/" in over) else ""
        return Piece(f"{over}{gap}/{gap}{under}", Role.FRACTION)

    def accented(self, node: Accent) -> Piece:
        letters = self.row(node.body, True)
        if not letters:
            raise FormulaError("a hat or bar needs a letter under it")
        return Piece(_accented(letters, node.mark), Role.ORDINARY)

    def root(self, node: Root, tight: bool) -> Piece:
        pieces = self.pieces(node.body, tight)
        body = join(pieces, tight)
        if not body:
            raise FormulaError("a root needs something under it")
        sign = {"": "√", "3": "∛", "4": "∜"}.get(degree := self.row(node.degree, True) if node.degree else "")
        if sign is None:
            sign = (self.high(degree) or f"{degree}-th ") + "√"
        simple = len(pieces) == 1 and pieces[0].role is Role.ORDINARY and not re.search("[ /√]", body)
        return Piece(sign + (body if simple or is_bracketed(pieces) else f"({body})"), Role.ORDINARY, True)


def _flat(row: Row) -> list[Node]:
    """Braces that only group vanish; what hangs on a group keeps it."""
    nodes: list[Node] = []
    for node in row.nodes:
        nodes.extend(_flat(node) if isinstance(node, Row) else [node])
    return nodes


def _written_out(mark: str, text: str) -> str:
    """`_θ`, `_data` and `^0.7` need no brackets, `^(−x/2)` and `^(zᵢ)` do."""
    if not text:
        return ""
    words = r"[A-Za-z0-9]+|" if mark == "_" else ""
    simple = re.fullmatch(words + r"\d+\.\d+|\w[\u0300-\u036f]?′*|[∞⊤+−*∗]", text)
    return mark + (text if simple else bracketed(text))


def _accented(text: str, mark: str) -> str:
    if mark in "\u0305\u0332":
        return "".join(sign + mark for sign in text)
    middle = (len(text) - 1) // 2 if text.isalpha() else 0
    return text[: middle + 1] + mark + text[middle + 1 :]


def _towers(node: Node | None, in_fraction: bool) -> bool:
    """Whether a fraction stands in another one outside a root, or a sum in one has limits to be written out."""
    match node:
        case Row():
            return any(_towers(inner, in_fraction) for inner in node.nodes)
        case Fraction():
            if in_fraction and not _is_number(node):
                return True
            return _towers(node.above, True) or _towers(node.below, True)
        case Scripts():
            big = isinstance(node.base, Sign) and node.base.role is Role.BIG
            if in_fraction and big and "…" in _Setter(plain_capitals=False).scripts(node, False).text:
                return True
            return any(_towers(inner, in_fraction) for inner in (node.base, node.below, node.above))
        case Root():
            return _towers(node.body, False)
        case Accent():
            return _towers(node.body, in_fraction)
        case Choose():
            return _towers(node.above, True) or _towers(node.below, True)
        case _:
            return False


def _is_number(fraction: Fraction) -> bool:
    signs = [*fraction.above.nodes, *fraction.below.nodes]
    return all(isinstance(sign, Sign) and sign.text.isdecimal() for sign in signs)
