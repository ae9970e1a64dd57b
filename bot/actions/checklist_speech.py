"""What is said about a checklist that is walked: which response, with which buttons."""

import json
from collections.abc import Callable
from typing import Any

from checklists.course import GivenVerdict, Run, Verdict
from checklists.outcome import outcome_of

Say = Callable[..., None]

SPOKEN = {
    Verdict.YES: "ja",
    Verdict.PARTLY: "deels",
    Verdict.NO: "nee",
    Verdict.NOT_APPLICABLE: "niet van toepassing",
    Verdict.LATER: "later",
}
_NOTED = ("utter_checklist_noted", "utter_checklist_noted_with_remark")
_LATER = ("utter_checklist_later", "utter_checklist_later_with_remark")
_SHOWN_TO_ARRANGE = 4
_VERDICTS = (
    ("Ja", "affirm", None),
    ("Deels", "partly", None),
    ("Nee", "deny", None),
    ("N.v.t.", "inform", Verdict.NOT_APPLICABLE),
    ("Later", "inform", Verdict.LATER),
)
_EXPLAIN = ("Uitleg", "explain_question", None)


def say_point(say: Say, run: Run, *, explain: bool = True) -> None:
    """Put the point at hand; `explain` offers its explanation."""
    say(
        "utter_checklist_point",
        _buttons(run, explain=explain),
        custom={"point": _place(run), "knowledge": rests_on(run)},
        number=run.position,
        count=run.checklist.count,
        title=run.checklist.title,
        point=run.point if run.point.endswith("?") else f"{run.point}\nIs dat bij jullie geregeld?",
    )


def ask_verdict(say: Say, run: Run) -> None:
    """Ask back which of the verdicts fits."""
    say("utter_checklist_unclear", _buttons(run, explain=True), number=run.position)


def note(say: Say, number: int, given: GivenVerdict) -> None:
    """Acknowledge a verdict; only after it is part of what will be stored this turn."""
    plain, with_remark = _LATER if given.verdict is Verdict.LATER else _NOTED
    say(
        with_remark if given.remark else plain,
        custom={"noted_point": {"point": number, "verdict": given.verdict.value}},
        number=number,
        verdict=SPOKEN[given.verdict],
        remark=given.remark or "",
    )


def recall(say: Say, run: Run, number: int) -> None:
    """Say which verdict point `number` has, if it has one."""
    if given := run.verdicts.get(number):
        say("utter_checklist_recall", number=number, verdict=SPOKEN[given.verdict])


def tell_outcome(say: Say, run: Run, buttons: list[dict[str, str]]) -> None:
    """Say what is there, what is to be arranged and what is open; the rest is for the buttons."""
    outcome = outcome_of(run)
    told = {
        "present": list(outcome.present),
        "to_arrange": list(outcome.to_arrange),
        "open": list(outcome.open_points),
        "not_applicable": list(outcome.not_applicable),
    }
    say(
        "utter_checklist_outcome",
        [] if outcome.to_arrange else buttons,
        custom={"checklist_outcome": told, "knowledge": rests_on(run)},
        title=run.checklist.title,
        present=_numbers(outcome.present),
        to_arrange=_numbers(outcome.to_arrange),
        open_points=_numbers(outcome.open_points),
        not_applicable=_numbers(outcome.not_applicable),
        source=run.checklist.source_title,
    )
    if outcome.to_arrange:
        shown = outcome.to_arrange[:_SHOWN_TO_ARRANGE]
        lines = [f"Punt {number}: {run.checklist.points[number - 1]}" for number in shown]
        more = len(outcome.to_arrange) - len(shown)
        lines += [f"En nog {more} {'punt' if more == 1 else 'punten'}."] if more else []
        say(
            "utter_checklist_to_arrange",
            buttons,
            custom={"knowledge": rests_on(run)},
            points="\n".join(lines),
        )


def progress_of(run: Run) -> dict[str, Any]:
    """Return what can be told of the run's progress, for use in a response."""
    to_come, later = len(run.unanswered), len(run.open_points)
    count = run.checklist.count
    return {
        "title": run.checklist.title,
        "answered": count - to_come - later,
        "later": later,
        "to_come": to_come,
        "count": count,
    }


def rests_on(run: Run) -> dict[str, object]:
    """Return the items and the source that the list rests on (contracts/interfaces.md)."""
    items = [run.checklist.item_id, run.checklist.stands_in_for]
    url = run.checklist.source_url
    return {"items": [item for item in items if item], "sources": [url] if url else []}


def _place(run: Run) -> dict[str, Any]:
    place = {"number": run.position, "of": run.checklist.count}
    return {**place, "checklist": run.checklist.item_id}


def _buttons(run: Run, *, explain: bool) -> list[dict[str, str]]:
    """Make buttons that only work as long as this point is at hand."""
    offered = [*_VERDICTS, _EXPLAIN] if explain else _VERDICTS
    return [
        {"title": title, "payload": f"/{intent}{json.dumps({'ask': _asked(run, verdict)})}"}
        for title, intent, verdict in offered
    ]


def _asked(run: Run, verdict: Verdict | None) -> str:
    return f"{run.ask}#{verdict}" if verdict else run.ask


def _numbers(numbers: tuple[int, ...]) -> str:
    """Write the numbers of points as a Dutch list: "punt 3, 5 en 9", or "geen"."""
    if not numbers:
        return "geen"
    *first, last = map(str, sorted(numbers))
    return f"punt {', '.join(first)} en {last}" if first else f"punt {last}"
