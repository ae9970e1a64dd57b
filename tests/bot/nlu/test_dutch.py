import json
from pathlib import Path

import pytest

from bot.nlu import dutch
from bot.nlu.dutch import LEMMAS, DutchSpacy, OtherPipelineError
from tests.bot.nlu.pipeline import examples, loaded, made, storage_in, typed


class FakeSpacy:
    """Stands for an installed pipeline."""

    def __init__(self, name: str) -> None:
        self.name = name

    def lemmas(self, text: str) -> list[str]:
        return [self.name, text]


@pytest.fixture(autouse=True)
def fresh_announcement() -> None:
    dutch.announce.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, pipeline: str) -> None:
    monkeypatch.setattr(dutch, "available_pipeline", lambda _name: pipeline)
    monkeypatch.setattr(dutch, "SpacyLemmatizer", FakeSpacy)


def test_a_model_with_the_built_in_pipeline_gives_lemmas(tmp_path: Path) -> None:
    storage = storage_in(tmp_path)
    made(DutchSpacy, storage).train(examples(greet=["sleutelfiguren evalueren"]))
    (message,) = loaded(DutchSpacy, storage).process([typed("een sleutelfiguur evalueert")])
    assert message.get(LEMMAS) == ["een", "sleutelfiguur", "evalueren"]


def test_training_examples_get_the_same_lemmas_as_messages(tmp_path: Path) -> None:
    storage, data = storage_in(tmp_path), examples(greet=["wij evalueerden"])
    made(DutchSpacy, storage).train(data)
    (example,) = loaded(DutchSpacy, storage).process_training_data(data).training_examples
    assert example.get(LEMMAS) == ["wij", "evalueren"]


def test_an_installed_pipeline_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "nl_core_news_sm 3.4.0")
    storage = storage_in(tmp_path)
    made(DutchSpacy, storage).train(examples(greet=["hallo"]))
    (message,) = loaded(DutchSpacy, storage).process([typed("hallo")])
    assert message.get(LEMMAS) == ["nl_core_news_sm", "hallo"]


@pytest.mark.parametrize(
    ("trained", "here"),
    [("built-in", "nl_core_news_sm 3.4.0"), ("nl_core_news_sm 3.4.0", "built-in")],
)
def test_a_model_trained_with_the_other_pipeline_is_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: str, here: str
) -> None:
    storage = storage_in(tmp_path)
    install(monkeypatch, trained)
    made(DutchSpacy, storage).train(examples(greet=["hallo"]))
    install(monkeypatch, here)
    with pytest.raises(OtherPipelineError) as refused:
        loaded(DutchSpacy, storage)
    message = str(refused.value)
    assert f"'{trained}'" in message
    assert f"'{here}'" in message
    assert "Train it again" in message
    assert ("make nlu-model" in message) == (here == "built-in")


def test_which_pipeline_is_in_use_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    storage = storage_in(tmp_path)
    made(DutchSpacy, storage).train(examples(greet=["hallo"]))
    loaded(DutchSpacy, storage)
    loaded(DutchSpacy, storage)
    said = [record.getMessage() for record in caplog.records if record.name == "bot.nlu.dutch"]
    assert said == ["Dutch: built-in pipeline (nl_core_news_sm is not installed)"]


def test_the_choice_is_stored_in_the_model(tmp_path: Path) -> None:
    storage = storage_in(tmp_path)
    resource = made(DutchSpacy, storage).train(examples(greet=["hallo"]))
    with storage.read_from(resource) as folder:
        assert json.loads((folder / "dutch.json").read_text())["pipeline"] == "built-in"


def test_a_message_without_text_gets_no_lemmas(tmp_path: Path) -> None:
    (message,) = made(DutchSpacy, storage_in(tmp_path)).process([typed("")])
    assert message.get(LEMMAS) is None
