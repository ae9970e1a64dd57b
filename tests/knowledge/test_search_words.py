from pathlib import Path

import pytest

from knowledge.checking import ContentError
from knowledge.search_words import check_search_words, read_search_words
from tests.knowledge.content import GROUPS, content_folder, write


def test_the_groups_are_read(tmp_path: Path) -> None:
    assert read_search_words(content_folder(tmp_path)) == GROUPS


@pytest.mark.parametrize(
    ("groups", "field", "message"),
    [
        ({"budget": []}, "groepen.budget", "is leeg of te kort"),
        ({"budget": ["geld", "geld"]}, "groepen.budget", "bevat iets dubbel"),
        ({"budget": [" geld"]}, "groepen.budget.0", "laat spaties voor en achter het woord weg"),
    ],
)
def test_a_faulty_group_is_reported_and_not_read(
    tmp_path: Path, groups: dict[str, list[str]], field: str, message: str
) -> None:
    folder = content_folder(tmp_path)
    write(folder / "zoekwoorden.yml", {"groepen": groups})
    [fault] = check_search_words(folder)
    assert (fault.file, fault.field, fault.message) == ("zoekwoorden.yml", field, message)
    with pytest.raises(ContentError):
        read_search_words(folder)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    assert [fault.file for fault in check_search_words(tmp_path)] == ["zoekwoorden.yml"]
