"""A database that takes nothing any more: the disk is full, or it may only be read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from quickscan.scan import Answer, Mode
from quickscan.session import scan_session
from storage.database import DatabaseUnavailableError
from tests.builders import SESSION, given

LONG = "een reden van veel woorden " * 60


@contextmanager
def full(database: Engine) -> Iterator[None]:
    """Let the file not grow by a page."""
    with _each_connection(database, "PRAGMA max_page_count=1"):
        yield
    with database.connect() as connection:
        connection.execute(text("PRAGMA max_page_count=1000000"))


@contextmanager
def read_only(database: Engine) -> Iterator[None]:
    """Let nothing be written."""
    with _each_connection(database, "PRAGMA query_only=ON"):
        yield
    with database.connect() as connection:
        connection.execute(text("PRAGMA query_only=OFF"))


@pytest.mark.parametrize("refusing", [full, read_only])
def test_an_answer_that_is_not_stored_is_told_and_taken_when_it_can_be(
    database: Engine, refusing: Callable[[Engine], "contextmanager[None]"]
) -> None:
    with scan_session(SESSION, "web") as session:
        scan = session.start()
        scan.set_municipality(None)
        scan.set_mode(Mode.EXISTING_APPROACH)
    _answer(1, "kort")
    with refusing(database):
        stored_meanwhile = 0
        with pytest.raises(DatabaseUnavailableError):
            for number in range(2, 7):
                _answer(number, LONG * 5)
                stored_meanwhile += 1
    before = [*range(1, 2 + stored_meanwhile)]
    assert _answered() == before
    _answer(len(before) + 1, "nu wel")
    assert _answered() == [*before, len(before) + 1]


def _answer(number: int, reason: str) -> None:
    with scan_session(SESSION, "web") as session:
        assert session.scan
        session.scan.answer(number, given(Answer.YES, reason))


def _answered() -> list[int]:
    with scan_session(SESSION, "web") as session:
        assert session.scan
        return sorted(session.scan.answers)


@contextmanager
def _each_connection(database: Engine, pragma: str) -> Iterator[None]:
    def set_up(connection: object, *_: object) -> None:
        connection.execute(pragma)  # type: ignore[attr-defined]

    event.listen(database, "checkout", set_up)
    try:
        yield
    finally:
        event.remove(database, "checkout", set_up)
