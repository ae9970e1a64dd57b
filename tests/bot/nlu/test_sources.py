from pathlib import Path

import pytest

from bot.nlu import sources
from bot.nlu.classifier import FieldIntentClassifier
from bot.nlu.dutch import DutchSpacy
from bot.nlu.extractor import FieldEntityExtractor
from knowledge.vocabulary import VOCABULARY_FILE

MODEL = "nl_core_news_sm"


def test_a_changed_source_changes_the_fingerprint(tmp_path: Path) -> None:
    source = tmp_path / "words.yml"
    source.write_text("les: [lessen]")
    before = sources.fingerprint(MODEL, [source])
    assert sources.fingerprint(MODEL, [source]) == before
    source.write_text("les: [lessen, leerpunten]")
    assert sources.fingerprint(MODEL, [source]) != before


def test_another_dutch_pipeline_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources.fingerprint(MODEL)
    monkeypatch.setattr(sources, "available_pipeline", lambda _name: f"{MODEL} 3.4.0")
    assert sources.fingerprint(MODEL) != before


def test_the_vocabulary_is_one_of_the_sources() -> None:
    assert VOCABULARY_FILE in sources._SOURCES


@pytest.mark.parametrize("component", [DutchSpacy, FieldIntentClassifier, FieldEntityExtractor])
def test_every_trained_component_tells_rasas_cache_about_its_sources(
    component: type[DutchSpacy],
) -> None:
    assert component.fingerprint_addon({}) == sources.fingerprint(MODEL)
