from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.model import IntentModel, Settings, train

SETTINGS = Settings(
    weights={"words": 1.0},
    caution={},
    sharpness=(3.0, 1.0),
    penalty=1.0,
    network_share=0.5,
    epochs=20,
    seed=1,
)
TEXTS = {
    "greet": ["hallo daar", "hallo allemaal", "goedemorgen allemaal", "goedemorgen daar"],
    "cancel": ["stop nu", "stop maar", "laat maar", "laat nu"],
}
EXAMPLES = [{"words": text.split()} for texts in TEXTS.values() for text in texts]
LABELS = [intent for intent, texts in TEXTS.items() for _ in texts]


def trained(settings: Settings = SETTINGS) -> IntentModel:
    return train(EXAMPLES, LABELS, EXAMPLES, settings)


def best(model: IntentModel, text: str) -> str:
    return model.labels[int(model.probabilities({"words": text.split()}).argmax())]


def test_it_learns_what_examples_mean() -> None:
    model = trained()
    assert best(model, "hallo") == "greet"
    assert best(model, "stop") == "cancel"


def test_probabilities_add_up_to_one() -> None:
    assert trained().probabilities({"words": ["hallo", "stop"]}).sum() == pytest.approx(1.0)


def test_a_message_with_nothing_known_is_uncertain() -> None:
    assert trained().probabilities({"words": ["fiets"]}).max() < 0.8


def test_caution_makes_an_intent_likelier() -> None:
    views = {"words": ["stop", "hallo"]}
    plain, careful = trained(), trained(replace(SETTINGS, caution={"greet": 5.0}))
    greet = plain.labels.index("greet")
    assert careful.probabilities(views)[greet] > plain.probabilities(views)[greet]
    assert careful.probabilities(views).sum() == pytest.approx(1.0)


def test_a_stored_model_is_read_back_the_same(tmp_path: Path) -> None:
    model = trained()
    model.save(tmp_path)
    read = IntentModel.load(tmp_path)
    assert read.labels == model.labels
    for example in EXAMPLES:
        assert read.probabilities(example) == pytest.approx(model.probabilities(example), abs=1e-6)


def test_nothing_in_a_stored_model_needs_unpickling(tmp_path: Path) -> None:
    trained().save(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}
    for path in tmp_path.glob("*.npz"):
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays)


def test_training_twice_gives_the_same_model() -> None:
    first, second = trained(), trained()
    for example in EXAMPLES:
        assert (first.probabilities(example) == second.probabilities(example)).all()
