"""What tests of every room share: a migrated database of their own, on SQLite and on PostgreSQL.

`database` gives an engine and runs a test twice; take it for what touches SQL. In tests/ebw and
tests/bot it is SQLite only: what differs between the two lies below those rooms.
The database holds the questionnaire of tests/builders.py: six questions.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import Engine

from ebw.settings import settings
from storage import questionnaires
from storage.database import engine, make_engine, transaction
from storage.migrate import upgrade
from tests.builders import questionnaire_content

if TYPE_CHECKING:  # pytest loads it, as a plug-in
    from tests.postgresql import Server

pytest_plugins = ["tests.postgresql"]


@pytest.fixture
def database(
    database_url: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Give the engine that the code under test uses too: a migrated database of this test alone."""
    monkeypatch.setenv("EBW_DATABASE_URL", database_url)
    settings.cache_clear()
    engine.cache_clear()
    yield engine()
    engine().dispose()
    engine.cache_clear()
    settings.cache_clear()


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what the code under test writes (`var/`) in a folder of this test alone."""
    folder = tmp_path / "var"
    monkeypatch.setenv("EBW_DATA_DIR", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a migrated database, on SQLite and on PostgreSQL in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without tables, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the URL of a migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'test.db')}"


@pytest.fixture
def postgresql_url(postgresql: "Server", postgresql_template: str) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL database."""
    name = postgresql.new_database(postgresql_template)
    yield postgresql.url(name)
    postgresql.drop_database(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: "Server") -> str:
    """Give the name of a migrated PostgreSQL database to copy."""
    name = postgresql.new_database()
    _prepare(postgresql.url(name))
    return name


def _prepare(url: str) -> None:
    prepared = make_engine(url)
    upgrade(prepared)
    with transaction(prepared) as connection:
        questionnaires.load(connection, questionnaire_content())
    prepared.dispose()
