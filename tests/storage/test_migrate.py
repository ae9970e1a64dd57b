import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, select, text
from sqlalchemy.engine import Connection, Engine, Row

from storage import migrate
from storage.database import DatabaseUnavailableError, make_engine, transaction
from storage.migrate import is_current, upgrade
from storage.tables import metadata
from tests.builders import SESSION
from tests.storage.rows import fill

EARLIER = [script.revision for script in ScriptDirectory(migrate._MIGRATIONS).walk_revisions()][1:]
"""The revisions before the newest."""
NOT_KEPT = {"alembic_version", "trackers"}
"""`trackers`: what is remembered of a conversation for an hour; revision 0004 forgets it."""
BROKEN = '''"""Fails halfway."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO no_such_table VALUES (1)")
'''


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """Give an engine for a database without tables."""
    made = make_engine(empty_database_url)
    yield made
    made.dispose()


def tables_of(engine: Engine) -> set[str]:
    """Return the names of the tables that are there."""
    return set(inspect(engine).get_table_names())


def tables_in(connection: Connection) -> list[Table]:
    """Return the tables as they are there now, those that are referred to first."""
    found = MetaData()
    found.reflect(connection)
    return found.sorted_tables


def rows_of(engine: Engine, tables: list[Table]) -> dict[str, list[Row]]:
    """Return what the tables hold, in the columns that they had when they were looked at."""
    with engine.connect() as connection:
        return {table.name: connection.execute(select(table)).all() for table in tables}


def test_an_empty_database_gets_all_tables(empty: Engine) -> None:
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)
    assert tables_of(empty) == {*metadata.tables, "alembic_version"}


def test_the_migrations_make_what_the_code_expects(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert differences == []


@pytest.mark.parametrize("revision", EARLIER)
def test_from_each_earlier_schema_everything_that_was_stored_stays(
    empty: Engine, revision: str
) -> None:
    with transaction(empty) as connection:
        command.upgrade(migrate._config(connection), revision)
        earlier = [table for table in tables_in(connection) if table.name not in NOT_KEPT]
        fill(connection, SESSION, 1, earlier)
    before = rows_of(empty, earlier)
    upgrade(empty)
    assert is_current(empty)
    assert set(before) >= {"scans", "answers", "questionnaires"}
    assert all(len(rows) == 1 for rows in before.values())
    assert rows_of(empty, earlier) == before


def test_upgrading_twice_changes_nothing_and_keeps_what_is_there(database: Engine) -> None:
    upgrade(database)
    upgrade(database)
    with transaction() as connection:
        kept = connection.execute(text("SELECT id FROM questionnaires")).scalars().all()
    assert kept == ["quickscan-test"]
    assert is_current(database)


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables_of(database)
    with database.connect() as connection:
        head = MigrationContext.configure(connection).get_current_revision()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate._MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_broken.py").write_text(BROKEN.format(head=head))
    monkeypatch.setattr(migrate, "_MIGRATIONS", scripts)
    assert not is_current(database)
    with pytest.raises(DatabaseUnavailableError):
        upgrade(database)
    assert tables_of(database) == before
    monkeypatch.undo()
    assert is_current(database)


def test_the_migrations_can_be_taken_back(empty: Engine) -> None:
    upgrade(empty)
    with transaction(empty) as connection:
        command.downgrade(migrate._config(connection), "base")
    assert tables_of(empty) <= {"alembic_version"}


def test_a_database_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(DatabaseUnavailableError):
        upgrade(make_engine("postgresql://127.0.0.1:1/ebw"))
