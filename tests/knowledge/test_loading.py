from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from knowledge.checking import ContentError
from knowledge.loading import check_all, load_all
from knowledge.search import current_index
from storage import items, questionnaires
from storage.database import transaction
from tests.builders import questionnaire_content
from tests.knowledge.content import GROUPS, an_item, content_folder, write, write_quickscan


def stored_ids(database: Engine) -> list[str]:
    return [item["id"] for item in items.find_all(database).items]


def test_questionnaire_items_and_search_words_are_stored(database: Engine, tmp_path: Path) -> None:
    load_all(database, content_folder(tmp_path, a=[an_item("een")], b=[an_item("twee")]))
    stored = items.find_all(database)
    assert [item["id"] for item in stored.items] == ["een", "twee"]
    assert stored.search_words == GROUPS
    with transaction(database) as connection:
        assert questionnaires.current(connection).count == 6


def test_loading_twice_changes_nothing(database: Engine, tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item()])
    load_all(database, folder)
    before = items.find_all(database)
    load_all(database, folder)
    assert items.find_all(database) == before


def test_an_item_that_was_taken_out_disappears(database: Engine, tmp_path: Path) -> None:
    load_all(database, content_folder(tmp_path, a=[an_item("blijft"), an_item("gaat")]))
    load_all(database, content_folder(tmp_path, a=[an_item("blijft")]))
    assert stored_ids(database) == ["blijft"]


def test_an_edit_is_found_after_loading_without_a_restart(database: Engine, tmp_path: Path) -> None:
    load_all(database, content_folder(tmp_path, a=[an_item(synonyms=["pindakaas"])]))
    assert current_index().search("hagelslag") == []
    load_all(database, content_folder(tmp_path, a=[an_item(synonyms=["hagelslag"])]))
    assert [hit.item.id for hit in current_index().search("hagelslag")] == ["het-item"]


def test_a_new_search_word_works_after_loading(database: Engine, tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item(synonyms=["budget"])])
    load_all(database, folder)
    assert current_index().search("poen") == []
    write(folder / "zoekwoorden.yml", {"groepen": {"budget": ["poen"]}})
    load_all(database, folder)
    assert [hit.item.id for hit in current_index().search("poen")] == ["het-item"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.yml", 'items:\n  - id: "open\n'),
        ("b.yml", "items: []\n"),
        ("b.yml", "items:\n  - id: nieuw\n"),
        ("bronnen.yml", "sources: []\n"),
        ("zoekwoorden.yml", "groepen: {}\n"),
        ("quickscan.yml", "id: quickscan-test\n"),
    ],
)
def test_a_faulty_file_changes_nothing(
    database: Engine, tmp_path: Path, name: str, text: str
) -> None:
    folder = content_folder(tmp_path, a=[an_item("oud")])
    load_all(database, folder)
    before = items.find_all(database)
    content_folder(tmp_path, a=[an_item("nieuw")])
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_all(database, folder)
    assert {fault.file for fault in error.value.faults} == {name}
    assert items.find_all(database) == before
    assert [hit.item.id for hit in current_index().search("vraag een over oud")] == ["oud"]


def test_the_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item(kind="weetje")], b=[an_item(title="")])
    write(folder / "zoekwoorden.yml", {"groepen": {"budget": []}})
    write_quickscan(folder, version="een")
    assert {fault.file for fault in check_all(folder)} == {
        "a.yml",
        "b.yml",
        "quickscan.yml",
        "zoekwoorden.yml",
    }


def test_a_questionnaire_that_reuses_a_version_keeps_the_old_items(
    database: Engine, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path, a=[an_item("oud")])
    load_all(database, folder)
    content_folder(tmp_path, a=[an_item("nieuw")])
    write_quickscan(folder, questions=questionnaire_content(count=9)["questions"])
    with pytest.raises(ContentError, match="geef de vragenlijst een nieuwe versie"):
        load_all(database, folder)
    assert stored_ids(database) == ["oud"]
