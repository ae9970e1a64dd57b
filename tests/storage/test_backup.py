import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from storage.backup import BackupError, back_up, restore
from storage.database import engine, make_engine, transaction
from storage.migrate import is_current
from storage.tables import metadata
from tests.builders import OTHER_SESSION, SESSION
from tests.storage.rows import MARKER, OF_SESSIONS, fill


def everything_in(bind: Engine) -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    with bind.connect() as connection:
        return {
            str(table): [str(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


@pytest.fixture
def filled(database: Engine) -> Engine:
    """Give a database in which every table has a row."""
    with transaction() as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    return database


@pytest.fixture
def copy(filled: Engine, database_url: str, tmp_path: Path) -> Path:
    """Give a backup of it."""
    path = tmp_path / "back-up"
    back_up(database_url, path)
    return path


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """Give a database without tables."""
    made = make_engine(empty_database_url)
    yield made
    made.dispose()


def test_what_was_changed_and_removed_since_is_back(
    filled: Engine, copy: Path, database_url: str
) -> None:
    before = everything_in(filled)
    with transaction() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        fill(connection, OTHER_SESSION, 2, OF_SESSIONS)
    assert everything_in(filled) != before
    filled.dispose()
    restore(database_url, copy)
    assert everything_in(engine()) == before


def test_a_backup_can_be_put_in_an_empty_database(
    filled: Engine, copy: Path, request: pytest.FixtureRequest, database_url: str
) -> None:
    new = _empty_like(database_url, request)
    restore(new, copy)
    bind = make_engine(new)
    assert is_current(bind)
    assert everything_in(bind) == everything_in(filled)
    bind.dispose()


def _empty_like(database_url: str, request: pytest.FixtureRequest) -> str:
    if database_url.startswith("sqlite"):
        return database_url.replace("test.db", "nieuw/leeg.db")
    server = request.getfixturevalue("postgresql")
    return str(server.url(server.new_database()))


def test_a_backup_is_made_while_others_write(
    filled: Engine, database_url: str, tmp_path: Path
) -> None:
    with transaction() as connection:
        fill(connection, OTHER_SESSION, 2, OF_SESSIONS)
        back_up(database_url, tmp_path / "back-up")  # without what is not committed yet
    filled.dispose()
    restore(database_url, tmp_path / "back-up")
    assert len(everything_in(engine())["scans"]) == 1


def test_a_backup_is_for_its_owner_only(copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert MARKER.encode() in copy.read_bytes() or b"PGDMP" in copy.read_bytes()[:10]


def test_a_file_that_is_there_is_not_overwritten(
    filled: Engine, copy: Path, database_url: str
) -> None:
    before = copy.read_bytes()
    with pytest.raises(BackupError, match="is er al"):
        back_up(database_url, copy)
    assert copy.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"geen database", b"SQLite format 3\x00" + b"x" * 5000])
def test_what_is_no_backup_is_refused_and_changes_nothing(
    filled: Engine, database_url: str, tmp_path: Path, content: bytes
) -> None:
    before = everything_in(filled)
    (tmp_path / "onzin").write_bytes(content)
    filled.dispose()
    with pytest.raises(BackupError):
        restore(database_url, tmp_path / "onzin")
    assert everything_in(engine()) == before


def test_half_a_backup_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    back_up(sqlite_url, tmp_path / "heel")
    half = tmp_path / "half"
    half.write_bytes((tmp_path / "heel").read_bytes()[:-8192])
    with pytest.raises(BackupError, match="geen hele back-up"):
        restore(sqlite_url, half)


def test_a_database_of_something_else_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "anders") as other:
        other.execute("CREATE TABLE iets (id)")
    with pytest.raises(BackupError, match="geen hele back-up"):
        restore(sqlite_url, tmp_path / "anders")


def test_what_cannot_be_reached_is_told_and_leaves_no_half_file(tmp_path: Path) -> None:
    for url in ("postgresql://ebw:geheim@127.0.0.1:1/ebw", f"sqlite:///{tmp_path}/weg/db"):
        with pytest.raises(BackupError) as failure:
            back_up(url, tmp_path / "back-up")
        assert "geheim" not in str(failure.value)
        assert not (tmp_path / "back-up").exists()


def test_without_the_programs_of_postgresql_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backup.Path.glob", lambda *_: [])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="Installeer de programma's van PostgreSQL"):
        back_up("postgresql://ebw@127.0.0.1:1/ebw", tmp_path / "back-up")
