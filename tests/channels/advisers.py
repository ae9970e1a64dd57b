"""Advisers in their channel, in Slack and in Teams, used in one way."""

from collections.abc import Callable
from typing import Any, Protocol

from starlette.responses import Response

from tests.channels.servers import ADVISERS_IN_SLACK, ADVISERS_IN_TEAMS, ChannelAssistant
from tests.channels.slack_server import Message, SlackUser
from tests.teams.servers import TeamsUser

ELSEWHERE = {"Slack": "CELSEWHERE", "Teams": "19:elders@thread.tacv2"}
OTHER = {"Slack": "EBW_ADVICE_TEAMS_CONVERSATION", "Teams": "EBW_ADVICE_SLACK_CHANNEL"}
"""The setting without which only the one named is a route."""


class Advisers(Protocol):
    """The advisers of one platform."""

    platform: str

    def cards(self, number: int) -> list[str]:
        """Return what the cards of a request say now."""

    def titles(self, number: int) -> list[str]:
        """Return the buttons of the newest card of a request."""

    def payload(self, number: int, title: str) -> str:
        """Return what a button of the newest card of a request sends."""

    def press(
        self, number: int, payload: str, by: str, *, elsewhere: bool = False, wait: bool = True
    ) -> None:
        """Send that someone presses a button that sends `payload`; wait until it is worked."""

    def is_away(self, *, away: bool) -> None:
        """Have the platform be away, or back."""

    def said_elsewhere(self) -> int:
        """Return how many messages stand in the other channel."""


class SlackAdvisers:
    """Advisers in Slack."""

    platform = "Slack"

    def __init__(self, assistant: ChannelAssistant, new_user: Callable[..., SlackUser]) -> None:
        self._assistant = assistant
        self._new_user = new_user

    def cards(self, number: int) -> list[str]:
        return [card.shown for card in self._cards(number)]

    def titles(self, number: int) -> list[str]:
        return list(self._cards(number)[-1].buttons)

    def payload(self, number: int, title: str) -> str:
        return str(self._cards(number)[-1].buttons[title]["value"])

    def press(
        self, number: int, payload: str, by: str, *, elsewhere: bool = False, wait: bool = True
    ) -> None:
        card = self._cards(number)[-1]
        user = self._new_user(channel=ADVISERS_IN_SLACK, name=by)
        button = {"type": "button", "action_id": "option-0", "block_id": "request-0"}
        pressed = {**button, "text": {"type": "plain_text", "text": "x"}, "value": payload}
        click = user.click_on(card, pressed)
        if elsewhere:
            click["channel"]["id"] = click["container"]["channel_id"] = ELSEWHERE["Slack"]
        assert user.send_click(click).status_code == 200
        if wait:
            self._assistant.settle()

    def is_away(self, *, away: bool) -> None:
        self._assistant.slack.away = away

    def said_elsewhere(self) -> int:
        return len([m for m in self._assistant.slack.posted if m.channel == ELSEWHERE["Slack"]])

    def _cards(self, number: int) -> list[Message]:
        posted = self._assistant.slack.posted
        there = (message for message in posted if message.channel == ADVISERS_IN_SLACK)
        return [message for message in there if str(number) in message.shown]


class TeamsAdvisers:
    """Advisers in Teams."""

    platform = "Teams"

    def __init__(self, assistant: ChannelAssistant, new_user: Callable[..., TeamsUser]) -> None:
        self._assistant = assistant
        self._new_user = new_user

    def cards(self, number: int) -> list[str]:
        return [card.text for card in self._cards(number)]

    def titles(self, number: int) -> list[str]:
        return list(self._cards(number)[-1].choices)

    def payload(self, number: int, title: str) -> str:
        return str(self._cards(number)[-1].choices[title]["payload"])

    def press(
        self, number: int, payload: str, by: str, *, elsewhere: bool = False, wait: bool = True
    ) -> None:
        card = self._cards(number)[-1]
        place = ELSEWHERE["Teams"] if elsewhere else ADVISERS_IN_TEAMS
        user = self._new_user(conversation=f"{place};messageid={card.id}", kind="channel", name=by)
        press = user.activity("message", value={"payload": payload}, replyToId=card.id)
        assert user.post(press).status_code == 202
        if wait:
            self._assistant.settle()

    def is_away(self, *, away: bool) -> None:
        fault: dict[bool, Any] = {True: lambda _: Response(status_code=500), False: lambda _: None}
        self._assistant.microsoft.fault = fault[away]

    def said_elsewhere(self) -> int:
        every = self._assistant.microsoft.sent
        return len([sent for sent in every if ELSEWHERE["Teams"] in sent.conversation])

    def _cards(self, number: int) -> list[Any]:
        said = self._assistant.microsoft.in_conversation(ADVISERS_IN_TEAMS)
        return [sent for sent in said if sent.is_message and str(number) in sent.text]
