"""Rows with every column filled in, for each table that holds something of a user."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, Table, insert
from sqlalchemy.engine import Connection

from storage.tables import Moment, metadata
from tests.builders import NOW

CONTENT = {"questionnaires", "items", "item_loads"}
"""The tables that hold nothing of a user."""
OF_SESSIONS = [table for table in metadata.sorted_tables if table.name not in CONTENT]
MARKER = "gemarkeerd"

_VALUES = {Moment: NOW, DateTime: NOW, Boolean: True, JSON: {MARKER: 1}}

Row = dict[str, object]


def fill(connection: Connection, session_id: str, number: int, tables: list[Table]) -> None:
    """Store a row of a session in each of the tables, those that are referred to first."""
    stored: Row = {}
    for table in tables:
        connection.execute(insert(table).values(a_row(table, session_id, number, stored)))


def a_row(table: Table, session_id: str, number: int, stored: Row) -> Row:
    """Return a row of a session; where it refers to another, to the one of which `stored` tells."""
    row: Row = {}
    for column in table.columns:
        refers_to = [key.target_fullname for key in column.foreign_keys]
        if refers_to:
            row[column.name] = stored.get(refers_to[0])
        else:
            value = _value(column, session_id, number)
            row[column.name] = stored[f"{table}.{column.name}"] = value
    return row


def _value(column: "Column[object]", session_id: str, number: int) -> object:
    if column.name == "session_id":
        return session_id
    for kind, value in _VALUES.items():
        if isinstance(column.type, kind):
            return value
    if isinstance(column.type, Integer):
        return number
    return f"{number} {MARKER}"[: getattr(column.type, "length", None)]
