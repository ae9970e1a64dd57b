import csv
import io
from datetime import timedelta

import pytest

from quickscan.report import CSV_COLUMNS, csv_report, list_line, text_report
from quickscan.scan import Answer, Mode, Municipality, Scan, Status
from tests.builders import NOW, SCAN_ID, a_scan, given


def answered(**changes: object) -> Scan:
    """Return a finished scan of Delft with one answer of each kind."""
    scan = a_scan(municipality=Municipality("GM0503", "Delft"), **changes)
    scan.answers = {
        1: given(Answer.YES),
        2: given(Answer.PARTLY, "alleen de scholen"),
        3: given(Answer.NO),
        4: given(Answer.UNKNOWN),
        5: given(Answer.SKIPPED),
    }
    scan.complete(NOW + timedelta(days=1))
    return scan


def rows_of(*scans: Scan) -> list[dict[str, str]]:
    """Return the rows of the CSV of `scans`, as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(csv_report(scans))))


def test_the_report_names_the_municipality_the_state_and_the_dates() -> None:
    report = text_report(answered())
    assert "Delft, afgerond" in report
    assert "Begonnen 02-03-2026, afgerond 03-03-2026; vragenlijst 1.0" in report


def test_a_report_without_a_municipality_says_so() -> None:
    report = text_report(a_scan())
    assert "gemeente niet genoemd, loopt" in report
    assert "afgerond" not in report


def test_the_report_lists_strengths_improvements_and_blind_spots() -> None:
    sections = text_report(answered()).split("\n\n")
    listed = {lines[0]: lines[1:] for lines in (part.splitlines() for part in sections)}
    assert [line[:4] for line in listed["Sterke punten"]] == ["- 1."]
    assert [line[:4] for line in listed["Verbeterpunten"]] == ["- 2.", "- 3."]
    assert [line[:4] for line in listed["Blinde vlekken"]] == ["- 4.", "- 5.", "- 6."]
    assert listed["Volgende stappen"][0].startswith("- Vraag 3: Begin met")
    assert len(listed["Volgende stappen"]) == 5


def test_with_building_blocks_the_report_speaks_of_what_is_still_to_be_arranged() -> None:
    report = text_report(answered(mode=Mode.BUILDING_BLOCKS))
    assert "Al geregeld" in report
    assert "Nog te regelen" in report
    assert "Nog uit te zoeken" in report
    assert "Sterke punten" not in report
    assert "Verbeterpunten" not in report


def test_the_report_shows_every_answer_with_its_reason() -> None:
    scan = answered()
    report = text_report(scan)
    said = dict(zip(range(1, 7), report.split("Alle antwoorden\n")[1].splitlines(), strict=False))
    assert said[1].endswith("? ja")
    assert said[2].endswith("? deels (alleen de scholen)")
    assert said[4].endswith("? weet ik niet")
    assert said[5].endswith("? open")
    assert said[6].endswith("? open")


def test_the_profile_counts_answers_per_theme() -> None:
    lines = text_report(answered()).splitlines()
    counts = {line.split()[0]: line.split()[1:] for line in lines if line.startswith("Visie")}
    assert counts == {"Visie": ["1", "1", "0", "0", "0"]}


def test_the_report_says_that_the_wording_is_ours_and_where_it_comes_from() -> None:
    scan = answered()
    report = text_report(scan)
    assert scan.questionnaire.wording in report
    assert report.endswith("Bron: https://example.org/scan\n")


def test_empty_sections_are_left_out() -> None:
    scan = a_scan(answers={number: given(Answer.YES) for number in range(1, 7)})
    report = text_report(scan)
    assert "Verbeterpunten" not in report
    assert "Blinde vlekken" not in report
    assert "Volgende stappen" not in report
    assert "\n\n\n" not in report


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.IN_PROGRESS, "loopt"),
        (Status.PAUSED, "gepauzeerd"),
        (Status.COMPLETED, "afgerond"),
        (Status.CANCELLED, "gestopt"),
    ],
)
def test_a_scan_in_a_list_shows_its_state(status: Status, told: str) -> None:
    assert told in list_line(a_scan(status=status))


def test_a_scan_in_a_list_is_one_line_that_counts_what_was_answered() -> None:
    line = list_line(answered())
    assert line.split() == [SCAN_ID, "2026-03-02", "afgerond", "4/6", "Delft"]


def test_the_csv_has_a_row_per_given_answer() -> None:
    rows = rows_of(answered(), a_scan())
    assert [row["question"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[1] == {
        "result_id": SCAN_ID,
        "municipality_code": "GM0503",
        "municipality": "Delft",
        "mode": "existing_approach",
        "status": "completed",
        "started_at": "2026-03-02T09:30:00+00:00",
        "completed_at": "2026-03-03T09:30:00+00:00",
        "questionnaire_version": "1.0",
        "question": "2",
        "theme": "visie",
        "answer": "deels",
        "explanation": "alleen de scholen",
    }


def test_the_csv_of_nothing_has_only_its_heading() -> None:
    assert csv_report([]).strip() == ",".join(CSV_COLUMNS)


@pytest.mark.parametrize(
    "reason", ['komma, en "aanhalingstekens"', "twee\nregels", "puntkomma; en een 'streepje'"]
)
def test_a_reason_comes_out_of_the_csv_as_it_went_in(reason: str) -> None:
    (row,) = rows_of(a_scan(answers={1: given(Answer.NO, reason)}))
    assert row["explanation"] == reason


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_does_not_take_a_reason_for_a_formula(start: str) -> None:
    (row,) = rows_of(a_scan(answers={1: given(Answer.NO, f"{start}cmd|'/C calc'!A0")}))
    assert row["explanation"].startswith(f"'{start}")
