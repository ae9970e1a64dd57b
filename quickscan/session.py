"""What a session can do with its scan; everything done in one turn is stored together, or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from sqlalchemy.engine import Connection

from quickscan.report_links import LINK_LIFETIME, new_token, token_hash
from quickscan.resume_codes import code_hash, new_code
from quickscan.scan import GivenAnswer, OpenRound, Scan, Stage, Status
from storage import questionnaires, removal, report_links, scans
from storage.database import engine, transaction

MAX_WRONG_CODES = 5
WRONG_CODES_WINDOW = timedelta(minutes=15)

_State = tuple[Scan, dict[int, GivenAnswer]]


class UnknownCodeError(Exception):
    """There is no scan for this resume code."""


class TooManyAttemptsError(Exception):
    """The session tried too many wrong codes; it may try again later."""


@dataclass(slots=True)
class ScanSession:
    """A session at work: its latest scan, if it has one, and what can be done besides answering."""

    connection: Connection
    session_id: str
    channel: str
    now: datetime
    scan: Scan | None
    has_deleted: bool = False

    @property
    def pending_scan(self) -> Scan | None:
        """The scan that waits for the user; None when nothing was asked."""
        return self.scan if self.scan and (self.scan.is_active or self.scan.confirming) else None

    def start(self) -> Scan:
        """Begin a scan with the current questionnaire; one under way ends as cancelled."""
        if self.scan and self.scan.status in (Status.IN_PROGRESS, Status.PAUSED):
            self.cancel(self.scan)
        return self._add(
            Scan(
                id=str(uuid4()),
                session_id=self.session_id,
                channel=self.channel,
                questionnaire=questionnaires.current(self.connection),
                started_at=self.now,
                updated_at=self.now,
            )
        )

    def cancel(self, scan: Scan) -> None:
        """End a scan that will not be finished."""
        scan.status, scan.confirming = Status.CANCELLED, None
        scans.save(self.connection, scan)

    def pause(self, scan: Scan) -> str:
        """Pause the scan; return a code to go on with it."""
        scan.status, scan.confirming = Status.PAUSED, None
        return self.give_code(scan)

    def give_code(self, scan: Scan) -> str:
        """Return a new code with which anyone who has it can go on with `scan`."""
        code = new_code()
        scans.add_code(self.connection, scan, code_hash(code), self.now)
        return code

    def give_report_token(self, scan: Scan) -> str:
        """Return a new token with which anyone who has it can read the report of `scan`."""
        token = new_token()
        expires_at = self.now + LINK_LIFETIME
        report_links.add(self.connection, scan.id, token_hash(token), self.now, expires_at)
        return token

    def resume(self, code: str) -> Scan:
        """Bring the scan of `code` to this session and go on with it.

        A completed scan is not touched: a new version begins with its answers.

        Raises UnknownCodeError, or TooManyAttemptsError after five wrong codes in a quarter of an
        hour.
        """
        self.check_attempts()
        scan = scans.find_by_code(self.connection, code_hash(code))
        if scan is None:
            scans.add_attempt(self.connection, self.session_id, self.now)
            raise UnknownCodeError
        if scan.status is Status.COMPLETED:
            return self.reopen(scan)
        scan.session_id, scan.channel, scan.updated_at = self.session_id, self.channel, self.now
        scan.resume()
        scans.save(self.connection, scan)
        self.scan = scan
        return scan

    def check_attempts(self) -> None:
        """Raise TooManyAttemptsError when the session tried too many wrong codes of late."""
        since = self.now - WRONG_CODES_WINDOW
        if scans.count_attempts(self.connection, self.session_id, since) >= MAX_WRONG_CODES:
            raise TooManyAttemptsError

    def reopen(self, completed: Scan) -> Scan:
        """Begin a new version of a completed scan; the old one stays as it is."""
        version = replace(
            completed,
            id=str(uuid4()),
            session_id=self.session_id,
            channel=self.channel,
            started_at=self.now,
            updated_at=self.now,
            status=Status.IN_PROGRESS,
            stage=Stage.CONFIRM,
            open_round=OpenRound.OVER,
            completed_at=None,
            confirming=None,
            reopened_from=completed.id,
            answers=dict(completed.answers),
        )
        return self._add(version)

    def delete_everything(self) -> None:
        """Remove all that is stored of this session."""
        removal.delete_of_session(self.connection, self.session_id)
        self.has_deleted = True
        self.scan = None

    def _add(self, scan: Scan) -> Scan:
        scans.add(self.connection, scan)
        self.scan = scan
        return scan


AnySession = TypeVar("AnySession", bound=ScanSession)


@contextmanager
def scan_session(session_id: str, channel: str) -> Iterator[ScanSession]:
    """Give the session's latest scan to work on; what changed is stored at the end, all or nothing.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with session_of_kind(ScanSession, session_id, channel) as session:
        yield session


@contextmanager
def session_of_kind(kind: type[AnySession], session_id: str, channel: str) -> Iterator[AnySession]:
    """Do as `scan_session` does, for a session that may know of more than scans.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with transaction() as connection:
        scan = scans.latest_of_session(connection, session_id, for_change=True)
        session = kind(connection, session_id, channel, _now(scan), scan)
        before = _state(scan)
        yield session
        if session.scan is not None and session.scan is not scan:
            before = None
        _store_changes(session, before)
    if session.has_deleted:
        removal.erase_removed(engine())


def _now(scan: Scan | None) -> datetime:
    """Return the time; also when the clock was set back, no earlier than the latest change.

    Which scan is a session's latest, and so the one that is answered, goes by that.
    """
    now = datetime.now(UTC)
    return max(now, scan.updated_at) if scan else now


def _store_changes(session: ScanSession, before: _State | None) -> None:
    scan = session.scan
    if scan is None or _state(scan) == before:
        return
    stored = before[1] if before else {}
    changed = [number for number, given in scan.answers.items() if stored.get(number) != given]
    scan.updated_at = session.now
    scans.save_answers(session.connection, scan, changed)
    scans.save(session.connection, scan)


def _state(scan: Scan | None) -> _State | None:
    return (replace(scan, answers={}), dict(scan.answers)) if scan else None
