import re

import pytest

from content.flashcards import KIND, fields, to_fields_html
from interview.question import Question
from tests.the_bank import the_bank

VOID = ("br", "hr")


@pytest.mark.parametrize(
    "text, shown",
    [
        ("plain", "<p>plain</p>"),
        ("if a<b & c", "<p>if a&lt;b &amp; c</p>"),
        ("**bold *both* on** and `x<y`", "<p><b>bold <i>both</i> on</b> and <code>x&lt;y</code></p>"),
        (r"$\frac{a}{b} < 1$", r"<p>\(\frac{a}{b} &lt; 1\)</p>"),
        ("- one\n- $x$", "<p>• one<br>• \\(x\\)</p>"),
        ("```python\nif a < b:\n    pass\n```", "<pre><code>if a &lt; b:\n    pass</code></pre>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
    ],
)
def test_light_markdown_becomes_html_with_formulas_left_to_mathjax(text, shown):
    assert to_fields_html(text) == shown


def test_every_question_makes_whole_fields():
    for question in the_bank():
        _makes_whole_fields(question)


def _makes_whole_fields(question: Question) -> None:
    made = fields(question, "Metrics & more")

    assert len(made) == len(KIND.fields)
    assert made[KIND.fields.index("Id")] == question.id
    assert made[0]
    assert made[1].count("<li>") == len(question.key_points)
    for field in made:
        assert "\x1f" not in field  # it parts fields in Anki's table
        _check_nesting(field)


def test_the_sides_name_only_fields_that_there_are():
    named = re.findall(r"\{\{[#/]?([^}]+)\}\}", KIND.front + KIND.back)

    assert set(named) - {"FrontSide"} <= set(KIND.fields)
    assert "Question" in named


def _check_nesting(field: str) -> None:
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", field):
        if closing:
            assert open_tags.pop() == tag
        elif tag not in VOID:
            open_tags.append(tag)
    assert not open_tags
