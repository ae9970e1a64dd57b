from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from checklists.course import RunStatus, Verdict
from storage import checklists
from storage.database import transaction
from storage.removal import delete_of_session
from storage.tables import checklist_codes, checklist_verdicts
from tests.builders import NOW, OTHER_SESSION, SESSION
from tests.checklists.lists import a_checklist, a_run, said, walked

HASH = "c" * 64


def test_a_run_comes_back_as_it_was_stored(database: Engine) -> None:
    run = a_run(open_round=True, unclear=2, checklist=a_checklist(stands_in_for="het-gat"))
    run.give(1, said(Verdict.PARTLY, "alleen het bestuur"))
    with transaction() as connection:
        checklists.add(connection, run)
        assert checklists.active_of_session(connection, SESSION) == run


def test_a_verdict_on_the_same_point_takes_the_place_of_the_first(database: Engine) -> None:
    run = a_run()
    with transaction() as connection:
        checklists.add(connection, run)
        for verdict in (Verdict.YES, Verdict.NO, Verdict.NO):
            run.verdicts[1] = said(verdict)
            checklists.save_verdicts(connection, run, [1])
        rows = connection.execute(select(checklist_verdicts)).fetchall()
    assert [(row.point, row.verdict) for row in rows] == [(1, "nee")]


def test_only_a_run_that_waits_is_active(database: Engine) -> None:
    with transaction() as connection:
        for place, status in enumerate(RunStatus):
            run = a_run(id=f"{place}" * 36, session_id=f"{place}" * 64, status=status)
            checklists.add(connection, run)
        found = [
            status
            for place, status in enumerate(RunStatus)
            if checklists.active_of_session(connection, f"{place}" * 64)
        ]
    assert found == [RunStatus.IN_PROGRESS]


def test_the_latest_run_of_a_session_is_the_one_that_changed_last(database: Engine) -> None:
    older = a_run(status=RunStatus.PAUSED)
    newer = replace(older, id="3" * 36, updated_at=NOW + timedelta(minutes=1), verdicts={})
    with transaction() as connection:
        for run in (newer, older, replace(newer, id="4" * 36, session_id=OTHER_SESSION)):
            checklists.add(connection, run)
        assert checklists.latest_of_session(connection, SESSION).id == newer.id


def test_the_conditions_for_a_plan_are_those_completed_last_for_that_evaluation(
    database: Engine,
) -> None:
    fitting = walked(Verdict.YES)
    others = [
        replace(fitting, id="3" * 36, intervention="casusoverleg"),
        replace(fitting, id="4" * 36, status=RunStatus.PAUSED),
        replace(fitting, id="5" * 36, checklist=a_checklist(1, kind="checklist")),
        replace(fitting, id="6" * 36, session_id=OTHER_SESSION),
    ]
    with transaction() as connection:
        for run in (fitting, *others):
            checklists.add(connection, run)
        found = checklists.latest_about(connection, SESSION, "theater", "planevaluatie")
    assert found.id == fitting.id


def test_a_run_is_found_by_its_code_and_by_no_other(database: Engine) -> None:
    run = a_run()
    with transaction() as connection:
        checklists.add(connection, run)
        checklists.add_code(connection, run, HASH, NOW)
        assert checklists.find_by_code(connection, HASH) == run
        assert checklists.find_by_code(connection, "d" * 64) is None


def test_removing_a_session_removes_its_verdicts_and_codes(database: Engine) -> None:
    run = walked(Verdict.YES)
    with transaction() as connection:
        checklists.add(connection, run)
        checklists.add_code(connection, run, HASH, NOW)
        delete_of_session(connection, SESSION)
        left = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (checklist_verdicts, checklist_codes)
        ]
        assert checklists.latest_of_session(connection, SESSION) is None
    assert left == [0, 0]
