"""The connection to the database: SQLite by default, PostgreSQL by URL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool, StaticPool

from ebw.settings import settings

BUSY_TIMEOUT_SECONDS = 5


class DatabaseUnavailableError(Exception):
    """The database cannot be reached or refused the work; nothing of it was stored."""


class NothingLoadedError(LookupError):
    """The database has no content yet: `ebw knowledge load` brings it there."""


def make_engine(url: str, *, durable: bool = True) -> Engine:
    """Return an engine for `url`.

    `durable` makes SQLite wait for the disk at every commit, so that an acknowledged answer also
    survives a power cut; PostgreSQL does so by itself.

    Raises DatabaseUnavailableError when the URL is not one that can be used.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(url, parsed.database, durable=durable)
        return create_engine(
            url,
            future=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 3, "options": "-c statement_timeout=5000"},
        )
    except (ArgumentError, ImportError, OSError) as error:
        message = "the database URL cannot be used"
        raise DatabaseUnavailableError(message) from error


@cache
def engine() -> Engine:
    """Return this process's engine."""
    return make_engine(settings().database_url)


@contextmanager
def transaction(bind: Engine | None = None) -> Iterator[Connection]:
    """Give a connection whose work is committed as a whole, or not at all.

    Raises DatabaseUnavailableError when the database fails; nothing is stored then.
    """
    with _failures_told(), (bind or engine()).begin() as connection:
        if connection.dialect.name == "sqlite":
            # Take the write lock now: a reader that turns writer halfway gets no second chance.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


@contextmanager
def reading(bind: Engine | None = None) -> Iterator[Connection]:
    """Give a connection for reading only: it waits for nobody, and nobody waits for it.

    Raises DatabaseUnavailableError when the database fails.
    """
    with _failures_told(), (bind or engine()).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # all that is read is of one moment
        yield connection


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        # The statement's parameters may hold a user's words: they stay out of message and log.
        message = f"{type(error).__name__} from the database"
        raise DatabaseUnavailableError(message) from None


def check_reachable(bind: Engine) -> None:
    """Raise DatabaseUnavailableError unless the database answers."""
    try:
        with bind.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        message = f"{type(error).__name__} from the database"
        raise DatabaseUnavailableError(message) from None


def _sqlite_engine(url: str, database: str | None, *, durable: bool) -> Engine:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    in_memory = not database or database == ":memory:"
    made = create_engine(
        url,
        future=True,
        # By itself SQLAlchemy opens the file anew for every transaction.
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )

    event.listen(made, "connect", partial(_set_up_sqlite, durable=durable))
    if database and not in_memory and not database.startswith("file:"):
        watch = _FileWatch(database)
        event.listen(made, "do_connect", watch.before_connecting)
        event.listen(made, "checkout", watch.before_use)
    return made


class _FileWatch:
    """Keeps connections from working on a file that was removed or replaced.

    SQLite itself goes on with such a file, and what it stores there is lost.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._was_there = False

    def before_connecting(self, *_: object) -> None:
        """Let the file be made only if it never was there."""
        if self._was_there and not os.path.exists(self._path):  # noqa: PTH110 - at every turn: quick
            self._raise_gone()

    def before_use(self, _connection: object, record: Any, _: object) -> None:  # noqa: ANN401 - a DBAPI connection has no type
        """Connect anew when there is another file now than the connection was made to."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - at every turn: quick
        except OSError:
            self._raise_gone()
        self._was_there = True
        file = (found.st_dev, found.st_ino)
        if record.info.setdefault("file", file) != file:
            raise DisconnectionError

    def _raise_gone(self) -> NoReturn:
        message = "the file of the database is gone"
        raise sqlite3.OperationalError(message)


def _set_up_sqlite(connection: Any, _record: object, *, durable: bool) -> None:  # noqa: ANN401 - a DBAPI connection has no type
    # The driver must not begin transactions by itself: transaction() does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is removed is overwritten: storage/removal.py
    cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    cursor.close()
