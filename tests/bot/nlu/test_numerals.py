import pytest

from bot.nlu.numerals import misspelt_number, number_of


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("1", 1),
        ("26", 26),
        ("3de", 3),
        ("12e", 12),
        ("20ste", 20),
        ("een", 1),
        ("twaalf", 12),
        ("zesentwintig", 26),
        ("drieentwintig", 23),
        ("eerste", 1),
        ("derde", 3),
        ("achtste", 8),
        ("veertiende", 14),
        ("vijfentwintigste", 25),
    ],
)
def test_numbers_are_read_from_digits_words_and_ordinals(word: str, number: int) -> None:
    assert number_of(word) == number


@pytest.mark.parametrize("word", ["0", "123", "2024", "12x", "vraag", "eens", ""])
def test_other_words_are_no_numbers(word: str) -> None:
    assert number_of(word) is None


@pytest.mark.parametrize(
    ("word", "number"), [("twalf", 12), ("dertein", 13), ("achtien", 18), ("zesteen", 16)]
)
def test_a_misspelt_number_word_is_read_as_meant(word: str, number: int) -> None:
    assert misspelt_number(word) == number


@pytest.mark.parametrize("word", ["eerst", "zeg", "drie", "tie", "vraag", "achter"])
def test_a_short_or_other_word_is_not_guessed_at(word: str) -> None:
    assert misspelt_number(word) is None
