"""The signs that formulas are set with: what each LaTeX command means, and which scripts Unicode has."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """How a sign stands beside its neighbours."""

    ORDINARY = "ordinary"  # letters, digits
    WORD = "word"  # log, max, words in roman letters
    BIG = "big"  # sums, products, integrals
    BINARY = "binary"
    PREFIX = "prefix"  # a minus before a term
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    SPACE = "space"
    FRACTION = "fraction"


GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ", "varrho": "ϱ",
    "varsigma": "ς", "varpi": "ϖ",
}  # fmt: skip

ORDINARY = GREEK | {
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "hbar": "ℏ", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "nexists": "∄", "neg": "¬", "lnot": "¬", "top": "⊤", "bot": "⊥",
    "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "prime": "′", "dagger": "†", "degree": "°",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "square": "□", "imath": "ı", "jmath": "ȷ", "aleph": "ℵ",
    "triangle": "△", "checkmark": "✓", "angle": "∠", "Re": "ℜ", "Im": "ℑ", "dotsc": "…", "dotsb": "⋯",
    "lq": "‘", "rq": "’",
}  # fmt: skip

BINARY = {
    "cdot": "·", "times": "×", "pm": "±", "mp": "∓", "div": "÷", "ast": "∗", "star": "⋆", "circ": "∘",
    "bullet": "•", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "ominus": "⊖", "setminus": "∖", "cup": "∪",
    "cap": "∩", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "bmod": "mod", "backslash": "\\",
}  # fmt: skip

RELATIONS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠", "neq": "≠",
    "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇",
    "to": "→", "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "gets": "←", "mapsto": "↦",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⇒", "Longrightarrow": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "iff": "⇔", "Longleftrightarrow": "⇔", "mid": "|", "parallel": "∥", "perp": "⊥",
    "succ": "≻", "succeq": "⪰", "prec": "≺", "preceq": "⪯", "lesssim": "≲", "gtrsim": "≳", "triangleq": "≜",
    "coloneqq": "≔", "lt": "<", "gt": ">", "vdash": "⊢", "models": "⊨", "uparrow": "↑", "downarrow": "↓",
    "nsim": "≁", "asymp": "≍", "doteq": "≐", "rightharpoonup": "⇀", "hookrightarrow": "↪", "because": "∵",
    "therefore": "∴",
}  # fmt: skip

BIG = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃",
    "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigvee": "⋁", "bigwedge": "⋀",
}  # fmt: skip

OPEN = {
    "lVert": "‖", "lvert": "|", "langle": "⟨", "lfloor": "⌊", "lceil": "⌈", "{": "{", "lbrace": "{",
    "lbrack": "[", "lparen": "(",
}  # fmt: skip
CLOSE = {
    "rVert": "‖", "rvert": "|", "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉", "}": "}", "rbrace": "}",
    "rbrack": "]", "rparen": ")",
}  # fmt: skip

NAMED = (
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "cot",
    "sec", "csc", "max", "min", "sup", "inf", "lim", "det", "dim", "ker", "deg", "gcd", "arg", "argmax", "argmin",
    "Pr", "tr", "rank", "sign", "softmax", "sigmoid",
)  # fmt: skip
FUNCTIONS = {name: name for name in NAMED} | {"limsup": "lim sup", "liminf": "lim inf"}

SPACES = {
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "quad": "  ",
    "qquad": "   ",
    "enspace": " ",
    "thinspace": " ",
}

IGNORED = {
    "!", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg",
    "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm", "left", "right", "mathstrut",
    "strut", "negthinspace", "nonumber",
}  # fmt: skip

ROMAN = {
    "text",
    "mathrm",
    "textrm",
    "textbf",
    "textit",
    "operatorname",
    "mathsf",
    "mathtt",
    "texttt",
    "textsf",
    "mbox",
}
PLAIN = {"mathbf", "boldsymbol", "bm", "mathit", "mathnormal", "pmb"}

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "underline": "\u0332",
}  # fmt: skip

TYPED = {
    "+": (Role.BINARY, "+"), "-": (Role.BINARY, "−"), "−": (Role.BINARY, "−"), "*": (Role.BINARY, "∗"),
    "/": (Role.ORDINARY, "/"), "=": (Role.RELATION, "="), "<": (Role.RELATION, "<"),
    ">": (Role.RELATION, ">"), "(": (Role.OPEN, "("), "[": (Role.OPEN, "["),
    ")": (Role.CLOSE, ")"), "]": (Role.CLOSE, "]"),
    ",": (Role.COMMA, ","), ";": (Role.COMMA, ";"), ":": (Role.COMMA, ":"), "!": (Role.ORDINARY, "!"),
    ".": (Role.ORDINARY, "."), "?": (Role.ORDINARY, "?"), "@": (Role.ORDINARY, "@"),
    "%": (Role.ORDINARY, "%"), "~": (Role.SPACE, " "), '"': (Role.ORDINARY, '"'),
}  # fmt: skip
TYPED |= {sign: (Role.BINARY, sign) for sign in BINARY.values() if len(sign) == 1 and sign != "\\"}
TYPED |= {sign: (Role.RELATION, sign) for sign in RELATIONS.values() if sign != "|"}
TYPED |= {sign: (Role.BIG, sign) for sign in BIG.values()}
TYPED |= {sign: (Role.OPEN, sign) for sign in "⟨⌊⌈"} | {sign: (Role.CLOSE, sign) for sign in "⟩⌋⌉"}

DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
SCRIPT = dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))
FRAKTUR = dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True))

VULGAR = {("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾"}

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′*∗°†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′**°†",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ,",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ,",
        strict=True,
    )
)


def alphabet(command: str, letter: str) -> str:
    """The letter in `mathbb`, `mathcal` or `mathfrak`; itself where there is none."""
    known, upper, lower, digit = {
        "mathbb": (DOUBLE_STRUCK, 0x1D538, 0x1D552, 0x1D7D8),
        "mathcal": (SCRIPT, 0x1D49C, 0x1D4B6, 0),
        "mathscr": (SCRIPT, 0x1D49C, 0x1D4B6, 0),
        "mathfrak": (FRAKTUR, 0x1D504, 0x1D51E, 0),
    }[command]
    if letter in known:
        return known[letter]
    if "A" <= letter <= "Z":
        return chr(upper + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(lower + ord(letter) - ord("a"))
    return chr(digit + int(letter)) if digit and letter.isdecimal() and letter.isascii() else letter
