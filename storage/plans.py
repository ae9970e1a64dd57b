"""Evaluation plans in the database: read and written as `evaluation.plan.Plan`."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from evaluation.plan import Line, Origin, Plan, Section
from storage.tables import plans


def save(connection: Connection, plan: Plan) -> None:
    """Store a plan, in place of the one with the same id."""
    values = {
        "session_id": plan.session_id,
        "channel": plan.channel,
        "intervention": plan.intervention,
        "evaluation_type": plan.evaluation_type,
        "content": _content(plan),
        "created_at": plan.created_at,
        "updated_at": plan.updated_at,
    }
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(plans).values(id=plan.id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def find(connection: Connection, plan_id: str) -> Plan | None:
    """Return the plan with this id."""
    row = connection.execute(select(plans).where(plans.c.id == plan_id)).fetchone()
    return _plan(row) if row else None


def find_of_session(connection: Connection, session_id: str) -> list[Plan]:
    """Return the plans of one session, the oldest first."""
    statement = select(plans).where(plans.c.session_id == session_id)
    rows = connection.execute(statement.order_by(plans.c.created_at, plans.c.id)).fetchall()
    return [_plan(row) for row in rows]


def find_all(connection: Connection) -> list[Plan]:
    """Return every plan, the oldest first."""
    rows = connection.execute(select(plans).order_by(plans.c.created_at, plans.c.id)).fetchall()
    return [_plan(row) for row in rows]


def latest_about(
    connection: Connection, session_id: str, intervention: str, evaluation_type: str
) -> Plan | None:
    """Return the session's latest plan for an intervention and a kind of evaluation."""
    statement = (
        select(plans)
        .where(
            plans.c.session_id == session_id,
            plans.c.intervention == intervention,
            plans.c.evaluation_type == evaluation_type,
        )
        .order_by(plans.c.updated_at.desc())
        .limit(1)
    )
    row = connection.execute(statement).fetchone()
    return _plan(row) if row else None


def _content(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "goal": plan.goal,
        "sections": [asdict(section) for section in plan.sections],
    }


def _plan(row: Row) -> Plan:
    return Plan(
        id=row.id,
        session_id=row.session_id,
        channel=row.channel,
        title=row.content["title"],
        intervention=row.intervention,
        evaluation_type=row.evaluation_type,
        goal=row.content["goal"],
        created_at=row.created_at,
        updated_at=row.updated_at,
        sections=tuple(map(_section, row.content["sections"])),
    )


def _section(stored: dict[str, Any]) -> Section:
    return Section(stored["id"], stored["title"], tuple(map(_line, stored["lines"])))


def _line(stored: dict[str, Any]) -> Line:
    changed = {"origin": Origin(stored["origin"]), "codes": tuple(stored["codes"])}
    return Line(**{**stored, **changed})
