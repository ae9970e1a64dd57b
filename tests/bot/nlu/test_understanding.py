"""The trained model as a whole: what it must understand, and what it must not be led astray by."""

import asyncio
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent

from bot.nlu.context import ANSWERS, read_in_context
from bot.nlu.evaluate import Understood, confusions, figures, read_labelled, understood
from ebw.settings import ROOT, settings
from tests.bot.nlu.training_data import EVALUATION, HELD_OUT

FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text(encoding="utf-8"))
BARS = {"intent_accuracy": 0.93, "intent_macro_f1": 0.92, "entity_f1": 0.95}
NOT_UNDERSTOOD = {"nlu_fallback", "out_of_scope"}


class Reader:
    """Reads messages with the model that `make test` trained."""

    def __init__(self, model: Path) -> None:
        self._agent = Agent.load(str(model))

    def parse(self, text: str) -> dict[str, Any]:
        return asyncio.run(self._agent.parse_message(text))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def reader() -> Reader:
    settings.cache_clear()
    model = settings().model_dir
    assert list(model.glob("*.tar.gz")), f"no trained model in {model}: run 'make train' first"
    return Reader(model)


def evaluation() -> list[dict[str, Any]]:
    if EVALUATION.exists():
        return [{"file": EVALUATION}]
    warnings.warn(f"NOT MEASURED: {EVALUATION} is not there", stacklevel=1)
    return []


@pytest.mark.parametrize("figure", BARS)
def test_the_floors_are_not_below_the_bars(figure: str) -> None:
    assert FLOORS[figure] >= BARS[figure]


def test_the_evaluation_set_is_understood_at_least_as_well_as_before(reader: Reader) -> None:
    for found in evaluation():
        messages = read_labelled(found["file"])
        result = figures(messages, [understood(reader.parse(m.text)) for m in messages])
        _write_report(confusions(result))
        for figure in ("intent_accuracy", "intent_macro_f1", "entity_f1", "out_of_scope_recall"):
            assert result[figure] >= FLOORS[figure], figure
        assert result["in_scope_rejected"] <= FLOORS["in_scope_rejected"]
        for intent, floor in FLOORS["recall"].items():
            assert result["per_intent"][intent]["recall"] >= floor, intent


def test_what_was_kept_out_of_training_is_understood_at_least_as_well_as_before(
    reader: Reader,
) -> None:
    messages = read_labelled(HELD_OUT)
    result = figures(messages, [understood(reader.parse(m.text)) for m in messages])
    for figure, floor in FLOORS["held_out"].items():
        assert result[figure] >= floor, figure


def test_answers_to_a_pending_question_are_understood_at_least_as_well_as_before(
    reader: Reader,
) -> None:
    for found in evaluation():
        messages = [m for m in read_labelled(found["file"]) if m.intent in ANSWERS]
        result = figures(messages, [_in_a_scan(reader, m.text) for m in messages])
        for intent, floor in FLOORS["answers_f1"].items():
            assert result["per_intent"][intent]["f1"] >= floor, intent


@pytest.mark.parametrize(
    "text",
    [
        "evacuatie van het stadhuis, wie regelt dat",
        "welk formaat heeft een paspoortfoto",
        "ik zoek een casino tafel te huur",
        "hoe lang duurt een heatervoorstelling van gas",
        "cheklist voor de camping",
        "theather van de lach kaartjes",
        "trianing hardlopen voor beginners",
        "mijn proces tegen de buurman",
        "wat kost een sleutel bijmaken",
        "lessen autorijden in de buurt",
    ],
)
def test_words_that_resemble_the_fields_do_not_bring_a_message_into_scope(
    reader: Reader, text: str
) -> None:
    assert reader.parse(text)["intent"]["name"] in NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hij heeft een mes en loopt nu de school in", "report_emergency"),
        ("HELP ER LIGT HIER EEN BOM", "report_emergency"),
        ("een van mijn leerlingen praat alleen nog over de gewapende strijd", "report_concern"),
        ("ik ben bang dat mijn broertje in een nazigroep zit", "report_concern"),
    ],
)
def test_danger_and_worry_are_not_missed(reader: Reader, text: str, intent: str) -> None:
    assert reader.parse(text)["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("/affirm", "affirm", {}),
        ('/inform{"intervention": "theater"}', "inform", {"intervention": "theater"}),
        ('/change_answer{"question_number": 4}', "change_answer", {"question_number": 4}),
        ("/restart", "nlu_fallback", {}),
        ("/session_start", "nlu_fallback", {}),
        ('/inform{"intervention": "iets anders"}', "nlu_fallback", {}),
        ("x" * 100_000, "nlu_fallback", {}),
    ],
)
def test_payloads_pass_the_whole_model_only_when_they_are_the_assistants_own(
    reader: Reader, text: str, intent: str, entities: dict[str, object]
) -> None:
    parsed = reader.parse(text)
    assert parsed["intent"]["name"] == intent
    assert {e["entity"]: e["value"] for e in parsed["entities"]} == entities


def test_below_the_threshold_the_likely_readings_are_kept(reader: Reader) -> None:
    parsed = reader.parse("qwx zrtp vlomp")
    assert parsed["intent"]["name"] in NOT_UNDERSTOOD
    names = [row["name"] for row in parsed["intent_ranking"]]
    assert len(set(names) - NOT_UNDERSTOOD) >= 2


def _in_a_scan(reader: Reader, text: str) -> Understood:
    parsed = reader.parse(text)
    first = parsed["intent"]
    others = [row for row in parsed["intent_ranking"] if row["name"] != first["name"]]
    meant = read_in_context(text, [first, *others], pending=True)
    return understood({**parsed, "intent": {**first, "name": meant}})


def _write_report(report: str) -> None:
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    (folder / "confusions.txt").write_text(report, encoding="utf-8")
