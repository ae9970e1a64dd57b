import pytest

from advice.intake import Intake, Step, Taken
from advice.request import Priority, Request, Status
from advice.session import advice_session
from quickscan.scan import Answer
from quickscan.scan import Status as ScanStatus
from storage import requests, scans
from storage.database import transaction
from tests.advice.requests_made import CONTACT, DELFT, found, said
from tests.builders import OTHER_SESSION, SCAN_ID, SESSION, a_scan, given
from tests.checklists.lists import a_checklist

pytestmark = pytest.mark.usefixtures("database")


def draft() -> Request | None:
    """Return what is stored of the request that is being made."""
    with transaction() as connection:
        return requests.draft_of_session(connection, SESSION)


def begun(text: str = "") -> None:
    """Begin a request in a turn of its own."""
    with advice_session(SESSION, "rest") as session:
        session.start_request(said(text, municipalities=(DELFT,)))


def take(*answers: object) -> list[Taken]:
    """Give answers, each in a turn of its own."""
    taken = []
    for answer in answers:
        with advice_session(SESSION, "rest") as session:
            taken.append(session.take(session.intake, answer))
    return taken


def walk_to_the_end() -> int:
    """Give every answer but the last; return the number of the request."""
    begun()
    take(said("iets over theater"), said(choice="bijeenkomst"), said(choice="maand"))
    take(said("ja", agrees=True), said(CONTACT))
    return draft().number


def store_scan(**changes: object) -> None:
    """Store a scan of the session with an answer."""
    scan = a_scan(**changes)
    scan.answers[1] = given(Answer.YES)
    with transaction() as connection:
        scans.add(connection, scan)


def test_every_answer_is_stored_at_the_end_of_its_turn() -> None:
    begun()
    assert draft().municipality == DELFT
    take(said("iets over theater"))
    assert draft().subject == "iets over theater"
    take(said("paars"))
    assert draft().unclear == 1


def test_a_subject_gets_the_themes_that_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    themes = {"iets over ons aanbod": ("aanbod",), "iets over borging": ("borging",)}
    monkeypatch.setattr("advice.session.themes_about", lambda _, words: themes.get(words, ()))
    begun("iets over ons aanbod")
    assert draft().themes == ("aanbod",)
    with advice_session(SESSION, "rest") as session:
        session.intake.ask_again(Step.SUBJECT)
    take(said("iets over borging"))
    assert draft().themes == ("borging",)


def test_nothing_of_a_turn_that_fails_is_stored() -> None:
    begun()
    with pytest.raises(ZeroDivisionError), advice_session(SESSION, "rest") as session:
        session.take(session.intake, said("iets over theater"))
        raise ZeroDivisionError
    assert draft().subject is None


def test_a_request_goes_before_a_checklist_and_a_scan() -> None:
    store_scan()
    with advice_session(SESSION, "rest") as session:
        run = session.start_run(a_checklist(), "theater", "planevaluatie")
        assert session.pending is run
        intake = session.start_request(said())
        assert session.pending is intake
    with advice_session(SESSION, "rest") as session:
        assert isinstance(session.pending, Intake)
        session.drop_request()
        assert session.pending == run
        session.stop_run(pause=False)
        assert session.pending is session.scan


def test_a_confirmed_request_is_sent_with_its_priority_and_waits_no_more() -> None:
    number = walk_to_the_end()
    assert take(said("ja", agrees=True)) == [Taken.CONFIRMED]
    request = found(number)
    assert (request.status, request.priority) == (Status.NEW, Priority.HIGH)
    assert request.rule == "bijeenkomst-binnen-een-maand"
    assert request.submitted_at is not None
    assert draft() is None


def test_a_dropped_request_leaves_nothing() -> None:
    begun()
    with advice_session(SESSION, "rest") as session:
        session.drop_request()
        assert not session.has_stored_anything
    assert draft() is None


@pytest.mark.parametrize("goes_along", [True, False])
def test_the_scan_goes_along_only_with_permission(goes_along: bool) -> None:  # noqa: FBT001 - both cases
    store_scan()
    number = walk_to_the_end()
    assert Intake(draft()).step is Step.SCAN
    take(said(agrees=goes_along), said("ja", agrees=True))
    assert found(number).scan_id == (SCAN_ID if goes_along else None)


def test_a_cancelled_scan_or_one_without_answers_is_not_offered() -> None:
    store_scan(status=ScanStatus.CANCELLED)
    begun()
    assert draft().scan_id is None
    with advice_session(OTHER_SESSION, "rest") as session:
        session.start()
        assert session.start_request(said()).request.scan_id is None


def test_the_municipality_of_the_scan_is_not_asked_again() -> None:
    store_scan(municipality=DELFT)
    with advice_session(SESSION, "rest") as session:
        assert session.start_request(said()).step is Step.SUBJECT


def test_deleting_everything_removes_a_request_that_is_being_made_and_one_that_was_sent() -> None:
    number = walk_to_the_end()
    take(said("ja", agrees=True))
    begun()
    with advice_session(SESSION, "rest") as session:
        assert session.has_stored_anything
        session.delete_everything()
    assert (found(number), draft()) == (None, None)
