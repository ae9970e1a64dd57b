"""The pages: their headers, and the report with its downloads."""

import csv
import gzip
import io
import json
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from checklists.course import RunStatus, Verdict
from ebw.settings import ROOT, read_settings
from knowledge.questionnaire_content import read_questionnaire
from quickscan.questionnaire import parse_questionnaire
from quickscan.report_links import new_token, token_hash
from quickscan.scan import Answer, Municipality, Scan, Status
from storage import checklists, plans, questionnaires, report_links, scans, tables
from storage.database import transaction
from storage.removal import delete_of_session
from tests.builders import NOW, a_scan, given
from tests.checklists.lists import a_run, said
from tests.evaluation.plans import a_plan
from web.app import make_app

LARGEST_REPORT = 50_000


@pytest.fixture
def scan(database: Engine) -> Scan:
    """Give a stored scan that is complete."""
    made = a_scan(municipality=Municipality("GM0503", "Delft"))
    made.answers = {
        1: given(Answer.YES),
        2: given(Answer.PARTLY, '<script>alert(1)</script> & "zo" #strong[x] $x$ \\'),
        3: given(Answer.NO, "=1+1"),
        4: given(Answer.UNKNOWN),
        5: given(Answer.SKIPPED),
        6: given(Answer.YES),
    }
    made.status, made.completed_at = Status.COMPLETED, NOW
    with transaction() as connection:
        scans.add(connection, made)
    return made


@pytest.fixture
def address(scan: Scan) -> str:
    """Give the address of its report."""
    return f"/resultaat/{_link(scan, datetime.now(UTC) + timedelta(days=1))}"


@pytest.fixture
def pages(database: Engine, data_dir: Path) -> TestClient:
    """Give a visitor of the pages, without anything behind them."""
    return _visitor({})


@pytest.mark.parametrize(
    "path", ["/", "/privacy", "/widget.js", "/page.css", "/nergens", "/health"]
)
def test_every_response_is_protected(pages: TestClient, path: str) -> None:
    headers = pages.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(database: Engine, data_dir: Path) -> None:
    pages = _visitor({"EBW_PUBLIC_URL": "https://assistent.example.nl"})
    assert "max-age=31536000" in pages.get("/").headers["strict-transport-security"]


def test_only_allowed_websites_may_frame_the_page_and_none_the_report(
    database: Engine, data_dir: Path, address: str
) -> None:
    pages = _visitor({"EBW_WEB_ORIGINS": "https://www.example.nl"})
    policy = "content-security-policy"
    assert "frame-ancestors 'self' https://www.example.nl" in pages.get("/").headers[policy]
    assert "frame-ancestors 'none'" in pages.get(address).headers[policy]


def test_the_page_is_useful_without_scripts(pages: TestClient) -> None:
    text = pages.get("/").text
    assert "<noscript>" in text
    assert "26 vragen" in text
    assert "bel 112" in text


def test_the_privacy_page_tells_the_periods_that_are_set(database: Engine, data_dir: Path) -> None:
    pages = _visitor({"EBW_RETENTION_UNFINISHED_DAYS": "31", "EBW_RETENTION_COMPLETED_DAYS": "365"})
    assert 'href="/privacy"' in pages.get("/").text
    text = pages.get("/privacy").text
    assert "31 dagen als je niet verdergaat, 1 jaar als alles af is" in text
    assert "hooguit 14 dagen" in text
    assert "verwijder mijn gegevens" in text


def test_no_page_has_a_script_or_style_of_its_own(pages: TestClient, address: str) -> None:
    for path in ("/", "/privacy", "/nergens", address):
        assert not re.search(r"<style|<script(?! src=\"/)|\sstyle=|\son\w+=", pages.get(path).text)


def test_the_report_is_not_cached_or_indexed(pages: TestClient, address: str) -> None:
    for path in (address, f"{address}/verslag.json"):
        headers = pages.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "noindex" in headers["x-robots-tag"]
        assert headers["referrer-policy"] == "no-referrer"


def test_the_report_shows_the_outcome_and_no_markup_of_users(
    pages: TestClient, address: str
) -> None:
    text = pages.get(address).text
    assert "Delft" in text
    assert "sterke punten: 2, verbeterpunten: 2, blinde vlekken: 2" in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "vragenlijst 1.0" in text


def test_a_report_of_26_questions_is_small(database: Engine, pages: TestClient) -> None:
    content = read_questionnaire()
    made = a_scan(questionnaire=parse_questionnaire(content), status=Status.COMPLETED)
    made.answers = {n: given(Answer.NO, "a" * 200) for n in range(1, 27)}
    with transaction() as connection:
        questionnaires.load(connection, content)
        scans.add(connection, made)
    link = _link(made, datetime.now(UTC) + timedelta(days=1))
    assert len(pages.get(f"/resultaat/{link}").content) < LARGEST_REPORT


def test_the_json_follows_the_contract(pages: TestClient, address: str, scan: Scan) -> None:
    result = json.loads(pages.get(f"{address}/verslag.json").text)
    assert result["result_id"] == scan.id
    assert result["strengths"] == [1, 6]


def test_a_spreadsheet_does_not_take_a_reason_for_a_formula(
    pages: TestClient, address: str
) -> None:
    text = pages.get(f"{address}/verslag.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[2]["explanation"] == "'=1+1"


def test_the_word_document_has_headings_tables_and_is_dutch(
    pages: TestClient, address: str
) -> None:
    content = pages.get(f"{address}/verslag.docx").content
    document = Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading 1")]
    assert headings[0] == "Samenvatting"
    assert [len(table.rows) for table in document.tables] == [1 + 3 + 1, 1 + 6]
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert 'w:val="nl-NL"' in ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()


@pytest.mark.parametrize("file", ["", "/verslag.pdf", "/verslag.docx", "/verslag.csv"])
def test_odd_signs_in_a_reason_keep_no_download_from_being_made(
    pages: TestClient, scan: Scan, file: str
) -> None:
    scan.answers[1] = given(Answer.YES, "\x07 \uffff \u202e 😀 الهجرة e\u0301 ]]> \x1b")
    with transaction() as connection:
        scans.save_answers(connection, scan, [1])
    link = _link(scan, datetime.now(UTC) + timedelta(days=1))
    assert pages.get(f"/resultaat/{link}{file}").status_code == 200


@pytest.fixture
def _walked_and_planned(scan: Scan) -> None:
    """Walk a checklist and make a plan in the conversation of the scan."""
    run = a_run(status=RunStatus.COMPLETED, completed_at=NOW)
    run.verdicts = {
        1: said(Verdict.YES),
        2: said(Verdict.PARTLY, "alleen <b>op papier</b>"),
        3: said(Verdict.NO),
    }
    with transaction() as connection:
        checklists.add(connection, run)
        plans.save(connection, a_plan())


@pytest.mark.usefixtures("_walked_and_planned")
def test_a_walked_checklist_and_a_plan_go_with_the_report(pages: TestClient, address: str) -> None:
    text = pages.get(address).text
    assert "Onderdeel 2 is geregeld (deels). Opmerking: alleen &lt;b&gt;op papier" in text
    parts = [text.index(told) for told in ("Nog te regelen", "Onderdeel 3 is", "Nog open")]
    assert parts == sorted(parts)
    assert "weten of het klopt [van jou]" in text
    document = Document(io.BytesIO(pages.get(f"{address}/verslag.docx").content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading 1")]
    assert {"De lijst", "Evaluatieplan: planevaluatie van theater"} <= set(headings)
    assert pages.get(f"{address}/verslag.pdf").content.startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("_walked_and_planned")
def test_what_others_walked_or_planned_is_not_in_the_report(
    pages: TestClient, address: str
) -> None:
    with transaction() as connection:
        for table in (tables.checklist_runs, tables.plans):
            connection.execute(table.update().values(session_id="f" * 64))
    text = pages.get(address).text
    assert "De lijst" not in text
    assert "Evaluatieplan" not in text


def test_the_pdf_is_tagged_and_dutch(pages: TestClient, address: str) -> None:
    content = pages.get(f"{address}/verslag.pdf").content
    assert content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", content)
    assert b"/Lang(nl-NL)" in content.replace(b"/Lang (", b"/Lang(")
    assert b"pdfuaid:part" in content


@pytest.mark.parametrize("file", ["", "/verslag.pdf", "/verslag.docx", "/verslag.csv"])
def test_a_link_that_is_over_or_revoked_shows_nothing(
    pages: TestClient, scan: Scan, address: str, file: str
) -> None:
    over = _link(scan, datetime.now(UTC) - timedelta(seconds=1))
    assert pages.get(f"/resultaat/{over}{file}").status_code == 404
    assert pages.get(address + file).status_code == 200
    with transaction() as connection:
        assert report_links.revoke(connection, scan.id) == 2
    assert pages.get(address + file).status_code == 404


def test_with_the_scan_its_links_are_gone(pages: TestClient, scan: Scan, address: str) -> None:
    with transaction() as connection:
        delete_of_session(connection, scan.session_id)
    assert pages.get(address).status_code == 404


def test_the_token_itself_is_not_stored(database: Engine, address: str) -> None:
    token = address.rpartition("/")[2]
    with database.connect() as connection:
        stored = connection.exec_driver_sql("SELECT token_hash FROM report_links").scalars().all()
    assert stored == [token_hash(token)]


def test_odd_addresses_and_methods_are_answered_not_failed(pages: TestClient, address: str) -> None:
    chance = random.Random(7)
    odd = ["/resultaat/", "/resultaat/%00", f"{address}/../../etc/passwd", f"{address}/x.pdf"]
    odd += [f"/resultaat/{chance.randbytes(24).hex()[:32]}" for _ in range(20)]
    odd += [f"/resultaat/{'é' * 32}", "/resultaat/" + "a" * 5_000, "/static/../app.py"]
    for path in odd:
        assert pages.get(path).status_code == 404
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert pages.request(method, address).status_code == 405
        assert pages.request(method, "/").status_code == 405


def test_without_rasa_the_chat_says_that_nothing_is_lost(pages: TestClient) -> None:
    with pages:
        response = pages.post("/chat/session")
    assert response.status_code == 502
    assert "niet verloren" in response.json()["text"]


def test_the_widget_is_small() -> None:
    assert len(gzip.compress((ROOT / "web/static/widget.js").read_bytes())) < 30_000


def _visitor(environment: dict[str, str]) -> TestClient:
    chosen = read_settings({"EBW_RASA_PORT": "9", **environment})
    return TestClient(make_app(chosen), raise_server_exceptions=False)


def _link(scan: Scan, expires_at: datetime) -> str:
    token = new_token()
    with transaction() as connection:
        report_links.add(connection, scan.id, token_hash(token), NOW, expires_at)
    return token
