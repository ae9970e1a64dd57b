from knowledge.items import parse_item, source_codes
from tests.knowledge.content import TOOLKIT, a_gap, an_item


def test_what_may_be_left_out_is_empty() -> None:
    item = parse_item(an_item())
    assert (item.points, item.synonyms, item.instead, item.themes) == ((), (), (), frozenset())
    assert (item.note, item.contact_year, item.source.date) == (None, None, None)


def test_one_source_code_and_a_list_of_them_read_alike() -> None:
    assert source_codes({"code": "TH"}) == ("TH",)
    assert source_codes({"code": ["TH", "seed 003"]}) == ("TH", "seed 003")


def test_the_source_is_kept_with_the_item() -> None:
    source = parse_item(an_item(source={**TOOLKIT, "date": "2021-11-16"})).source
    assert (source.url, source.date) == (TOOLKIT["url"], "2021-11-16")


def test_only_an_item_without_a_source_is_a_gap() -> None:
    assert parse_item(a_gap()).is_gap
    assert not parse_item(an_item(completeness="deels", note="De rest ontbreekt.")).is_gap


def test_the_full_text_has_the_points_below_the_text() -> None:
    item = parse_item(an_item(text="Doe eerst dit.", points=["Lees het plan.", "Bespreek het."]))
    assert item.full_text == "Doe eerst dit.\n- Lees het plan.\n- Bespreek het."
