"""The advisers' side: what waits, who takes up a request, when it is closed."""

from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from advice.request import Priority, Request, Status
from storage import requests
from storage.database import reading, transaction

LONGEST_NAME = 100
_ORDER = list(Priority)


class UnknownRequestError(Exception):
    """There is no request with this number; it may have been removed."""


class AlreadyClaimedError(Exception):
    """Another adviser, named by the message, takes care of the request."""


class AlreadyClosedError(Exception):
    """The request was closed before."""


def claim(number: int, by: str) -> Request:
    """Let the adviser `by` take up a request; doing so twice changes nothing.

    Raises UnknownRequestError, AlreadyClaimedError or AlreadyClosedError.
    """
    with transaction() as connection:
        request = _open_request(connection, number)
        if request.claimed_by not in (None, _name(by)):
            raise AlreadyClaimedError(request.claimed_by)
        if request.claimed_by is None:
            request.status, request.claimed_by = Status.CLAIMED, _name(by)
            request.claimed_at = request.updated_at = datetime.now(UTC)
            requests.save(connection, request)
        return request


def close(number: int, by: str) -> Request:
    """Let the adviser `by` close a request, also one that another took up.

    Raises UnknownRequestError or AlreadyClosedError.
    """
    with transaction() as connection:
        request = _open_request(connection, number)
        request.status, request.closed_by = Status.CLOSED, _name(by)
        request.closed_at = request.updated_at = datetime.now(UTC)
        requests.save(connection, request)
        return request


def find(number: int) -> Request:
    """Return a request; raises UnknownRequestError."""
    with reading() as connection:
        request = requests.find(connection, number)
    if request is None:
        raise UnknownRequestError
    return request


def listing() -> list[Request]:
    """Return every request that was sent, the oldest first."""
    with reading() as connection:
        return requests.find_all(connection)


def waiting() -> list[Request]:
    """Return the requests that nobody took up yet: by priority, and then the oldest first."""
    new = [request for request in listing() if request.status is Status.NEW]
    return sorted(new, key=lambda request: _ORDER.index(request.priority or Priority.NORMAL))


def _open_request(connection: Connection, number: int) -> Request:
    request = requests.find(connection, number, for_change=True)
    if request is None:
        raise UnknownRequestError
    if request.status is Status.CLOSED:
        raise AlreadyClosedError
    return request


def _name(by: str) -> str:
    return " ".join(by.split())[:LONGEST_NAME]
