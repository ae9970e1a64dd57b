"""The inbox of the chat channels: messages that were taken, until their answers are delivered.

What a message says, and what is answered, is sealed by the channel and removed when done; a day
long a hash tells that it came. Processes that share the database share the work: the oldest open
event of a sender is worked by one of them, and the sender's later ones wait for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from storage.tables import channel_events as events

_ORDER_KEY = 0x6562775F


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that came; `event` is sealed, and so is `replies`, when the answer is known yet.

    `event_hash` tells it from every other event.
    """

    session_id: str
    event_hash: str
    event: str
    replies: str | None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event that a process took up.

    `event` and `replies` are sealed; `replies` is None until the assistant answered. `begun` tells
    that an earlier process took it up, so that it may have reached the assistant.
    """

    event_hash: str
    event: str
    replies: str | None
    begun: bool
    attempts: int


def add(connection: Connection, channel: str, event: NewEvent, at: datetime) -> bool:
    """Store an event; return False when it had come before."""
    _in_order(connection)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(events).values(
        channel=channel,
        session_id=event.session_id,
        event_hash=event.event_hash,
        taken_at=at,
        event=event.event,
        replies=event.replies,
        begun=False,
        free_at=at,
        attempts=0,
    )
    return bool(connection.execute(statement.on_conflict_do_nothing()).rowcount)


def take_up(  # noqa: PLR0913 - who, what and how long
    connection: Connection, channel: str, worker: str, now: datetime, until: datetime, most: int
) -> list[StoredEvent]:
    """Give `worker` the events that are next, `most` at most; they are its own until `until`.

    That is the oldest open event of each sender, unless a process is working on it or it waits for
    another attempt.
    """
    _in_order(connection)
    oldest = select(func.min(events.c.id)).where(
        events.c.channel == channel, events.c.free_at.is_not(None)
    )
    free = (
        select(events)
        .where(events.c.id.in_(oldest.group_by(events.c.session_id)), events.c.free_at <= now)
        .order_by(events.c.id)
        .limit(most)
    )
    rows = connection.execute(free).fetchall()
    taken = update(events).where(events.c.id.in_([row.id for row in rows]))
    connection.execute(taken.values(worker=worker, begun=True, free_at=until))
    return [_stored(row) for row in rows]


def hold(connection: Connection, worker: str, hashes: Iterable[str], until: datetime) -> None:
    """Keep the events that `worker` is working on its own until `until`."""
    own = update(events).where(events.c.event_hash.in_(list(hashes)), events.c.worker == worker)
    connection.execute(own.values(free_at=until))


def save_replies(connection: Connection, event_hash: str, worker: str, sealed: str) -> bool:
    """Keep what the assistant said; return False when the event is not the worker's any more."""
    statement = update(events).where(*_own(event_hash, worker)).values(replies=sealed)
    return bool(connection.execute(statement).rowcount)


def exists(connection: Connection, event_hash: str) -> bool:
    """Tell whether an event is there; it goes when its sender's data is removed."""
    statement = select(events.c.id).where(events.c.event_hash == event_hash)
    return connection.execute(statement).first() is not None


def postpone(  # noqa: PLR0913 - which event, and what is changed of it
    connection: Connection,
    event_hash: str,
    worker: str,
    sealed: str,
    attempts: int,
    until: datetime,
) -> bool:
    """Let an event wait until `until` for another attempt at delivering the replies `sealed`.

    Returns False when the event is not the worker's any more.
    """
    statement = update(events).where(*_own(event_hash, worker))
    changed = {"replies": sealed, "attempts": attempts, "worker": None, "free_at": until}
    return bool(connection.execute(statement.values(changed)).rowcount)


def finish(connection: Connection, event_hash: str, worker: str) -> None:
    """Note that an event is done, and remove what it said."""
    statement = update(events).where(*_own(event_hash, worker))
    connection.execute(statement.values(event=None, replies=None, worker=None, free_at=None))


def delete_before(connection: Connection, moment: datetime) -> int:
    """Remove the events that came before `moment`; return how many of them were not done."""
    earlier = events.c.taken_at < moment
    undone = connection.execute(delete(events).where(earlier, events.c.free_at.is_not(None)))
    connection.execute(delete(events).where(earlier))
    return int(undone.rowcount)


def _own(event_hash: str, worker: str) -> tuple[object, object]:
    return (events.c.event_hash == event_hash, events.c.worker == worker)


def _in_order(connection: Connection) -> None:
    """Have processes add and take up events one at a time, so that ids tell the order.

    SQLite has one writer by itself. On PostgreSQL an event with a lower id could appear after one
    with a higher id was taken up.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ORDER_KEY)))


def _stored(row: Row) -> StoredEvent:
    return StoredEvent(row.event_hash, row.event, row.replies, row.begun, row.attempts)
