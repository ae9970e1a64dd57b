import pytest
from sqlalchemy.engine import Engine

from checklists.course import Checklist, Run, Verdict
from checklists.session import WorkSession, work_session
from evaluation.making import Evaluation
from evaluation.plan import Plan
from evaluation.session import make_plan, update_plan
from storage import plans
from storage.database import transaction
from tests.builders import SESSION
from tests.checklists.lists import a_checklist, said
from tests.knowledge.real import use_real_items

THEATER = Evaluation("theater", "theater", "theater", "planevaluatie")
CASUSOVERLEG = Evaluation("casusoverleg", "casusoverleg", "het overleg", "planevaluatie")


@pytest.fixture(autouse=True)
def _content(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the real content."""
    use_real_items(monkeypatch)


def planned(evaluation: Evaluation = THEATER, goal: str | None = None) -> Plan:
    """Make a plan in a turn of its own."""
    with work_session(SESSION, "rest") as session:
        return make_plan(session, evaluation, goal)


def walk(session: WorkSession, checklist: Checklist | None = None) -> Run:
    """Walk conditions, with a nee to each."""
    run = session.start_run(checklist or a_checklist(2), "theater", "planevaluatie")
    for number in range(1, run.checklist.count + 1):
        run.give(number, said(Verdict.NO))
    return run


def stored() -> list[Plan]:
    """Return all stored plans."""
    with transaction() as connection:
        return plans.find_all(connection)


def test_a_plan_is_stored_with_the_turn() -> None:
    plan = planned(goal="weten of het klopt")
    assert stored() == [plan]


def test_the_same_evaluation_has_one_plan_which_keeps_its_goal() -> None:
    first, second = planned(goal="weten of het klopt"), planned()
    assert [plan.id for plan in stored()] == [first.id]
    assert second.goal == "weten of het klopt"


def test_another_evaluation_has_a_plan_of_its_own() -> None:
    planned()
    planned(CASUSOVERLEG)
    assert len(stored()) == 2


def test_conditions_that_were_walked_before_are_in_the_plan() -> None:
    with work_session(SESSION, "rest") as session:
        walk(session)
    given = [line.given for line in planned().section("voorwaarden").lines]
    assert given == ["nog te regelen", "nog te regelen"]


def test_conditions_that_are_walked_afterwards_come_into_the_plan() -> None:
    planned(goal="weten of het klopt")
    with work_session(SESSION, "rest") as session:
        run = walk(session)
        assert update_plan(session, THEATER, run) is not None
        assert update_plan(session, CASUSOVERLEG, run) is None
    (plan,) = stored()
    assert plan.goal == "weten of het klopt"
    assert plan.section("voorwaarden").lines[0].given == "nog te regelen"
