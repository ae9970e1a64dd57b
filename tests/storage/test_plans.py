from dataclasses import replace
from datetime import timedelta

from sqlalchemy.engine import Engine

from storage import plans
from storage.database import transaction
from storage.removal import delete_of_session
from tests.builders import NOW, OTHER_SESSION, SESSION
from tests.evaluation.plans import PLAN_ID, a_plan

OTHER_ID = "5" * 36


def test_a_plan_comes_back_as_it_was_stored(database: Engine) -> None:
    with transaction() as connection:
        plans.save(connection, a_plan())
        assert plans.find(connection, PLAN_ID) == a_plan()


def test_storing_a_plan_again_replaces_it(database: Engine) -> None:
    changed = a_plan(goal=None, sections=())
    with transaction() as connection:
        plans.save(connection, a_plan())
        plans.save(connection, changed)
        assert plans.find_all(connection) == [changed]


def test_there_is_no_plan_under_another_id(database: Engine) -> None:
    with transaction() as connection:
        plans.save(connection, a_plan())
        assert plans.find(connection, OTHER_ID) is None


def test_the_latest_plan_is_that_of_the_session_for_this_evaluation(database: Engine) -> None:
    newer = a_plan(id=OTHER_ID, updated_at=NOW + timedelta(minutes=1))
    others = [
        replace(newer, id="6" * 36, session_id=OTHER_SESSION),
        replace(newer, id="7" * 36, intervention="casusoverleg"),
        replace(newer, id="8" * 36, evaluation_type="effectevaluatie"),
    ]
    with transaction() as connection:
        for plan in (newer, a_plan(), *others):
            plans.save(connection, plan)
        found = plans.latest_about(connection, SESSION, "theater", "planevaluatie")
        none = plans.latest_about(connection, SESSION, "sleutelfiguren", "planevaluatie")
    assert (found, none) == (newer, None)


def test_removing_a_session_removes_its_plans(database: Engine) -> None:
    with transaction() as connection:
        plans.save(connection, a_plan())
        delete_of_session(connection, SESSION)
        assert plans.find_all(connection) == []
