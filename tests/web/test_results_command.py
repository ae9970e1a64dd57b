"""`ebw results show` in the forms of the report, and `ebw results revoke`."""

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from ebw.cli import run
from quickscan.report_links import new_token, token_hash
from quickscan.scan import Scan
from storage import report_links, scans
from storage.database import transaction
from tests.builders import NOW, a_scan


@pytest.fixture
def scan(database: Engine) -> Scan:
    """Give a stored scan."""
    made = a_scan()
    with transaction() as connection:
        scans.add(connection, made)
    return made


@pytest.mark.parametrize(
    ("form", "beginning"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("docx", b"PK")]
)
def test_the_report_comes_in_every_form(
    scan: Scan, tmp_path: Path, form: str, beginning: bytes
) -> None:
    target = tmp_path / f"verslag.{form}"
    assert run(["results", "show", scan.id, "--format", form, "-o", str(target)]) == 0
    assert target.read_bytes().startswith(beginning)


def test_the_page_as_a_file_stands_on_its_own(scan: Scan, tmp_path: Path) -> None:
    target = tmp_path / "verslag.html"
    run(["results", "show", scan.id, "--format", "html", "-o", str(target)])
    page = target.read_text(encoding="utf-8")
    assert "<style>" in page
    assert 'href="/' not in page


def test_revoking_removes_the_links(scan: Scan, capsys: pytest.CaptureFixture[str]) -> None:
    token = new_token()
    with transaction() as connection:
        report_links.add(connection, scan.id, token_hash(token), NOW, NOW.replace(year=2099))
    assert run(["results", "revoke", scan.id]) == 0
    assert capsys.readouterr().out == "Ingetrokken: 1 link.\n"
    with transaction() as connection:
        assert report_links.find_scan_id(connection, token_hash(token), NOW) is None


def test_revoking_an_unknown_scan_says_so(
    database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["results", "revoke", "bestaat-niet"]) == 1
    assert "geen quickscan" in capsys.readouterr().err
