import pytest

from knowledge.ranking import FieldsIndex, added

WEIGHTS = {"title": 0.4, "text": 0.6}


def index(*rows: tuple[dict[str, float], dict[str, float]]) -> FieldsIndex:
    return FieldsIndex({"title": [r[0] for r in rows], "text": [r[1] for r in rows]}, WEIGHTS)


def test_a_row_without_the_token_scores_zero() -> None:
    assert index(({"a": 1}, {}), ({}, {"b": 1})).scores({"a": 1}).tolist()[1] == 0


def test_a_token_in_both_fields_counts_more_than_in_one() -> None:
    both, one = index(({"a": 1}, {"a": 1}), ({}, {"a": 1})).scores({"a": 1})
    assert both > one


def test_a_rare_token_counts_more_than_a_common_one() -> None:
    rows = [({}, {"veel": 1}), ({}, {"veel": 1}), ({}, {"veel": 1}), ({}, {"een": 1})]
    scores = index(*rows).scores({"veel": 1, "een": 1})
    assert scores[3] > scores[0]


def test_a_repeated_token_counts_more_but_never_without_end() -> None:
    once, often = index(({}, {"a": 1, "b": 9}), ({}, {"a": 9, "b": 1})).scores({"a": 1})
    assert once < often < 2 * once


def test_a_score_lies_between_zero_and_one() -> None:
    scores = index(({"a": 9}, {"a": 9}), ({"b": 1}, {})).scores({"a": 1, "b": 1})
    assert all(0 <= score <= 1 for score in scores)


def test_an_unknown_token_lowers_the_score() -> None:
    made = index(({}, {"a": 1}), ({}, {"b": 1}))
    assert made.scores({"a": 1, "onbekend": 1})[0] < made.scores({"a": 1})[0]


def test_weights_are_added_by_token() -> None:
    assert added([{"a": 1, "b": 0.5}, {"a": 1}]) == pytest.approx({"a": 2, "b": 0.5})
