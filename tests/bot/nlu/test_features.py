import pytest

from bot.nlu.entity_rules import EntityRules
from bot.nlu.features import VIEWS, views_of
from knowledge.municipalities import municipalities
from knowledge.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def rules() -> EntityRules:
    return EntityRules(load_vocabulary(), municipalities())


def views(rules: EntityRules, text: str) -> dict[str, list[str]]:
    return views_of(text, text.lower().rstrip("?!").split(), rules)


def test_a_message_is_looked_at_in_every_view(rules: EntityRules) -> None:
    found = views(rules, "hoe evalueer ik theater?")
    assert set(found) == set(VIEWS)
    assert "evalueer ik" in found["lemmas"]
    assert found["entities"] == ["intervention", "=theater"]
    assert views(rules, "lessen theater")["entities"] == [
        "content_kind",
        "intervention",
        "=les",
        "=theater",
        "content_kind intervention",
        "all",
    ]
    assert "evaluate_word" in found["concepts"]
    assert "asks at the end" in found["shape"]


def test_which_number_or_municipality_it_is_makes_no_difference(rules: EntityRules) -> None:
    assert views(rules, "vraag 12 aanpassen") == views(rules, "vraag 7 aanpassen")
    assert views(rules, "gemeente Delft")["entities"] == views(rules, "gemeente Gouda")["entities"]


def test_case_and_accents_make_no_difference_to_the_pieces(rules: EntityRules) -> None:
    assert views(rules, "ÉÉN VRAAG")["pieces"] == views(rules, "een vraag")["pieces"]


def test_of_a_long_message_only_the_beginning_is_looked_at(rules: EntityRules) -> None:
    long = views(rules, "ja en " * 2000)
    assert len(long["pieces"]) < 5000
    assert len(long["lemmas"]) < 300


def test_an_empty_message_has_hardly_any_features(rules: EntityRules) -> None:
    assert views(rules, "")["pieces"] == []
