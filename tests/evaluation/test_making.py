"""Plans made of the real content."""

import pytest

from bot.actions.topics import MATRIX
from checklists.course import Run, Verdict
from evaluation.making import Evaluation, Maker
from evaluation.plan import Line, Origin, Section
from tests.checklists.lists import walked
from tests.knowledge.real import real_items

TYPES = ("planevaluatie", "procesevaluatie", "effectevaluatie")
PARTS = "doel soort vragen planning wie voorwaarden gegevens budget stappen".split()
CELLS = [(row, kind) for row in MATRIX for kind in TYPES]


def made(
    row: str, kind: str, goal: str | None = None, run: Run | None = None
) -> dict[str, Section]:
    """Make a plan's sections, by id."""
    evaluation = Evaluation(row, row, f"onze {row}", kind)
    return {section.id: section for section in Maker(real_items(), evaluation).sections(goal, run)}


def lines(sections: dict[str, Section]) -> list[Line]:
    """Return all lines."""
    return [line for section in sections.values() for line in section.lines]


@pytest.mark.parametrize(("row", "kind"), CELLS)
def test_every_cell_of_the_matrix_gets_a_plan_with_all_its_parts(row: str, kind: str) -> None:
    sections = made(row, kind)
    assert list(sections) == PARTS
    assert all(section.lines for section in sections.values())


@pytest.mark.parametrize(("row", "kind"), CELLS)
def test_every_line_from_a_source_says_which_and_rests_on_an_item_that_has_one(
    row: str, kind: str
) -> None:
    by_id = {item.id: item for item in real_items()}
    from_source = [line for line in lines(made(row, kind)) if line.origin is Origin.SOURCE]
    assert from_source
    for line in from_source:
        assert line.codes
        assert line.source
        assert not by_id[line.item].is_gap


@pytest.mark.parametrize(("row", "kind"), CELLS)
def test_what_has_no_source_is_never_said_to_have_one(row: str, kind: str) -> None:
    by_id = {item.id: item for item in real_items()}
    gaps = [line for line in lines(made(row, kind)) if line.item and by_id[line.item].is_gap]
    assert all(line.origin is Origin.ASSISTANT and not line.codes for line in gaps)


@pytest.mark.parametrize("kind", TYPES)
def test_only_a_process_evaluation_has_a_guideline_for_its_budget(kind: str) -> None:
    (budget,) = made("theater", kind)["budget"].lines
    assert ("10 procent" in budget.text) is (kind == "procesevaluatie")
    assert (budget.origin is Origin.SOURCE) is (kind == "procesevaluatie")


def test_the_goal_is_the_users() -> None:
    (goal,) = made("theater", "planevaluatie", "weten of het werkt")["doel"].lines
    assert (goal.text, goal.origin) == ("weten of het werkt", Origin.USER)


def test_without_a_goal_it_is_named_as_missing() -> None:
    (goal,) = made("theater", "planevaluatie")["doel"].lines
    assert goal.origin is Origin.ASSISTANT
    assert "Nog in te vullen" in goal.text


def test_conditions_that_were_not_walked_are_to_be_checked() -> None:
    check, *conditions = made("theater", "planevaluatie")["voorwaarden"].lines
    assert check.origin is Origin.ASSISTANT
    assert len(conditions) == 5
    assert all(line.given is None for line in conditions)


def test_walked_conditions_say_what_the_user_said() -> None:
    run = walked(Verdict.YES, Verdict.NO, Verdict.LATER)
    conditions = made("theater", "planevaluatie", run=run)["voorwaarden"].lines
    assert [line.given for line in conditions] == ["geregeld", "nog te regelen", "nog na te gaan"]
    assert all(line.codes == ("TH-PLAN",) for line in conditions)


def test_what_is_to_be_arranged_comes_first_in_the_next_steps() -> None:
    run = walked(Verdict.YES, Verdict.PARTLY, Verdict.NO)
    steps = made("theater", "planevaluatie", run=run)["stappen"].lines
    assert [line.text for line in steps[:2]] == [run.checklist.points[2], run.checklist.points[1]]


def test_steps_that_stand_in_are_named_as_such() -> None:
    gap, first, *_ = made("sleutelfiguren", "planevaluatie")["stappen"].lines
    assert gap.origin is Origin.ASSISTANT
    assert gap.item == "sleutelfiguren-planevaluatie-stappen"
    assert first.item == "planevaluatie-stappen"


def test_an_effect_evaluation_gets_no_steps_that_are_made_up() -> None:
    steps = made("theater", "effectevaluatie")["stappen"].lines
    assert {line.origin for line in steps} == {Origin.ASSISTANT}
