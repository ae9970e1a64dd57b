"""The running assistant, once per test run and database, and users who talk to it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import Assistant

if TYPE_CHECKING:
    from tests.postgresql import Server

LONG_ENOUGH_TO_TELL = 12


@pytest.fixture(scope="session")
def sqlite_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Give the running assistant, on SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    with Assistant(folder, f"sqlite:///{folder / 'ebw.db'}").served() as assistant:
        yield assistant


@pytest.fixture(scope="session")
def postgresql_assistant(
    tmp_path_factory: pytest.TempPathFactory, postgresql: "Server"
) -> Iterator[Assistant]:
    """Give the running assistant, on PostgreSQL."""
    url = postgresql.url(postgresql.new_database())
    with Assistant(tmp_path_factory.mktemp("postgresql"), url).served() as assistant:
        yield assistant


@pytest.fixture
def assistant(request: pytest.FixtureRequest) -> Iterator[Assistant]:
    """Give the running assistant: on SQLite, unless the test names both databases."""
    database = getattr(request, "param", "sqlite")
    running: Assistant = request.getfixturevalue(f"{database}_assistant")
    running.check_running()
    yield running
    running.check_running()


@pytest.fixture
def new_chat(assistant: Assistant) -> Callable[[], Chat]:
    """Give a way to make new users."""
    return lambda: Chat(assistant)


@pytest.fixture
def chat(assistant: Assistant) -> Chat:
    """Give a new user."""
    return Chat(assistant)


@pytest.fixture(autouse=True)
def no_stack_trace(assistant: Assistant) -> Iterator[None]:
    """Check that nothing failed unseen."""
    before = assistant.log_lengths()
    yield
    written = assistant.log(before)
    assert "Traceback" not in written, written
    assert '"trace"' not in written, written


@pytest.fixture(autouse=True)
def no_words_of_users_in_the_log(assistant: Assistant) -> Iterator[None]:
    """Check that what users typed stays out of the logs."""
    assistant.sent.clear()
    before = assistant.log_lengths()
    yield
    written = assistant.log(before)
    telling = {text for text in assistant.sent if len(text) > LONG_ENOUGH_TO_TELL}
    assert [text for text in telling if text in written] == []
