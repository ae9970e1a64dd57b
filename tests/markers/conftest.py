"""The running assistant with all its channels; its logs, its files and its tables are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import httpx
import pytest

from tests.bot.channels.teams_connector import Microsoft
from tests.channels.slack_server import BOT_TOKEN, SIGNING_SECRET, SlackServer, SlackUser
from tests.conversations.servers import free_port
from tests.teams.servers import TeamsAssistant, TeamsUser
from tests.web.servers import WebAssistant
from tests.web.test_channel import Visitor

SECRET = "web-geheim-van-deze-test-dat-nergens-staat"  # noqa: S105 - of this test
REST_SENDER = "jan.de.vries@gemeente.example"
SLACK_USER = "U0MARKEER81"
TEAMS_USER = "29:markeer-van-teams-81"

Say = Callable[[str], object]


@dataclass
class Everywhere(WebAssistant, TeamsAssistant):
    """The three servers, known to Slack and to Microsoft."""

    slack: SlackServer = field(default_factory=SlackServer)

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {
            **super().environment,
            "EBW_WEB_SECRET": SECRET,
            "EBW_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "EBW_SLACK_BOT_TOKEN": BOT_TOKEN,
            "EBW_SLACK_API_URL": self.slack.api_url,
        }

    @cached_property
    def speakers(self) -> dict[str, Say]:
        """Return, for each channel, how a user of it says something; whatever comes back."""
        slack = SlackUser(self.slack, f"{self.rasa}/webhooks/slack", self.client, SLACK_USER)
        teams = TeamsUser(self, id=TEAMS_USER)
        return {
            "rest": lambda text: self.client.post(
                self.webhook, json={"sender": REST_SENDER, "message": text}
            ),
            "web": self.visitor.send,
            "slack": slack.say,
            "teams": lambda text: teams.post(teams.activity("message", text=text)),
        }

    @property
    def rasa(self) -> str:
        """Where Rasa listens."""
        return f"http://{self.chosen.host}:{self.chosen.rasa_port}"

    def what_is_written(self) -> dict[str, bytes]:
        """Return what stands in each file of the data folder, the model left out."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.name: path.read_bytes() for path in files if path.suffix != ".gz"}


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everywhere]:
    """Give the running assistant, on SQLite."""
    folder = tmp_path_factory.mktemp("markers")
    url = f"sqlite:///{folder / 'ebw.db'}"
    with SlackServer().running() as slack, Microsoft().running(free_port()) as microsoft:
        assistant = Everywhere(folder, url, microsoft=microsoft, slack=slack)
        with assistant.served():
            assistant.start_pages()
            pages = httpx.Client(base_url=f"{assistant.page}/chat", timeout=60)
            assistant.visitor = Visitor(pages).start()
            yield assistant
