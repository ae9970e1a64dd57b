import json
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from advice.request import Priority, Status
from ebw.cli import run
from tests.advice.requests_made import CONTACT, a_request, found, stored

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number(database: Engine) -> int:
    """Store a request; give its number."""
    return stored(a_request())[0]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command of this group; return what it prints."""
    assert run(["requests", *arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that fails; return what it says of that."""
    assert run(["requests", *arguments]) == 1
    return capsys.readouterr().err


def test_without_requests_the_list_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "geen adviesverzoeken" in printed(capsys, "list")


def test_the_list_has_a_line_per_request_without_contact_data(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "list")
    assert text.startswith(str(number))
    assert "niet bezorgd" in text
    assert CONTACT not in text + printed(capsys, "list", "--json")


def test_what_waits_is_listed_by_priority(capsys: pytest.CaptureFixture[str]) -> None:
    low, _, high = stored(
        a_request(priority=Priority.LOW),
        a_request(status=Status.CLAIMED),
        a_request(priority=Priority.HIGH),
    )
    listed = json.loads(printed(capsys, "list", "--waiting", "--json"))
    assert [request["number"] for request in listed] == [high, low]


def test_a_request_is_shown_with_contact_data(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"Contact: {CONTACT}" in printed(capsys, "show", str(number))
    assert json.loads(printed(capsys, "show", str(number), "--json"))["contact"] == CONTACT
    target = tmp_path / "verzoek.txt"
    printed(capsys, "show", str(number), "-o", str(target))
    assert CONTACT in target.read_text(encoding="utf-8")


def test_a_request_is_claimed_and_closed(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert "opgepakt door Sanne" in printed(capsys, "claim", str(number), "--by", "Sanne")
    closed = json.loads(printed(capsys, "close", str(number), "--by", "Bram", "--json"))
    assert (closed["status"], closed["closed_by"]) == ("closed", "Bram")
    assert found(number).status is Status.CLOSED


def test_what_cannot_be_done_is_told_in_dutch(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "geen adviesverzoek met nummer 1" in refused(capsys, "show", "1")
    printed(capsys, "claim", str(number), "--by", "Sanne")
    said = refused(capsys, "claim", str(number), "--by", "Bram")
    assert "al opgepakt door Sanne" in said
    printed(capsys, "close", str(number), "--by", "Sanne")
    assert "al afgesloten" in refused(capsys, "close", str(number), "--by", "Sanne")
    assert "--by" in refused(capsys, "claim", str(number), "--by", " ")


def test_the_export_has_a_line_per_request_and_contact_data_only_when_asked(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = printed(capsys, "export").splitlines()
    assert json.loads(line)["number"] == number
    assert "contact" not in json.loads(line)
    assert json.loads(printed(capsys, "export", "--contact"))["contact"] == CONTACT
    target = tmp_path / "verzoeken.csv"
    printed(capsys, "export", "--format", "csv", "-o", str(target))
    assert target.read_text(encoding="utf-8").startswith("number,")
