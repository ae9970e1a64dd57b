"""The conversation is tested on SQLite here; tests/conversations has both databases."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Give the URL of a migrated SQLite database."""
    return sqlite_url
