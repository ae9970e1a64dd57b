"""The commands are tested on SQLite: what differs on PostgreSQL lies below them."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Give the URL of a migrated SQLite database."""
    return sqlite_url
