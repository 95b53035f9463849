"""Reads the LaTeX that our formulas use into a small tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.formula_signs import (
    ACCENTS,
    BIG,
    BINARY,
    CLOSE,
    FUNCTIONS,
    IGNORED,
    OPEN,
    ORDINARY,
    PLAIN,
    RELATIONS,
    ROMAN,
    SPACES,
    TYPED,
    Role,
    alphabet,
)

NUMBER = re.compile(r"\d+(?:(?:\{,\}|,)\d{3}(?!\d))*(?:\.\d+)?")
CAPITALS = re.compile(
    r"[A-Z]{2,}(?![A-Za-z'^]|\s*\^)"
)  # a name, as in SS_tot; in QK^T the T lifts the K alone
COMMAND = re.compile(r"\\(operatorname\*|[A-Za-z]+|.|$)", re.DOTALL)
LONGEST = 1000  # signs; deeper nesting than this cannot be reached either


class FormulaError(ValueError):
    """A formula that cannot be set; says in a sentence what to write instead."""


@dataclass(slots=True)
class Sign:
    text: str
    role: Role = Role.ORDINARY


@dataclass(slots=True)
class Row:
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Scripts:
    base: Node
    below: Row | None = None
    above: Row | None = None


@dataclass(slots=True)
class Fraction:
    above: Row
    below: Row


@dataclass(slots=True)
class Root:
    body: Row
    degree: Row | None = None


@dataclass(slots=True)
class Accent:
    mark: str
    body: Row


@dataclass(slots=True)
class Choose:
    above: Row
    below: Row


Node = Sign | Row | Scripts | Fraction | Root | Accent | Choose


def parse(tex: str) -> Row:
    """Raises FormulaError for whatever it does not know."""
    if not tex.strip():
        raise FormulaError("the formula is empty")
    if len(tex) > LONGEST:
        raise FormulaError(f"the formula has {len(tex)} signs; {LONGEST} are allowed")
    parser = _Parser(tex)
    row = parser.row(until="")
    if not row.nodes:
        raise FormulaError("the formula is empty")
    return row


class _Parser:
    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.at = 0
        self.bars: list[str] = []  # signs of | and ‖ that are open
        self.depth = 0

    def row(self, until: str) -> Row:
        """Nodes up to the sign `until`, which is taken as well."""
        self.depth += 1
        if self.depth > 30:
            raise FormulaError("the formula is nested too deeply")
        nodes: list[Node] = []
        outer, self.bars = self.bars, []
        while True:
            self._skip_spaces()
            if self.at >= len(self.tex):
                if until:
                    raise FormulaError(f"a {until!r} is missing at the end")
                break
            sign = self.tex[self.at]
            if sign == until:
                self.at += 1
                break
            if sign in "^_'":
                self._script(nodes)
            else:
                node = self._node()
                if node is not None:
                    nodes.append(node)
        self.bars = outer
        self.depth -= 1
        return Row(nodes)

    def _skip_spaces(self) -> None:
        while self.at < len(self.tex) and self.tex[self.at] in " \n\t":
            self.at += 1

    def _script(self, nodes: list[Node]) -> None:
        sign = self.tex[self.at]
        self.at += 1
        target = nodes[-1] if nodes else None
        if not isinstance(target, Scripts):
            target = Scripts(nodes.pop() if nodes else Row())
            nodes.append(target)
        if sign == "'":
            target.above = Row([*(target.above.nodes if target.above else []), Sign("′")])
        elif sign == "^":
            primes = target.above.nodes if target.above else []
            if any(not (isinstance(node, Sign) and node.text == "′") for node in primes):
                raise FormulaError("two superscripts stand at one place; put them into one pair of braces")
            target.above = Row([*primes, *self._script_argument(sign).nodes])
        elif target.below:
            raise FormulaError("two subscripts stand at one place; put them into one pair of braces")
        else:
            target.below = self._script_argument(sign)

    def _script_argument(self, sign: str) -> Row:
        self._skip_spaces()
        if found := re.match(r"\d\d+", self.tex[self.at :]):
            raise FormulaError(f"{sign}{found[0]} lifts only the first digit; write {sign}{{{found[0]}}}")
        return self._argument(sign)

    def _argument(self, of: str) -> Row:
        """What follows a command: a group in braces, or one sign."""
        self._skip_spaces()
        if self.at >= len(self.tex) or self.tex[self.at] in "}^_":
            raise FormulaError(f"something is missing after {of}")
        if self.tex[self.at] == "{":
            self.at += 1
            return self.row(until="}")
        if self.tex[self.at].isdecimal() or self.tex[self.at].isalpha():
            # one digit, one letter: X^TX is the transpose times X, though TX alone would be a name
            self.at += 1
            return Row([Sign(self.tex[self.at - 1])])
        self.depth += 1
        if self.depth > 30:
            raise FormulaError("the formula is nested too deeply")
        node = self._node()
        self.depth -= 1
        return Row([node] if node is not None else [])

    def _node(self) -> Node | None:
        sign = self.tex[self.at]
        if sign == "\\":
            return self._command()
        if sign == "{":
            self.at += 1
            return self.row(until="}")
        if sign == "}":
            raise FormulaError("a '}' closes nothing")
        if found := NUMBER.match(self.tex, self.at):
            self.at = found.end()
            return Sign(found[0].replace("{,}", ","))
        if found := CAPITALS.match(self.tex, self.at):
            self.at = found.end()
            return Sign(found[0])
        self.at += 1
        if sign == "|":
            return self._bar("|")
        if sign == ":" and self.tex.startswith("=", self.at):
            self.at += 1
            return Sign(":=", Role.RELATION)
        if sign in TYPED:
            role, text = TYPED[sign]
            return Sign(text, role)
        if sign in "&#$`":
            raise FormulaError(f"{sign!r} cannot stand in a formula; write \\{sign} or leave it out")
        if not sign.isprintable():
            raise FormulaError(f"the control character U+{ord(sign):04X} stands in it")
        return Sign(sign)

    def _bar(self, sign: str) -> Sign:
        """A bar opens, closes, or, where it stands alone between brackets, says "given"."""
        if sign in self.bars:
            self.bars.remove(sign)
            return Sign(sign, Role.CLOSE)
        if self._comes_again("\\|" if sign == "‖" else "|"):
            self.bars.append(sign)
            return Sign(sign, Role.OPEN)
        return Sign(sign, Role.RELATION)

    def _comes_again(self, bar: str) -> bool:
        depth = 0
        at = self.at
        while at < len(self.tex):
            step = 2 if self.tex[at] == "\\" else 1
            sign = self.tex[at : at + step]
            if sign == bar and depth == 0:
                return True
            depth += (sign in ("(", "[", "{", "\\{")) - (sign in (")", "]", "}", "\\}"))
            at += step
        return False

    def _command(self) -> Node | None:
        found = COMMAND.match(self.tex, self.at)
        name = found[1].removesuffix("*") if found and len(found[1]) > 1 else found[1] if found else ""
        self.at = found.end() if found else self.at + 1
        for table, role in (
            (ORDINARY, Role.ORDINARY),
            (BINARY, Role.BINARY),
            (RELATIONS, Role.RELATION),
            (BIG, Role.BIG),
            (OPEN, Role.OPEN),
            (CLOSE, Role.CLOSE),
            (FUNCTIONS, Role.WORD),
            (SPACES, Role.SPACE),
        ):
            if name in table:
                return Sign(table[name], role)
        if name in IGNORED:
            if name in ("left", "right") and self.tex.startswith(".", self.at):
                self.at += 1
            return None
        if name in ("|", "Vert"):
            return self._bar("‖")
        if name in ROMAN:
            return Sign(self._raw_argument(name), Role.WORD)
        return self._structure(name)

    def _structure(self, name: str) -> Node:
        of = f"\\{name}"
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return Fraction(self._argument(of), self._argument(of))
            case "binom" | "dbinom" | "tbinom":
                return Choose(self._argument(of), self._argument(of))
            case "sqrt":
                return Root(degree=self._degree(), body=self._argument(of))
            case "mathbb" | "mathcal" | "mathscr" | "mathfrak":
                return _in_alphabet(name, self._argument(of))
            case "overset" | "stackrel":
                above = self._argument(of)
                return Scripts(_alone(self._argument(of)), above=above)
            case "underset":
                below = self._argument(of)
                return Scripts(_alone(self._argument(of)), below=below)
            case "xrightarrow":
                return Scripts(Sign("→", Role.RELATION), above=self._argument(of))
            case "not":
                return self._negated()
            case "middle":
                self._skip_spaces()
                self.at += 1
                return Sign(self.tex[self.at - 1 : self.at] or "|", Role.RELATION)
            case "pmod":
                return Row(
                    [Sign("(", Role.OPEN), Sign("mod", Role.WORD), self._argument(of), Sign(")", Role.CLOSE)]
                )
            case "begin" | "\\" | "substack":
                raise FormulaError(
                    "matrices, cases and lines do not fit a line; say it in words or in two formulas"
                )
        if name in PLAIN:
            return self._argument(of)
        if name in ACCENTS:
            return Accent(ACCENTS[name], self._argument(of))
        raise FormulaError(f"{of} is not known; write it as \\text{{…}} or \\operatorname{{…}}, or in words")

    def _raw_argument(self, name: str) -> str:
        self._skip_spaces()
        found = re.compile(r"\{([^{}]*)\}").match(self.tex, self.at)
        if not found:
            raise FormulaError(f"\\{name} wants plain words in braces")
        self.at = found.end()
        text = re.sub(r"\\([,;: ])", " ", found[1])
        text = re.sub(r"\\([_%&#$-])", r"\1", text).replace("~", " ").replace("---", "—").replace("--", "–")
        if "\\" in text or "$" in text:
            raise FormulaError(f"\\{name}{{{found[1]}}} holds a command; take it out of the words")
        return text if name.startswith("text") or name == "mbox" else re.sub(r"\s+", "", text) or text

    def _degree(self) -> Row | None:
        self._skip_spaces()
        if not self.tex.startswith("[", self.at):
            return None
        self.at += 1
        return self.row(until="]")

    def _negated(self) -> Sign:
        row = self._argument("\\not")
        node = row.nodes[0] if row.nodes else None
        if isinstance(node, Sign) and node.role is Role.RELATION:
            return Sign(
                {"=": "≠", "∈": "∉", "⊥": "⟂̸", "∼": "≁"}.get(node.text, node.text + "\u0338"), Role.RELATION
            )
        raise FormulaError("\\not wants a relation after it, as in \\not=")


def _alone(row: Row) -> Node:
    return row.nodes[0] if len(row.nodes) == 1 else row


def _in_alphabet(name: str, row: Row) -> Node:
    for node in row.nodes:
        if not isinstance(node, Sign):
            raise FormulaError(f"\\{name} wants letters")
        node.text = "".join(alphabet(name, letter) for letter in node.text)
    return _alone(row)
