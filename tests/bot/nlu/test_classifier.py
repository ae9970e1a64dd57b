from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import FieldIntentClassifier
from bot.nlu.dutch import DutchSpacy
from bot.nlu.guard import MessageGuard
from tests.bot.nlu.pipeline import examples, loaded, made, reading, storage_in, typed

DATA = examples(
    greet=["hallo", "hallo daar", "goedemorgen", "goedemorgen allemaal", "hoi", "hoi daar"],
    cancel=["stop", "stop maar", "laat maar", "ik stop", "ik wil stoppen", "laat maar zitten"],
    out_of_scope=["wat is het weer", "het weer morgen", "regent het", "regent het morgen"],
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> FieldIntentClassifier:
    storage = storage_in(tmp_path_factory.mktemp("classifier"))
    made(FieldIntentClassifier, storage).train(with_lemmas(tmp_path_factory.mktemp("dutch")))
    return loaded(FieldIntentClassifier, storage)


def with_lemmas(folder: Path) -> TrainingData:
    storage = storage_in(folder)
    made(DutchSpacy, storage).train(DATA)
    return loaded(DutchSpacy, storage).process_training_data(DATA)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("goedemorgen daar", "greet"), ("stop er maar mee", "cancel"), ("het weer", "out_of_scope")],
)
def test_a_message_gets_the_intent_it_resembles(
    trained: FieldIntentClassifier, text: str, intent: str
) -> None:
    (message,) = trained.process([typed(text)])
    assert reading(message)[0] == intent


def test_the_ranking_holds_all_intents_best_first(trained: FieldIntentClassifier) -> None:
    (message,) = trained.process([typed("hallo")])
    ranking = message.get("intent_ranking")
    assert {row["name"] for row in ranking} == {"greet", "cancel", "out_of_scope"}
    confidences = [row["confidence"] for row in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)
    assert message.get("intent") == ranking[0]


@pytest.mark.parametrize("text", ["/greet", "/restart", "", "x" * 100_000])
def test_what_the_guard_settled_is_not_read_again(
    trained: FieldIntentClassifier, tmp_path: Path, text: str
) -> None:
    guarded = made(MessageGuard, storage_in(tmp_path)).process([typed(text)])
    before = [reading(message) for message in guarded]
    assert [reading(message) for message in trained.process(guarded)] == before


def test_training_twice_understands_the_same(tmp_path: Path) -> None:
    data = with_lemmas(tmp_path / "dutch_again")
    rankings = []
    for name in ("first", "second"):
        storage = storage_in(tmp_path / name)
        made(FieldIntentClassifier, storage).train(data)
        (message,) = loaded(FieldIntentClassifier, storage).process([typed("hallo stop weer")])
        rankings.append(message.get("intent_ranking"))
    assert rankings[0] == rankings[1]


class EntityModel:
    """Takes a message for in scope as soon as an entity is found in it."""

    labels = ("find_knowledge", "inform", "out_of_scope")

    def __init__(self, without_entities: str) -> None:
        self.without_entities = without_entities

    def probabilities(self, views: dict[str, list[str]]) -> np.ndarray:
        best = "find_knowledge" if views["entities"] else self.without_entities
        return np.array([0.8 if label == best else 0.1 for label in self.labels])


@pytest.mark.parametrize(
    ("without_entities", "intent"), [("out_of_scope", "out_of_scope"), ("inform", "find_knowledge")]
)
def test_spelling_help_never_brings_an_out_of_scope_message_into_scope(
    tmp_path: Path, without_entities: str, intent: str
) -> None:
    classifier = made(FieldIntentClassifier, storage_in(tmp_path))
    classifier._model = EntityModel(without_entities)  # type: ignore[assignment]
    misspelt, spelled = classifier.process(
        [typed("cheklist kamperen"), typed("checklist kamperen")]
    )
    assert reading(misspelt)[0] == intent
    assert reading(spelled)[0] == "find_knowledge"
