"""The real content and the real search together: what they score on needs may only rise."""

from pathlib import Path

import pytest
import yaml

from knowledge.answering import answer_from
from knowledge.evaluate import evaluate_search
from tests.knowledge.real import real_index, real_items

HERE = Path(__file__).parent
FLOORS = yaml.safe_load((HERE / "floors.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_the_search_scores_no_less_than_before(name: str) -> None:
    figures = evaluate_search(HERE / name, lambda question: answer_from(real_index(), question))
    below = {
        measure: f"{figures[measure]} < {floor}"
        for measure, floor in FLOORS[name].items()
        if figures[measure] < floor
    }
    assert not below, figures["errors"]


def test_every_item_is_among_the_first_three_for_one_of_its_own_questions() -> None:
    index = real_index()
    unreachable = [
        item.id
        for item in real_items()
        if not any(
            item.id in [hit.item.id for hit in index.search(question, 3)]
            for question in item.asked_as
        )
    ]
    assert unreachable == []


@pytest.mark.parametrize("question", ["ouderinterventie", "oudertrainign", "ouder-interventie"])
def test_a_compound_a_typing_error_and_a_hyphen_lead_to_the_same_subject(question: str) -> None:
    hits = real_index().search(question, 3)
    assert all("weerbaar_opvoeden" in hit.item.interventions for hit in hits)
