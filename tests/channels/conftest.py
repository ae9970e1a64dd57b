"""The running assistant with Slack and Teams, once per test run; and people who use it there."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.bot.channels.teams_connector import Microsoft
from tests.channels.servers import ADVISERS_IN_TEAMS, ChannelAssistant
from tests.channels.slack_server import SlackServer, SlackUser
from tests.conversations.servers import free_port
from tests.teams.servers import TeamsUser

LONG_ENOUGH_TO_TELL = 12


@pytest.fixture(scope="session")
def slack_server() -> Iterator[SlackServer]:
    """Give what stands for Slack."""
    with SlackServer().running() as server:
        yield server


@pytest.fixture(scope="session")
def microsoft() -> Iterator[Microsoft]:
    """Give what stands for Microsoft."""
    with Microsoft().running(free_port()) as server:
        server.remember(ADVISERS_IN_TEAMS, "the channel")
        yield server


@pytest.fixture(scope="session")
def running_assistant(
    tmp_path_factory: pytest.TempPathFactory, slack_server: SlackServer, microsoft: Microsoft
) -> Iterator[ChannelAssistant]:
    """Give the running assistant, on SQLite."""
    folder = tmp_path_factory.mktemp("channels")
    url = f"sqlite:///{folder / 'ebw.db'}"
    assistant = ChannelAssistant(folder, url, microsoft=microsoft, slack=slack_server)
    with assistant.served():
        yield assistant


@pytest.fixture
def assistant(
    running_assistant: ChannelAssistant, slack_server: SlackServer
) -> Iterator[ChannelAssistant]:
    """Give the running assistant; every platform must take what it says, and nothing fail."""
    running_assistant.check_running()
    slack_server.refused.clear()
    running_assistant.microsoft.broken.clear()
    before = running_assistant.log_lengths()
    yield running_assistant
    running_assistant.check_running()
    assert slack_server.refused == []
    assert running_assistant.microsoft.broken == []
    assert "Traceback" not in running_assistant.log(before)


@pytest.fixture
def new_user(
    assistant: ChannelAssistant, slack_server: SlackServer
) -> Iterator[Callable[..., SlackUser]]:
    """Give a way to make new users of Slack; what they say must stay out of the logs."""
    users: list[SlackUser] = []
    before = assistant.log_lengths()

    def make(**where: str) -> SlackUser:
        where.setdefault("id", slack_server.new_id("U"))
        webhook = assistant.webhook_of("slack")
        users.append(SlackUser(slack_server, webhook, httpx.Client(timeout=10), **where))
        return users[-1]

    yield make
    written = assistant.log(before)
    said = {text for user in users for text in user.said if len(text) > LONG_ENOUGH_TO_TELL}
    assert [text for text in said if text in written] == []
    for user in users:
        user.client.close()


@pytest.fixture
def user(new_user: Callable[..., SlackUser]) -> SlackUser:
    """Give a new user of Slack, in their direct messages with the assistant."""
    return new_user()


@pytest.fixture
def new_teams_user(assistant: ChannelAssistant) -> Callable[..., TeamsUser]:
    """Give a way to make new users of Teams."""
    return lambda **known: TeamsUser(assistant, **known)
