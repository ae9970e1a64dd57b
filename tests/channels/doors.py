"""The doors by which a person comes to the assistant, all used in one way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol
from uuid import uuid4

import httpx

from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser
from tests.conversations.chat import Chat
from tests.teams.servers import TeamsUser


class Door(Protocol):
    """A person in a conversation through one channel."""

    channel: str

    def say(self, text: str) -> str:
        """Type a message; return what the assistant says."""

    def press(self, title: str) -> str:
        """Press a button that was offered last; return what the assistant says."""

    @property
    def sender(self) -> str:
        """Who this is to the assistant."""


def session_of(door: Door) -> str:
    """Return under which id the person's data is stored (contracts/interfaces.md, Identity)."""
    return sha256(f"{door.channel}:{door.sender}".encode()).hexdigest()


@dataclass
class RestDoor:
    """Rasa's own channel."""

    assistant: ChannelAssistant
    channel: str = "rest"

    def __post_init__(self) -> None:
        self._chat = Chat(self.assistant)

    @property
    def sender(self) -> str:
        return self._chat.sender

    def say(self, text: str) -> str:
        return self._chat.say(text).text

    def press(self, title: str) -> str:
        return self._chat.press(title).text


@dataclass
class WebDoor:
    """The channel of the widget."""

    assistant: ChannelAssistant
    channel: str = "web"
    buttons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._token = self._post("session", {}, "")["token"]

    @property
    def sender(self) -> str:
        return str(self._token).partition(".")[0]

    def say(self, text: str) -> str:
        body = {"message_id": uuid4().hex, "text": text}
        said = self._post("message", body, f"Bearer {self._token}")["messages"]
        offered = [button for one in said for button in one.get("buttons", [])]
        self.buttons = {one["title"]: one["payload"] for one in offered} or self.buttons
        return "\n".join(one.get("text", "") for one in said)

    def press(self, title: str) -> str:
        return self.say(self.buttons[title])

    def _post(self, path: str, body: dict[str, str], authorization: str) -> dict[str, list[dict]]:
        url = f"{self.assistant.webhook_of('web')}/{path}"
        headers = {"Authorization": authorization}
        response = self.assistant.client.post(url, json=body, headers=headers)
        assert response.status_code == httpx.codes.OK, response.text
        return dict(response.json())


@dataclass
class TeamsDoor:
    """A chat in Teams."""

    user: TeamsUser
    channel: str = "teams"

    @property
    def sender(self) -> str:
        return self.user.sender

    def say(self, text: str) -> str:
        return "\n".join(sent.text for sent in self.user.say(text))

    def press(self, title: str) -> str:
        return "\n".join(sent.text for sent in self.user.click(title))


@dataclass
class SlackDoor:
    """Direct messages in Slack."""

    user: SlackUser
    assistant: ChannelAssistant
    channel: str = "slack"

    @property
    def sender(self) -> str:
        return self.user.id

    def say(self, text: str) -> str:
        return self._do(lambda: self.user.say(text))

    def press(self, title: str) -> str:
        return self._do(lambda: self.user.press(title))

    def _do(self, act: Callable[[], httpx.Response]) -> str:
        before = len(self.user.seen)
        assert act().status_code == httpx.codes.OK
        self.assistant.settle()
        return "\n".join(message.shown for message in self.user.seen[before:])
