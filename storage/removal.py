"""Removing: all of one session, what is too old, and from the files what was removed."""

from datetime import datetime

from sqlalchemy import Column, Table, delete, or_, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import Moment, channel_events, metadata, resume_attempts, trackers, web_turns

_PASSING = (channel_events, resume_attempts, trackers, web_turns)
"""What a conversation leaves by itself, without the user making anything."""


def delete_of_session(connection: Connection, session_id: str) -> dict[str, int]:
    """Remove everything of a session; return how many rows there were of each table.

    Every table with a session id takes part; what refers to its rows is removed by the database
    along with them. Afterwards `erase_removed` makes sure that no file still holds it.
    """
    return {
        table.name: int(
            connection.execute(delete(table).where(table.c.session_id == session_id)).rowcount
        )
        for table in _tables_of_sessions()
    }


def holds_anything(connection: Connection, session_id: str) -> bool:
    """Tell whether something is stored that the user made: a scan, a plan, a request for advice."""
    made = [
        select(table.c.session_id).where(table.c.session_id == session_id).exists()
        for table in _tables_of_sessions()
        if table not in _PASSING
    ]
    return bool(connection.execute(select(or_(*made))).scalar_one())


def delete_before(
    connection: Connection,
    column: Column[Moment],
    moment: datetime,
    *,
    unless: Column[Moment] | None = None,
) -> int:
    """Remove the rows of a table of which `column` lies before a moment; return how many.

    With `unless`, only those rows in which that column is not filled in.
    """
    statement = delete(column.table).where(column < moment)
    if unless is not None:
        statement = statement.where(unless.is_(None))
    return int(connection.execute(statement).rowcount)


def erase_removed(bind: Engine) -> bool:
    """Have no file of the database hold what was removed from it; return whether that is done.

    SQLite overwrites removed rows (`secure_delete` in storage/database.py), but its log keeps
    earlier pages until it is emptied, which cannot be while someone reads: then the next purge does
    it. PostgreSQL has a pace of its own for both (docs/privacy.md).
    """
    if bind.dialect.name != "sqlite":
        return True
    try:
        with bind.connect() as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
    except SQLAlchemyError:
        return False
    return not busy


def _tables_of_sessions() -> list[Table]:
    """Return the tables with a session id, those that others refer to last."""
    return [table for table in reversed(metadata.sorted_tables) if "session_id" in table.c]
