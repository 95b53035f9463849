"""Telegram's HTML, read exactly as its server reads it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from playground.entities import HALVES, Entity, utf16_length
from playground.links import checked_url
from playground.refusals import bad_request

STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = {*STYLES, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
SPACE = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
PLAIN = re.compile("[^<&]+")
UserOf = Callable[[int], dict[str, Any] | None]
END = "\0"  # stands after the text, as in the server's own strings


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


class _Reader:
    """One pass over the source; raises the server's words with byte offsets."""

    def __init__(self, source: str) -> None:
        self.source = source + END
        self.size = len(source)
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < self.size:
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._put(self._plain() or self._character())
        if self.open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.out)
        if HALVES.search(text):
            raise _error(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self.entities

    def _put(self, ch: str) -> None:
        self.out.append(ch)
        self.offset += utf16_length(ch)

    def _plain(self) -> str:
        """What comes before the next `<` or `&`; moves past it."""
        match = PLAIN.match(self.source, self.at, self.size)
        self.at = match.end() if match else self.at
        return match.group() if match else ""

    def _character(self) -> str:
        """The character here, a reference decoded; moves past it."""
        if self.source[self.at] == "&" and (decoded := self._reference()):
            return decoded
        self.at += 1
        return self.source[self.at - 1]

    def _reference(self) -> str | None:
        match = REFERENCE.match(self.source, self.at)
        if match is None:
            return None
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            decoded = NAMED.get(name)
        else:
            size = len(match.group().rstrip(";"))
            code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
            decoded = chr(code) if 0 < code < 0x10FFFF and size < 10 else None
        if decoded:
            self.at = match.end()
        return decoded

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.source[self.at] == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        self._skip_until(SPACE + ">")
        if self.at >= self.size:
            raise self._error("Unclosed start tag", begin)
        tag = _lower(self.source[begin + 1 : self.at])
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.offset, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self.source[self.at] == ">":
                return found
            start = self.at
            self._skip_until(SPACE + "=>/\"'")
            name = _lower(self.source[start : self.at])
            if not name:
                # at the end of the text there is no attribute to speak of: the tag is simply open
                raise self._error(
                    f'Unclosed start tag "{tag}"' if self.at >= self.size else
                    f'Empty attribute name in the tag "{tag}"', begin,
                )  # fmt: skip
            self._skip_space()
            value = ""
            if self.source[self.at] == "=":
                self.at += 1
                self._skip_space()
                value = self._value()
            found[name] = value

    def _value(self) -> str:
        start, quote = self.at, self.source[self.at]
        if quote not in "\"'":
            while self._is_token(self.source[self.at]):
                self.at += 1
            if self.source[self.at] not in SPACE + ">":
                raise self._error("Unexpected end of name token", start)
            return _lower(self.source[start : self.at])
        self.at += 1
        value = []
        while self.at < self.size and self.source[self.at] != quote:
            value.append(self._character())
        self.at += self.at < self.size
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        self._skip_until(SPACE + ">")
        name = _lower(self.source[begin + 2 : self.at])
        self._skip_space()
        if self.source[self.at] != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        entity = Entity(STYLES.get(opened.tag, opened.tag), opened.offset, length)
        match opened.tag:
            case "a":
                inside = "".join(self.out[opened.start :])
                self.entities += _link(entity, opened.attributes.get("href") or inside)
            case "pre" | "code":
                self._close_code(entity, opened)
            case "blockquote":
                name = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
                self.entities.append(Entity(name, opened.offset, length))
            case "tg-emoji":
                number = opened.attributes.get("emoji-id", "")
                if not re.fullmatch(r"-?\d{1,19}", number) or int(number) == 0:
                    raise _error("Invalid custom emoji identifier specified")
                self.entities.append(Entity("custom_emoji", opened.offset, length, custom_emoji_id=number))
            case "tg-time":
                self.entities.append(_moment(entity, opened.attributes))
            case _:
                self.entities.append(entity)

    def _close_code(self, entity: Entity, opened: _Open) -> None:
        """`pre` right around `code class="language-…"`, or the other way round, is a block of a language."""
        language = opened.attributes.get("class", "")
        language = language.removeprefix("language-") if language.startswith("language-") else ""
        last = self.entities[-1] if self.entities else None
        same = last is not None and (last.offset, last.end) == (entity.offset, entity.end)
        if opened.tag == "pre" and same and last is not None and last.type == "code" and last.language:
            self.entities[-1] = Entity("pre", entity.offset, entity.length, language=last.language)
        elif opened.tag == "code" and same and last is not None and last.type == "pre" and language:
            self.entities[-1] = Entity("pre", entity.offset, entity.length, language=language)
        elif opened.tag == "code":
            self.entities.append(Entity("code", entity.offset, entity.length, language=language or None))
        else:
            self.entities.append(entity)

    def _skip_until(self, stops: str) -> None:
        while self.source[self.at] not in stops:
            self.at += 1

    def _skip_space(self) -> None:
        while self.at < self.size and self.source[self.at] in SPACE:
            self.at += 1

    @staticmethod
    def _is_token(ch: str) -> bool:
        return ch.isascii() and (ch.isalnum() or ch in ".-")

    def _error(self, words: str, at: int, more: str = "") -> Exception:
        place = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return _error(f"{words} at byte offset {place}{more}")


def _error(words: str) -> Exception:
    return bad_request(f"can't parse entities: {words}")


def _lower(text: str) -> str:
    """ASCII letters small, nothing else touched."""
    return text.lower() if text.isascii() else re.sub("[A-Z]+", lambda match: match.group().lower(), text)


def _link(entity: Entity, url: str) -> list[Entity]:
    """A link, a mention by id, or nothing where the address is not one."""
    if match := re.match(r"(?i)tg://user/?\?(?:[^#]*&)?id=(\d{1,19})(?:[&#]|$)", url):
        return [Entity("text_mention", entity.offset, entity.length, user={"id": int(match.group(1))})]
    checked = checked_url(url)
    return [Entity("text_link", entity.offset, entity.length, url=checked)] if checked else []


def _moment(entity: Entity, attributes: dict[str, str]) -> Entity:
    number = attributes.get("unix", "")
    if not re.fullmatch(r"\d{1,10}", number):
        raise _error("Invalid date specified")
    return Entity(
        "date_time", entity.offset, entity.length,
        unix_time=int(number), date_time_format=attributes.get("format") or None,
    )  # fmt: skip


def parse(source: str, user_of: UserOf = lambda _: None) -> tuple[str, list[Entity]]:
    """Text and entities of an HTML source, not yet tidied. Raises `Refused` in the server's words.

    `user_of` finds the User object of an id; mentions of people nobody knows are plain text.
    """
    text, entities = _Reader(source).read()
    settled = [_settled(entity, user_of) for entity in entities]
    return text, [entity for entity in settled if entity is not None]


def _settled(entity: Entity, user_of: UserOf) -> Entity | None:
    if entity.type == "code":
        return replace(entity, language=None)  # a language counts inside `pre` alone
    if entity.type == "text_mention":
        user = user_of((entity.user or {})["id"])
        return replace(entity, user=user) if user is not None else None
    return entity
