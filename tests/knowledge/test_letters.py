import numpy as np

from knowledge.letters import Letters

TEXTS = [["theater", "voorstelling"], ["netwerk", "sleutelfiguren"], ["theater"]]


def scores(*question: str) -> list[float]:
    return Letters(TEXTS).scores(question, range(len(TEXTS))).tolist()


def test_the_same_words_score_one() -> None:
    assert np.isclose(scores("theater")[2], 1.0)


def test_a_text_without_a_common_run_of_letters_scores_zero() -> None:
    assert scores("theater")[1] == 0


def test_a_typing_error_leaves_most_of_the_letters() -> None:
    assert 0.3 < scores("sleutelfigurren")[1] < 1


def test_a_text_with_more_in_it_scores_lower() -> None:
    assert 0 < scores("theater")[0] < scores("theater")[2]


def test_only_the_rows_asked_for_are_scored_in_their_order() -> None:
    letters = Letters(TEXTS)
    assert letters.scores(["theater"], [2, 0]).tolist() == [
        scores("theater")[2],
        scores("theater")[0],
    ]


def test_a_question_of_unknown_letters_scores_zero() -> None:
    assert scores("qqqqqq") == [0, 0, 0]
