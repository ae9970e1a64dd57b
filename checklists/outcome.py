"""What a walked checklist says: what is there, what is to be arranged, what is open.

There is no score or threshold, because the sources have none (gaten.md, part 4).
"""

from dataclasses import dataclass

from checklists.course import Run, Verdict

_TO_ARRANGE = (Verdict.NO, Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers of the points, by what is to be done about them.

    `to_arrange` has what is missing before what is there in part. `open_points` are those that
    were left for later or never put.
    """

    present: tuple[int, ...]
    to_arrange: tuple[int, ...]
    open_points: tuple[int, ...]
    not_applicable: tuple[int, ...]


def outcome_of(run: Run) -> Outcome:
    """Work out the outcome, as far as the run got."""
    return Outcome(
        present=_numbers(run, Verdict.YES),
        to_arrange=tuple(n for verdict in _TO_ARRANGE for n in _numbers(run, verdict)),
        open_points=_numbers(run, Verdict.LATER),
        not_applicable=_numbers(run, Verdict.NOT_APPLICABLE),
    )


def parts_of(run: Run) -> list[tuple[str, list[str]]]:
    """Return the outcome as titles with the points that belong there; empty parts are left out."""
    outcome = outcome_of(run)
    parts = (
        ("Is er", outcome.present),
        ("Nog te regelen", outcome.to_arrange),
        ("Nog open", outcome.open_points),
        ("Niet van toepassing", outcome.not_applicable),
    )
    return [(title, [_told(run, n) for n in numbers]) for title, numbers in parts if numbers]


def verdict_on(run: Run, number: int) -> Verdict:
    """Return the verdict on point `number`; one that was never put is left for later."""
    given = run.verdicts.get(number)
    return given.verdict if given else Verdict.LATER


def _numbers(run: Run, verdict: Verdict) -> tuple[int, ...]:
    numbers = range(1, run.checklist.count + 1)
    return tuple(number for number in numbers if verdict_on(run, number) is verdict)


def _told(run: Run, number: int) -> str:
    given = run.verdicts.get(number)
    partly = " (deels)" if given and given.verdict is Verdict.PARTLY else ""
    remark = f". Opmerking: {given.remark}" if given and given.remark else ""
    return f"{run.checklist.points[number - 1].rstrip('.')}{partly}{remark}"
