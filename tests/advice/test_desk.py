import pytest
from sqlalchemy.engine import Engine

from advice.desk import (
    AlreadyClaimedError,
    AlreadyClosedError,
    UnknownRequestError,
    claim,
    close,
    find,
    listing,
    waiting,
)
from advice.request import Priority, Status
from tests.advice.requests_made import NUMBER, a_draft, a_request, found, stored

pytestmark = pytest.mark.usefixtures("database")


def test_a_request_is_taken_up_and_closed(database: Engine) -> None:
    [number] = stored(a_request())
    assert claim(number, " Sanne  de Wit ").status is Status.CLAIMED
    assert found(number).claimed_by == "Sanne de Wit"
    assert found(number).claimed_at is not None
    close(number, "Bram")
    assert (found(number).status, found(number).closed_by) == (Status.CLOSED, "Bram")
    assert found(number).closed_at is not None


def test_taking_up_twice_changes_nothing() -> None:
    [number] = stored(a_request())
    claim(number, "Sanne")
    first = found(number)
    assert claim(number, "Sanne") == first


def test_what_another_took_up_is_not_taken_over() -> None:
    [number] = stored(a_request())
    claim(number, "Sanne")
    with pytest.raises(AlreadyClaimedError, match="Sanne"):
        claim(number, "Bram")
    assert found(number).claimed_by == "Sanne"


def test_a_closed_request_stays_as_it_is() -> None:
    [number] = stored(a_request())
    close(number, "Sanne")
    before = found(number)
    for work in (claim, close):
        with pytest.raises(AlreadyClosedError):
            work(number, "Bram")
    assert found(number) == before


def test_a_request_that_is_not_there_or_not_sent_is_unknown() -> None:
    [draft] = stored(a_draft())
    for number in (draft, NUMBER - 2_345):
        for work in (lambda n: claim(n, "Sanne"), lambda n: close(n, "Sanne"), find):
            with pytest.raises(UnknownRequestError):
                work(number)


def test_what_waits_is_new_and_in_the_order_of_priority() -> None:
    low, high, normal, older = stored(
        a_request(priority=Priority.LOW),
        a_request(priority=Priority.HIGH),
        a_request(),
        a_request(submitted_at=a_request().started_at.replace(year=2025)),
    )
    claimed, _ = stored(a_request(status=Status.CLAIMED), a_draft())
    assert [request.number for request in waiting()] == [high, older, normal, low]
    assert {request.number for request in listing()} == {low, high, normal, older, claimed}
    assert find(claimed).number == claimed
