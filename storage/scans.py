"""Scans in the database: read and written as `quickscan.scan.Scan`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from quickscan.scan import (
    Answer,
    Confirming,
    GivenAnswer,
    Mode,
    Municipality,
    OpenRound,
    Scan,
    Stage,
    Status,
)
from storage import questionnaires
from storage.tables import answers, resume_attempts, resume_codes, scans


def add(connection: Connection, scan: Scan) -> None:
    """Store a new scan with the answers that it begins with."""
    connection.execute(insert(scans).values(id=scan.id, **_columns(scan)))
    save_answers(connection, scan, scan.answers)


def save(connection: Connection, scan: Scan) -> None:
    """Store how `scan` stands; its answers are stored by `save_answers`."""
    connection.execute(update(scans).where(scans.c.id == scan.id).values(_columns(scan)))


def save_answers(connection: Connection, scan: Scan, numbers: Iterable[int]) -> None:
    """Store the answers to the questions `numbers`, in place of earlier ones."""
    rows = [_answer_row(scan, number) for number in numbers]
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(answers)
    given = ("answer", "explanation", "answered_at")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["scan_id", "question"],
            set_={name: statement.excluded[name] for name in given},
        ),
        rows,
    )


def latest_of_session(
    connection: Connection, session_id: str, *, for_change: bool = False
) -> Scan | None:
    """Return the scan that the session worked on last.

    `for_change` keeps others from changing it until this transaction ends.
    """
    statement = (
        select(scans)
        .where(scans.c.session_id == session_id)
        .order_by(scans.c.updated_at.desc(), scans.c.started_at.desc())
        .limit(1)
    )
    if for_change:
        statement = statement.with_for_update()
    return _first(connection, connection.execute(statement).fetchone())


def find(connection: Connection, scan_id: str) -> Scan | None:
    """Return the scan with this id."""
    row = connection.execute(select(scans).where(scans.c.id == scan_id)).fetchone()
    return _first(connection, row)


def find_by_code(connection: Connection, code_hash: str) -> Scan | None:
    """Return the scan that a resume code was given out for."""
    statement = select(scans).join(resume_codes).where(resume_codes.c.code_hash == code_hash)
    return _first(connection, connection.execute(statement.with_for_update()).fetchone())


def find_all(connection: Connection) -> list[Scan]:
    """Return every scan, the oldest first."""
    rows = connection.execute(select(scans).order_by(scans.c.started_at, scans.c.id)).fetchall()
    return [_scan(connection, row) for row in rows]


def add_code(connection: Connection, scan: Scan, code_hash: str, at: datetime) -> None:
    """Store a resume code for `scan`."""
    connection.execute(
        insert(resume_codes).values(code_hash=code_hash, scan_id=scan.id, created_at=at)
    )


def add_attempt(connection: Connection, session_id: str, at: datetime) -> None:
    """Note that a session tried a code that does not exist."""
    connection.execute(insert(resume_attempts).values(session_id=session_id, attempted_at=at))


def count_attempts(connection: Connection, session_id: str, since: datetime) -> int:
    """Return how many wrong codes a session tried since a moment."""
    statement = select(func.count()).where(
        resume_attempts.c.session_id == session_id, resume_attempts.c.attempted_at >= since
    )
    return int(connection.execute(statement).scalar_one())


def _first(connection: Connection, row: Row | None) -> Scan | None:
    return _scan(connection, row) if row else None


def _scan(connection: Connection, row: Row) -> Scan:
    questionnaire = questionnaires.find(connection, row.questionnaire_id, row.questionnaire_version)
    code, name = row.municipality_code, row.municipality_name
    return Scan(
        id=row.id,
        session_id=row.session_id,
        channel=row.channel,
        questionnaire=questionnaire,
        started_at=row.started_at,
        updated_at=row.updated_at,
        status=Status(row.status),
        mode=Mode(row.mode),
        municipality=Municipality(code, name) if code else None,
        stage=Stage(row.stage),
        position=row.position,
        return_to=row.return_to,
        open_round=OpenRound(row.open_round),
        confirming=Confirming(row.confirming) if row.confirming else None,
        unclear=row.unclear,
        reopened_from=row.reopened_from,
        shared_for_benchmark=row.shared_for_benchmark,
        completed_at=row.completed_at,
        answers=_answers(connection, row.id),
    )


def _answers(connection: Connection, scan_id: str) -> dict[int, GivenAnswer]:
    rows = connection.execute(select(answers).where(answers.c.scan_id == scan_id)).fetchall()
    return {
        row.question: GivenAnswer(Answer(row.answer), row.explanation, row.answered_at)
        for row in rows
    }


def _answer_row(scan: Scan, number: int) -> dict[str, Any]:
    given = scan.answers[number]
    return {
        "scan_id": scan.id,
        "question": number,
        "answer": given.answer.value,
        "explanation": given.explanation,
        "answered_at": given.answered_at,
    }


def _columns(scan: Scan) -> dict[str, Any]:
    return {
        "session_id": scan.session_id,
        "channel": scan.channel,
        "questionnaire_id": scan.questionnaire.id,
        "questionnaire_version": scan.questionnaire.version,
        "status": scan.status.value,
        "mode": scan.mode.value,
        "municipality_code": scan.municipality.code if scan.municipality else None,
        "municipality_name": scan.municipality.name if scan.municipality else None,
        "stage": scan.stage.value,
        "position": scan.position,
        "return_to": scan.return_to,
        "open_round": scan.open_round.value,
        "confirming": scan.confirming.value if scan.confirming else None,
        "unclear": scan.unclear,
        "reopened_from": scan.reopened_from,
        "shared_for_benchmark": scan.shared_for_benchmark,
        "started_at": scan.started_at,
        "updated_at": scan.updated_at,
        "completed_at": scan.completed_at,
    }
