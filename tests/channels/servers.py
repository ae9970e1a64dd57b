"""The assistant as it runs, with every chat platform on, and the advisers there."""

import os
import subprocess
import sys
from dataclasses import dataclass, field

from ebw.settings import ROOT
from tests.channels.slack_server import BOT_TOKEN, SIGNING_SECRET, SlackServer
from tests.teams.servers import TeamsAssistant

ADVISERS_IN_SLACK = "CADVICE"
ADVISERS_IN_TEAMS = "19:adviseurs@thread.tacv2"
_DELIVER = (
    "from advice.delivery import deliver_waiting;"
    "from advice.routes import routes_of;"
    "from ebw.settings import settings;"
    "print(deliver_waiting(routes_of(settings())))"
)


@dataclass
class ChannelAssistant(TeamsAssistant):
    """The two servers of the conversation, known to Microsoft and to Slack."""

    slack: SlackServer = field(default_factory=SlackServer)

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {
            **super().environment,
            "EBW_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "EBW_SLACK_BOT_TOKEN": BOT_TOKEN,
            "EBW_SLACK_API_URL": self.slack.api_url,
            "EBW_ADVICE_SLACK_CHANNEL": ADVISERS_IN_SLACK,
            "EBW_ADVICE_TEAMS_CONVERSATION": ADVISERS_IN_TEAMS,
            "EBW_ADVICE_TEAMS_SERVICE_URL": self.microsoft.url,
        }

    def webhook_of(self, channel: str) -> str:
        """Return where a platform sends what its users say."""
        return f"http://{self.chosen.host}:{self.chosen.rasa_port}/webhooks/{channel}"

    def settle(self) -> None:
        """Wait until every message is answered, and every answer delivered."""
        self.wait_until_done()

    def deliver_requests(self, **changes: str) -> int:
        """Bring requests for advice to the advisers, as the pages' process does now and then.

        Returns how many were delivered; `changes` are settings that are different there.
        """
        done = subprocess.run(
            [sys.executable, "-c", _DELIVER],
            cwd=ROOT,
            env={**os.environ, **self.environment, **changes},
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout)
