"""Bringing requests to advisers: along the first route that works, once, and again when none does.

How far it is stands in the database, so that several processes can share the work. A request is
set apart while it is being delivered; when a process stops halfway another takes it up after that.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from advice.priority import says
from advice.request import SPOKEN, Request
from storage import requests
from storage.database import transaction

SET_APART = timedelta(minutes=5)
"""Longer than all routes together take to fail."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)

logger = logging.getLogger(__name__)


class UndeliverableError(Exception):
    """A route does not work now; the message says why, without a word of the request."""


class Route(Protocol):
    """A way to reach advisers: e-mail, a channel of a chat platform."""

    name: str

    def deliver(self, request: Request) -> None:
        """Bring `request` to an adviser; raises UndeliverableError when that fails."""


def deliver_waiting(routes: Sequence[Route]) -> int:
    """Deliver every request that is due, and return how many were; a timer calls this.

    Raises DatabaseUnavailableError when the database fails.
    """
    delivered = 0
    while routes and (request := _take_due()):
        delivered += _deliver(request, routes)
    return delivered


def essentials(request: Request) -> list[tuple[str, str]]:
    """Return what an adviser must know of a request: what it is called, and what it says."""
    scan = f"{request.scan_id} (ebw results show)" if request.scan_id else ""
    told = [
        ("Nummer", str(request.number)),
        ("Prioriteit", f"{request.priority or ''}: {says(request.rule)}"),
        ("Gemeente", request.municipality.name if request.municipality else "niet gezegd"),
        ("Onderwerp", request.subject or ""),
        ("Interventie", _words(request.interventions)),
        ("Thema", _words(request.themes)),
        ("Hulp", SPOKEN[request.support] if request.support else ""),
        ("Termijn", SPOKEN[request.urgency] if request.urgency else ""),
        ("Contact", request.contact or ""),
        ("Quickscan", scan),
        ("Ontvangen", _moment(request.submitted_at)),
        ("Via", request.channel),
        ("Status", SPOKEN[request.status]),
        ("Opgepakt door", request.claimed_by or ""),
        ("Afgesloten", _moment(request.closed_at)),
    ]
    return [(label, value) for label, value in told if value]


def is_undelivered(request: Request) -> bool:
    """Tell whether no adviser was reached yet, and none took the request up by themselves."""
    return request.delivered_at is None and request.claimed_at is None and not request.closed_at


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts in vain: each time twice as long."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


def _take_due() -> Request | None:
    now = datetime.now(UTC)
    with transaction() as connection:
        return requests.take_due(connection, now, now + SET_APART)


def _deliver(request: Request, routes: Sequence[Route]) -> bool:
    """Try the routes in turn; note the one that worked, or when to try again."""
    for route in routes:
        try:
            route.deliver(request)
        except UndeliverableError as error:
            logger.warning("request %s not delivered by %s: %s", request.number, route.name, error)
            continue
        with transaction() as connection:
            requests.note_delivery(connection, request.number, route.name, datetime.now(UTC))
        return True
    with transaction() as connection:
        again = datetime.now(UTC) + wait_after(request.attempts)
        requests.postpone_delivery(connection, request.number, again)
    return False


def _words(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _moment(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%d-%m-%Y %H:%M") if moment else ""
