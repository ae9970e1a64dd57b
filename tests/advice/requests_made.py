"""Ready-made requests for the tests."""

from typing import Any

from advice.intake import Said
from advice.request import Priority, Request, Status, Support, Urgency
from quickscan.scan import Municipality
from storage import requests
from storage.database import transaction
from tests.builders import NOW, SESSION

DELFT = Municipality("GM0503", "Delft")
CONTACT = "j.jansen@delft.nl"
NUMBER = 12_345


def a_draft(**changes: Any) -> Request:  # noqa: ANN401 - a request's fields differ
    """Return a request of which nothing is known yet."""
    values = {
        "number": NUMBER,
        "session_id": SESSION,
        "channel": "rest",
        "started_at": NOW,
        "updated_at": NOW,
    }
    return Request(**{**values, **changes})


def a_request(**changes: Any) -> Request:  # noqa: ANN401 - a request's fields differ
    """Return a request that was sent just now."""
    values = {
        "status": Status.NEW,
        "municipality": DELFT,
        "subject": "onze theatervoorstelling evalueren",
        "themes": ("evaluatie",),
        "interventions": ("theater",),
        "support": Support.EVALUATION,
        "urgency": Urgency.MONTH,
        "consented_at": NOW,
        "contact": CONTACT,
        "priority": Priority.NORMAL,
        "rule": "overig",
        "submitted_at": NOW,
    }
    return a_draft(**{**values, **changes})


def stored(*made: Request) -> list[int]:
    """Store requests; return the numbers that they got."""
    with transaction() as connection:
        for request in made:
            requests.add(connection, request)
    return [request.number for request in made]


def found(number: int) -> Request:
    """Return a request as it is stored."""
    with transaction() as connection:
        return requests.find(connection, number)


def said(text: str = "", **understood: Any) -> Said:  # noqa: ANN401 - what is understood differs
    """Return something that was said now."""
    return Said(text=text, at=NOW, **understood)
