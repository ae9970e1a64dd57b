"""What is remembered of a conversation between turns: its slots, and when it was last heard of."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from storage.tables import trackers


def find(connection: Connection, conversation: str, since: datetime) -> dict[str, Any]:
    """Return the slots of a conversation that was heard of since a moment; none otherwise."""
    statement = select(trackers.c.slots).where(
        trackers.c.conversation == conversation, trackers.c.updated_at >= since
    )
    return connection.execute(statement).scalar_one_or_none() or {}


def save(
    connection: Connection, conversation: str, session_id: str, slots: dict[str, Any], at: datetime
) -> None:
    """Remember the slots of a session's conversation; nothing is kept of one without slots."""
    if not slots:
        connection.execute(delete(trackers).where(trackers.c.conversation == conversation))
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {"session_id": session_id, "slots": slots, "updated_at": at}
    statement = dialect.insert(trackers).values(conversation=conversation, **values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["conversation"], set_=values)
    )
