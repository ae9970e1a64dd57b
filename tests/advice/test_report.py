import csv
import io

from advice.report import csv_report, list_line, request_data, text_request
from advice.request import Status
from tests.advice.requests_made import CONTACT, NUMBER, a_request
from tests.builders import NOW


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_line_says_where_and_how_it_stands_but_not_whom_to_reach() -> None:
    line = list_line(a_request())
    assert line.startswith(f"{NUMBER}  gewoon  nieuw")
    assert "Delft" in line
    assert line.endswith("niet bezorgd")
    assert CONTACT not in line


def test_a_line_says_who_took_it_up_and_how_it_was_delivered() -> None:
    claimed = a_request(status=Status.CLAIMED, claimed_by="Sanne", claimed_at=NOW)
    assert "opgepakt door Sanne" in list_line(claimed)
    assert list_line(claimed).endswith("opgepakt zonder bezorging")
    delivered = a_request(delivered_at=NOW, delivered_by="e-mail", municipality=None)
    assert list_line(delivered).endswith("bezorgd per e-mail")
    assert "gemeente niet gezegd" in list_line(delivered)


def test_the_text_has_the_contact_data_and_the_delivery() -> None:
    text = text_request(a_request())
    assert f"Contact: {CONTACT}\n" in text
    assert text.endswith("Bezorging: niet bezorgd\n")


def test_data_has_contact_only_when_asked_and_nothing_of_the_conversation() -> None:
    data = request_data(a_request(), contact=False)
    assert data["municipality"] == {"code": "GM0503", "name": "Delft"}
    assert data["submitted_at"] == "2026-03-02T09:30:00+00:00"
    assert data["rule"] == "overig"
    assert {"contact", "session_id", "unclear", "put_again"} & data.keys() == set()
    assert request_data(a_request(), contact=True)["contact"] == CONTACT


def test_a_table_has_a_row_per_request() -> None:
    rows = rows_of(csv_report([a_request(), a_request(municipality=None)], contact=False))
    assert [row["municipality"] for row in rows] == ["Delft", ""]
    assert rows[0]["themes"] == "evaluatie"
    assert "contact" not in rows[0]
    assert csv_report([], contact=True) == ""


def test_a_spreadsheet_does_not_take_a_subject_for_a_formula() -> None:
    [row] = rows_of(csv_report([a_request(subject="=1+1", contact="+31")], contact=True))
    assert (row["subject"], row["contact"]) == ("'=1+1", "'+31")
