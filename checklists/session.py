"""A session that may walk a checklist beside its scan.

Only one of the two waits for the user. A checklist goes before a scan: it was asked for while the
scan waited, and afterwards the scan's question comes back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar
from uuid import uuid4

from checklists.course import Checklist, GivenVerdict, Run, RunStatus
from quickscan.resume_codes import code_hash, new_code
from quickscan.scan import Scan
from quickscan.session import ScanSession, session_of_kind
from storage import checklists, removal

_State = tuple[Run, dict[int, GivenVerdict]]


class Waiting(Protocol):
    """What can wait for the user: a scan, a checklist, a request for advice."""

    @property
    def ask(self) -> str:
        """Identify what is being asked, so that a button of an earlier asking is known as stale."""


@dataclass(slots=True)
class WorkSession(ScanSession):
    """A session at work: its latest scan, and the checklist that it is walking."""

    run: Run | None = None

    @property
    def active_run(self) -> Run | None:
        """The checklist that waits for the user."""
        return self.run if self.run and self.run.is_active else None

    @property
    def pending(self) -> Waiting | None:
        """What waits for the user; None when nothing was asked."""
        return self.active_run or self.pending_scan

    @property
    def latest_run(self) -> Run | None:
        """The checklist that the session worked on last, however it ended."""
        return self.run or checklists.latest_of_session(self.connection, self.session_id)

    @property
    def has_stored_anything(self) -> bool:
        """Tell whether something that the user made is stored: a scan, a plan, a request."""
        return removal.holds_anything(self.connection, self.session_id)

    def start_run(
        self, checklist: Checklist, intervention: str | None, evaluation_type: str | None
    ) -> Run:
        """Begin a checklist; one under way is paused, unless it is this one: that one goes on."""
        under_way = self.active_run
        if under_way and (under_way.checklist.item_id, under_way.intervention) == (
            checklist.item_id,
            intervention,
        ):
            return under_way
        self.stop_run(pause=True)
        self.run = Run(
            id=str(uuid4()),
            session_id=self.session_id,
            channel=self.channel,
            checklist=checklist,
            intervention=intervention,
            evaluation_type=evaluation_type,
            started_at=self.now,
            updated_at=self.now,
        )
        checklists.add(self.connection, self.run)
        return self.run

    def stop_run(self, *, pause: bool) -> Run | None:
        """Stop the active checklist, if there is one, for now or for good; return it."""
        run = self.active_run
        if run:
            run.pause() if pause else run.cancel()
            run.updated_at = self.now
            checklists.save(self.connection, run)
        return run

    def give_run_code(self, run: Run) -> str:
        """Return a new code with which anyone who has it can go on with `run`."""
        code = new_code()
        checklists.add_code(self.connection, run, code_hash(code), self.now)
        return code

    def resume_any(self, code: str) -> Run | Scan:
        """Bring the checklist or the scan of `code` to this session and go on with it.

        Raises UnknownCodeError, or TooManyAttemptsError as `resume` does.
        """
        self.check_attempts()
        run = checklists.find_by_code(self.connection, code_hash(code))
        if run is None:
            scan = self.resume(code)
            self.stop_run(pause=True)
            return scan
        return self.go_on_with(run)

    def go_on_with(self, run: Run) -> Run:
        """Go on with a checklist that was stopped; one that is under way is paused."""
        if self.run is None or self.run.id != run.id:
            self.stop_run(pause=True)
        run.session_id, run.channel = self.session_id, self.channel
        if run.status is not RunStatus.COMPLETED:
            run.resume()
        run.updated_at = self.now
        checklists.save(self.connection, run)
        self.run = run
        return run

    def delete_everything(self) -> None:
        """Remove all that is stored of this session."""
        ScanSession.delete_everything(self)
        self.run = None


AnyWork = TypeVar("AnyWork", bound=WorkSession)


@contextmanager
def work_session(session_id: str, channel: str) -> Iterator[WorkSession]:
    """Give what the session works on; what changed is stored at the end, all or nothing.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with work_session_of_kind(WorkSession, session_id, channel) as session:
        yield session


@contextmanager
def work_session_of_kind(kind: type[AnyWork], session_id: str, channel: str) -> Iterator[AnyWork]:
    """Do as `work_session` does, for a session that may know of more than scans and checklists.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with session_of_kind(kind, session_id, channel) as session:
        session.run = checklists.active_of_session(session.connection, session_id)
        found, before = session.run, _state(session.run)
        yield session
        _store_changes(session, before if session.run is found else None)


def _store_changes(session: WorkSession, before: _State | None) -> None:
    run = session.run
    if run is None or _state(run) == before:
        return
    stored = before[1] if before else {}
    changed = [number for number, given in run.verdicts.items() if stored.get(number) != given]
    run.updated_at = session.now
    checklists.save_verdicts(session.connection, run, changed)
    checklists.save(session.connection, run)


def _state(run: Run | None) -> _State | None:
    return (replace(run, verdicts={}), dict(run.verdicts)) if run else None
