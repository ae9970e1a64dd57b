import random

from bot.nlu.noise import hurried, misspelt

TEXT = "wij willen onze sleutelfiguren volgende maand evalueren, kan dat zomaar"
LEMMAS = TEXT.replace(",", "").split()


def test_a_misspelt_word_keeps_its_first_and_last_letter() -> None:
    chance = random.Random(1)
    for _ in range(200):
        word = misspelt("checklist", chance)
        assert (word[0], word[-1]) == ("c", "t") or word.endswith("ts")
        assert abs(len(word) - 9) <= 1


def test_the_same_chance_gives_the_same_errors() -> None:
    assert hurried(TEXT, LEMMAS, random.Random(7)) == hurried(TEXT, LEMMAS, random.Random(7))


def test_a_misspelt_word_is_its_own_lemma_and_the_rest_stays() -> None:
    chance = random.Random(3)
    outcomes = [hurried(TEXT, LEMMAS, chance) for _ in range(20)]
    assert any(text != TEXT for text, _ in outcomes)
    for text, lemmas in outcomes:
        assert lemmas == text.replace(",", "").split()


def test_short_words_and_numbers_are_left_alone() -> None:
    chance = random.Random(1)
    assert all(hurried("ja op 2024", [], chance)[0] == "ja op 2024" for _ in range(50))
