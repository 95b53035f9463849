# ruff: noqa: ASYNC240 these files are a few pages long
import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage import migrating
from storage.database import MIGRATIONS, Database, Unusable
from storage.migrating import read_migrations, statements
from storage.unusable import sentence


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_notes.sql").write_text("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT;")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


async def make(path: Path, migrations: Path) -> None:
    async with await Database.open(path, migrations) as database, database.transaction() as tx:
        await tx.many("INSERT INTO notes (text) VALUES (?)", [("word " * 200,) for _ in range(200)])


async def why_not(path: Path, migrations: Path = MIGRATIONS) -> str:
    """The one sentence that a start on this file ends with."""
    with pytest.raises(Unusable) as refused:
        await (await Database.open(path, migrations)).close()
    text = str(refused.value)
    assert text.endswith(".")
    assert "\n" not in text
    return text


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


# What is refused, and left as it was


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert await why_not(tmp_path / "no" / "bot.db") == (
        f"The folder {tmp_path / 'no'} does not exist: make it, or change DATABASE_PATH."
    )


async def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert "is a folder" in await why_not(tmp_path)


async def test_a_file_that_is_no_database_stays_as_it_was(path: Path) -> None:
    path.write_bytes(b"Dear diary, today I learned about dropout." * 100)
    before = path.read_bytes()

    assert "is not a database" in await why_not(path)
    assert path.read_bytes() == before


async def test_another_programs_database_stays_as_it_was(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.execute("PRAGMA user_version = 70")
        connection.commit()
    before = path.read_bytes()

    assert "another program's database" in await why_not(path)
    assert path.read_bytes() == before


async def test_a_newer_database_stays_as_it_was(path: Path, migrations: Path) -> None:
    newer = migrations.with_name("newer")
    shutil.copytree(migrations, newer)
    (newer / "0002_more.sql").write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")
    await make(path, newer)
    before = path.read_bytes()

    assert "newer version of this bot (schema 2, this has 1): update the bot" in await why_not(
        path, migrations
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", ["half", "scribbled"])
async def test_a_damaged_database_stays_as_it_was(path: Path, migrations: Path, cut: str) -> None:
    await make(path, migrations)
    sound = path.read_bytes()
    middle = len(sound) // 2
    path.write_bytes(
        sound[:middle] if cut == "half" else sound[:middle] + b"?" * 5_000 + sound[middle + 5_000 :]
    )
    before = path.read_bytes()

    assert "is damaged: restore a backup" in await why_not(path, migrations)
    assert path.read_bytes() == before


async def test_a_large_file_is_read_through_only_before_it_is_brought_up_to_date(
    path: Path, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(path, migrations)
    sound = path.read_bytes()
    middle = len(sound) // 2
    path.write_bytes(sound[:middle] + b"?" * 5_000 + sound[middle + 5_000 :])
    monkeypatch.setattr(migrating, "CHECKED_BYTES", len(sound) - 1)

    await (await Database.open(path, migrations)).close()

    (migrations / "0002_more.sql").write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")
    assert "is damaged: restore a backup" in await why_not(path, migrations)


async def test_a_database_in_use_by_another_program_is_refused(
    path: Path, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(path, migrations)
    monkeypatch.setattr("storage.migrating.BUSY_SECONDS", 0.0)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "in use by another program" in await why_not(path, migrations)


@pytest.fixture
def public(migrations: Path) -> Iterator[Path]:
    """A folder that any account may look into, with a copy of the migrations."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copytree(migrations, folder / "migrations")
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, where we have them."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


async def test_a_folder_that_may_not_be_written_is_named(public: Path) -> None:
    public.chmod(0o555)

    with as_nobody():
        assert f"{public} may not be written" in await why_not(public / "bot.db", public / "migrations")


async def test_a_file_that_may_not_be_written_is_refused(public: Path) -> None:
    await make(public / "bot.db", public / "migrations")
    public.chmod(0o777)
    (public / "bot.db").chmod(0o444)
    (public / "bot.db.lock").chmod(0o666)

    with as_nobody():
        said = await why_not(public / "bot.db", public / "migrations")

    assert f"The database {public / 'bot.db'} may not be written" in said


@pytest.mark.parametrize(
    "code, words",
    [
        (sqlite3.SQLITE_NOTADB, "is not a database"),
        (sqlite3.SQLITE_CORRUPT, "restore a backup"),
        (sqlite3.SQLITE_READONLY, "may not be written"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_BUSY | (2 << 8), "in use by another program"),
        (sqlite3.SQLITE_FULL, "no room left"),
        (sqlite3.SQLITE_IOERR, "cannot be used"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence_with_a_way_out(code: int, words: str) -> None:
    error = sqlite3.OperationalError("so it is")
    error.sqlite_errorcode = code

    text = sentence(Path("bot.db"), error)

    assert words in text
    assert ":" in text
    assert text.endswith(".")


def test_the_file_that_the_system_names_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "bot.db.lock"
    denied = PermissionError(errno.EACCES, "Permission denied", str(lock))

    assert sentence(tmp_path / "bot.db", denied).startswith(f"{tmp_path} may not be written")
    lock.touch()
    assert sentence(tmp_path / "bot.db", denied).startswith(f"{lock} may not be written")


# Migrations


async def test_a_start_applies_only_what_is_new(path: Path, migrations: Path) -> None:
    await make(path, migrations)
    (migrations / "0002_more.sql").write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")

    async with await Database.open(path, migrations) as database, database.transaction() as tx:
        counted = await tx.one("SELECT count(*) AS notes FROM notes")

    assert counted is not None
    assert counted["notes"] == 200
    assert tables(path) == {"notes", "more"}


async def test_a_migration_that_fails_leaves_nothing_and_may_be_tried_again(
    path: Path, migrations: Path
) -> None:
    await make(path, migrations)
    second = migrations / "0002_more.sql"
    second.write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);")

    assert "no such table: nowhere" in await why_not(path, migrations)
    assert tables(path) == {"notes"}

    second.write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")
    async with await Database.open(path, migrations):
        pass
    assert tables(path) == {"notes", "more"}


async def test_a_table_others_refer_to_can_be_rebuilt(path: Path, migrations: Path) -> None:
    (migrations / "0002_marks.sql").write_text(
        "CREATE TABLE marks (note INTEGER REFERENCES notes (id) ON DELETE CASCADE) STRICT;"
        "INSERT INTO notes VALUES (1, 'kept'); INSERT INTO marks VALUES (1);"
    )
    (migrations / "0003_rebuilt.sql").write_text(
        "CREATE TABLE anew (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
        "INSERT INTO anew SELECT * FROM notes; DROP TABLE notes; ALTER TABLE anew RENAME TO notes;"
    )

    async with await Database.open(path, migrations) as database, database.transaction() as tx:
        assert [tuple(row) for row in await tx.all("SELECT * FROM marks")] == [(1,)]


async def test_a_migration_that_leaves_dangling_rows_is_a_bug_and_is_taken_back(
    path: Path, migrations: Path
) -> None:
    (migrations / "0002_marks.sql").write_text(
        "CREATE TABLE marks (note INTEGER REFERENCES notes (id)) STRICT; INSERT INTO marks VALUES (7);"
    )

    with pytest.raises(ValueError, match="refer to nothing in notes"):
        await (await Database.open(path, migrations)).close()
    assert tables(path) == {"notes"}


async def test_a_migration_that_commits_by_itself_is_a_bug(path: Path, migrations: Path) -> None:
    (migrations / "0002_eager.sql").write_text("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; COMMIT;")

    with pytest.raises(ValueError, match="ends the transaction"):
        await (await Database.open(path, migrations)).close()


@pytest.mark.parametrize(
    "names", [("0001_a.sql", "0003_b.sql"), ("0001_a.sql", "0001_b.sql"), ("1_a.sql",), ("0001.sql",)]
)
def test_migrations_with_a_gap_a_double_or_a_bad_name_are_a_bug(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")

    with pytest.raises(ValueError, match="should be number"):
        read_migrations(tmp_path)


def test_a_script_is_cut_only_between_statements() -> None:
    script = """
        -- one; two
        CREATE TABLE a (t TEXT DEFAULT ';'); INSERT INTO a VALUES ('it''s; fine');
        CREATE TRIGGER b AFTER INSERT ON a BEGIN DELETE FROM a; SELECT 1; END;
        /* three; four */ SELECT 2
    """

    assert [statement.split()[-1] for statement in statements(script)] == ["';');", "fine');", "END;", "2"]


async def test_the_landed_migrations_make_a_database_of_strict_tables(path: Path) -> None:
    async with await Database.open(path) as database, database.transaction() as tx:
        rows = await tx.all(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )

    ours = {row["name"]: row["strict"] for row in rows if not row["name"].startswith("sqlite_")}
    assert "inbox" in ours
    assert all(ours.values()), ours
