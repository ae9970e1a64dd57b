"""Versions of the questionnaire in the database: a running scan keeps the one it began with."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from quickscan.questionnaire import Questionnaire, parse_questionnaire
from storage.database import NothingLoadedError
from storage.tables import questionnaires


class VersionReusedError(Exception):
    """A questionnaire with other questions came under a version that is in use already."""


def load(connection: Connection, content: dict[str, Any]) -> None:
    """Store `content` as the current questionnaire; doing so twice changes nothing.

    Better wording reaches running scans too. Other questions or themes need a new version:
    answers already given would otherwise come to stand under questions that were never put.

    Raises VersionReusedError when they come under a version that is stored already.
    """
    stored = connection.execute(
        select(questionnaires).where(*_is(content["id"], content["version"]))
    ).fetchone()
    if stored and _structure(stored.content) != _structure(content):
        raise VersionReusedError(content["version"])
    connection.execute(
        update(questionnaires).where(questionnaires.c.id == content["id"]).values(is_current=False)
    )
    values = {
        "content": content,
        "checksum": _checksum(content),
        "is_current": True,
        "loaded_at": datetime.now(UTC),
    }
    if stored:
        statement = update(questionnaires).where(*_is(content["id"], content["version"]))
        connection.execute(statement.values(values))
    else:
        connection.execute(
            insert(questionnaires).values(id=content["id"], version=content["version"], **values)
        )


def current(connection: Connection) -> Questionnaire:
    """Return the questionnaire that a new scan begins with.

    Raises NothingLoadedError when none was loaded yet.
    """
    statement = select(questionnaires.c.id, questionnaires.c.version).where(
        questionnaires.c.is_current
    )
    row = connection.execute(statement).fetchone()
    if row is None:
        message = "no questionnaire was loaded"
        raise NothingLoadedError(message)
    return find(connection, row.id, row.version)


def find(connection: Connection, questionnaire_id: str, version: str) -> Questionnaire:
    """Return one version of a questionnaire.

    Raises LookupError when it is not there.
    """
    where = _is(questionnaire_id, version)
    checksum = connection.execute(
        select(questionnaires.c.checksum).where(*where)
    ).scalar_one_or_none()
    if checksum is None:
        message = f"no questionnaire {questionnaire_id} {version}"
        raise LookupError(message)
    if known := _parsed.get(checksum):
        return known
    content = connection.execute(select(questionnaires.c.content).where(*where)).scalar_one()
    return _parsed.setdefault(checksum, parse_questionnaire(content))


# Parsed once per process; a changed text has another checksum.
_parsed: dict[str, Questionnaire] = {}


def _is(questionnaire_id: str, version: str) -> tuple[Any, Any]:
    return (questionnaires.c.id == questionnaire_id, questionnaires.c.version == version)


def _structure(content: dict[str, Any]) -> list[tuple[int, str]]:
    return [(question["number"], question["theme"]) for question in content["questions"]]


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
