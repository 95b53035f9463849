"""The text or caption of a call, made into what a message holds."""

from typing import TYPE_CHECKING, Any

from playground import html_text
from playground.calls import Call
from playground.entities import SPLITTABLE, WIDE, Entity, Formatted, sort_key, tidy, utf16_length, with_found
from playground.links import checked_url
from playground.refusals import bad_request, not_built

if TYPE_CHECKING:
    from playground.state import Box

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100
FORMATS = (
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji", "date_time",
)  # fmt: skip
STYLED = (
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code",
    "pre", "text_link", "text_mention",
)  # fmt: skip
FOUND_ALONE = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number")


def message_text(box: "Box", call: Call) -> Formatted:
    """The text of a sendMessage or editMessageText."""
    if not call.text("text"):
        raise bad_request("message text is empty")
    content = formatted(box, call, "text", "parse_mode", "entities")
    if not content.text:
        raise bad_request("text must be non-empty")
    if len(content.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content


def caption(box: "Box", call: Call) -> Formatted:
    content = formatted(box, call, "caption", "parse_mode")
    if len(content.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return content


def formatted(box: "Box", call: Call, name: str, mode_name: str = "", spans: str = "") -> Formatted:
    """The text of a parameter with its entities: those a parse mode finds, else those that come with it.

    `mode_name` and `spans` name the parameters for that; without them `<name>_parse_mode`, `<name>_entities`.
    """
    source = call.text(name)
    mode_given = call.text(mode_name or f"{name}_parse_mode")
    mode = mode_given.lower()
    if mode == "html":
        text, entities = html_text.parse(source, box.roster.user_of)
    elif mode in ("markdown", "markdownv2"):
        raise not_built(f"parse_mode {mode_given}")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, entities = source, _given(box, source, call.args.get(spans or f"{name}_entities") or [])
    return with_found(_few_enough(box, tidy(text, entities)))


def _few_enough(box: "Box", content: Formatted) -> Formatted:
    """Telegram drops entities past the hundredth without a word, styles before links and code."""
    if len(content.entities) <= MOST_ENTITIES:
        return content
    box.warn(f"A text has {len(content.entities)} entities; Telegram keeps {MOST_ENTITIES}.")
    kept = sorted(content.entities, key=lambda e: e.type in SPLITTABLE)[:MOST_ENTITIES]
    return Formatted(content.text, tuple(sorted(kept, key=sort_key)))


def _given(box: "Box", text: str, given: list[dict[str, Any]]) -> list[Entity]:
    """Entities the call brings itself; what Telegram finds alone it does not take from a bot."""
    size = utf16_length(text)
    middles = _middles(text)
    entities = []
    for each in given:
        entity = _entity(box, each)
        if entity is None or entity.length == 0:
            continue
        if entity.offset < 0 or entity.length < 0:
            raise bad_request(f"Receive an entity with incorrect offset {entity.offset}")
        if entity.offset >= size:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.end > size:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {entity.offset} "
                f"ends after the end of the text at UTF-16 offset {entity.end}"
            )
        if {entity.offset, entity.end} & middles:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {entity.offset} ends in a middle of a UTF-16 symbol"
            )
        entities.append(entity)
    return entities


def _entity(box: "Box", each: dict[str, Any]) -> Entity | None:
    kind = each["type"]
    if kind not in FORMATS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    url = each.get("url")
    user = box.roster.user_of(each["user"]["id"]) if "user" in each else None
    if kind == "text_link":
        url = checked_url(url or "")
        if url is None:
            raise bad_request(f"Entity URL '{each.get('url', '')}' is invalid: Wrong HTTP URL")
    if kind in FOUND_ALONE or (kind == "text_mention" and user is None):
        return None
    return Entity(
        kind,
        each["offset"],
        each["length"],
        url=url if kind == "text_link" else None,
        language=each.get("language") if kind == "pre" else None,
        custom_emoji_id=each.get("custom_emoji_id") if kind == "custom_emoji" else None,
        user=user if kind == "text_mention" else None,
        unix_time=each.get("unix_time") if kind == "date_time" else None,
        date_time_format=each.get("date_time_format") if kind == "date_time" else None,
    )


def _middles(text: str) -> set[int]:
    """Offsets between the two code units of a wide character."""
    if WIDE.search(text) is None:
        return set()
    found, at = set(), 0
    for ch in text:
        if ch > "\uffff":
            found.add(at + 1)
        at += utf16_length(ch)
    return found
