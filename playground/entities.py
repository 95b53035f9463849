"""Formatted text: entities counted in UTF-16 code units, in the order and shape Telegram keeps them."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
BLOCKQUOTES = ("blockquote", "expandable_blockquote")
CODES = ("pre", "code")
# Of two entities over the same stretch the one named first here stands first (stands around the other).
ORDER = (
    "mention", "hashtag", "bot_command", "url", "email", "bold", "italic", "code", "pre", "text_link",
    "text_mention", "cashtag", "phone_number", "underline", "strikethrough", "blockquote",
    "expandable_blockquote", "spoiler", "custom_emoji", "date_time",
)  # fmt: skip
RANK = {name: i for i, name in enumerate((*BLOCKQUOTES, *(n for n in ORDER if n not in BLOCKQUOTES)))}
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
CONTROLS = re.compile(f"{DROPPED.pattern}|{BLANKED.pattern}")
HALVES = re.compile("[\ud800-\udfff]")  # of a wide character, standing alone
WIDE = re.compile("[\U00010000-\U0010ffff]")
BLANKS = (" ", "\n")


@dataclass(frozen=True)
class Entity:
    """A stretch of a text; offset and length count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user: dict[str, Any] | None = field(default=None, hash=False)  # a User object
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def between(self, offset: int, end: int) -> "Entity":
        if (offset, end) == (self.offset, self.end):
            return self
        return replace(self, offset=offset, length=end - offset)

    def holds(self, other: "Entity") -> bool:
        return self.offset <= other.offset and other.end <= self.end

    def meets(self, other: "Entity") -> bool:
        return self.offset < other.end and other.offset < self.end


@dataclass(frozen=True)
class Formatted:
    """A text as it stands in a message."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))


def sort_key(entity: Entity) -> tuple[int, int, int]:
    return entity.offset, -entity.length, RANK.get(entity.type, len(RANK))


def tidy(text: str, entities: list[Entity]) -> Formatted:
    """What Telegram keeps of a text: no control characters, no blanks at the ends, entities nested properly.

    Entities over nothing but blanks disappear; inside code there are none; bold in bold is one bold.
    """
    if CONTROLS.search(text):
        text, where = _cleaned(_units(text))
        entities = [e.between(where[e.offset], where[e.end]) for e in entities]
    units = _units(text)
    kept = nest(_on_words(nest(entities), units))
    end = len(units)
    while end and units[end - 1] in BLANKS:
        end -= 1
    start = 0
    first = min([e.offset for e in kept], default=end)
    while start < min(first, end) and units[start] in BLANKS:
        start += 1
    units = units[start:end]
    kept = [e.between(e.offset - start, min(e.end, end) - start) for e in kept]
    return Formatted("".join(units), tuple(sorted(_on_words(kept, units), key=sort_key)))


def _units(text: str) -> list[str]:
    """One item a UTF-16 code unit: a wide character stands in the first of its two, the second is empty."""
    if WIDE.search(text) is None:
        return list(text)
    return [part for ch in text for part in ((ch, "") if ch > "\uffff" else (ch,))]


def _cleaned(units: list[str]) -> tuple[str, list[int]]:
    """The text without what Telegram drops, and where each old offset lies now."""
    where, kept, at = [], [], 0
    for unit in units:
        where.append(at)
        if unit and DROPPED.match(unit):
            continue
        kept.append(" " if unit and BLANKED.match(unit) else unit)
        at += 1
    where.append(at)
    return "".join(kept), where


def _on_words(entities: list[Entity], units: list[str]) -> list[Entity]:
    """Entities begin at the first character that is no blank; those over blanks alone are gone."""
    return [cut for e in entities if (cut := _without_leading_blanks(e, units))]


def _without_leading_blanks(entity: Entity, units: list[str]) -> Entity | None:
    offset = entity.offset
    while offset < entity.end and units[offset] in BLANKS:
        offset += 1
    return entity.between(offset, entity.end) if offset < entity.end else None


def nest(entities: list[Entity]) -> list[Entity]:
    """Entities of which any two are apart or one inside the other, as Telegram resolves the rest."""
    ordered = sorted(entities, key=sort_key)
    if all(one.end <= other.offset for one, other in pairwise(ordered)):
        return ordered
    solid = _first_come([e for e in ordered if e.type not in SPLITTABLE and e.type not in BLOCKQUOTES])
    quotes = _first_come([e for e in ordered if e.type in BLOCKQUOTES])
    solid = [e for e in solid if all(not e.meets(q) or q.holds(e) for q in quotes)]
    walls = sorted(solid + quotes, key=sort_key)
    soft = [piece for name in SPLITTABLE for piece in _pieces([e for e in ordered if e.type == name], walls)]
    return _crossed([*walls, *soft])


def _first_come(ordered: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in ordered:
        if not kept or kept[-1].end <= entity.offset:
            kept.append(entity)
    return kept


def _pieces(same: list[Entity], walls: list[Entity]) -> list[Entity]:
    """One type's stretches: overlapping ones become one, nothing inside code, cut where a wall is crossed."""
    merged: list[Entity] = []
    for entity in same:
        if merged and entity.offset < merged[-1].end:
            merged[-1] = merged[-1].between(merged[-1].offset, max(merged[-1].end, entity.end))
        else:
            merged.append(entity)
    for wall in walls:
        merged = [piece for entity in merged for piece in _cut(entity, wall)]
    return merged


def _cut(entity: Entity, wall: Entity) -> list[Entity]:
    if not entity.meets(wall):
        return [entity]
    outside = [(entity.offset, wall.offset), (wall.end, entity.end)]
    inside = (max(entity.offset, wall.offset), min(entity.end, wall.end))
    if wall.type not in CODES:
        if entity.holds(wall) or wall.holds(entity):
            return [entity]
        outside.append(inside)
    return [entity.between(a, b) for a, b in sorted(outside) if a < b]


def _crossed(entities: list[Entity]) -> list[Entity]:
    """Two styles that overlap without one holding the other: the later one is cut where the earlier ends."""
    done: list[Entity] = []
    waiting = sorted(entities, key=sort_key)
    while waiting:
        entity = waiting.pop(0)
        crossing = next((d for d in done if d.meets(entity) and not d.holds(entity)), None)
        if crossing is None:
            done.append(entity)
        else:
            halves = [entity.between(entity.offset, crossing.end), entity.between(crossing.end, entity.end)]
            waiting = sorted([*halves, *waiting], key=sort_key)
    return done


# What is found, a sign without which it is not there, and how it looks.
FINDERS = (
    ("bot_command", "/", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")),
    ("email", "@", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?!\w)")),
    ("url", "://", re.compile(r"(?i)(?<![\w@/.])https?://[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]]")),
    ("url", ".", re.compile(r"(?i)(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ai|app|me|info|edu|gov)"
                            r"(?:/[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]])?(?![\w@-]|\.\w)")),
    ("mention", "@", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{3,32}(?!\w)")),
    ("cashtag", "$", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
    ("phone_number", "+", re.compile(r"(?<![\w+])\+[1-9](?:[ ()-]{0,2}\d){7,14}(?!\w)")),
    ("hashtag", "#", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?!#)")),
)  # fmt: skip


def with_found(formatted: Formatted) -> Formatted:
    """The text with what Telegram finds by itself: commands, links, mails, mentions, tags, phone numbers."""
    solid = [e for e in formatted.entities if e.type not in SPLITTABLE and e.type not in BLOCKQUOTES]
    found: list[Entity] = []
    for name, sign, pattern in FINDERS:
        if sign not in formatted.text:
            continue
        for match in pattern.finditer(formatted.text):
            offset = utf16_length(formatted.text[: match.start()])
            entity = Entity(name, offset, utf16_length(match.group()))
            if not any(entity.meets(other) for other in [*solid, *found]):
                found.append(entity)
    if not found:
        return formatted
    return Formatted(formatted.text, tuple(sorted(nest([*formatted.entities, *found]), key=sort_key)))


def as_json(entity: Entity) -> dict[str, Any]:
    """The entity as the Bot API gives it."""
    shown: dict[str, Any] = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    for name in ("url", "language", "custom_emoji_id", "user", "unix_time", "date_time_format"):
        if (value := getattr(entity, name)) is not None:
            shown[name] = value
    return shown
