"""Bringing the content into the database, all of it or nothing."""

from sqlalchemy.engine import Engine

from knowledge.checking import ContentError, Fault
from knowledge.questionnaire_content import QUICKSCAN_FILE, check_questionnaire, read_questionnaire
from storage import questionnaires
from storage.database import transaction
from storage.questionnaires import VersionReusedError


def check_all() -> list[Fault]:
    """Return every fault in the content."""
    return check_questionnaire()


def load_all(engine: Engine) -> None:
    """Store the content; doing so twice changes nothing.

    Raises ContentError when anything is wrong with it: the old content is still served then.
    Raises DatabaseUnavailableError when it could not be stored.
    """
    content = read_questionnaire()
    try:
        with transaction(engine) as connection:
            questionnaires.load(connection, content)
    except VersionReusedError as error:
        message = "er zijn vragen of thema's veranderd; geef de vragenlijst een nieuwe versie"
        fault = Fault(QUICKSCAN_FILE.name, 1, "version", message)
        raise ContentError([fault]) from error
