"""Keeps what a check found in files that have not changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from content.checks.finding import Finding


class Cache:
    """Findings by key; what nobody asked for in a run is forgotten when it is written."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._old = _read(path) if path else {}
        self._new: dict[str, list[list[str]]] = {}

    def findings(self, key: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
        """What `look` found for this key, this time or earlier."""
        if key not in self._new:
            known = self._old.get(key)
            self._new[key] = [list(finding) for finding in look()] if known is None else known
        return [Finding(*values) for values in self._new[key]]

    def knows(self, key: str) -> bool:
        return key in self._old or key in self._new

    def write(self) -> None:
        if self.path and self._new != self._old:
            self.path.write_text(json.dumps(self._new), encoding="utf-8")


def digest(*parts: Path | str) -> str:
    """One name for the bytes of files, folders of Python and TOML, and texts."""
    found = hashlib.blake2b(digest_size=12)
    for part in parts:
        if isinstance(part, str):
            found.update(part.encode())
        elif part.is_dir():
            files = sorted(file for kind in ("*.py", "*.toml", "*.json") for file in part.glob(kind))
            found.update("".join(digest(file) for file in files).encode())
        else:
            found.update(part.read_bytes())
    return found.hexdigest()


def _read(path: Path) -> dict[str, list[list[str]]]:
    """A cache that is missing or spoilt is an empty one."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {key: [[str(part) for part in finding] for finding in value] for key, value in known.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
