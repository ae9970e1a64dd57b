"""The channel of Slack: signed events, buttons and a command in; messages with choices out.

Slack waits three seconds and then sends an event again: what comes is put in the inbox and
acknowledged at once. Nothing is read but direct messages, and what mentions the assistant.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import ClientError
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text
from sanic.response import json as json_response
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.conversation import OnMessage, conversation_with
from bot.channels.events import Event, RetryLaterError
from bot.channels.inbox import Inbox
from bot.channels.replies import Reply
from bot.channels.requests import RequestCards, card_in, is_of_a_card
from bot.channels.slack_blocks import Message, chosen_message, home_view, messages_of
from bot.channels.slack_errors import code_of, is_passing, seconds_to_wait
from bot.channels.slack_events import click_in, command_in, message_in, opens_home
from bot.channels.slack_requests import CALL_SECONDS, cards_of, message_of, press_in
from bot.channels.web_sessions import read_secret
from ebw.settings import Settings, settings
from ebw.settings_slack import SlackSettings
from storage.database import make_engine

logger = logging.getLogger(__name__)

CHANNEL = "slack"
LONGEST_BODY = 256 * 1024
STARTING = "Ik antwoord je in een privébericht: kijk bij Apps, EBW-assistent, Berichten."


class SlackChannel(InputChannel):
    """Rasa's side of Slack, under /webhooks/slack/; it has no routes when Slack is not set up."""

    def __init__(self, chosen: Settings) -> None:
        """Take who we are to Slack from the settings."""
        self._chosen = chosen

    @classmethod
    def name(cls) -> str:
        """Return the channel's name: part of its address, and of every session's id."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "SlackChannel":
        """Make the channel; everything it needs is in the settings."""
        del credentials
        return cls(settings())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("ebw_slack_channel")
        if self._chosen.slack is None:
            return routes
        slack = Slack(self._chosen.slack)
        secret = read_secret(self._chosen.web_secret, self._chosen.data_dir)
        cards = cards_of(self._chosen.slack, secret)
        converse = cards.beside(conversation_with(on_new_message, CHANNEL))
        engine = make_engine(self._chosen.database_url)
        inbox = Inbox(CHANNEL, engine, secret, converse, slack.deliver)
        read_click = partial(_read_click, cards, self._chosen.slack.advice_channel)

        async def start(*_: object) -> None:
            await inbox.start()

        async def stop(*_: object) -> None:
            await inbox.stop()

        routes.listener(start, "after_server_start")
        routes.listener(stop, "before_server_stop")

        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.post("/events")
        async def events(request: Request) -> HTTPResponse:
            return await _answer(request, _read_event, slack, inbox)

        @routes.post("/interactive")
        async def interactive(request: Request) -> HTTPResponse:
            return await _answer(request, read_click, slack, inbox)

        @routes.post("/command")
        async def command(request: Request) -> HTTPResponse:
            return await _answer(request, _read_command, slack, inbox)

        return routes


@dataclass(frozen=True, slots=True)
class _Received:
    """What a request brings: an event for the inbox, how it is acknowledged, who opened home."""

    event: Event | None
    response: HTTPResponse = field(default_factory=lambda: empty(200))
    home_of: str | None = None


async def _answer(
    request: Request, read: Callable[[Request], _Received], slack: "Slack", inbox: Inbox
) -> HTTPResponse:
    """Take in what Slack sends and acknowledge it; no word of the user comes in a log."""
    if len(request.body) > LONGEST_BODY:
        return _refuse(400, "too long")
    if not slack.has_signed(request):
        return _refuse(401, "not signed by Slack, or too long ago")
    try:
        received = read(request)
    except Exception as error:  # noqa: BLE001 - signed, but not as Slack makes it
        return _refuse(400, f"malformed: {type(error).__name__}")
    try:
        if received.event:
            await inbox.take(received.event)
    except Exception as error:  # noqa: BLE001 - unanswered, Sanic would log all that was sent
        return _refuse(503, type(error).__name__)
    if received.home_of:
        request.app.add_task(slack.publish_home(received.home_of))
    return received.response


class Slack:
    """Slack as we speak to it, and as it signs what it sends."""

    def __init__(self, chosen: SlackSettings) -> None:
        """Take the secrets and the address from the settings."""
        self._verifier = SignatureVerifier(chosen.signing_secret)
        self._client = AsyncWebClient(
            chosen.bot_token,
            base_url=chosen.api_url,
            timeout=CALL_SECONDS,
            retry_handlers=[],
        )

    def has_signed(self, request: Request) -> bool:
        """Tell whether Slack signed this request, less than five minutes ago."""
        at = request.headers.get("x-slack-request-timestamp")
        signature = request.headers.get("x-slack-signature")
        try:
            return self._verifier.is_valid(request.body, at, signature)
        except (TypeError, ValueError):
            return False

    async def deliver(self, event: Event, replies: list[Reply]) -> None:
        """Post replies where the event came from, after what was chosen took its buttons' place.

        Raises RetryLaterError when Slack is away, or we go too fast.
        """
        to, delivered = event.address, 0
        try:
            if "card" in to:
                await self._show_request(to, card_in(replies))
                return
            await self._mark_chosen(to.get("chosen"))
            for reply in replies:
                for message in messages_of(reply, to["user"]):
                    await self._client.chat_postMessage(
                        channel=to["channel"],
                        thread_ts=to["thread"],
                        unfurl_links=False,
                        unfurl_media=False,
                        **message,
                    )
                delivered += 1
        except (ClientError, TimeoutError) as error:
            raise RetryLaterError(delivered=delivered) from error
        except SlackApiError as error:
            if not is_passing(error):
                logger.error("slack refuses a message: %s", code_of(error))  # noqa: TRY400 - the trace holds what was said
                raise
            raise RetryLaterError(seconds_to_wait(error), delivered) from None

    async def publish_home(self, user: str) -> None:
        """Show a user the home tab; when that fails, it comes when they open it again."""
        try:
            await self._client.views_publish(user_id=user, view=home_view())
        except (ClientError, TimeoutError) as error:
            logger.warning("slack did not take a home tab: %s", type(error).__name__)
        except SlackApiError as error:
            logger.warning("slack did not take a home tab: %s", code_of(error))

    async def _mark_chosen(self, chosen: dict[str, Any] | None) -> None:
        if chosen:
            message = chosen_message(chosen["text"], chosen["blocks"], chosen["title"])
            await self._update(chosen["channel"], chosen["ts"], message)

    async def _show_request(self, to: dict[str, Any], card: Reply | None) -> None:
        if card:
            await self._update(to["channel"], to["card"], message_of(card))

    async def _update(self, channel: str, ts: str, message: Message) -> None:
        try:
            await self._client.chat_update(channel=channel, ts=ts, **message)
        except SlackApiError as error:
            if is_passing(error):
                raise
            logger.warning("slack did not update a message: %s", code_of(error))


def _read_event(request: Request) -> _Received:
    body = json.loads(request.body)
    if body["type"] == "url_verification":
        return _Received(None, text(str(body["challenge"])))
    if body["type"] != "event_callback":
        return _Received(None)
    return _Received(message_in(body), home_of=opens_home(body))


def _read_click(cards: RequestCards, advice_channel: str | None, request: Request) -> _Received:
    payload = json.loads(_form(request)["payload"])
    if payload["type"] != "block_actions" or not is_of_a_card(payload["actions"][0]["value"]):
        return _Received(click_in(payload))
    return _Received(press_in(payload, cards, advice_channel))


def _read_command(request: Request) -> _Received:
    told = {"response_type": "ephemeral", "text": STARTING}
    return _Received(command_in(_form(request)), json_response(told))


def _form(request: Request) -> dict[str, str]:
    # Sanic writes a form that it cannot read to the log.
    return dict(parse_qsl(request.body.decode(), strict_parsing=True))


def _refuse(status: int, why: str) -> HTTPResponse:
    logger.warning("a request to the slack channel was refused: %s", why)
    return empty(status)
