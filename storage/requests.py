"""Requests for advice in the database: read and written as `advice.request.Request`."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from secrets import randbelow
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from advice.request import Priority, Request, Status, Support, Urgency
from quickscan.scan import Municipality
from storage.tables import advice_requests as table

LOWEST_NUMBER = 10_000
NUMBERS = 90_000

_Row = Mapping[Any, Any]


def add(connection: Connection, request: Request) -> None:
    """Store a new request, and give it its number.

    The number is drawn: one that was removed is not given out again at once, so that nobody takes
    up another request by it.
    """
    drawn = iter(lambda: LOWEST_NUMBER + randbelow(NUMBERS), None)
    taken = set(connection.execute(select(table.c.number)).scalars())
    request.number = next(number for number in drawn if number not in taken)
    connection.execute(insert(table).values(_columns(request)))


def save(connection: Connection, request: Request) -> None:
    """Store how `request` stands."""
    statement = update(table).where(table.c.number == request.number)
    connection.execute(statement.values(_columns(request)))


def remove(connection: Connection, number: int) -> None:
    """Remove a request."""
    connection.execute(delete(table).where(table.c.number == number))


def draft_of_session(connection: Connection, session_id: str) -> Request | None:
    """Return the request that the session is making; others cannot change it until this ends."""
    statement = select(table).where(
        table.c.session_id == session_id, table.c.status == Status.DRAFT.value
    )
    return _first(connection.execute(statement.with_for_update()).mappings().first())


def find(connection: Connection, number: int, *, for_change: bool = False) -> Request | None:
    """Return the request that was sent under this number; a draft is nobody's business yet.

    `for_change` keeps others from changing it until this transaction ends.
    """
    statement = select(table).where(table.c.number == number, _IS_SENT)
    if for_change:
        statement = statement.with_for_update()
    return _first(connection.execute(statement).mappings().first())


def find_all(connection: Connection) -> list[Request]:
    """Return every request that was sent, the oldest first."""
    statement = select(table).where(_IS_SENT).order_by(table.c.submitted_at, table.c.number)
    return [_request(row) for row in connection.execute(statement).mappings()]


def take_due(connection: Connection, now: datetime, until: datetime) -> Request | None:
    """Return a request that is to be delivered now, the oldest, and keep it from others `until`."""
    due = or_(table.c.next_attempt_at.is_(None), table.c.next_attempt_at <= now)
    statement = (
        select(table)
        .where(table.c.status == Status.NEW.value, table.c.delivered_at.is_(None), due)
        .order_by(table.c.submitted_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    request = _first(connection.execute(statement).mappings().first())
    if request:
        request.attempts += 1
        _note(connection, request.number, attempts=request.attempts, next_attempt_at=until)
    return request


def note_delivery(connection: Connection, number: int, route: str, at: datetime) -> None:
    """Note along which route a request reached an adviser."""
    _note(connection, number, delivered_at=at, delivered_by=route, next_attempt_at=None)


def postpone_delivery(connection: Connection, number: int, until: datetime) -> None:
    """Note when to try again to deliver a request."""
    _note(connection, number, next_attempt_at=until)


def _note(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(table).where(table.c.number == number).values(values))


_IS_SENT = table.c.status != Status.DRAFT.value


def _first(row: _Row | None) -> Request | None:
    return _request(row) if row else None


def _request(row: _Row) -> Request:
    stored: dict[str, Any] = dict(row)
    code, name = stored.pop("municipality_code"), stored.pop("municipality_name")
    chosen = {
        "status": Status(stored["status"]),
        "municipality": Municipality(code, name) if code else None,
        "themes": tuple(stored["themes"]),
        "interventions": tuple(stored["interventions"]),
        "support": Support(stored["support"]) if stored["support"] else None,
        "urgency": Urgency(stored["urgency"]) if stored["urgency"] else None,
        "priority": Priority(stored["priority"]) if stored["priority"] else None,
    }
    return Request(**{**stored, **chosen})


def _columns(request: Request) -> dict[str, Any]:
    columns = asdict(request)
    municipality = columns.pop("municipality")
    return {
        **columns,
        "municipality_code": municipality["code"] if municipality else None,
        "municipality_name": municipality["name"] if municipality else None,
        "themes": list(request.themes),
        "interventions": list(request.interventions),
    }
