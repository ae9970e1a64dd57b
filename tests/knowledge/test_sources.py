"""Where the items come from: each source is one of the fact sheet's, with the fact sheet's address.

The fact sheet lies beside the repository where the project is made. Elsewhere bronnen.yml, which is
held against it here, stands in for it.
"""

import re

import pytest
import yaml

from ebw.settings import ROOT
from knowledge.items import Item
from knowledge.items_content import CONTENT, SOURCES_FILE
from tests.knowledge.real import real_items

FACTS = ROOT.parent / "shared" / "domain" / "feiten.md"
GAPS = "gaten.md"
_ADDRESS = re.compile(r"^\[([A-Z0-9-]+)\]: (\S+)", re.MULTILINE)
_SEED = re.compile(r"seed[ `]*(\d{3})")


def listed_sources() -> dict[str, str | None]:
    """Return the codes in bronnen.yml with their addresses."""
    sources = yaml.safe_load((CONTENT / SOURCES_FILE).read_text(encoding="utf-8"))["sources"]
    return {source["code"]: source.get("url") for source in sources}


def known_sources() -> dict[str, str | None]:
    """Return the codes of the fact sheet with their addresses; a seed may have one or none."""
    if not FACTS.exists():
        return listed_sources()
    text = FACTS.read_text(encoding="utf-8")
    seeds = {f"seed {number}" for number in _SEED.findall(text)}
    return {**dict.fromkeys((*seeds, GAPS)), **dict(_ADDRESS.findall(text))}


def test_the_list_of_sources_is_that_of_the_fact_sheet() -> None:
    known = known_sources()
    assert set(listed_sources()) <= set(known)
    other_address = {
        code: url
        for code, url in listed_sources().items()
        if not code.startswith("seed") and url != known[code]
    }
    assert other_address == {}


@pytest.mark.parametrize("item", real_items(), ids=lambda item: str(item.id))
def test_an_item_rests_on_sources_of_the_fact_sheet(item: Item) -> None:
    known, listed = known_sources(), listed_sources()
    assert set(item.source.codes) <= set(known)
    addresses = {listed[code] for code in item.source.codes}
    assert item.source.url in addresses


@pytest.mark.parametrize("item", real_items(), ids=lambda item: str(item.id))
def test_only_what_says_that_there_is_no_source_rests_on_the_list_of_gaps(item: Item) -> None:
    assert (item.source.codes == (GAPS,)) is item.is_gap
