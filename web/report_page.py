"""The report as a page: on its own address, or as a file that stands on its own."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from checklists.course import Run, RunStatus
from checklists.outcome import parts_of as parts_of_run
from evaluation.report import parts_of as parts_of_plan
from quickscan.report_content import (
    NO_SCORE,
    Extra,
    Profile,
    Reference,
    ReportContent,
    report_content,
)
from quickscan.scan import Scan
from storage import checklists, plans
from storage.database import engine, reading
from storage.items import find_all
from web.pages import render

REPORT_CSS = Path(__file__).parent / "static" / "report.css"
BAR_EM = 3.0
"""How high a bar is, with the name above it, in letters: so it grows with the text."""
_CLASSES = ("ja", "deels", "nee", "weet-niet", "open")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; where it begins and how wide it is, in percents of the whole."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one theme; `y` is its height on the picture, in letters."""

    theme: str
    y: float
    segments: list[Segment]


def report_page(scan: Scan, *, address: str | None = None) -> str:
    """Return the report as HTML.

    With an `address` it is a page of the site, with its downloads; without, it is a file with the
    styles in it.
    """
    content = content_of(scan)
    bars = bars_of(content.profiles)
    return render(
        "report.html",
        report=content,
        bars=bars,
        classes=_CLASSES,
        height=len(bars) * BAR_EM,
        no_score=NO_SCORE,
        address=address,
        styles=None if address else Markup(REPORT_CSS.read_text(encoding="utf-8")),
    )


def content_of(scan: Scan) -> ReportContent:
    """Return what the report of `scan` says, with the titles and addresses of the knowledge.

    What else was made in the same conversation goes with it.
    """
    return report_content(scan, _knowledge(), _extras(scan.session_id))


def bars_of(profiles: list[Profile]) -> list[Bar]:
    """Return the picture of the profiles: every bar as wide, a segment for every answer given."""
    return [
        Bar(profile.theme, place * BAR_EM, _segments(profile.counts))
        for place, profile in enumerate(profiles)
    ]


def _segments(counts: list[int]) -> list[Segment]:
    unit = 100 / max(1, sum(counts))
    segments, x = [], 0.0
    for kind, count in zip(_CLASSES, counts, strict=True):
        if count:
            segments.append(Segment(kind, count, round(x, 2), round(count * unit, 2)))
            x += count * unit
    return segments


def _extras(session_id: str) -> list[Extra]:
    with reading() as connection:
        walked = [run for run in checklists.find_of_session(connection, session_id) if run.verdicts]
        planned = plans.find_of_session(connection, session_id)
    return [
        *(Extra(_title_of(run), [*parts_of_run(run), _source_of(run)]) for run in walked),
        *(Extra(plan.title, parts_of_plan(plan)) for plan in planned),
    ]


def _title_of(run: Run) -> str:
    unfinished = "" if run.status is RunStatus.COMPLETED else " (nog niet af)"
    return f"{run.checklist.title}{unfinished}"


def _source_of(run: Run) -> tuple[str, list[str]]:
    return "Bron", [", ".join(filter(None, (run.checklist.source_title, run.checklist.source_url)))]


def _knowledge() -> dict[str, Reference]:
    try:
        stored = find_all(engine()).items
    except LookupError:
        return {}
    return {item["id"]: Reference(item["title"], item["source"].get("url")) for item in stored}
