"""A new database without the work of making one: the migrations run once, every test gets a copy."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from storage.database import MIGRATIONS
from storage.migrating import prepare


def fresh_database(path: Path) -> None:
    """Where there is no file: what opening it would have made, all tables and no rows."""
    if not path.exists():
        path.write_bytes(_template())


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        prepare(path, MIGRATIONS)
        return path.read_bytes()
