import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine

from ebw.settings_retention import RetentionSettings
from privacy.retention import KINDS, purge
from storage import tables
from storage.database import DatabaseUnavailableError, make_engine, reading, transaction
from storage.tables import metadata
from tests.builders import NOW, SESSION
from tests.storage.rows import MARKER, OF_SESSIONS, a_row, fill

KEPT = RetentionSettings(
    conversation=timedelta(days=1),
    unfinished=timedelta(days=2),
    completed=timedelta(days=3),
    request=timedelta(days=4),
)
OLDEST = max(KEPT.conversation, KEPT.unfinished, KEPT.completed, KEPT.request)
GONE_WITH_ANOTHER = {"report_links"} | {
    name for name, kind in KINDS.items() if kind.unless is not None
}
"""When every row is completed and has the same age."""
(scan_of_earlier_version,) = tables.scans.foreign_keys


def store(kind: str, at: datetime) -> None:
    """Store a row of this kind, as old as that."""
    since, unless = KINDS[kind].since, KINDS[kind].unless
    row = a_row(since.table, SESSION, 1, {}) | {since.name: at}
    if unless is not None:
        row[unless.name] = None
    with transaction() as connection:
        for key in since.table.foreign_keys - {scan_of_earlier_version}:
            fill(connection, SESSION, 1, [key.column.table])
            row[key.parent.name] = connection.execute(select(key.column)).scalar_one()
        connection.execute(insert(since.table).values(row))


def count(kind: str) -> int:
    """Return how many rows there are of the table of this kind."""
    with reading() as connection:
        rows = select(func.count()).select_from(KINDS[kind].since.table)
        return int(connection.execute(rows).scalar_one())


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_kept_long_enough_is_removed_and_counted(database: Engine, kind: str) -> None:
    store(kind, NOW)
    over = NOW + KINDS[kind].period(KEPT)
    assert purge(database, KEPT, over)[kind] == 0
    assert count(kind) == 1
    assert purge(database, KEPT, over + timedelta(seconds=1)) == {
        name: int(name == kind) for name in KINDS
    }
    assert count(kind) == 0


@pytest.mark.parametrize("kind", ["unfinished_scans", "unfinished_checklists"])
def test_what_was_completed_is_kept_longer_than_what_was_not(database: Engine, kind: str) -> None:
    store(kind.replace("unfinished", "completed"), NOW)
    counts = purge(database, KEPT, NOW + KEPT.completed)
    assert (counts[kind], count(kind)) == (0, 1)


def test_after_the_longest_period_nothing_of_any_user_is_left(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    purge(database, KEPT, NOW + OLDEST + timedelta(seconds=1))
    with reading() as connection:
        left = [str(table) for table in OF_SESSIONS if connection.execute(select(table)).first()]
    assert left == []


def test_content_is_no_data_of_users_and_stays(database: Engine) -> None:
    with reading() as connection:
        before = connection.execute(select(tables.questionnaires)).fetchall()
    purge(database, KEPT, NOW + timedelta(days=5000))
    with reading() as connection:
        assert connection.execute(select(tables.questionnaires)).fetchall() == before
    assert len(before) == 1
    assert not {kind.since.table for kind in KINDS.values()} & set(metadata.sorted_tables) - set(
        OF_SESSIONS
    )


def test_purging_twice_at_once_does_no_harm(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    later = NOW + OLDEST + timedelta(days=1)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: purge(database, KEPT, later), range(2)))
    assert {name: both[0][name] + both[1][name] for name in KINDS} == {
        name: int(name not in GONE_WITH_ANOTHER) for name in KINDS
    }
    assert set(purge(database, KEPT, later).values()) == {0}


def test_the_log_tells_how_much_was_removed_and_nothing_of_what(
    database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "privacy.retention")
    with transaction() as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    purge(database, KEPT, NOW + OLDEST + timedelta(days=1))
    assert "completed_scans 1" in caplog.text
    assert MARKER not in caplog.text
    assert SESSION not in caplog.text


def test_what_was_removed_is_in_no_file_of_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    bind = make_engine(sqlite_url)
    with transaction(bind) as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    purge(bind, KEPT, NOW + OLDEST + timedelta(days=1))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 1
    assert [path.name for path in files if MARKER.encode() in path.read_bytes()] == []
    bind.dispose()


@pytest.fixture
def no_database(tmp_path: Path) -> Iterator[Engine]:
    """Give an engine for a database without tables."""
    made = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield made
    made.dispose()


def test_a_database_that_fails_is_told(no_database: Engine) -> None:
    with pytest.raises(DatabaseUnavailableError):
        purge(no_database, KEPT, NOW)
