from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection, Engine

from storage.database import make_engine, reading, transaction
from storage.removal import delete_before, delete_of_session, erase_removed, holds_anything
from storage.tables import report_links, scans, web_turns
from tests.builders import NOW, OTHER_SESSION, SESSION
from tests.storage.rows import MARKER, OF_SESSIONS, fill

PASSING = {"channel_events", "resume_attempts", "trackers", "web_turns"}


def left_in(connection: Connection) -> dict[str, list[str]]:
    """Return the rows of each table, as text."""
    return {
        table.name: [str(dict(row._mapping)) for row in connection.execute(select(table))]
        for table in OF_SESSIONS
    }


def test_nothing_of_a_removed_session_is_left_in_any_table(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
        fill(connection, OTHER_SESSION, 2, OF_SESSIONS)
        before = left_in(connection)
        counts = delete_of_session(connection, SESSION)
        after = left_in(connection)
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(before, 2)
    assert after == {name: rows[1:] for name, rows in before.items()}
    assert all(count == 1 for count in counts.values())
    assert counts["scans"] == 1


def test_removing_an_unknown_session_removes_nothing(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, OTHER_SESSION, 2, OF_SESSIONS)
        before = left_in(connection)
        assert set(delete_of_session(connection, SESSION).values()) == {0}
        assert left_in(connection) == before


@pytest.mark.parametrize(
    "table", [table for table in OF_SESSIONS if "session_id" in table.c], ids=str
)
def test_what_a_user_made_is_told_from_what_a_conversation_leaves(
    database: Engine, table: Table
) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, [table])
        assert holds_anything(connection, SESSION) is (table.name not in PASSING)
        assert not holds_anything(connection, OTHER_SESSION)


def test_rows_go_when_they_are_older_than_a_moment(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, [web_turns])
        assert delete_before(connection, web_turns.c.claimed_at, NOW) == 0
        assert delete_before(connection, web_turns.c.claimed_at, NOW + timedelta(seconds=1)) == 1
        assert connection.execute(select(web_turns)).first() is None


def test_rows_that_are_of_another_kind_stay(database: Engine) -> None:
    later = NOW + timedelta(days=1)
    with transaction() as connection:
        fill(connection, SESSION, 1, [scans, report_links])
        finished = scans.c.completed_at
        assert delete_before(connection, scans.c.updated_at, later, unless=finished) == 0
        assert delete_before(connection, finished, later) == 1
        assert connection.execute(select(report_links)).first() is None


def test_what_was_removed_is_in_no_file_of_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    bind = make_engine(sqlite_url)
    with transaction(bind) as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    assert found_in_files(tmp_path) != []
    with transaction(bind) as connection:
        delete_of_session(connection, SESSION)
    assert erase_removed(bind)
    assert found_in_files(tmp_path) == []
    bind.dispose()


def test_while_someone_reads_the_erasing_waits_for_the_next_time(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_SECONDS", 0.01)
    bind = make_engine(sqlite_url)
    with transaction(bind) as connection:
        fill(connection, SESSION, 1, OF_SESSIONS)
    with reading(bind) as reader:
        reader.execute(select(scans)).first()
        with transaction(bind) as connection:
            delete_of_session(connection, SESSION)
        assert not erase_removed(bind)
    assert erase_removed(bind)
    assert found_in_files(tmp_path) == []
    bind.dispose()


def found_in_files(folder: Path) -> list[str]:
    """Return the names of the files that hold a word of the user."""
    return [path.name for path in folder.rglob("*") if MARKER.encode() in path.read_bytes()]
