"""Whose a new file is: root may work beside a bot of another account, which has to be able to use what root makes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def belongs_with(made: Path, model: Path) -> None:
    """Give what was made to the account and group of `model`, where this account may; else it stays ours."""
    owner, ours = model.stat(), made.stat()
    if (owner.st_uid, owner.st_gid) != (ours.st_uid, ours.st_gid):
        with suppress(PermissionError):
            os.chown(made, owner.st_uid, owner.st_gid)
