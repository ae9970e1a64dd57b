"""Requests for advice in the advisers' channel of Slack: put there, and what is pressed on them."""

from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.client import WebClient

from advice.delivery import UndeliverableError
from advice.request import Request
from bot.channels.events import Event
from bot.channels.replies import Reply
from bot.channels.requests import RequestCards
from bot.channels.slack_blocks import Message, messages_of
from bot.channels.slack_errors import code_of
from ebw.settings_slack import SlackSettings

CALL_SECONDS = 10
_BLOCKS = "request"


class SlackRoute:
    """Puts a request in the advisers' channel."""

    name = "Slack"

    def __init__(self, chosen: SlackSettings, secret: bytes) -> None:
        """Take the channel and the token from the settings."""
        self._channel = chosen.advice_channel or ""
        self._cards = cards_of(chosen, secret)
        # Not once more by itself: Slack may have taken the first, and would show it twice.
        self._client = WebClient(
            chosen.bot_token, base_url=chosen.api_url, timeout=CALL_SECONDS, retry_handlers=[]
        )

    def deliver(self, request: Request) -> None:
        """Post the card; raises UndeliverableError when Slack does not take it."""
        message = message_of(self._cards.card(request))
        try:
            self._client.chat_postMessage(
                channel=self._channel, unfurl_links=False, unfurl_media=False, **message
            )
        except SlackApiError as error:
            raise UndeliverableError(code_of(error)) from None
        except (OSError, SlackClientError) as error:
            raise UndeliverableError(type(error).__name__) from None


def cards_of(chosen: SlackSettings, secret: bytes) -> RequestCards:
    """Return the cards of the advisers' channel."""
    return RequestCards(secret, f"slack {chosen.advice_channel}")


def message_of(card: Reply) -> Message:
    """Return a card as a message of Slack."""
    (message,) = messages_of(card, _BLOCKS)
    return message


def press_in(payload: dict[str, Any], cards: RequestCards, channel: str | None) -> Event | None:
    """Return what was pressed on a card in the advisers' `channel`; None when that is elsewhere.

    It is told apart by its moment: a card that could not be changed can be pressed again. Raises
    what comes of reading what is not as Slack makes it.
    """
    if payload["container"]["type"] != "message" or payload["channel"]["id"] != channel:
        return None
    action, user = payload["actions"][0], payload["user"]
    address = {"channel": channel, "card": str(payload["message"]["ts"])}
    by = str(user.get("name") or user["id"])
    return cards.event_in(action["value"], by, str(action["action_ts"]), address)
