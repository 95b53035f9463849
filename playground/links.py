"""Web addresses, as Telegram takes and keeps them."""

import re
from urllib.parse import urlsplit


def checked_url(url: str) -> str | None:
    """The address as Telegram keeps it, or None where it takes it for no address."""
    url = url.strip()
    if re.match(r"(?i)(tg|ton|tonsite)://", url):
        return url
    if "://" not in url:
        url = "http://" + url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or not re.fullmatch(
        r"[^\s<>\"/.]+(\.[^\s<>\"/.]+)+\.?", host
    ):
        return None
    rest = url.split("://", 1)[1]
    tail = re.sub(r"^[^/?#]*", "", rest)
    if re.search(r"[\s\x00-\x20]", tail):
        tail = re.sub(r"[\s\x00-\x20]", lambda m: f"%{ord(m.group()):02X}", tail)
    if not tail.startswith("/"):
        tail = "/" + tail
    login = rest[: len(rest) - len(re.sub(r"^[^/?#]*", "", rest))].rpartition("@")[0]
    place = f"{login}@{host.lower()}" if login else host.lower()
    return f"{parts.scheme.lower()}://{place}{f':{port}' if port else ''}{tail}"
