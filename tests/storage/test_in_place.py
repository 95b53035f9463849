"""Whether the file is still in its place, where that cannot be told."""

import errno
import os
from pathlib import Path

import pytest

from storage.in_place import Displaced, Place


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.EACCES])
def test_a_disk_that_does_not_answer_says_nothing_about_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "coach.sqlite3"
    path.touch()
    place = Place(path)

    def silent(self: Path, **_: object) -> os.stat_result:
        raise OSError(number, os.strerror(number), str(self))

    with monkeypatch.context() as away:
        away.setattr(Path, "stat", silent)
        place.check()

    path.unlink()
    with pytest.raises(Displaced, match="was moved or deleted"):
        place.check()
