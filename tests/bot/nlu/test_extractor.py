from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.extractor import FieldEntityExtractor
from bot.nlu.guard import MessageGuard
from tests.bot.nlu.pipeline import examples, loaded, made, reading, storage_in, typed


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> FieldEntityExtractor:
    storage = storage_in(tmp_path_factory.mktemp("extractor"))
    made(FieldEntityExtractor, storage).train(examples(greet=["hallo"]))
    return loaded(FieldEntityExtractor, storage)


def test_entities_are_given_as_rasa_expects_them(extractor: FieldEntityExtractor) -> None:
    text = "procesevaluatie van theater"
    (message,) = extractor.process([typed(text)])
    first, second = message.get("entities")
    assert (text[first["start"] : first["end"]], first["entity"]) == (
        "procesevaluatie",
        "evaluation_type",
    )
    assert (second["value"], second["extractor"]) == ("theater", "FieldEntityExtractor")
    assert "entities" in message.as_dict(only_output_properties=True)


def test_what_the_message_means_decides_what_counts(extractor: FieldEntityExtractor) -> None:
    said = "ik ben halverwege"
    meanings = ("pause_quickscan", "evaluate_intervention")
    messages = [Message({"text": said, "intent": {"name": name}}) for name in meanings]
    pause, evaluate = extractor.process(messages)
    assert reading(pause)[1] == []
    assert reading(evaluate)[1] == [("moment", "tijdens")]


def test_a_message_without_entities_has_an_empty_list(extractor: FieldEntityExtractor) -> None:
    (message,) = extractor.process([typed("hallo daar")])
    assert message.get("entities") == []


@pytest.mark.parametrize(
    "text", ["evacuatie", "in dronken toestand", "een formaat kleiner", "lassen"]
)
def test_dutch_words_are_never_misspelt_terms(extractor: FieldEntityExtractor, text: str) -> None:
    (message,) = extractor.process([typed(text)])
    assert message.get("entities") == []


@pytest.mark.parametrize("text", ["/restart theater", "theater " * 1000])
def test_what_the_guard_settled_is_not_searched(
    extractor: FieldEntityExtractor, tmp_path: Path, text: str
) -> None:
    guarded = made(MessageGuard, storage_in(tmp_path)).process([typed(text)])
    assert [reading(message)[1] for message in extractor.process(guarded)] == [[]]
