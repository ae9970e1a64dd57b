from pathlib import Path
from typing import Any

import pytest

from knowledge.checking import ContentError
from knowledge.items_content import check_items, item_files, read_items
from tests.knowledge.content import (
    SOURCES,
    TOOLKIT,
    a_gap,
    an_item,
    content_folder,
    write,
    write_quickscan,
)


def messages(folder: Path) -> list[str]:
    return [str(fault) for fault in check_items(folder)]


def test_the_items_of_all_files_are_read_in_order(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item("een"), an_item("twee")], b=[an_item("drie")])
    assert [item["id"] for item in read_items(folder)] == ["een", "twee", "drie"]


def test_what_is_read_is_plain_data(tmp_path: Path) -> None:
    item = an_item(points=["eerst dit", "dan dat"], questions_quickscan=[1, 6])
    assert read_items(content_folder(tmp_path, a=[item])) == [item]


def test_the_other_content_files_hold_no_items(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, theater=[an_item()])
    assert [path.name for path in item_files(folder)] == ["theater.yml"]


def test_a_folder_without_items_is_a_fault(tmp_path: Path) -> None:
    assert messages(content_folder(tmp_path)) == [
        f"{tmp_path.name}:1: items: er is geen enkel bestand met items"
    ]


def test_a_file_with_zero_items_is_a_fault(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item()], leeg=[])
    assert messages(folder) == ["leeg.yml:1: items: is leeg of te kort"]


def test_broken_yaml_is_reported_with_file_and_line(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item()])
    (folder / "stuk.yml").write_text('items:\n  - id: een\n    title: "open\n', encoding="utf-8")
    [fault] = check_items(folder)
    assert (fault.file, fault.line) == ("stuk.yml", 4)
    assert "geen geldige YAML" in fault.message


def test_an_id_used_twice_is_reported_with_the_file_that_has_it_first(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item("dubbel")], b=[an_item("een"), an_item("dubbel")])
    [fault] = check_items(folder)
    assert (fault.file, fault.field) == ("b.yml", "items.1.id")
    assert fault.message == "dit id is al in gebruik in a.yml"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"kind": "weetje"}, "items.0.kind", "moet een van deze zijn: les, checklist"),
        ({"interventions": ["toneel"]}, "items.0.interventions.0", "moet een van deze zijn"),
        ({"evaluation_types": ["toets"]}, "items.0.evaluation_types.0", "moet een van deze zijn"),
        ({"title": "x" * 81}, "items.0.title", "is te lang (hooguit 80 tekens)"),
        ({"text": "x" * 601}, "items.0.text", "is te lang (hooguit 600 tekens)"),
        ({"text": "Doe dit vooral meteen!"}, "items.0.text", "zonder uitroepteken"),
        ({"asked_as": ["maar een vraag"]}, "items.0.asked_as", "is leeg of te kort"),
        ({"completeness": "deels"}, "items.0", "het veld 'note' ontbreekt"),
        ({"kleur": "rood"}, "items.0.kleur", "dit veld bestaat niet"),
        ({"themes": ["onzin"]}, "items.0.themes.0", "quickscan.yml heeft geen thema 'onzin'"),
        (
            {"questions_quickscan": [7]},
            "items.0.questions_quickscan.0",
            "quickscan.yml heeft geen vraag '7'",
        ),
        ({"instead": ["nergens"]}, "items.0.instead.0", "er is geen item 'nergens'"),
        ({"reviewed": "2026-02-30"}, "items.0.reviewed", "is geen dag van de kalender"),
    ],
)
def test_a_wrong_value_is_reported_with_its_field(
    tmp_path: Path, changes: dict[str, Any], field: str, message: str
) -> None:
    [fault] = check_items(content_folder(tmp_path, a=[an_item(**changes)]))
    assert fault.field == field
    assert message in fault.message


@pytest.mark.parametrize(
    ("source", "field", "message"),
    [
        (
            {"code": "ONBEKEND", "title": "Iets"},
            "source.code",
            "'ONBEKEND' staat niet in bronnen.yml",
        ),
        ({"code": "TH", "title": "Theater"}, "source", "het veld 'url' ontbreekt"),
        (
            {"code": "TH", "title": "Theater", "url": "https://example.org"},
            "source.url",
            "dit adres hoort in bronnen.yml niet bij TH",
        ),
        ({"code": "seed 003", "title": "Seed", "date": "2021-13"}, "source.date", "geen dag"),
    ],
)
def test_a_wrong_source_is_reported(
    tmp_path: Path, source: dict[str, str], field: str, message: str
) -> None:
    [fault] = check_items(content_folder(tmp_path, a=[an_item(source=source)]))
    assert fault.field == f"items.0.{field}"
    assert message in fault.message


def test_an_item_may_rest_on_more_than_one_source(tmp_path: Path) -> None:
    url = "https://example.org/theater"
    source = {"code": ["seed 003", "TH"], "title": "Twee bronnen", "url": url, "date": "2021-11"}
    assert check_items(content_folder(tmp_path, a=[an_item(source=source)])) == []


def test_a_gap_leads_to_items_with_a_source_only(tmp_path: Path) -> None:
    gaps = [a_gap("een", instead=["twee"]), a_gap("twee")]
    [fault] = check_items(content_folder(tmp_path, a=gaps))
    assert (fault.field, fault.message) == ("items.0.instead.0", "'twee' heeft zelf geen bron")


def test_a_link_from_the_quickscan_to_no_item_is_reported(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item("een")])
    write_quickscan(folder, links=["een", "weg"])
    faults = check_items(folder)
    assert {(fault.file, fault.message) for fault in faults} == {
        ("quickscan.yml", "er is geen item 'weg'")
    }
    assert faults[0].field == "questions.0.knowledge.1"


def test_a_source_code_used_twice_is_a_fault(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item()])
    twice = {"code": "TH", "title": "Nog een keer"}
    write(folder / "bronnen.yml", {"sources": [TOOLKIT, *SOURCES, twice]})
    [fault] = check_items(folder)
    assert (fault.file, fault.message) == ("bronnen.yml", "deze code staat er al")


def test_faulty_items_are_not_read(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, a=[an_item("een"), an_item("een")])
    with pytest.raises(ContentError, match="al in gebruik"):
        read_items(folder)
