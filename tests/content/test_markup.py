"""Light Markdown as Telegram's HTML: never refused, never a word lost."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.markup import code_blocks, formulas, to_html, to_plain

NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    "text, shown",
    [
        ("plain a<b & c>d", "plain a&lt;b &amp; c&gt;d"),
        ("**bold** and *soft* and _soft_", "<b>bold</b> and <i>soft</i> and <i>soft</i>"),
        ("`x < y`", "<code>x &lt; y</code>"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("**bold with `code` in it**", "<b>bold with </b><code>code</code><b> in it</b>"),
        ("*a **b** c*", "<i>a </i><b><i>b</i></b><i> c</i>"),
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("- one\n- two\n  goes on\n  - deeper", "• one\n• two goes on\n    ◦ deeper"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("Text:\n- one", "Text:\n\n• one"),
        ("It came out in\n2019. It was late.", "It came out in 2019. It was late."),
        ("# A title", "<b>A title</b>"),
        ("> said", "<i>said</i>"),
        (
            "```python run\nif a < b:\n    pass\n```",
            '<pre><code class="language-python">if a &lt; b:\n    pass</code></pre>',
        ),
        ("```\nplain\n```", "<pre>plain</pre>"),
        (r"so $\frac{a}{b}$ is", "so a/b is"),
        (r"$x < y$", f"x{NO_BREAK}&lt;{NO_BREAK}y"),
        (r"**$\alpha$ first**", "<b>α first</b>"),
        (r"costs \$5, not \$6", "costs $5, not $6"),
        ("costs $5 and $10", "costs $5 and $10"),
        (r"$\nonsense{x}$", r"<code>\nonsense{x}</code>"),
        ("snake_case_name and 2 * 3 * 4 and a*b*c", "snake_case_name and 2 * 3 * 4 and a*b*c"),
        (r"\*not soft\*", "*not soft*"),
        ("2*a *b*c", "2*a *b*c"),
        ("a ` ` b", "a   b"),
        ("**never closed", "**never closed"),
        ("`never closed", "`never closed"),
        ("", ""),
        ("```\n```", ""),
    ],
)
def test_light_markdown_becomes_telegrams_html(text: str, shown: str) -> None:
    assert to_html(text) == shown


def test_plain_text_keeps_every_word() -> None:
    text = "**Claim** with `code` and $x_1$.\n\n- one\n- two\n\n```python\nf(x)\n```"

    assert to_plain(text) == "Claim with code and x₁.\n\n• one\n• two\n\nf(x)"


@pytest.mark.parametrize(
    "text, shown",
    [
        ("97 % of 3 % churners", "97~% of 3~% churners"),
        ("**5 %** and $0.5$ %, not `5 %`", "<b>5~%</b> and 0.5~%, not <code>5 %</code>"),
        ("the % sign, 5 per cent", "the % sign, 5 per cent"),
        ("7 × 7 cells, 3 × 3 × 3, K × K", "7~×~7 cells, 3~×~3~×~3, K × K"),
        (r"so $\frac{FP}{FP + TN}$ falls", "so FP~/~(FP~+~TN) falls"),
        (r"$P(a \mid b)$", "P(a~| b)"),
        (r"$\hat{y} = w_0 + w_1 x_1 + w_2 x_2$", "ŷ = w₀ + w₁x₁ + w₂x₂"),
    ],
)
def test_no_line_ends_between_a_number_and_its_sign_or_in_a_short_formula(text: str, shown: str) -> None:
    assert to_html(text) == shown.replace("~", NO_BREAK)


def test_code_in_italics_of_a_list_is_no_formula() -> None:
    assert formulas(r"`$x$` and $y$" + "\n\n- $\\alpha$\n\n```\n$z$\n```") == ("y", r"\alpha")


def test_code_that_claims_to_run_is_found() -> None:
    blocks = code_blocks("```python run\nprint(1)\n```\n\n```sql\nselect 1\n```\n")

    assert [(block.language, block.runs, block.text) for block in blocks] == [
        ("python", True, "print(1)"),
        ("sql", False, "select 1"),
    ]


class Strict(HTMLParser):
    """Refuses what Telegram refuses, and what it would quietly drop."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.filled: list[bool] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "code", "pre"), tag
        assert tag not in self.open, "nested in itself"
        if tag == "code" and self.open == ["pre"]:
            assert len(attrs) == 1
            assert attrs[0][0] == "class"
            assert re.fullmatch(r"language-[a-z][\w+#-]*", attrs[0][1] or "")
        else:
            assert not attrs
            assert not {"code", "pre"} & set(self.open), "nothing may stand in code"
            assert tag in ("b", "i") or not self.open, "code may stand in nothing"
        self.open.append(tag)
        self.filled.append(False)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        assert self.filled.pop(), "an empty tag"
        if self.filled:
            self.filled[-1] = True

    def handle_data(self, data: str) -> None:
        assert "<" not in data
        assert "&" not in data
        self.text += data
        if self.filled and data.strip():
            self.filled[-1] = True

    def handle_entityref(self, name: str) -> None:
        assert name in ("lt", "gt", "amp", "quot")
        self.handle_data(" " if name == "nothing" else {"lt": "‹", "gt": "›", "amp": "＆", "quot": '"'}[name])

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("an instruction")


MARKS = [
    "*",
    "**",
    "_",
    "`",
    "``",
    "```",
    "$",
    "$$",
    "-",
    "1.",
    ">",
    "#",
    "\\",
    "<",
    "&",
    "&amp;",
    "<b>",
    "</b>",
    "a",
    "word",
    "x^2",
    "\\frac{a}{b}",
    "|",
]
SIGNS = ["\n", "\n\n", " ", "- ", "> ", "# ", "python run", "\x00", "\x0b", "\ud800", "\u200b", "👩‍🔬"]
PIECES = st.sampled_from(MARKS + SIGNS)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))


@settings(max_examples=5 * settings().max_examples)
@given(TEXTS)
def test_telegram_takes_whatever_comes_out(text: str) -> None:
    shown = to_html(text)

    parser = Strict()
    parser.feed(shown)
    parser.close()
    assert not parser.open
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", shown)


@settings(max_examples=5 * settings().max_examples)
@given(TEXTS)
def test_plain_text_is_what_the_html_shows(text: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]*>", "", to_html(text)))

    assert shown.split() == to_plain(text).split()


@pytest.mark.parametrize(
    "nasty",
    ["*a " * 2000, "$a " * 2000, "a" + "`" * 4000, "**_" * 1500, "\\(" * 2000, "[" * 4000, "_a*" * 1500],
)
def test_long_nonsense_takes_no_time(nasty: str) -> None:
    assert to_plain(nasty)
