"""Bringing the content into the database, all of it or nothing."""

from sqlalchemy.engine import Engine

from knowledge.checking import ContentError, Fault
from knowledge.items_content import check_items, read_items
from knowledge.questionnaire_content import QUICKSCAN_FILE, check_questionnaire, read_questionnaire
from knowledge.search_words import check_search_words, read_search_words
from storage import items, questionnaires
from storage.database import transaction
from storage.questionnaires import VersionReusedError


def check_all() -> list[Fault]:
    """Return every fault in the content."""
    return [*check_questionnaire(), *check_items(), *check_search_words()]


def load_all(engine: Engine) -> None:
    """Store the content in place of what was loaded before; doing so twice changes nothing.

    Raises ContentError when anything is wrong with it: the old content is still served then.
    Raises DatabaseUnavailableError when it could not be stored.
    """
    questionnaire, knowledge, search_words = read_questionnaire(), read_items(), read_search_words()
    try:
        with transaction(engine) as connection:
            questionnaires.load(connection, questionnaire)
            items.replace_all(connection, knowledge, search_words)
    except VersionReusedError as error:
        message = "er zijn vragen of thema's veranderd; geef de vragenlijst een nieuwe versie"
        fault = Fault(QUICKSCAN_FILE.name, 1, "version", message)
        raise ContentError([fault]) from error
