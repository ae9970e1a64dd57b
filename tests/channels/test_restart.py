"""What a process that was killed had taken is answered by the next, before anything new comes."""

import asyncio
from collections.abc import Callable
from hashlib import sha256

import pytest

from bot.channels.events import Event
from bot.channels.inbox import Inbox
from bot.channels.replies import Messages, Reply
from bot.channels.web_sessions import read_secret
from storage import scans
from tests.bot.channels.teams_connector import BOT
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser
from tests.teams.servers import TeamsUser


async def never(*_: object) -> Messages:
    """Stand for the conversation: a process that is killed at once does not come to it."""
    raise AssertionError


async def never_deliver(_event: Event, _replies: list[Reply]) -> None:
    raise AssertionError


def leave(assistant: ChannelAssistant, channel: str, *events: Event) -> None:
    """Store events as a process does that is killed right after it acknowledged them."""
    secret = read_secret(None, assistant.chosen.data_dir)
    inbox = Inbox(channel, assistant.engine, secret, never, never_deliver)

    async def take() -> list[bool]:
        return [await inbox.take(event) for event in events]

    assert all(asyncio.run(take()))


@pytest.mark.parametrize("channel", ["slack", "teams"])
def test_events_left_in_the_database_are_answered_without_a_new_one(
    assistant: ChannelAssistant,
    new_user: Callable[..., SlackUser],
    new_teams_user: Callable[..., TeamsUser],
    channel: str,
) -> None:
    slack, teams = new_user(), new_teams_user()
    places = {
        "slack": (slack.id, {"channel": slack.channel, "user": slack.id, "thread": None}),
        "teams": (
            teams.sender,
            {
                "service_url": assistant.microsoft.url,
                "conversation": teams.conversation,
                "user": teams.id,
                "bot": BOT,
            },
        ),
    }
    assistant.microsoft.remember(teams.conversation, "installed")
    sender, address = places[channel]
    said = ("ik wil de quickscan doen", "Delft")
    with assistant.without("rasa"):
        events = [Event(f"left {text}", sender, text, address) for text in said]
        leave(assistant, channel, *events)
    assistant.settle()
    shown = [m.shown for m in slack.seen] + [m.text for m in teams.messages]
    asked = [text for text in shown if "Voor welke gemeente" in text]
    assert len(asked) == 1
    with assistant.engine.connect() as connection:
        session = sha256(f"{channel}:{sender}".encode()).hexdigest()
        scan = scans.latest_of_session(connection, session)
    assert scan
    assert scan.municipality
    assert scan.municipality.name == "Delft"
