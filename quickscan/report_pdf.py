"""The report as a PDF that is tagged for screen readers (PDF/UA), made by Typst."""

import json
from dataclasses import asdict
from pathlib import Path
from unicodedata import normalize

import typst

from quickscan.report_content import NO_SCORE, ReportContent

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf_report(report: ReportContent) -> bytes:
    """Return the report as a PDF file. What is filled in reaches Typst as data, not as markup.

    Signs that its fonts do not have are shown as U+FFFD.
    """
    data = json.dumps(_composed(_data(report)), ensure_ascii=False)
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )


def _data(report: ReportContent) -> dict[str, object]:
    content = asdict(report) | {"started_at": None, "completed_at": None}
    groups = [
        {
            "title": f"{group.title} ({len(group.points)})",
            "meaning": group.meaning if group.points else "Geen.",
            "themes": [
                {"title": theme, "points": [asdict(point) for point in points]}
                for theme, points in group.by_theme
            ],
        }
        for group in report.groups
    ]
    told = {"date": report.date, "summary": report.summary, "no_score": NO_SCORE}
    return content | told | {"groups": groups}


def _composed(value: object) -> object:
    """Return the same with each letter and its accents as one sign, where there is such a sign."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        return {name: _composed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(one) for one in value]
    return value
