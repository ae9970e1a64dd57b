"""Bringing the content into the database, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from knowledge.checking import ContentError, Fault
from knowledge.items_content import CONTENT, read_items
from knowledge.questionnaire_content import QUICKSCAN_FILE, read_questionnaire
from knowledge.search_words import read_search_words
from storage import items, questionnaires
from storage.database import transaction
from storage.questionnaires import VersionReusedError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Content:
    """All content, checked."""

    questionnaire: dict[str, Any]
    items: list[dict[str, Any]]
    search_words: dict[str, list[str]]


def check_all(folder: Path = CONTENT) -> list[Fault]:
    """Return every fault in the content."""
    try:
        _read_all(folder)
    except ContentError as error:
        return error.faults
    return []


def load_all(engine: Engine, folder: Path = CONTENT) -> None:
    """Store the content; doing so twice changes nothing, and what was taken out disappears.

    Raises ContentError when anything is wrong with it: the old content is still served then.
    Raises DatabaseUnavailableError when it could not be stored.
    """
    content = _read_all(folder)
    try:
        with transaction(engine) as connection:
            questionnaires.load(connection, content.questionnaire)
            items.replace_all(connection, content.items, content.search_words)
    except VersionReusedError as error:
        message = "er zijn vragen of thema's veranderd; geef de vragenlijst een nieuwe versie"
        fault = Fault(QUICKSCAN_FILE.name, 1, "version", message)
        raise ContentError([fault]) from error


def _read_all(folder: Path) -> _Content:
    """Read everything; raise one ContentError with the faults of all files together."""
    faults: list[Fault] = []
    questionnaire = _collect(faults, read_questionnaire, folder / QUICKSCAN_FILE.name)
    knowledge = _collect(faults, read_items, folder)
    words = _collect(faults, read_search_words, folder)
    if questionnaire is None or knowledge is None or words is None:
        raise ContentError(faults)
    return _Content(questionnaire, knowledge, words)


def _collect(faults: list[Fault], read: Callable[[Path], _T], path: Path) -> _T | None:
    try:
        return read(path)
    except ContentError as error:
        faults.extend(error.faults)
        return None
