from pathlib import Path

import pytest

from bot.nlu.concepts import Concepts, concepts


@pytest.fixture
def small(tmp_path: Path) -> Concepts:
    path = tmp_path / "concepts.yml"
    path.write_text("threat: [mes, dreig*]\ndeny: [nog niet, nooit]\n", encoding="utf-8")
    return Concepts(path)


def test_a_word_belongs_to_the_notions_that_list_it(small: Concepts) -> None:
    assert small.of_each(["een", "mes"], ["een", "mes"]) == [set(), {"threat"}]


def test_a_beginning_of_a_word_is_enough_where_the_list_says_so(small: Concepts) -> None:
    assert small.of_each(["dreigement"], ["dreigement"]) == [{"threat"}]
    assert small.of_each(["messing"], ["messing"]) == [set()]


def test_a_phrase_counts_where_it_starts(small: Concepts) -> None:
    assert small.of_each(["nog", "niet"], ["nog", "niet"]) == [{"deny"}, set()]


def test_a_lemma_counts_as_well_as_the_word(small: Concepts) -> None:
    assert small.of_each(["messen"], ["mes"]) == [{"threat"}]


def test_lemmas_that_do_not_fit_the_words_are_left_aside(small: Concepts) -> None:
    assert small.of_each(["messen"], ["een", "mes"]) == [set()]


def test_the_assistants_own_lists_can_be_read() -> None:
    (found,) = concepts().of_each(["bommelding"], ["bommelding"])
    assert found == set()
    assert "threat" in concepts().of_each(["schietpartij"], ["schietpartij"])[0]
