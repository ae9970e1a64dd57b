"""A database in a file, for faults of files."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Take the place of the fixture that gives both databases."""
    return sqlite_url
