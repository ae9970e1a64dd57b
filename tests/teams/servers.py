"""The assistant with its Teams channel on, and Microsoft played by a server of the tests."""

import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import func, select

from quickscan.scan import Scan
from storage import scans
from storage.tables import channel_events
from tests.bot.channels.teams_connector import BOT, TENANT, Microsoft, Sent
from tests.conversations.servers import HOST, POLL_SECONDS, Assistant

DONE_LIMIT_SECONDS = 60


@dataclass
class TeamsAssistant(Assistant):
    """The two servers of the conversation, known to Microsoft."""

    microsoft: Microsoft = field(default_factory=Microsoft)

    @property
    def environment(self) -> dict[str, str]:
        """What the servers must know to be this copy."""
        return {**super().environment, **self.microsoft.environment}

    @property
    def endpoint(self) -> str:
        """Where Teams sends what users do."""
        return f"http://{HOST}:{self.chosen.rasa_port}/webhooks/teams/api/messages"

    def wait_until_done(self) -> None:
        """Wait until everything that came was answered, and the answers were delivered."""
        open_events = select(func.count()).where(channel_events.c.free_at.is_not(None))
        deadline = time.monotonic() + DONE_LIMIT_SECONDS
        while True:
            with self.engine.connect() as connection:
                if not connection.execute(open_events).scalar():
                    return
            assert time.monotonic() < deadline, "the inbox was not worked"
            time.sleep(POLL_SECONDS / 5)

    def scan_in(self, sender: str) -> Scan | None:
        """Return the scan that a sender in Teams worked on last, as it is stored."""
        stored_id = sha256(f"teams:{sender}".encode()).hexdigest()
        with self.engine.connect() as connection:
            return scans.latest_of_session(connection, stored_id)


@dataclass
class TeamsUser:
    """Someone in a conversation with the assistant in Teams."""

    assistant: TeamsAssistant
    conversation: str = field(default_factory=lambda: f"a:{uuid4().hex}")
    kind: str = "personal"
    id: str = field(default_factory=lambda: f"29:{uuid4().hex}")
    name: str = "Sam de Vries"

    @property
    def sender(self) -> str:
        """Under which id the assistant knows this conversation."""
        return f"{TENANT}|{self.conversation}|{self.id}"

    @property
    def messages(self) -> list[Sent]:
        """What the bot said in the conversation."""
        every = self.assistant.microsoft.in_conversation(self.conversation)
        return [sent for sent in every if sent.is_message]

    @property
    def scan(self) -> Scan | None:
        """This user's scan in this conversation, as it is stored."""
        return self.assistant.scan_in(self.sender)

    def activity(self, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Make an activity of this user, that the bot may answer."""
        activity = {
            "type": kind,
            "id": uuid4().hex,
            "channelId": "msteams",
            "serviceUrl": self.assistant.microsoft.url,
            "from": {"id": self.id, "name": self.name},
            "recipient": {"id": BOT, "name": "EBW-assistent"},
            "conversation": {
                "id": self.conversation,
                "conversationType": self.kind,
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }
        self.assistant.microsoft.remember(self.conversation, str(activity["id"]))
        return activity

    def post(self, activity: object, token: str | None = None) -> httpx.Response:
        """Send an activity to the bot, as the connector does."""
        bearer = token or self.assistant.microsoft.token_for_bot()
        headers = {"Authorization": f"Bearer {bearer}"}
        return self.assistant.client.post(self.assistant.endpoint, json=activity, headers=headers)

    def send(self, kind: str, **more: Any) -> list[Sent]:  # noqa: ANN401 - JSON
        """Do something; return what the bot says to it."""
        before = len(self.messages)
        response = self.post(self.activity(kind, **more))
        assert response.status_code == 202, response.text
        self.assistant.wait_until_done()
        return self.messages[before:]

    def say(self, text: str) -> list[Sent]:
        """Type a message; return what the bot says to it."""
        self.assistant.sent.append(text)
        return self.send("message", text=text, textFormat="plain")

    def click(self, title: str, card: Sent | None = None) -> list[Sent]:
        """Click a choice, of the last card that has one of that title unless a card is given."""
        card = card or next(sent for sent in reversed(self.messages) if title in sent.choices)
        return self.send("message", value=card.choices[title], replyToId=card.id)

    def start(self) -> list[Sent]:
        """Begin a scan, by clicks but for the municipality, and come to its first question."""
        self.say("start quickscan")
        self.say("Delft")
        return self.click("Ja")
