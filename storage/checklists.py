"""Walked checklists in the database: read and written as `checklists.course.Run`."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from checklists.course import Checklist, GivenVerdict, Run, RunStatus, Verdict
from storage.tables import checklist_codes, checklist_runs, checklist_verdicts


def add(connection: Connection, run: Run) -> None:
    """Store a new run."""
    connection.execute(insert(checklist_runs).values(id=run.id, **_columns(run)))
    save_verdicts(connection, run, run.verdicts)


def save(connection: Connection, run: Run) -> None:
    """Store how `run` stands; its verdicts are stored by `save_verdicts`."""
    connection.execute(
        update(checklist_runs).where(checklist_runs.c.id == run.id).values(_columns(run))
    )


def save_verdicts(connection: Connection, run: Run, numbers: Iterable[int]) -> None:
    """Store the verdicts on the points `numbers`, in place of earlier ones."""
    rows = [_verdict_row(run, number) for number in numbers]
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(checklist_verdicts)
    given = ("verdict", "remark", "given_at")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["run_id", "point"],
            set_={name: statement.excluded[name] for name in given},
        ),
        rows,
    )


def active_of_session(connection: Connection, session_id: str) -> Run | None:
    """Return the run that waits for this session; others cannot change it until this ends."""
    statement = (
        select(checklist_runs)
        .where(
            checklist_runs.c.session_id == session_id,
            checklist_runs.c.status == RunStatus.IN_PROGRESS.value,
        )
        .order_by(checklist_runs.c.updated_at.desc())
        .limit(1)
        .with_for_update()
    )
    return _first(connection, connection.execute(statement).fetchone())


def find_of_session(connection: Connection, session_id: str) -> list[Run]:
    """Return the runs of one session, the oldest first."""
    statement = select(checklist_runs).where(checklist_runs.c.session_id == session_id)
    ordered = statement.order_by(checklist_runs.c.started_at, checklist_runs.c.id)
    return [_run(connection, row) for row in connection.execute(ordered).fetchall()]


def latest_of_session(connection: Connection, session_id: str) -> Run | None:
    """Return the run that the session worked on last, however it ended."""
    statement = (
        select(checklist_runs)
        .where(checklist_runs.c.session_id == session_id)
        .order_by(checklist_runs.c.updated_at.desc(), checklist_runs.c.started_at.desc())
        .limit(1)
    )
    return _first(connection, connection.execute(statement).fetchone())


def latest_about(
    connection: Connection, session_id: str, intervention: str, evaluation_type: str
) -> Run | None:
    """Return the session's latest completed run through conditions for this evaluation."""
    statement = (
        select(checklist_runs)
        .where(
            checklist_runs.c.session_id == session_id,
            checklist_runs.c.intervention == intervention,
            checklist_runs.c.evaluation_type == evaluation_type,
            checklist_runs.c.status == RunStatus.COMPLETED.value,
        )
        .order_by(checklist_runs.c.updated_at.desc())
    )
    runs = (_run(connection, row) for row in connection.execute(statement).fetchall())
    return next((run for run in runs if run.checklist.kind == "randvoorwaarde"), None)


def find_by_code(connection: Connection, code_hash: str) -> Run | None:
    """Return the run that a resume code was given out for."""
    statement = (
        select(checklist_runs)
        .join(checklist_codes)
        .where(checklist_codes.c.code_hash == code_hash)
        .with_for_update()
    )
    return _first(connection, connection.execute(statement).fetchone())


def add_code(connection: Connection, run: Run, code_hash: str, at: datetime) -> None:
    """Store a resume code for `run`."""
    connection.execute(
        insert(checklist_codes).values(code_hash=code_hash, run_id=run.id, created_at=at)
    )


def _first(connection: Connection, row: Row | None) -> Run | None:
    return _run(connection, row) if row else None


def _run(connection: Connection, row: Row) -> Run:
    return Run(
        id=row.id,
        session_id=row.session_id,
        channel=row.channel,
        checklist=_checklist(row.checklist),
        intervention=row.intervention,
        evaluation_type=row.evaluation_type,
        started_at=row.started_at,
        updated_at=row.updated_at,
        status=RunStatus(row.status),
        position=row.position,
        open_round=row.open_round,
        unclear=row.unclear,
        completed_at=row.completed_at,
        verdicts=_verdicts(connection, row.id),
    )


def _checklist(stored: dict[str, Any]) -> Checklist:
    lists = {name: tuple(stored[name]) for name in ("points", "source_codes")}
    return Checklist(**{**stored, **lists})


def _verdicts(connection: Connection, run_id: str) -> dict[int, GivenVerdict]:
    statement = select(checklist_verdicts).where(checklist_verdicts.c.run_id == run_id)
    return {
        row.point: GivenVerdict(Verdict(row.verdict), row.remark, row.given_at)
        for row in connection.execute(statement).fetchall()
    }


def _verdict_row(run: Run, number: int) -> dict[str, Any]:
    given = run.verdicts[number]
    return {
        "run_id": run.id,
        "point": number,
        "verdict": given.verdict.value,
        "remark": given.remark,
        "given_at": given.given_at,
    }


def _columns(run: Run) -> dict[str, Any]:
    return {
        "session_id": run.session_id,
        "channel": run.channel,
        "checklist": asdict(run.checklist),
        "intervention": run.intervention,
        "evaluation_type": run.evaluation_type,
        "status": run.status.value,
        "position": run.position,
        "open_round": run.open_round,
        "unclear": run.unclear,
        "started_at": run.started_at,
        "updated_at": run.updated_at,
        "completed_at": run.completed_at,
    }
