"""What a session does with its evaluation plans; stored with everything else of the turn."""

from dataclasses import replace
from uuid import uuid4

from checklists.course import Run
from evaluation.making import Evaluation, Maker
from evaluation.plan import Plan
from knowledge.search import current_index
from quickscan.session import ScanSession
from storage import checklists, plans


def make_plan(session: ScanSession, evaluation: Evaluation, goal: str | None) -> Plan:
    """Make and store a plan; the session's earlier plan for the same evaluation is replaced.

    A goal that was given before stays when `goal` is None. Raises LookupError when no items were
    loaded.
    """
    connection, kind = session.connection, evaluation.evaluation_type
    earlier = plans.latest_about(connection, session.session_id, evaluation.intervention, kind)
    run = checklists.latest_about(connection, session.session_id, evaluation.intervention, kind)
    goal = goal or (earlier.goal if earlier else None)
    made = Plan(
        id=earlier.id if earlier else str(uuid4()),
        session_id=session.session_id,
        channel=session.channel,
        title=f"Evaluatieplan: {kind} van {evaluation.spoken}",
        intervention=evaluation.intervention,
        evaluation_type=kind,
        goal=goal,
        created_at=earlier.created_at if earlier else session.now,
        updated_at=session.now,
        sections=Maker(current_index().items, evaluation).sections(goal, run),
    )
    plans.save(connection, made)
    return made


def update_plan(session: ScanSession, evaluation: Evaluation, run: Run) -> Plan | None:
    """Bring what was walked into the session's plan for this evaluation, if it has one."""
    plan = plans.latest_about(
        session.connection,
        session.session_id,
        evaluation.intervention,
        evaluation.evaluation_type,
    )
    if plan is None:
        return None
    sections = Maker(current_index().items, evaluation).sections(plan.goal, run)
    updated = replace(plan, sections=sections, updated_at=session.now)
    plans.save(session.connection, updated)
    return updated
