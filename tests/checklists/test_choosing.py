"""Choosing among the real content: the lists and the gaps of the toolkit's matrix."""

import pytest

from bot.actions.topics import MATRIX
from checklists.choosing import Choice, checklist_of, choose
from knowledge.answering import name_source
from tests.knowledge.real import real_items

TYPES = ("planevaluatie", "procesevaluatie", "effectevaluatie")
# Which conditions of which cell were seen (gaten.md, part 1).
SEEN = {
    ("theater", "planevaluatie"),
    ("theater", "procesevaluatie"),
    ("casusoverleg", "procesevaluatie"),
    ("casusoverleg", "effectevaluatie"),
}


def chosen(row: str | None, evaluation_type: str, kind: str) -> Choice:
    """Choose from the real items."""
    by_id = {item.id: item for item in real_items()}
    return choose(real_items(), by_id.__getitem__, row, evaluation_type, kind)


@pytest.mark.parametrize(("row", "evaluation_type"), sorted(SEEN))
def test_conditions_that_were_seen_are_walked_as_they_are(row: str, evaluation_type: str) -> None:
    choice = chosen(row, evaluation_type, "randvoorwaarde")
    assert choice.item is not None
    assert choice.item.id == f"{row}-{evaluation_type}-randvoorwaarden"
    assert choice.gap is None


@pytest.mark.parametrize("row", MATRIX)
@pytest.mark.parametrize("evaluation_type", TYPES)
def test_conditions_that_were_not_seen_are_a_gap_with_only_what_may_stand_in(
    row: str, evaluation_type: str
) -> None:
    choice = chosen(row, evaluation_type, "randvoorwaarde")
    if (row, evaluation_type) in SEEN:
        assert choice.gap is None
    else:
        stands_in = {
            "planevaluatie": "planevaluatie-randvoorwaarden",
            "procesevaluatie": "procesevaluatie-randvoorwaarden",
            "effectevaluatie": None,
        }[evaluation_type]
        assert choice.gap is not None
        assert choice.gap.is_gap
        assert (choice.item.id if choice.item else None) == stands_in


@pytest.mark.parametrize("row", [None, *MATRIX])
def test_the_only_checklist_with_a_source_is_that_of_the_plan(row: str | None) -> None:
    choice = chosen(row, "planevaluatie", "checklist")
    assert choice.item is not None
    assert choice.item.id == "planevaluatie-checklist"
    assert len(choice.item.points) == 7


@pytest.mark.parametrize("row", [None, *MATRIX])
def test_for_a_process_evaluation_conditions_stand_in_for_a_checklist(row: str | None) -> None:
    choice = chosen(row, "procesevaluatie", "checklist")
    assert choice.gap is not None
    assert choice.item is not None
    assert choice.item.kind == "randvoorwaarde"
    assert "procesevaluatie" in choice.item.evaluation_types


@pytest.mark.parametrize("row", [None, *MATRIX])
def test_for_an_effect_evaluation_no_checklist_is_made_up(row: str | None) -> None:
    choice = chosen(row, "effectevaluatie", "checklist")
    assert choice.item is None
    assert choice.gap is not None
    assert choice.instead


def test_the_list_to_walk_names_its_source_and_what_it_stands_in_for() -> None:
    choice = chosen("weerbaar_opvoeden", "procesevaluatie", "randvoorwaarde")
    checklist = checklist_of(choice, name_source)
    assert checklist.item_id == "procesevaluatie-randvoorwaarden"
    assert checklist.stands_in_for == "weerbaar-opvoeden-procesevaluatie-randvoorwaarden"
    assert checklist.points == choice.item.points
    assert set(checklist.source_codes) == {"MCO-PROCES", "TH-PROCES"}


def test_where_nothing_was_chosen_there_is_no_list() -> None:
    with pytest.raises(ValueError, match="no list"):
        checklist_of(Choice(None), name_source)
