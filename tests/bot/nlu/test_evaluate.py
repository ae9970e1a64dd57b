from pathlib import Path

import pytest

from bot.nlu.evaluate import (
    Labelled,
    Understood,
    confusions,
    figures,
    read_labelled,
    understood,
)
from ebw.evaluation_file import EvaluationFileError

THEATRE = ("intervention", "theater")
BEFORE = ("moment", "vooraf")


def labelled(intent: str, *entities: tuple[str, str]) -> Labelled:
    return Labelled(f"iets over {intent}", intent, frozenset(entities))


def got(intent: str, *entities: tuple[str, str]) -> Understood:
    return Understood(intent, 0.9, frozenset(entities))


def test_a_file_of_messages_is_read(tmp_path: Path) -> None:
    path = tmp_path / "set.yml"
    path.write_text(
        "- {text: vraag 7, intent: change_answer, entities: {question_number: 7}}\n"
        "- text: theater of mdo\n  intent: inform\n"
        "  entities: {intervention: [theater, casusoverleg]}\n"
        "- {text: hoi, intent: greet}\n",
        encoding="utf-8",
    )
    seven, two, none = read_labelled(path)
    assert seven == Labelled("vraag 7", "change_answer", frozenset({("question_number", "7")}))
    assert two.entities == {("intervention", "theater"), ("intervention", "casusoverleg")}
    assert none.entities == frozenset()


@pytest.mark.parametrize(
    "content",
    [
        "text: hoi",
        "- hoi",
        "- {text: hoi}",
        "- {intent: greet}",
        "",
        "- [",
        "- {text: hoi, intent: greet, entities: [los]}",
    ],
)
def test_another_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationFileError, match=r"set\.yml"):
        read_labelled(path)


@pytest.mark.parametrize("name", ["nlu_fallback", None])
def test_what_was_not_understood_counts_as_out_of_scope(name: str | None) -> None:
    parsed = {"intent": {"name": name, "confidence": 0.3}, "entities": []}
    assert understood(parsed).intent == "out_of_scope"


def test_an_entity_is_its_name_and_value() -> None:
    parsed = {
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [{"entity": "question_number", "value": 7, "start": 0, "end": 1}],
    }
    assert understood(parsed).entities == {("question_number", "7")}


def test_the_figures_are_those_of_the_contract() -> None:
    expected = [
        labelled("greet"),
        labelled("inform", THEATRE),
        labelled("inform", THEATRE),
        labelled("out_of_scope"),
    ]
    result = figures(
        expected, [got("greet"), got("inform", THEATRE, BEFORE), got("out_of_scope"), got("greet")]
    )
    assert result["n"] == 4
    assert result["intent_accuracy"] == pytest.approx(0.5)
    assert result["entity_precision"] == pytest.approx(0.5)
    assert result["entity_recall"] == pytest.approx(0.5)
    assert result["entity_f1"] == pytest.approx(0.5)
    assert result["out_of_scope_recall"] == 0.0
    assert result["in_scope_rejected"] == pytest.approx(1 / 3)
    assert result["per_intent"]["inform"] == {
        "support": 2,
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
    }
    assert result["intent_macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_every_wrong_intent_or_entity_is_an_error_with_what_was_missed() -> None:
    result = figures(
        [labelled("greet"), labelled("inform", THEATRE)], [got("thank"), got("inform", BEFORE)]
    )
    intent, entity = result["errors"]
    assert (intent["intent"], intent["predicted"]) == ("greet", "thank")
    assert entity["missed_entities"] == [THEATRE]
    assert entity["extra_entities"] == [BEFORE]


def test_an_intent_beyond_the_contract_counts_as_the_one_it_refines() -> None:
    restart = got("restart_quickscan")
    assert figures([labelled("start_quickscan")], [restart])["intent_accuracy"] == 1.0
    known = [labelled("restart_quickscan"), labelled("start_quickscan")]
    assert figures(known, [restart, restart])["intent_accuracy"] == 0.5


def test_the_report_of_confusions_begins_with_the_most_frequent() -> None:
    expected = [labelled("greet"), labelled("inform"), labelled("inform"), labelled("thank")]
    wrong = [got("thank"), got("greet"), got("greet"), got("thank")]
    report = confusions(figures(expected, wrong))
    assert report.startswith("3 of 4 messages")
    assert report.index("inform → greet") < report.index("greet → thank")
    assert "iets over inform" in report


def test_no_messages_give_no_figures_rather_than_an_error() -> None:
    assert figures([], [])["intent_accuracy"] == 0.0
