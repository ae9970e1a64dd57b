"""Counts of what is stored: how many, never who or what."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from quickscan.scan import Status
from storage.tables import advice_requests, scans


def scans_by_status(connection: Connection) -> dict[str, int]:
    """Return how many scans there are of each status."""
    counted = select(scans.c.status, func.count()).group_by(scans.c.status)
    found = {str(status): int(count) for status, count in connection.execute(counted)}
    return {status.value: found.get(status.value, 0) for status in Status}


def scans_left_at(connection: Connection, before: datetime) -> dict[int, int]:
    """Return, for each question, how many scans wait at it that were not touched since `before`."""
    counted = (
        select(scans.c.position, func.count())
        .where(scans.c.completed_at.is_(None), scans.c.updated_at < before)
        .group_by(scans.c.position)
    )
    return {int(position): int(count) for position, count in connection.execute(counted)}


def requests_waiting(connection: Connection) -> int:
    """Return how many requests for advice were sent and are not closed yet."""
    waiting = select(func.count()).where(
        advice_requests.c.submitted_at.is_not(None), advice_requests.c.closed_at.is_(None)
    )
    return int(connection.execute(waiting).scalar_one())
