import pytest

from bot.nlu.spelling import SpellingHelp, by_initial, confusable, nearest

FIELD = ("sleutelfiguren", "checklist", "voorstelling", "theater", "evaluatie")


@pytest.fixture
def help_with_spelling() -> SpellingHelp:
    return SpellingHelp(FIELD, ordinary=("evacuatie", "theatraal"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chekclist", "checklist"),
        ("cheklist", "checklist"),
        ("checklistt", "checklist"),
        ("theather", "theater"),
        ("sleutelfigureen", "sleutelfiguren"),
        ("slutelfigurn", "sleutelfiguren"),
    ],
)
def test_a_misspelt_word_of_the_field_is_read_as_meant(
    help_with_spelling: SpellingHelp, written: str, meant: str
) -> None:
    assert help_with_spelling.read(written) == meant


@pytest.mark.parametrize(
    "word",
    ["evacuatie", "theatraal", "checklist", "toilet", "water", "hater", "heater", "leutelfiguren"],
)
def test_other_words_stay_as_they_were_typed(help_with_spelling: SpellingHelp, word: str) -> None:
    assert help_with_spelling.read(word) == word


def test_it_can_be_asked_whether_anything_changes(help_with_spelling: SpellingHelp) -> None:
    assert help_with_spelling.changes(["een", "cheklist"])
    assert not help_with_spelling.changes(["een", "checklist", "evacuatie"])


def test_a_short_word_may_have_one_error_and_a_long_one_two() -> None:
    assert nearest("theter", ["theater"]) == "theater"
    assert nearest("tetter", ["theater"]) is None
    assert nearest("voorsteling", ["voorstelling"]) == "voorstelling"
    assert nearest("vorsteling", ["voorstelling"]) == "voorstelling"
    assert nearest("vorsteing", ["voorstelling"]) is None


def test_ordinary_words_that_resemble_a_term_are_found_before_they_do_harm() -> None:
    ordinary = confusable(["evacuatie", "fiets", "evaluatie", "theaters"], FIELD)
    assert ordinary == {"evacuatie", "theaters"}


def test_words_are_grouped_by_their_first_letter_in_order() -> None:
    assert by_initial(["theater", "evaluatie", "toneel"]) == {
        "e": ["evaluatie"],
        "t": ["theater", "toneel"],
    }
