"""The search words (content/zoekwoorden.yml): words that mean nearly the same to who searches."""

from pathlib import Path

from knowledge.checking import ContentError, Fault, check_schema, read_document
from knowledge.items_content import CONTENT, plain

_FILE = "zoekwoorden.yml"


def check_search_words(folder: Path = CONTENT) -> list[Fault]:
    """Return what is wrong with the search words in `folder`."""
    try:
        return check_schema(read_document(folder / _FILE), "zoekwoorden")
    except ContentError as error:
        return error.faults


def read_search_words(folder: Path = CONTENT) -> dict[str, list[str]]:
    """Return the groups in `folder`: name → words; the name is a word of its group as well.

    Raises ContentError when anything is wrong with them.
    """
    if faults := check_search_words(folder):
        raise ContentError(faults)
    groups: dict[str, list[str]] = plain(read_document(folder / _FILE).data["groepen"])
    return groups
