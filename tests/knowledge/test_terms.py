import pytest

from knowledge.terms import TermFinder, spelled_words
from knowledge.vocabulary import Vocabulary


def finder(*terms: str, **lists: tuple[str, ...]) -> TermFinder:
    return TermFinder(Vocabulary({"content_kind": {"thing": terms}}, lists))


def found(finder: TermFinder, text: str, *, weak: bool = False) -> list[str]:
    return [text[term.start : term.end] for term in finder.find(text, weak=weak)]


@pytest.mark.parametrize("form", ["format", "formats", "formatje", "formaten"])
def test_a_long_word_is_found_in_its_inflected_forms(form: str) -> None:
    assert found(finder("format"), f"een {form} graag") == [form]


def test_a_word_is_not_found_inside_another() -> None:
    assert found(finder("format"), "de formatie duurt lang") == []


def test_a_short_word_and_an_exact_word_are_found_as_they_are() -> None:
    assert found(finder("les", "=effect"), "les lessen effect effecten") == ["les", "effect"]


@pytest.mark.parametrize("written", ["checklist", "check list"])
def test_a_compound_is_found_with_and_without_a_space(written: str) -> None:
    assert found(finder("check+list"), f"de {written}") == [written]


def test_stars_stand_for_any_beginning_and_end() -> None:
    assert found(finder("theater*"), "theaterstuk") == ["theaterstuk"]
    assert found(finder("*sjabloon"), "invulsjabloon") == ["invulsjabloon"]


def test_a_list_stands_for_each_of_its_words() -> None:
    trainings = finder(
        "{training} voor {group}", training=("cursus",), group=("docenten", "=boa's")
    )
    assert found(trainings, "een cursus voor boa's") == ["cursus voor boa's"]


def test_a_gap_holds_at_most_three_words_and_no_end_of_a_clause() -> None:
    effects = finder("=effect ... meten")
    assert found(effects, "het effect van de training meten") == ["effect van de training meten"]
    assert found(effects, "het effect van een hele lange training meten") == []
    assert found(effects, "het effect . wij meten") == []


def test_a_weak_term_is_only_found_when_asked_for() -> None:
    lessons = finder("?=lessen")
    assert found(lessons, "de lessen") == []
    assert found(lessons, "de lessen", weak=True) == ["lessen"]


def test_of_overlapping_terms_of_an_entity_the_longest_counts() -> None:
    assert found(finder("effect", "effect meten"), "effect meten") == ["effect meten"]


def test_the_spelled_words_are_the_long_words_with_seams_closed_and_lists_filled() -> None:
    vocabulary = Vocabulary(
        {"content_kind": {"thing": ("check+list", "=les", "{group} trainen")}},
        {"group": ("docenten",)},
    )
    assert {"checklist", "docenten", "trainen"} <= spelled_words(vocabulary)
    assert "les" not in spelled_words(vocabulary)
