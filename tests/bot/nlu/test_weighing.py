import numpy as np
import pytest

from bot.nlu.weighing import Weighing, fit

EXAMPLES = [
    {"words": ["ja", "hoor"], "shape": ["short"]},
    {"words": ["ja", "ja", "zeker"], "shape": ["short"]},
    {"words": ["ja", "hoor", "zeker"], "shape": ["long"]},
    {"words": ["hoor", "zeker", "zelden"], "shape": ["long"]},
    {"words": ["hoor"], "shape": ["long"]},
]
WEIGHTS = {"words": 1.0, "shape": 0.5}


def test_a_message_is_weighed_as_the_training_examples_were() -> None:
    weighing, matrix = fit(EXAMPLES, WEIGHTS)
    for number, example in enumerate(EXAMPLES):
        dense = np.zeros(matrix.shape[1], np.float32)
        rows, values = weighing.weigh(example)
        dense[rows] = values
        assert dense == pytest.approx(matrix[number].toarray()[0], abs=1e-6)


def test_every_view_counts_for_its_own_weight_whatever_its_length() -> None:
    weighing, _ = fit(EXAMPLES, WEIGHTS)
    rows, values = weighing.weigh(EXAMPLES[2])
    words = np.isin(rows, list(weighing.rows["words"].values()))
    assert np.linalg.norm(values[words]) == pytest.approx(1.0)
    assert np.linalg.norm(values[~words]) == pytest.approx(0.5)


def test_rare_and_unknown_features_count_for_nothing() -> None:
    weighing, _ = fit(EXAMPLES, WEIGHTS)
    assert "zelden" not in weighing.rows["words"]
    rows, values = weighing.weigh({"words": ["zelden", "nieuw"], "shape": []})
    assert len(rows) == len(values) == 0


def test_a_weighing_can_be_made_from_its_names() -> None:
    made = Weighing.from_names({"a": 1.0, "b": 1.0}, {"a": ["x", "y"], "b": ["x"]}, np.ones(3))
    assert made.rows == {"a": {"x": 0, "y": 1}, "b": {"x": 2}}


def test_a_view_that_says_nothing_often_enough_is_left_out() -> None:
    examples = [{**example, "rare": [str(number)]} for number, example in enumerate(EXAMPLES)]
    weighing, matrix = fit(examples, {**WEIGHTS, "rare": 1.0})
    assert set(weighing.weights) == {"words", "shape"}
    assert matrix.shape[1] == sum(len(rows) for rows in weighing.rows.values())
