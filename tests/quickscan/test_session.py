import threading
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from quickscan.scan import Answer, Confirming, Mode, OpenRound, Scan, Stage, Status
from quickscan.session import (
    MAX_WRONG_CODES,
    WRONG_CODES_WINDOW,
    ScanSession,
    TooManyAttemptsError,
    UnknownCodeError,
    scan_session,
)
from storage import questionnaires, scans
from storage.database import DatabaseUnavailableError, transaction
from storage.tables import metadata
from tests.builders import OTHER_SESSION, SESSION, given, questionnaire_content
from tests.walks import Walk

pytestmark = pytest.mark.usefixtures("database")

WRONG_CODE = "2222-2222-2222-2222"


def begin(session_id: str = SESSION, *, answers: int = 0) -> Scan:
    """Begin a scan and answer its first questions; return it."""
    with scan_session(session_id, "rest") as session:
        scan = session.start()
        scan.set_municipality(None)
        scan.set_mode(Mode.EXISTING_APPROACH)
        for number in range(1, answers + 1):
            scan.answer(number, given(Answer.YES, f"reden {number}"))
    return scan


def finish(session_id: str = SESSION) -> str:
    """Do a whole scan; return its code."""
    begin(session_id, answers=6)
    with scan_session(session_id, "rest") as session:
        session.scan.complete(session.now)
        return session.give_code(session.scan)


def pause(session_id: str = SESSION) -> str:
    """Pause the scan of a session; return its code."""
    with scan_session(session_id, "rest") as session:
        return session.pause(session.scan)


def scan_of(session_id: str = SESSION) -> Scan | None:
    """Return what is stored as the scan of a session."""
    with transaction() as connection:
        return scans.latest_of_session(connection, session_id)


def all_scans() -> list[Scan]:
    """Return every stored scan."""
    with transaction() as connection:
        return scans.find_all(connection)


def everything_stored() -> dict[str, list[str]]:
    """Return all rows of all tables, as text."""
    with transaction() as connection:
        return {
            table.name: [str(tuple(row)) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def try_code(code: str, session_id: str = SESSION, later: timedelta = timedelta()) -> Scan:
    """Try to go on with `code`; what was done stays stored when that fails, as in a turn."""
    failure = None
    with scan_session(session_id, "web") as session:
        session.now += later
        try:
            return session.resume(code)
        except (UnknownCodeError, TooManyAttemptsError) as error:
            failure = error
    raise failure


def test_a_session_begins_without_a_scan() -> None:
    with scan_session(SESSION, "rest") as session:
        assert session.scan is None
        assert session.pending_scan is None


def test_a_scan_begins_with_the_current_questionnaire() -> None:
    begin()
    scan = scan_of()
    assert scan.questionnaire.version == "1.0"
    assert (scan.status, scan.channel, scan.answers) == (Status.IN_PROGRESS, "rest", {})


def test_what_was_answered_is_there_in_the_next_turn() -> None:
    begin(answers=3)
    with scan_session(SESSION, "rest") as session:
        assert session.scan.position == 4
        assert session.scan.answers[2].answer is Answer.YES
        assert session.scan.answers[2].explanation == "reden 2"


def test_every_field_of_a_scan_is_stored() -> None:
    begin(answers=2)
    with scan_session(SESSION, "rest") as session:
        scan = session.scan
        scan.stage, scan.position, scan.return_to = Stage.QUESTION, 5, 3
        scan.status, scan.mode = Status.PAUSED, Mode.BUILDING_BLOCKS
        scan.open_round, scan.confirming = OpenRound.GOING, Confirming.DELETE
        scan.unclear, scan.shared_for_benchmark = 4, True
        scan.municipality, scan.completed_at = Walk(1).scan.municipality, session.now
    assert scan_of() == scan


@pytest.mark.parametrize("seed", range(8))
def test_a_scan_is_stored_as_it_stands_after_any_step(seed: int) -> None:
    walk = Walk(seed, begin())
    for _ in range(25):
        with scan_session(SESSION, "rest") as session:
            walk.scan = session.scan
            walk.step()
            left = deepcopy(walk.scan)
        stored = scan_of()
        assert replace(stored, updated_at=left.updated_at) == left
        assert stored.answers == walk.expected


def test_the_same_answer_given_five_times_is_stored_once() -> None:
    begin()
    for _ in range(5):
        with scan_session(SESSION, "rest") as session:
            session.scan.answer(1, given(Answer.NO))
    assert list(scan_of().answers) == [1]
    assert len(everything_stored()["answers"]) == 1


def test_a_failure_halfway_stores_nothing_of_the_turn() -> None:
    begin(answers=1)
    before = everything_stored()

    class InterruptionError(Exception):
        """Something unexpected within a turn."""

    def turn_that_fails() -> None:
        with scan_session(SESSION, "rest") as session:
            session.scan.answer(2, given(Answer.NO))
            session.give_code(session.scan)
            session.start()
            raise InterruptionError

    with pytest.raises(InterruptionError):
        turn_that_fails()
    assert everything_stored() == before


def test_a_failure_while_storing_stores_nothing_of_the_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin(answers=1)
    before = everything_stored()
    monkeypatch.setattr(scans, "save", _fail)
    with pytest.raises(ZeroDivisionError), scan_session(SESSION, "rest") as session:
        session.scan.answer(2, given(Answer.NO))
    monkeypatch.undo()
    assert everything_stored() == before


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def test_a_database_that_fails_halfway_says_so_and_stores_nothing(database: Engine) -> None:
    begin(answers=1)
    before = everything_stored()

    def turn_that_fails() -> None:
        with scan_session(SESSION, "rest") as session:
            session.scan.answer(2, given(Answer.NO, "een woord van de gebruiker"))
            session.connection.exec_driver_sql("SELECT no_such_column FROM scans")

    with pytest.raises(DatabaseUnavailableError) as failure:
        turn_that_fails()
    assert "gebruiker" not in str(failure.value)
    assert everything_stored() == before


def test_a_turn_that_changes_nothing_leaves_the_scan_untouched() -> None:
    begin(answers=1)
    before = everything_stored()
    with scan_session(SESSION, "rest") as session:
        assert session.scan.question.number == 2
    assert everything_stored() == before


def test_two_answers_at_the_same_time_go_to_two_questions() -> None:
    begin()
    first_is_in, second_is_in = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def answer_at_hand(answer: Answer, entered: threading.Event, wait_for: threading.Event) -> None:
        try:
            with scan_session(SESSION, "rest") as session:
                entered.set()
                wait_for.wait(0.3)
                session.scan.answer(session.scan.position, given(answer))
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failures.append(error)

    first = threading.Thread(target=answer_at_hand, args=(Answer.YES, first_is_in, second_is_in))
    second = threading.Thread(target=answer_at_hand, args=(Answer.NO, second_is_in, first_is_in))
    first.start()
    first_is_in.wait(5)
    second.start()
    first.join()
    second.join()
    assert not failures
    stored = scan_of()
    assert {number: given.answer for number, given in stored.answers.items()} == {
        1: Answer.YES,
        2: Answer.NO,
    }
    assert stored.position == 3


def test_many_answers_from_two_threads_are_all_stored() -> None:
    begin()
    failures: list[BaseException] = []

    def answer(numbers: Iterator[int]) -> None:
        try:
            for number in numbers:
                with scan_session(SESSION, "rest") as session:
                    session.scan.answer(number, given(Answer.NO, str(number)))
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failures.append(error)

    threads = [
        threading.Thread(target=answer, args=(iter(numbers),)) for numbers in ((1, 3, 5), (2, 4, 6))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert {n: g.explanation for n, g in scan_of().answers.items()} == {
        n: str(n) for n in range(1, 7)
    }


def test_sessions_do_not_see_each_other() -> None:
    begin(SESSION, answers=2)
    begin(OTHER_SESSION, answers=4)
    assert len(scan_of(SESSION).answers) == 2
    assert len(scan_of(OTHER_SESSION).answers) == 4


@pytest.mark.parametrize("paused", [False, True])
def test_starting_anew_ends_the_scan_under_way_and_keeps_it(paused: bool) -> None:  # noqa: FBT001 - a variant
    first = begin(answers=2)
    if paused:
        pause()
    second = begin()
    with transaction() as connection:
        ended = scans.find(connection, first.id)
    assert ended.status is Status.CANCELLED
    assert len(ended.answers) == 2
    assert scan_of().id == second.id


def test_starting_anew_leaves_a_completed_scan_as_it_is() -> None:
    finish()
    before = scan_of()
    begin()
    assert before in all_scans()


def test_a_paused_scan_waits_for_nothing_until_it_is_resumed() -> None:
    begin(answers=2)
    pause()
    with scan_session(SESSION, "rest") as session:
        assert session.scan.status is Status.PAUSED
        assert session.pending_scan is None
        session.scan.resume()
        assert session.pending_scan is session.scan


def test_a_question_put_in_between_makes_a_finished_scan_wait_too() -> None:
    finish()
    with scan_session(SESSION, "rest") as session:
        assert session.pending_scan is None
        session.scan.confirming = Confirming.DELETE
        assert session.pending_scan is session.scan


def test_with_a_code_another_session_goes_on_where_the_first_stopped() -> None:
    begun = begin(answers=3)
    code = pause()
    try_code(code, OTHER_SESSION)
    resumed = scan_of(OTHER_SESSION)
    assert (resumed.id, resumed.status, resumed.channel) == (begun.id, Status.IN_PROGRESS, "web")
    assert (resumed.position, len(resumed.answers)) == (4, 3)
    assert scan_of(SESSION) is None


def test_a_resumed_scan_comes_before_the_scan_that_the_session_had() -> None:
    begin(SESSION, answers=3)
    code = pause()
    own = begin(OTHER_SESSION, answers=1)
    resumed = try_code(code, OTHER_SESSION)
    assert scan_of(OTHER_SESSION).id == resumed.id != own.id
    assert len(all_scans()) == 2


def test_answers_given_after_resuming_are_stored() -> None:
    begin(answers=1)
    code = pause()
    with scan_session(OTHER_SESSION, "web") as session:
        session.resume(code).answer(2, given(Answer.NO))
    assert scan_of(OTHER_SESSION).answers[2].answer is Answer.NO


def test_an_answer_after_resuming_is_stored_also_when_the_scan_before_had_the_same(
    database: Engine,
) -> None:
    begin(answers=1)
    code = pause()
    begin(OTHER_SESSION, answers=3)
    with scan_session(OTHER_SESSION, "web") as session:
        same = session.scan.answers[2]
        session.resume(code).answer(2, same)
    assert scan_of(OTHER_SESSION).answers[2] == same


def test_a_cancelled_scan_comes_back_with_its_code() -> None:
    begin(answers=2)
    code = pause()
    with scan_session(SESSION, "rest") as session:
        session.cancel(session.scan)
    assert try_code(code).status is Status.IN_PROGRESS
    assert scan_of().is_active


def test_every_pause_gives_another_code_and_all_of_them_work() -> None:
    begin(answers=1)
    codes = [pause(), pause()]
    assert codes[0] != codes[1]
    assert [try_code(code).position for code in codes] == [2, 2]


def test_only_a_hash_of_a_code_is_stored() -> None:
    begin()
    code = pause()
    stored = str(everything_stored()).upper()
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_an_unknown_code_changes_nothing_but_is_counted() -> None:
    begin(answers=1)
    before = scan_of()
    with pytest.raises(UnknownCodeError):
        try_code(WRONG_CODE)
    assert scan_of() == before
    assert len(everything_stored()["resume_attempts"]) == 1


def test_after_five_wrong_codes_a_right_one_is_refused_too_until_time_has_passed() -> None:
    begin(OTHER_SESSION, answers=2)
    code = pause(OTHER_SESSION)
    for _ in range(MAX_WRONG_CODES):
        with pytest.raises(UnknownCodeError):
            try_code(WRONG_CODE)
    with pytest.raises(TooManyAttemptsError):
        try_code(code)
    with pytest.raises(TooManyAttemptsError):
        try_code(code, later=WRONG_CODES_WINDOW - timedelta(minutes=1))
    assert try_code(code, later=WRONG_CODES_WINDOW + timedelta(minutes=1)).position == 3


def test_four_wrong_codes_do_not_stop_the_right_one() -> None:
    begin()
    code = pause()
    for _ in range(MAX_WRONG_CODES - 1):
        with pytest.raises(UnknownCodeError):
            try_code(WRONG_CODE)
    assert try_code(code).is_active


def test_wrong_codes_of_one_session_do_not_hinder_another() -> None:
    begin()
    code = pause()
    for _ in range(MAX_WRONG_CODES):
        with pytest.raises(UnknownCodeError):
            try_code(WRONG_CODE, OTHER_SESSION)
    assert try_code(code, SESSION).is_active


def test_a_completed_scan_is_reopened_as_a_new_version_and_the_old_one_stays() -> None:
    code = finish()
    old = scan_of()
    with scan_session(OTHER_SESSION, "web") as session:
        version = session.resume(code)
        version.answer(2, given(Answer.NO, "toch niet"))
    stored = {scan.id: scan for scan in all_scans()}
    assert stored[old.id] == old
    new = stored[version.id]
    assert (new.reopened_from, new.status, new.stage) == (
        old.id,
        Status.IN_PROGRESS,
        Stage.CONFIRM,
    )
    assert new.completed_at is None
    assert new.answers[2].explanation == "toch niet"
    assert new.answers[1] == old.answers[1]
    assert new.started_at > old.started_at


def test_reopening_does_not_offer_the_open_questions_again() -> None:
    code = finish()
    version = try_code(code)
    version.jump(3)
    version.answer(3, given(Answer.SKIPPED))
    assert version.stage is Stage.CONFIRM


def test_deleting_removes_everything_of_the_session_and_nothing_of_another() -> None:
    begin(OTHER_SESSION, answers=2)
    of_other = scan_of(OTHER_SESSION)
    code = finish(SESSION)
    try_code(code, SESSION)
    pause(SESSION)
    with pytest.raises(UnknownCodeError):
        try_code(WRONG_CODE, SESSION)
    with scan_session(SESSION, "rest") as session:
        session.delete_everything()
    stored = everything_stored()
    assert SESSION not in str(stored)
    assert (len(stored["answers"]), stored["resume_codes"]) == (2, [])
    assert scan_of(OTHER_SESSION) == of_other
    with pytest.raises(UnknownCodeError):
        try_code(code, OTHER_SESSION)


def test_a_new_scan_may_follow_a_deletion_in_the_same_turn() -> None:
    begin(answers=2)
    with scan_session(SESSION, "rest") as session:
        session.delete_everything()
        session.start()
    assert len(all_scans()) == 1
    assert scan_of().answers == {}


def test_a_running_scan_keeps_its_questionnaire_while_a_new_version_comes_into_use() -> None:
    begin(SESSION, answers=2)
    newer = questionnaire_content(count=9, version="2.0")
    with transaction() as connection:
        questionnaires.load(connection, newer)
    begin(OTHER_SESSION)
    with scan_session(SESSION, "rest") as session:
        session.scan.answer(3, given(Answer.NO))
    assert (scan_of(SESSION).questionnaire.version, scan_of(SESSION).questionnaire.count) == (
        "1.0",
        6,
    )
    assert scan_of(OTHER_SESSION).questionnaire.count == 9


def test_a_correction_of_the_wording_reaches_a_running_scan() -> None:
    begin(answers=1)
    corrected = questionnaire_content()
    corrected["questions"][1]["question"] = "Is onderdeel twee bij jullie helemaal geregeld?"
    with transaction() as connection:
        questionnaires.load(connection, corrected)
    assert scan_of().question.question == "Is onderdeel twee bij jullie helemaal geregeld?"


def test_a_session_is_given_the_moment_of_the_turn() -> None:
    scan = begin()
    with scan_session(SESSION, "rest") as session:
        assert isinstance(session, ScanSession)
        assert session.now >= scan.started_at
        assert session.now.utcoffset() == timedelta()
