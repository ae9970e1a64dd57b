"""A session that may be making a request for advice beside its scan and its checklist.

The request goes before both: it was asked for while they waited, and afterwards they come back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from advice.intake import Intake, Said, Step, Taken
from advice.priority import rule_for
from advice.request import Request, Status
from advice.themes import themes_about
from checklists.session import Waiting, WorkSession, work_session_of_kind
from quickscan.scan import Status as ScanStatus
from storage import requests


@dataclass(slots=True)
class AdviceSession(WorkSession):
    """A session at work: its latest scan, its checklist, and the request that it is making."""

    intake: Intake | None = None

    @property
    def pending(self) -> Waiting | None:
        """What waits for the user; None when nothing was asked."""
        return self.intake or self.active_run or self.pending_scan

    def start_request(self, said: Said) -> Intake:
        """Begin a request with what the user said; the scan's municipality counts as said."""
        scan = self.scan
        goes_along = scan and scan.answers and scan.status is not ScanStatus.CANCELLED
        request = Request(
            number=0,
            session_id=self.session_id,
            channel=self.channel,
            started_at=self.now,
            updated_at=self.now,
            municipality=scan.municipality if scan else None,
            scan_id=scan.id if scan and goes_along else None,
        )
        requests.add(self.connection, request)
        self.intake = Intake(request)
        self.intake.begin(replace(said, themes=themes_about(self.connection, said.text)))
        return self.intake

    def take(self, intake: Intake, said: Said) -> Taken:
        """Take an answer to what is asked for the request.

        A confirmed request is sent.
        """
        if intake.step is Step.SUBJECT:
            said = replace(said, themes=themes_about(self.connection, said.text))
        taken = intake.take(said)
        if taken is Taken.CONFIRMED:
            self._send(intake.request)
        return taken

    def drop_request(self) -> None:
        """Remove the request that was being made, with all that was said for it."""
        if self.intake:
            requests.remove(self.connection, self.intake.request.number)
            self.intake = None

    def delete_everything(self) -> None:
        """Remove all that is stored of this session."""
        WorkSession.delete_everything(self)
        self.intake = None

    def _send(self, request: Request) -> None:
        rule = rule_for(request)
        request.status, request.submitted_at, request.updated_at = Status.NEW, self.now, self.now
        request.priority, request.rule = rule.gives, rule.name
        request.scan_id = request.scan_id if request.shares_scan else None
        requests.save(self.connection, request)
        self.intake = None


@contextmanager
def advice_session(session_id: str, channel: str) -> Iterator[AdviceSession]:
    """Give what the session works on; what changed is stored at the end, all or nothing.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with work_session_of_kind(AdviceSession, session_id, channel) as session:
        stored = requests.draft_of_session(session.connection, session_id)
        session.intake = Intake(replace(stored)) if stored else None
        yield session
        if session.intake and session.intake.request != stored:
            session.intake.request.updated_at = session.now
            requests.save(session.connection, session.intake.request)
