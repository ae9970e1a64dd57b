from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from storage import questionnaires, tables
from storage.database import transaction
from storage.questionnaires import VersionReusedError
from tests.builders import questionnaire_content


def load(content: dict[str, Any]) -> None:
    """Load `content` in a transaction of its own."""
    with transaction() as connection:
        questionnaires.load(connection, content)


def current_version() -> str:
    """Return the version that a new scan begins with."""
    with transaction() as connection:
        return questionnaires.current(connection).version


def stored() -> list[tuple[str, bool]]:
    """Return the stored versions, and which is current."""
    with transaction() as connection:
        table = tables.questionnaires
        rows = connection.execute(
            select(table.c.version, table.c.is_current).order_by(table.c.version)
        )
        return [tuple(row) for row in rows]


def test_what_was_loaded_is_the_current_questionnaire(database: Engine) -> None:
    assert current_version() == "1.0"
    load(questionnaire_content(count=8, version="1.1"))
    with transaction() as connection:
        current = questionnaires.current(connection)
    assert (current.version, current.count) == ("1.1", 8)


def test_loading_twice_changes_nothing(database: Engine) -> None:
    load(questionnaire_content())
    load(questionnaire_content())
    assert stored() == [("1.0", True)]


def test_earlier_versions_stay_and_can_be_found(database: Engine) -> None:
    load(questionnaire_content(count=8, version="2.0"))
    assert stored() == [("1.0", False), ("2.0", True)]
    with transaction() as connection:
        assert questionnaires.find(connection, "quickscan-test", "1.0").count == 6
        assert questionnaires.find(connection, "quickscan-test", "2.0").count == 8


def test_an_earlier_version_can_be_taken_into_use_again(database: Engine) -> None:
    load(questionnaire_content(version="2.0"))
    load(questionnaire_content(version="1.0"))
    assert stored() == [("1.0", True), ("2.0", False)]


def test_better_wording_under_the_same_version_replaces_the_old_wording(database: Engine) -> None:
    with transaction() as connection:
        questionnaires.find(connection, "quickscan-test", "1.0")
    content = questionnaire_content()
    content["questions"][0]["explanation"] = "Een uitleg die je beter begrijpt."
    load(content)
    with transaction() as connection:
        found = questionnaires.find(connection, "quickscan-test", "1.0")
    assert found.question(1).explanation == "Een uitleg die je beter begrijpt."
    assert stored() == [("1.0", True)]


def fewer_questions(content: dict[str, Any]) -> None:
    content["questions"].pop()


def another_question_more(content: dict[str, Any]) -> None:
    content["questions"].append({**content["questions"][-1], "number": 7})


def another_theme(content: dict[str, Any]) -> None:
    content["questions"][0]["theme"] = "borging"


@pytest.mark.parametrize("change", [fewer_questions, another_question_more, another_theme])
def test_other_questions_under_the_same_version_are_refused(change: Any, database: Engine) -> None:  # noqa: ANN401 - a function
    content = questionnaire_content()
    change(content)
    with pytest.raises(VersionReusedError):
        load(content)
    with transaction() as connection:
        kept = questionnaires.find(connection, "quickscan-test", "1.0")
    assert kept.count == 6
    assert kept.question(1).theme.id == "visie"
    content["version"] = "1.1"
    load(content)
    assert current_version() == "1.1"


def test_a_refused_load_leaves_the_current_questionnaire_in_use(database: Engine) -> None:
    load(questionnaire_content(count=8, version="2.0"))
    with pytest.raises(VersionReusedError):
        load(questionnaire_content(count=7, version="1.0"))
    assert current_version() == "2.0"


def test_a_version_that_was_never_loaded_is_not_found(database: Engine) -> None:
    with transaction() as connection, pytest.raises(LookupError):
        questionnaires.find(connection, "quickscan-test", "9.9")


def test_without_any_questionnaire_there_is_no_current_one(database: Engine) -> None:
    with transaction() as connection:
        connection.execute(tables.questionnaires.delete())
    with transaction() as connection, pytest.raises(LookupError):
        questionnaires.current(connection)
