import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import Engine

from advice.delivery import (
    LONGEST_WAIT,
    UndeliverableError,
    deliver_waiting,
    essentials,
    is_undelivered,
    wait_after,
)
from advice.request import Request, Status
from tests.advice.requests_made import CONTACT, a_request, found, stored
from tests.builders import NOW, SCAN_ID

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeRoute:
    """A route that writes down what it is given, or fails."""

    def __init__(self, name: str = "post", *, works: bool = True) -> None:
        self.name, self.works = name, works
        self.delivered: list[int] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def deliver(self, request: Request) -> None:
        self.meanwhile()
        if not self.works:
            message = "away"
            raise UndeliverableError(message)
        self.delivered.append(request.number)


def test_a_request_is_delivered_once_along_the_first_route_that_works(database: Engine) -> None:
    [number] = stored(a_request())
    away, first, second = FakeRoute("a", works=False), FakeRoute("b"), FakeRoute("c")
    routes = [away, first, second]
    assert [deliver_waiting(routes), deliver_waiting(routes)] == [1, 0]
    assert (first.delivered, second.delivered) == ([number], [])
    assert found(number).delivered_by == "b"
    assert not is_undelivered(found(number))


def test_another_process_does_not_deliver_what_is_being_delivered(database: Engine) -> None:
    stored(a_request(), a_request())
    route, other = FakeRoute(), FakeRoute()
    route.meanwhile = lambda: deliver_waiting([other])
    deliver_waiting([route])
    assert len({*route.delivered, *other.delivered}) == 2
    assert len([*route.delivered, *other.delivered]) == 2


def test_when_no_route_works_it_stays_undelivered_and_is_tried_again_later(
    database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    [number] = stored(a_request())
    route = FakeRoute(works=False)
    with caplog.at_level(logging.WARNING):
        assert deliver_waiting([route]) == 0
    request = found(number)
    assert is_undelivered(request)
    assert timedelta() < request.next_attempt_at - datetime.now(UTC) <= wait_after(1)
    assert CONTACT not in caplog.text
    assert request.subject not in caplog.text
    assert str(number) in caplog.text
    route.works = True
    assert deliver_waiting([route]) == 0  # not yet
    [later] = stored(a_request(attempts=3, next_attempt_at=NOW))
    assert deliver_waiting([route]) == 1
    assert route.delivered == [later]


def test_without_a_route_nothing_is_tried(database: Engine) -> None:
    [number] = stored(a_request())
    assert deliver_waiting([]) == 0
    assert found(number).attempts == 0


def test_the_wait_doubles_up_to_an_hour() -> None:
    waits = [wait_after(attempts) for attempts in (1, 2, 3, 7, 1_000)]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [1, 2, 4, 60, LONGEST_WAIT / timedelta(minutes=1)]


def test_what_an_adviser_took_up_by_hand_counts_as_reached() -> None:
    assert is_undelivered(a_request())
    assert not is_undelivered(a_request(status=Status.CLAIMED, claimed_at=NOW))
    assert not is_undelivered(a_request(status=Status.CLOSED, closed_at=NOW))


def test_the_essentials_say_what_is_known_and_leave_out_what_is_not() -> None:
    told = dict(essentials(a_request(scan_id=SCAN_ID)))
    assert told["Gemeente"] == "Delft"
    assert told["Onderwerp"] == "onze theatervoorstelling evalueren"
    assert told["Contact"] == CONTACT
    assert told["Hulp"] == "Evaluatie opzetten"
    assert told["Termijn"] == "Binnen een maand"
    assert told["Prioriteit"].startswith("gewoon: Het advies is binnen een maand nodig")
    assert SCAN_ID in told["Quickscan"]
    bare = dict(essentials(a_request(municipality=None, interventions=(), themes=())))
    assert bare["Gemeente"] == "niet gezegd"
    assert bare.keys() & {"Interventie", "Thema", "Quickscan", "Opgepakt door"} == set()
