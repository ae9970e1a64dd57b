import pytest

from checklists.course import Run, RunStatus, Verdict
from checklists.session import WorkSession, work_session
from quickscan.scan import Scan
from quickscan.session import MAX_WRONG_CODES, TooManyAttemptsError, UnknownCodeError
from storage import checklists
from storage.database import transaction
from tests.builders import OTHER_SESSION, SESSION
from tests.checklists.lists import a_checklist, said

pytestmark = pytest.mark.usefixtures("database")

WRONG_CODE = "2222-2222-2222-2222"


def begin(session: WorkSession, item_id: str = "de-lijst") -> Run:
    """Begin a checklist."""
    return session.start_run(a_checklist(item_id=item_id), "theater", "planevaluatie")


def begun(*verdicts: Verdict, session_id: str = SESSION) -> Run:
    """Begin a checklist in a turn of its own, with verdicts on its first points."""
    with work_session(session_id, "rest") as session:
        run = begin(session)
        for number, verdict in enumerate(verdicts, 1):
            run.give(number, said(verdict))
    return run


def paused(session_id: str = SESSION) -> str:
    """Pause the checklist of a session; return its code."""
    with work_session(session_id, "rest") as session:
        return session.give_run_code(session.stop_run(pause=True))


def stored(session_id: str = SESSION) -> Run | None:
    """Return what is stored as the session's latest checklist."""
    with transaction() as connection:
        return checklists.latest_of_session(connection, session_id)


def test_verdicts_are_stored_at_the_end_of_the_turn() -> None:
    begun(Verdict.YES)
    with work_session(SESSION, "rest") as session:
        session.run.give(2, said(Verdict.PARTLY, "alleen het bestuur"))
    assert stored().verdicts == {
        1: said(Verdict.YES),
        2: said(Verdict.PARTLY, "alleen het bestuur"),
    }
    assert stored().position == 3


def test_nothing_of_a_turn_that_fails_is_stored() -> None:
    begun(Verdict.YES)
    with pytest.raises(ZeroDivisionError), work_session(SESSION, "rest") as session:
        session.run.give(2, said(Verdict.NO))
        raise ZeroDivisionError
    assert stored().verdicts == {1: said(Verdict.YES)}


def test_a_turn_that_changes_nothing_stores_nothing() -> None:
    begun(Verdict.YES)
    before = stored()
    with work_session(SESSION, "rest"):
        pass
    assert stored() == before


def test_a_checklist_goes_before_the_scan_that_waits() -> None:
    with work_session(SESSION, "rest") as session:
        scan = session.start()
        assert session.pending is scan
        run = begin(session)
        assert session.pending is run
        session.stop_run(pause=False)
        assert session.pending is scan


def test_another_checklist_pauses_the_one_under_way() -> None:
    first = begun(Verdict.YES)
    with work_session(SESSION, "rest") as session:
        second = begin(session, "een-andere")
    with work_session(SESSION, "rest") as session:
        assert session.active_run.id == second.id
        code = session.give_run_code(first)
        assert session.resume_any(code).id == first.id
    with work_session(SESSION, "rest") as session:
        assert session.active_run.id == first.id


def test_the_checklist_under_way_goes_on_when_it_is_begun_again() -> None:
    first = begun(Verdict.YES)
    with work_session(SESSION, "rest") as session:
        again = begin(session)
    assert again.id == first.id
    assert stored().verdicts == {1: said(Verdict.YES)}


def test_a_code_brings_a_checklist_to_another_session() -> None:
    begun(Verdict.YES)
    code = paused()
    with work_session(OTHER_SESSION, "web") as session:
        found = session.resume_any(code)
        assert isinstance(found, Run)
        assert session.pending is found
    assert stored(OTHER_SESSION).verdicts == {1: said(Verdict.YES)}
    assert (stored(OTHER_SESSION).channel, stored()) == ("web", None)


def test_the_code_of_a_scan_is_found_as_well_and_pauses_the_checklist() -> None:
    with work_session(OTHER_SESSION, "rest") as session:
        code = session.pause(session.start())
    begun(Verdict.YES)
    with work_session(SESSION, "rest") as session:
        found = session.resume_any(code)
        assert isinstance(found, Scan)
        assert session.pending is found
    assert stored().status is RunStatus.PAUSED


def test_the_code_of_a_completed_checklist_shows_it_and_changes_nothing() -> None:
    begun(Verdict.YES)
    code = paused()
    with work_session(SESSION, "rest") as session:
        run = session.resume_any(code)
        for number in (2, 3, 4):
            run.give(number, said(Verdict.NO))
    with work_session(OTHER_SESSION, "rest") as session:
        run = session.resume_any(code)
        assert run.status is RunStatus.COMPLETED
        assert session.pending is None


def test_wrong_codes_count_for_checklists_too() -> None:
    begun(Verdict.YES)
    code = paused()
    for _ in range(MAX_WRONG_CODES):
        with work_session(SESSION, "rest") as session, pytest.raises(UnknownCodeError):
            session.resume_any(WRONG_CODE)
    with work_session(SESSION, "rest") as session, pytest.raises(TooManyAttemptsError):
        session.resume_any(code)


def test_everything_of_a_session_can_be_removed() -> None:
    begun(Verdict.YES)
    begun(Verdict.NO, session_id=OTHER_SESSION)
    with work_session(SESSION, "rest") as session:
        assert session.has_stored_anything
        session.delete_everything()
    with work_session(SESSION, "rest") as session:
        assert not session.has_stored_anything
        assert session.latest_run is None
    assert stored(OTHER_SESSION) is not None
