import json
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from ebw.cli import run
from evaluation.report import plan_data, text_plan
from storage import plans
from storage.database import transaction
from tests.evaluation.plans import PLAN_ID, a_plan


@pytest.fixture
def plan(database: Engine) -> None:
    """Store a plan."""
    with transaction() as connection:
        plans.save(connection, a_plan())


def test_without_plans_the_list_says_so(
    database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plans", "list"]) == 0
    assert "nog geen evaluatieplannen" in capsys.readouterr().out


def test_the_list_has_a_line_per_plan(plan: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plans", "list"]) == 0
    assert capsys.readouterr().out.startswith(PLAN_ID)


def test_the_list_is_there_as_json(plan: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plans", "list", "--json"]) == 0
    assert [entry["plan_id"] for entry in json.loads(capsys.readouterr().out)] == [PLAN_ID]


def test_a_plan_is_shown_as_text(plan: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plans", "show", PLAN_ID]) == 0
    assert capsys.readouterr().out == text_plan(a_plan())


@pytest.mark.parametrize("options", [["--format", "json"], ["--json"]])
def test_a_plan_is_shown_as_json(
    plan: None, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plans", "show", PLAN_ID, *options]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(plan_data(a_plan())))


def test_a_plan_can_be_written_to_a_file(plan: None, tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    assert run(["plans", "show", PLAN_ID, "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == text_plan(a_plan())


def test_a_plan_that_is_not_there_is_an_error(
    database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plans", "show", "onbekend"]) == 1
    assert "geen evaluatieplan met nummer onbekend" in capsys.readouterr().err
