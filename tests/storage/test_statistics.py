from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.engine import Engine

from quickscan.scan import Status
from storage import scans
from storage.database import transaction
from storage.statistics import requests_waiting, scans_by_status, scans_left_at
from storage.tables import advice_requests
from tests.builders import NOW, SESSION, a_scan
from tests.storage.rows import fill

DAY = timedelta(days=1)


def test_scans_are_counted_by_status_and_none_is_a_count_too(database: Engine) -> None:
    with transaction() as connection:
        for number, status in enumerate([Status.IN_PROGRESS, Status.PAUSED, Status.PAUSED]):
            scans.add(connection, a_scan(id=f"{number}" * 36, status=status))
        assert scans_by_status(connection) == {
            "in_progress": 1,
            "paused": 2,
            "completed": 0,
            "cancelled": 0,
        }


def test_scans_that_were_left_are_counted_by_the_question_they_wait_at(database: Engine) -> None:
    known = [
        {"position": 2},
        {"position": 2, "status": Status.CANCELLED},
        {"position": 5},
        {"position": 5, "updated_at": NOW + DAY},
        {"position": 6, "status": Status.COMPLETED, "completed_at": NOW},
    ]
    with transaction() as connection:
        for number, changes in enumerate(known):
            scans.add(connection, a_scan(id=f"{number}" * 36, **changes))
        assert scans_left_at(connection, NOW + DAY) == {2: 2, 5: 1}


def test_a_request_waits_from_when_it_was_sent_until_it_is_closed(database: Engine) -> None:
    with transaction() as connection:
        fill(connection, SESSION, 1, [advice_requests])
        assert requests_waiting(connection) == 0
        connection.execute(update(advice_requests).values(closed_at=None))
        assert requests_waiting(connection) == 1
        connection.execute(update(advice_requests).values(submitted_at=None))
        assert requests_waiting(connection) == 0
