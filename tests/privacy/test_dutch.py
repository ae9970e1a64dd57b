"""Telling Dutch words from unknown ones."""

import pytest

from privacy.dutch import is_compound, is_dutch, is_listed


@pytest.mark.parametrize(
    "word",
    ["jongeren", "zegt", "witte", "lage", "gemeentes", "continuiteit", "casusoverleg", "met"],
)
def test_words_and_their_inflections_are_dutch(word: str) -> None:
    assert is_dutch(word)


@pytest.mark.parametrize("word", ["wijkaanpak", "moedergroep", "stadsdeelteam"])
def test_words_made_of_words_are_dutch(word: str) -> None:
    assert is_dutch(word)
    assert is_compound(word)


@pytest.mark.parametrize("word", ["otabek", "xochitl", "bilgehan", "zegdt", "yilmaz"])
def test_names_and_typing_errors_are_not(word: str) -> None:
    assert not is_listed(word)
    assert not is_dutch(word)
