"""The knowledge items in the database, with the search words that go with them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Engine

from storage.database import NothingLoadedError, reading
from storage.tables import item_loads, items

_THE_LOAD = 1


@dataclass(frozen=True, slots=True)
class StoredItems:
    """All items and search words, as plain data; `checksum` changes when any of them does."""

    checksum: str
    items: list[dict[str, Any]]
    search_words: dict[str, list[str]]


def replace_all(
    connection: Connection,
    content: Sequence[Mapping[str, Any]],
    search_words: Mapping[str, Sequence[str]],
) -> bool:
    """Store `content` in place of all earlier items; return whether that changed anything."""
    checksum = _checksum(content, search_words)
    if checksum == _stored_checksum(connection):
        return False
    connection.execute(delete(items))
    connection.execute(delete(item_loads))
    rows = [
        {"id": item["id"], "position": position, "content": item}
        for position, item in enumerate(content)
    ]
    connection.execute(insert(items), rows)
    connection.execute(
        insert(item_loads).values(
            id=_THE_LOAD,
            checksum=checksum,
            search_words=search_words,
            loaded_at=datetime.now(UTC),
        )
    )
    return True


def current_checksum(bind: Engine) -> str | None:
    """Return the checksum of what was loaded last, None when nothing was.

    Raises DatabaseUnavailableError when the database fails.
    """
    with reading(bind) as connection:
        return _stored_checksum(connection)


def find_all(bind: Engine) -> StoredItems:
    """Return everything that was loaded.

    Raises NothingLoadedError when nothing was, DatabaseUnavailableError when the database fails.
    """
    with reading(bind) as connection:
        # The checksum first: a load in between then shows as another checksum at the next look.
        load = connection.execute(select(item_loads)).fetchone()
        rows = connection.execute(select(items.c.content).order_by(items.c.position)).fetchall()
    if load is None:
        message = "no knowledge was loaded"
        raise NothingLoadedError(message)
    return StoredItems(load.checksum, [row.content for row in rows], load.search_words)


def _stored_checksum(connection: Connection) -> str | None:
    stored: str | None = connection.execute(select(item_loads.c.checksum)).scalar_one_or_none()
    return stored


def _checksum(
    content: Sequence[Mapping[str, Any]], search_words: Mapping[str, Sequence[str]]
) -> str:
    return hashlib.sha256(json.dumps([content, search_words], sort_keys=True).encode()).hexdigest()
