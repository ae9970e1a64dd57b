"""The real content, read once per test run."""

from functools import cache
from typing import Any

import pytest

from knowledge import search
from knowledge.analysis import Analyzer
from knowledge.items import Item, parse_item
from knowledge.items_content import read_items
from knowledge.search_words import read_search_words
from knowledge.vocabulary import load_vocabulary
from storage import items
from storage.database import transaction


@cache
def real_items() -> tuple[Item, ...]:
    """Return the items of knowledge/content."""
    return tuple(parse_item(raw) for raw in _raw_items())


def use_real_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store the items of knowledge/content in the database of this test.

    The index of them, which takes seconds, is made once.
    """
    monkeypatch.setattr(search, "_index", lambda _checksum, _bind: real_index())
    with transaction() as connection:
        items.replace_all(connection, _raw_items(), _search_words())


@cache
def real_index() -> search.SearchIndex:
    """Return the index of the real items."""
    return search.SearchIndex(real_items(), Analyzer(_search_words(), load_vocabulary()))


@cache
def _raw_items() -> list[dict[str, Any]]:
    return read_items()


@cache
def _search_words() -> dict[str, list[str]]:
    return dict(read_search_words())
