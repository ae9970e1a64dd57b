from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from quickscan.scan import Answer, Confirming, Mode, Municipality, OpenRound, Scan, Stage, Status
from storage import scans, tables
from storage.database import DatabaseUnavailableError, transaction
from storage.removal import delete_of_session
from tests.builders import NOW, OTHER_SESSION, SCAN_ID, SESSION, a_scan, given

OTHER_ID = "99999999-2222-4333-8444-555555555555"


def every_field_set() -> Scan:
    """Return a scan in which no field has its default."""
    return a_scan(
        channel="web",
        updated_at=NOW + timedelta(minutes=3),
        status=Status.COMPLETED,
        mode=Mode.BUILDING_BLOCKS,
        municipality=Municipality("GM0796", "'s-Hertogenbosch"),
        stage=Stage.DONE,
        position=5,
        return_to=2,
        open_round=OpenRound.OVER,
        confirming=Confirming.DELETE,
        unclear=3,
        shared_for_benchmark=True,
        completed_at=NOW + timedelta(minutes=2),
        answers={
            1: given(Answer.YES, "reden, met 'tekens' en ünicode 🙂"),
            6: given(Answer.SKIPPED),
        },
    )


def add(*added: Scan) -> None:
    """Store scans."""
    with transaction() as connection:
        for scan in added:
            scans.add(connection, scan)


def find(scan_id: str = SCAN_ID) -> Scan | None:
    """Return a stored scan."""
    with transaction() as connection:
        return scans.find(connection, scan_id)


def count(connection: Connection, table: str) -> int:
    """Return how many rows a table has."""
    return len(connection.execute(select(metadata_table(table))).fetchall())


def metadata_table(name: str) -> object:
    """Return the table with this name."""
    return tables.metadata.tables[name]


@pytest.mark.parametrize("make", [a_scan, every_field_set])
def test_a_scan_comes_back_as_it_was_stored(make: object, database: Engine) -> None:
    scan = make()
    add(scan)
    assert find() == scan


def test_saving_stores_how_a_scan_stands_but_not_its_answers(database: Engine) -> None:
    add(a_scan())
    changed = every_field_set()
    with transaction() as connection:
        scans.save(connection, changed)
    stored = find()
    assert stored.answers == {}
    stored.answers = changed.answers
    assert stored == changed


def test_an_answer_takes_the_place_of_an_earlier_one(database: Engine) -> None:
    scan = a_scan(answers={1: given(Answer.YES, "eerst"), 2: given(Answer.NO)})
    add(scan)
    scan.answers[1] = given(Answer.PARTLY)
    with transaction() as connection:
        scans.save_answers(connection, scan, [1])
        scans.save_answers(connection, scan, [1])
    assert find().answers == {1: given(Answer.PARTLY), 2: given(Answer.NO)}


def test_saving_no_answers_is_no_fault(database: Engine) -> None:
    add(a_scan())
    with transaction() as connection:
        scans.save_answers(connection, a_scan(), [])
    assert find().answers == {}


def test_moments_keep_their_zone_and_come_back_in_utc(database: Engine) -> None:
    add(a_scan(started_at=datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))))
    started = find().started_at
    assert started == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert started.utcoffset() == timedelta()


def test_the_latest_scan_of_a_session_is_the_one_worked_on_last(database: Engine) -> None:
    older = a_scan(updated_at=NOW + timedelta(hours=1))
    begun_later = a_scan(id=OTHER_ID, started_at=NOW + timedelta(minutes=30), updated_at=NOW)
    add(older, begun_later)
    with transaction() as connection:
        assert scans.latest_of_session(connection, SESSION).id == older.id
        assert scans.latest_of_session(connection, SESSION, for_change=True).id == older.id
        assert scans.latest_of_session(connection, OTHER_SESSION) is None


def test_of_two_scans_worked_on_at_one_moment_the_one_begun_last_counts(database: Engine) -> None:
    add(a_scan(), a_scan(id=OTHER_ID, started_at=NOW + timedelta(seconds=1)))
    with transaction() as connection:
        assert scans.latest_of_session(connection, SESSION).id == OTHER_ID


def test_all_scans_come_oldest_first(database: Engine) -> None:
    add(a_scan(started_at=NOW + timedelta(days=1)), a_scan(id=OTHER_ID))
    with transaction() as connection:
        assert [scan.id for scan in scans.find_all(connection)] == [OTHER_ID, SCAN_ID]


def test_an_id_that_is_not_there_finds_nothing(database: Engine) -> None:
    assert find("geen-id") is None


def test_a_code_leads_to_its_scan_only(database: Engine) -> None:
    scan, other = a_scan(), a_scan(id=OTHER_ID)
    add(scan, other)
    with transaction() as connection:
        scans.add_code(connection, scan, "1" * 64, NOW)
        scans.add_code(connection, other, "2" * 64, NOW)
        scans.add_code(connection, other, "3" * 64, NOW)
        found = [scans.find_by_code(connection, digit * 64) for digit in "1234"]
    assert [scan.id if scan else None for scan in found] == [SCAN_ID, OTHER_ID, OTHER_ID, None]


def test_attempts_are_counted_per_session_and_since_a_moment(database: Engine) -> None:
    with transaction() as connection:
        for minutes in (0, 10, 20):
            scans.add_attempt(connection, SESSION, NOW - timedelta(minutes=minutes))
        since = NOW - timedelta(minutes=15)
        assert scans.count_attempts(connection, SESSION, since) == 2
        assert scans.count_attempts(connection, OTHER_SESSION, since) == 0


def test_deleting_a_session_takes_answers_codes_and_attempts_along(database: Engine) -> None:
    mine = a_scan(answers={1: given(Answer.YES)})
    other = a_scan(id=OTHER_ID, session_id=OTHER_SESSION, answers={1: given(Answer.NO)})
    add(mine, other)
    with transaction() as connection:
        for scan, digit in ((mine, "1"), (other, "2")):
            scans.add_code(connection, scan, digit * 64, NOW)
            scans.add_attempt(connection, scan.session_id, NOW)
        delete_of_session(connection, SESSION)
    with transaction() as connection:
        left = {name: count(connection, name) for name in ("scans", "answers", "resume_codes")}
        assert left == {"scans": 1, "answers": 1, "resume_codes": 1}
        assert count(connection, "resume_attempts") == 1
    assert find(OTHER_ID) == other


def test_a_new_version_outlives_the_scan_it_was_made_of(database: Engine) -> None:
    add(a_scan())
    add(a_scan(id=OTHER_ID, session_id=OTHER_SESSION, reopened_from=SCAN_ID))
    with transaction() as connection:
        delete_of_session(connection, SESSION)
    assert find(OTHER_ID).reopened_from is None


def test_an_answer_without_a_scan_is_refused(database: Engine) -> None:
    row = {"scan_id": OTHER_ID, "question": 1, "answer": "ja", "answered_at": NOW}
    with pytest.raises(DatabaseUnavailableError), transaction() as connection:
        connection.execute(insert(tables.answers).values(row))
