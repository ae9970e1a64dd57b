"""Ready-made checklists and runs for the tests."""

from typing import Any

from checklists.course import Checklist, GivenVerdict, Run, Verdict
from tests.builders import NOW, SESSION

RUN_ID = "22222222-2222-4333-8444-555555555555"


def a_checklist(count: int = 4, **changes: Any) -> Checklist:  # noqa: ANN401 - fields differ
    """Return a list of `count` points."""
    values = {
        "item_id": "de-lijst",
        "kind": "randvoorwaarde",
        "title": "De lijst",
        "points": tuple(f"Onderdeel {number} is geregeld." for number in range(1, count + 1)),
        "source_codes": ("TH-PLAN",),
        "source_title": "Planevaluatie theater",
        "source_url": "https://example.org/lijst",
    }
    return Checklist(**{**values, **changes})


def a_run(count: int = 4, **changes: Any) -> Run:  # noqa: ANN401 - a run's fields differ
    """Return a run that was just begun, of a list of `count` points."""
    values = {
        "id": RUN_ID,
        "session_id": SESSION,
        "channel": "rest",
        "checklist": a_checklist(count),
        "intervention": "theater",
        "evaluation_type": "planevaluatie",
        "started_at": NOW,
        "updated_at": NOW,
    }
    return Run(**{**values, **changes})


def said(verdict: Verdict, remark: str | None = None) -> GivenVerdict:
    """Return a verdict given now."""
    return GivenVerdict(verdict, remark, NOW)


def walked(*verdicts: Verdict, **changes: Any) -> Run:  # noqa: ANN401 - a run's fields differ
    """Return a run with these verdicts on its points, one after another."""
    run = a_run(len(verdicts), **changes)
    for number, verdict in enumerate(verdicts, 1):
        run.give(number, said(verdict))
    return run
