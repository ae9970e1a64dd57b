"""The running assistant with Teams, once per test run, and users of it."""

from collections.abc import Callable, Iterator

import pytest

from tests.bot.channels.teams_connector import Microsoft
from tests.conversations.servers import free_port
from tests.teams.servers import TeamsAssistant, TeamsUser

LONG_ENOUGH_TO_TELL = 12


@pytest.fixture(scope="session")
def teams_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsAssistant]:
    """Give the running assistant, on SQLite, with Microsoft beside it."""
    folder = tmp_path_factory.mktemp("teams")
    with Microsoft().running(free_port()) as microsoft:
        assistant = TeamsAssistant(folder, f"sqlite:///{folder / 'ebw.db'}", microsoft=microsoft)
        with assistant.served():
            yield assistant


@pytest.fixture
def microsoft(teams_assistant: TeamsAssistant) -> Microsoft:
    """Give what stands for Microsoft."""
    return teams_assistant.microsoft


@pytest.fixture
def new_user(teams_assistant: TeamsAssistant) -> Callable[..., TeamsUser]:
    """Give a way to make users, each in a conversation of their own unless one is named."""
    return lambda **known: TeamsUser(teams_assistant, **known)


@pytest.fixture
def user(new_user: Callable[..., TeamsUser]) -> TeamsUser:
    """Give a new user, alone with the assistant."""
    return new_user()


@pytest.fixture(autouse=True)
def rules_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    """Check that the bot broke no rule of Teams, failed nowhere, and logged no words of users."""
    if "teams_assistant" not in request.fixturenames:
        yield
        return
    assistant: TeamsAssistant = request.getfixturevalue("teams_assistant")
    assistant.sent.clear()
    assistant.microsoft.broken.clear()
    before = assistant.log_lengths()
    yield
    assistant.check_running()
    written = assistant.log(before)
    assert assistant.microsoft.broken == []
    assert "Traceback" not in written, written
    telling = {text for text in assistant.sent if len(text) > LONG_ENOUGH_TO_TELL}
    assert [text for text in telling if text in written] == []
