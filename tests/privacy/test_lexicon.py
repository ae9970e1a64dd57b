"""The lists of names, places and words."""

from pathlib import Path

import pytest

import privacy
from privacy.context import context
from privacy.lexicon import lexicon, lines_of, read_words
from privacy.text import fold

LISTS = sorted(path.stem for path in (Path(privacy.__file__).parent / "data").glob("*.txt"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_no_figures_and_no_stray_marks(name: str) -> None:
    allowed = set(
        "'-.&|!:()[]/ ,_0123456789" if name in ("organisations", "public_figures") else "'-|[]_./ "
    )
    for line in lines_of(name):
        assert not [mark for mark in line if not mark.isalpha() and mark not in allowed], line


@pytest.mark.parametrize("name", ["first_names", "surnames", "word_names"])
def test_no_name_is_listed_twice(name: str) -> None:
    names = [fold(word) for line in lines_of(name) for word in line.split()]
    assert sorted(names) == sorted(set(names))


def test_the_lists_hold_names_of_every_community() -> None:
    assert len(lexicon().first_names) > 9000
    assert len(lexicon().surnames) > 7500
    for name in "sietske fatima mehmet yonas abdirahman oleksandr wei radjesh rojda zohra".split():
        assert name in lexicon().first_names


def test_a_rare_name_is_no_place_and_no_name_of_our_own_lists() -> None:
    lists = lexicon()
    assert len(lists.rare_first_names) > 5000
    assert not lists.rare_first_names & (lists.first_names | lists.places)


def test_every_name_that_is_a_word_is_a_first_name() -> None:
    assert lexicon().word_names <= lexicon().first_names


def test_names_with_accents_are_found_without_them() -> None:
    assert fold("Şükrü") in lexicon().first_names
    assert fold("Wójcik") in lexicon().surnames


def test_the_words_around_names_are_apart_from_the_names() -> None:
    around = context("title", "relation", "role", "persons", "thing", "says")
    assert not around & lexicon().first_names
    assert "zus" in context("relation")
    assert read_words("words") >= {"met", "omdat", "casusoverleg"}
