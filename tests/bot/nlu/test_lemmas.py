from pathlib import Path

import pytest
import spacy

from bot.nlu.lemmas import (
    BUILT_IN,
    SpacyLemmatizer,
    TableLemmatizer,
    available_pipeline,
    dutch_words,
    lemma_table,
)

PACKAGE = "nl_tiny_test"


@pytest.fixture
def packaged_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Train a small Dutch pipeline, save it, and install it as an importable package."""
    nlp = spacy.blank("nl")
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer")
    nlp.add_pipe("ner")
    nlp.meta["name"] = "tiny_test"
    examples = [
        spacy.training.Example.from_dict(
            nlp.make_doc("wij evalueerden sleutelfiguren"),
            {"lemmas": ["wij", "evalueren", "sleutelfiguur"], "entities": []},
        )
    ] * 10
    nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples)
    package, metadata = tmp_path / PACKAGE, tmp_path / f"{PACKAGE}-1.0.0.dist-info"
    nlp.to_disk(_new(package) / f"{PACKAGE}-1.0.0")
    meta = '{"lang": "nl", "name": "tiny_test", "version": "1.0.0"}'
    (package / "meta.json").write_text(meta)
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n"
        "    return load_model_from_init_py(__file__, **overrides)\n"
    )
    (_new(metadata) / "METADATA").write_text(f"Name: {PACKAGE}\nVersion: 1.0.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return PACKAGE


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_lemmas_come_from_a_table_of_forms() -> None:
    lemmatizer = TableLemmatizer({"geevalueerd": "evalueren"})
    assert lemmatizer.lemmas("Geëvalueerd, door wie?") == ["evalueren", "door", "wie"]


def test_the_table_holds_all_forms_of_the_words_it_is_made_for() -> None:
    table = lemma_table({"sleutelfiguren", "evalueren"})
    assert table["sleutelfiguren"] == "sleutelfiguur"
    assert table["geevalueerd"] == table["evalueert"] == "evalueren"
    assert "fietsen" not in table


def test_the_dutch_words_hold_forms_and_lemmas() -> None:
    assert {"evacuatie", "evacueren", "fietsen"} <= dutch_words()
    assert "sleutelfigureen" not in dutch_words()


def test_without_the_package_the_built_in_pipeline_is_there() -> None:
    assert available_pipeline("nl_not_installed_anywhere") == BUILT_IN


def test_a_real_packaged_pipeline_is_found_and_loaded(packaged_pipeline: str) -> None:
    assert available_pipeline(packaged_pipeline) == f"{PACKAGE} 1.0.0"
    lemmatizer = SpacyLemmatizer(packaged_pipeline)
    assert lemmatizer.lemmas("wij evalueerden sleutelfiguren.") == [
        "wij",
        "evalueren",
        "sleutelfiguur",
    ]
