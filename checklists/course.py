"""A checklist that is walked: which point is at hand, what a verdict does, where to go next.

As with a scan, a verdict is kept under (run, point): giving it twice changes nothing. The points
are copied into the run when it begins, so that an edit of the content cannot put a verdict under
a point that was never shown.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a point."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"
    NOT_APPLICABLE = "nvt"
    LATER = "later"


class RunStatus(StrEnum):
    """How a walk through a checklist stands."""

    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list to walk, as it was when the walk began.

    `item_id` is the knowledge item with the points. `stands_in_for` is the item that says that
    there is no source for exactly what was asked; None when this list is that.
    """

    item_id: str
    kind: str
    title: str
    points: tuple[str, ...]
    source_codes: tuple[str, ...]
    source_title: str
    source_url: str | None
    stands_in_for: str | None = None

    @property
    def count(self) -> int:
        """The number of points."""
        return len(self.points)


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict with the user's remark (personal data removed), and when it was given."""

    verdict: Verdict
    remark: str | None
    given_at: datetime


@dataclass(slots=True)
class Run:
    """One walk through a checklist, for an intervention and an evaluation where these are known."""

    id: str
    session_id: str
    channel: str
    checklist: Checklist
    intervention: str | None
    evaluation_type: str | None
    started_at: datetime
    updated_at: datetime
    status: RunStatus = RunStatus.IN_PROGRESS
    position: int = 1
    open_round: bool = False
    unclear: int = 0
    completed_at: datetime | None = None
    verdicts: dict[int, GivenVerdict] = field(default_factory=dict)

    @property
    def ask(self) -> str:
        """Identify what is being asked, so that a button of an earlier asking is known as stale."""
        return f"{self.id[:8]}-punt{self.position}"

    @property
    def is_active(self) -> bool:
        """Tell whether the run waits for the user."""
        return self.status is RunStatus.IN_PROGRESS

    @property
    def can_go_on(self) -> bool:
        """Tell whether the run was stopped before its end."""
        return self.status in (RunStatus.PAUSED, RunStatus.CANCELLED)

    @property
    def point(self) -> str:
        """The text of the point at hand."""
        return self.checklist.points[self.position - 1]

    @property
    def unanswered(self) -> list[int]:
        """The points that were not yet put."""
        numbers = range(1, self.checklist.count + 1)
        return [number for number in numbers if number not in self.verdicts]

    @property
    def open_points(self) -> list[int]:
        """The points that were left for later."""
        return sorted(n for n, given in self.verdicts.items() if given.verdict is Verdict.LATER)

    def has(self, number: int) -> bool:
        """Tell whether there is a point `number`."""
        return 1 <= number <= self.checklist.count

    def give(self, number: int, given: GivenVerdict) -> None:
        """Keep the verdict on point `number`; go on if that is the point at hand."""
        self.verdicts[number] = given
        self.unclear = 0
        if number == self.position:
            self._continue(given.given_at)

    def skip(self, at: datetime) -> None:
        """Leave the point at hand for later; a verdict that it already has stays."""
        kept = self.verdicts.get(self.position) or GivenVerdict(Verdict.LATER, None, at)
        self.give(self.position, kept)

    def jump(self, number: int) -> None:
        """Put point `number` again; afterwards the run goes on where it was."""
        self.position, self.unclear = number, 0

    def previous(self) -> bool:
        """Go one point back; return whether there is one."""
        if self.position == 1:
            return False
        self.jump(self.position - 1)
        return True

    def pause(self) -> None:
        """Stop for now."""
        self.status = RunStatus.PAUSED

    def cancel(self) -> None:
        """Stop; what was answered stays."""
        self.status = RunStatus.CANCELLED

    def resume(self) -> None:
        """Go on: with the point at hand, or with the open points of a run that was completed."""
        if self.status is RunStatus.COMPLETED:
            self.open_round = True
            self.completed_at = None
            self.jump(self.open_points[0] if self.open_points else 1)
        self.status = RunStatus.IN_PROGRESS

    def _continue(self, at: datetime) -> None:
        """Go to the first point that was not put yet, or to the next open one; or end."""
        later_open = [number for number in self.open_points if number > self.position]
        if self.unanswered:
            self.jump(self.unanswered[0])
        elif self.open_round and later_open:
            self.jump(later_open[0])
        else:
            self.status = RunStatus.COMPLETED
            self.open_round = False
            self.completed_at = at
