from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from advice.request import Status
from storage import requests, scans
from storage.database import transaction
from storage.removal import delete_of_session
from storage.tables import advice_requests
from tests.advice.requests_made import NUMBER, a_draft, a_request, found, stored
from tests.builders import NOW, OTHER_SESSION, SCAN_ID, SESSION, a_scan

LATER = NOW + timedelta(minutes=5)


def due(at: object = NOW) -> int | None:
    """Take the request that is to be delivered; return its number."""
    with transaction() as connection:
        request = requests.take_due(connection, at, LATER)
    return request.number if request else None


def test_a_request_comes_back_as_it_was_stored(database: Engine) -> None:
    request = a_request(claimed_at=NOW, claimed_by="Sanne", attempts=2, next_attempt_at=LATER)
    [number] = stored(request)
    assert found(number) == replace(request, number=number)


def test_a_draft_is_the_session_s_own(database: Engine) -> None:
    draft = a_draft(subject="half", put_again="gemeente", unclear=1)
    [number] = stored(draft)
    with transaction() as connection:
        assert requests.draft_of_session(connection, SESSION) == draft
        assert requests.draft_of_session(connection, OTHER_SESSION) is None
        assert requests.find(connection, number) is None
        assert requests.find_all(connection) == []


def test_a_request_is_changed_in_place_and_can_be_removed(database: Engine) -> None:
    request = a_request()
    [number] = stored(request)
    request.status = Status.CLOSED
    with transaction() as connection:
        requests.save(connection, request)
        assert requests.find(connection, number).status is Status.CLOSED
        requests.remove(connection, number)
        assert requests.find(connection, number) is None


def test_every_request_has_a_number_of_its_own(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([1, 1, 1, 2])
    monkeypatch.setattr(requests, "randbelow", lambda _: next(drawn))
    assert stored(a_request(), a_request()) == [10_001, 10_002]


def test_requests_are_listed_the_oldest_first(database: Engine) -> None:
    newer, older = a_request(submitted_at=LATER), a_request()
    stored(newer, older)
    with transaction() as connection:
        assert [request.number for request in requests.find_all(connection)] == [
            older.number,
            newer.number,
        ]


def test_only_what_is_new_and_undelivered_is_due_and_one_at_a_time(database: Engine) -> None:
    stored(
        a_draft(),
        a_request(status=Status.CLAIMED),
        a_request(status=Status.CLOSED),
        a_request(delivered_at=NOW),
        a_request(next_attempt_at=LATER),
    )
    assert due() is None
    [second, first] = stored(a_request(submitted_at=LATER), a_request())
    assert [due(), due(), due()] == [first, second, None]
    assert found(first).attempts == 1


def test_what_was_set_apart_is_due_again_when_nothing_came_of_it(database: Engine) -> None:
    [number] = stored(a_request())
    assert due() == number
    assert due() is None
    assert due(LATER) == number


def test_a_delivery_leaves_alone_what_an_adviser_did_meanwhile(database: Engine) -> None:
    [number] = stored(a_request(status=Status.CLAIMED, claimed_by="Sanne"))
    with transaction() as connection:
        requests.note_delivery(connection, number, "e-mail", NOW)
    request = found(number)
    assert (request.claimed_by, request.delivered_by, request.delivered_at) == (
        "Sanne",
        "e-mail",
        NOW,
    )


def test_removing_a_session_removes_its_requests_sent_or_not(database: Engine) -> None:
    stored(a_request(), a_draft(), a_request(session_id=OTHER_SESSION))
    with transaction() as connection:
        delete_of_session(connection, SESSION)
        left = connection.execute(select(advice_requests.c.session_id)).scalars().all()
    assert left == [OTHER_SESSION]


def test_a_scan_that_is_removed_leaves_the_request_without_it(database: Engine) -> None:
    with transaction() as connection:
        scans.add(connection, a_scan(session_id=OTHER_SESSION))
    [number] = stored(a_request(scan_id=SCAN_ID))
    with transaction() as connection:
        delete_of_session(connection, OTHER_SESSION)
        count = connection.execute(select(func.count()).select_from(advice_requests)).scalar_one()
    assert (found(number).scan_id, count) == (None, 1)


def test_there_is_no_request_under_another_number(database: Engine) -> None:
    with transaction() as connection:
        assert requests.find(connection, NUMBER) is None
