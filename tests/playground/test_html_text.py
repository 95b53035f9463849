"""HTML is read as Telegram's server reads it."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.entities import Entity, Formatted, tidy, utf16_length
from playground.html_text import TAGS, parse
from playground.refusals import Refused
from playground.rendering import render, stretch


def read(source: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The text, and of each entity its type, the part it covers and what else it says."""
    formatted = tidy(*parse(source))
    extras = ("url", "language", "custom_emoji_id", "user", "unix_time", "date_time_format")
    return formatted.text, [
        (e.type, stretch(formatted.text, e), *(v for name in extras if (v := getattr(e, name)) is not None))
        for e in formatted.entities
    ]


@pytest.mark.parametrize(
    "source, words",
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("line<br>", 'Unsupported start tag "br" at byte offset 4'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("é<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("😀<p>", 'Unsupported start tag "p" at byte offset 4'),
        ("&lt;<p>", 'Unsupported start tag "p" at byte offset 4'),
        ("<P>", 'Unsupported start tag "p" at byte offset 0'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("if a<b then", 'Unclosed start tag "b" at byte offset 4'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<b =1>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b / >x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(source)

    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    "source, text, entities",
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u> <ins>b</ins>", "a b", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [("strikethrough", x) for x in "abc"]),
        (
            '<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>',
            "a b",
            [("spoiler", "a"), ("spoiler", "b")],
        ),
        ("<B>a</b>", "a", [("bold", "a")]),
        ("<b>a</>", "a", [("bold", "a")]),
        ("<b>a</b  >", "a", [("bold", "a")]),
        ("<b></b>x<i> </i>y", "x y", []),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("<i><b>a</b></i>", "a", [("bold", "a"), ("italic", "a")]),
        ("<b>a<b>b</b>c</b>", "abc", [("bold", "abc")]),
        ("<code>a<b>b</b></code>", "ab", [("code", "ab")]),
        ("<b>x<code>y</code>z</b>", "xyz", [("bold", "x"), ("code", "y"), ("bold", "z")]),
        ("<pre>a</pre>", "a", [("pre", "a")]),
        ('<pre><code class="language-python">a</code></pre>', "a", [("pre", "a", "python")]),
        ('<code class="language-c"><pre>a</pre></code>', "a", [("pre", "a", "c")]),
        ('<code class="language-c">a</code>', "a", [("code", "a")]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", "ab")]),
        ('<tg-emoji emoji-id="53683241">👍</tg-emoji>', "👍", [("custom_emoji", "👍", "53683241")]),
        ('<tg-time unix="1647531900" format="wDT">then</tg-time>', "then", [("date_time", "then", 1647531900, "wDT")]),
        ('<b onclick="x()" class=y>a</b>', "a", [("bold", "a")]),
        ("&lt;b&gt; &amp;&quot;", '<b> &"', []),
        ("&nbsp;&copy; &ltx &", "&nbsp;&copy; &ltx &", []),
        ("&#60;&#x3c;&#128512", "<<😀", []),
        ("&#0;&#1114111;&#99999999;", "&#0;&#1114111;&#99999999;", []),
        ("😀<b>a</b>", "😀a", [("bold", "a")]),
        ("  <b> a </b> \n", "a", [("bold", "a")]),
        ("a\r\n\x07b\u202ec", "a\n bc", []),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert read(source) == (text, entities)


@pytest.mark.parametrize(
    "source, url",
    [
        ('<a href="https://example.org">x</a>', "https://example.org/"),
        ('<a href="HTTPS://Example.org/A?b=C#d">x</a>', "https://example.org/A?b=C#d"),
        ("<a href='https://example.org/?a=1&amp;b=2'>x</a>", "https://example.org/?a=1&b=2"),
        ('<a href="example.org/x">x</a>', "http://example.org/x"),
        ("<a>example.org</a>", "http://example.org/"),
        ('<a href="tg://resolve?domain=x">x</a>', "tg://resolve?domain=x"),
        ('<a href="javascript:alert(1)">x</a>', None),
        ('<a href="ftp://example.org">x</a>', None),
        ('<a href="http://localhost">x</a>', None),
        ('<a href="not a link">x</a>', None),
    ],
)
def test_a_link_is_kept_only_if_it_is_one(source: str, url: str | None) -> None:
    found = [e.url for e in parse(source)[1] if e.type == "text_link"]

    assert found == ([url] if url else [])


def test_a_mention_by_id_counts_for_people_who_are_known() -> None:
    users = {7: {"id": 7}}

    known = parse('<a href="tg://user?id=7">x</a>', users.get)[1]
    unknown = parse('<a href="tg://user?id=8">x</a>', users.get)[1]

    assert [(e.type, e.user) for e in known] == [("text_mention", {"id": 7})]
    assert unknown == []


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse(html.escape(text, quote=False)) == (text, [])


PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "</>", '<a href="http://x.org">', "<a href=",
        '<span class="tg-spoiler">', '<code class="language-x">', '<tg-emoji emoji-id="1">', '<tg-time unix="1">',
        "<blockquote expandable>", "<", ">", "/", "&", "&lt;", "&#x1F600;", "&#xD800;", "😀", "é", " ", "\n", "\r",
        "\0", '"', "'", "=", "abc", "#", "\u202e",
    ]
)  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_any_html_is_read_or_refused_and_entities_lie_inside_the_text(source: str) -> None:
    try:
        text, entities = parse(source)
    except Refused:
        return

    formatted = tidy(text, entities)
    assert_sound(formatted)
    assert isinstance(render(formatted), str)


@st.composite
def formatted_texts(draw: st.DrawFn) -> tuple[str, list[Entity]]:
    text = draw(st.text(alphabet="ab 😀\n\r", max_size=12))
    edges = [0]
    for ch in text:
        edges.append(edges[-1] + utf16_length(ch))
    kinds = st.sampled_from(["bold", "italic", "code", "pre", "text_link", "blockquote", "spoiler"])
    spans = draw(st.lists(st.tuples(kinds, st.sampled_from(edges), st.sampled_from(edges)), max_size=6))
    return text, [Entity(kind, min(a, b), abs(a - b)) for kind, a, b in spans if a != b]


@given(formatted_texts())
def test_entities_given_in_any_way_are_kept_apart_or_one_inside_the_other(given_text: Any) -> None:
    assert_sound(tidy(*given_text))


@given(formatted_texts())
def test_tidying_twice_changes_nothing(given_text: Any) -> None:
    once = tidy(*given_text)

    assert tidy(once.text, list(once.entities)) == once


def assert_sound(formatted: Formatted) -> None:
    size = utf16_length(formatted.text)
    assert formatted.text == formatted.text.strip(" \n")
    for entity in formatted.entities:
        assert 0 <= entity.offset < entity.end <= size
        assert stretch(formatted.text, entity).strip(" \n")
    for i, one in enumerate(formatted.entities):
        for other in formatted.entities[i + 1 :]:
            assert not one.meets(other) or one.holds(other) or other.holds(one)
            assert not (one.meets(other) and one.type in ("code", "pre"))
