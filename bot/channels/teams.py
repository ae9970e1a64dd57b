"""The channel of Microsoft Teams, on the Bot Framework protocol (docs/channels.md, "Teams").

A message is checked, stored and acknowledged; the inbox has it answered, and brings the answer.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

import httpx
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot.channels.conversation import OnMessage, conversation_with
from bot.channels.events import Event, RetryLaterError
from bot.channels.inbox import Inbox
from bot.channels.replies import Messages, Reply
from bot.channels.requests import card_in, is_of_a_card
from bot.channels.teams_activities import (
    Incoming,
    MalformedActivityError,
    event_of,
    read_incoming,
)
from bot.channels.teams_cards import Activity, Cards, Choice, chosen_card
from bot.channels.teams_connector import Connector, RefusedByTeamsError
from bot.channels.teams_requests import activity_of, cards_of, press_in
from bot.channels.teams_tokens import (
    IncomingTokens,
    KeysAwayError,
    OutgoingTokens,
    RefusedTokenError,
)
from bot.channels.web_sessions import read_secret
from ebw.environment import LOOPBACK
from ebw.settings import Settings, settings
from ebw.settings_teams import TeamsSettings
from storage.database import DatabaseUnavailableError, make_engine

logger = logging.getLogger(__name__)

CHANNEL = "teams"
LONGEST_BODY = 256 * 1024
NOT_CHECKED = (
    "Teams: the Playground is let in. Messages from this machine are taken WITHOUT a token; "
    "never use this setting (EBW_TEAMS_PLAYGROUND) on a server."
)


_STATUSES = {
    RefusedTokenError: 401,
    MalformedActivityError: 400,
    KeysAwayError: 503,
    DatabaseUnavailableError: 503,
}


class TeamsChannel(InputChannel):
    """Rasa's side of Teams, under /webhooks/teams/; without settings for it there is none."""

    def __init__(self, chosen: Settings) -> None:
        """Take who the bot is, and the secret, from the settings."""
        self._settings = chosen

    @classmethod
    def name(cls) -> str:
        """Return the channel's name: part of its address, and of every session's id."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "TeamsChannel":
        """Make the channel; everything it needs is in the settings."""
        del credentials
        return cls(settings())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("ebw_teams_channel")
        if self._settings.teams is None:
            return routes
        if self._settings.teams.playground:
            logger.warning(NOT_CHECKED)
        teams = _Teams(self._settings, self._settings.teams, on_new_message)

        routes.listener("after_server_start")(teams.start)
        routes.listener("before_server_stop")(teams.stop)

        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json_response({"status": "ok", "playground": teams.chosen.playground})

        @routes.post("/api/messages")
        async def messages(request: Request) -> HTTPResponse:
            return await teams.receive(request)

        return routes


class _RefusedError(Exception):
    """A request that is not taken: the status of HTTP, and why, without content."""

    def __init__(self, status: int, reason: str) -> None:
        """Say which and why."""
        super().__init__(reason)
        self.status = status


class _Teams:
    """Takes messages of Teams, and brings the answers."""

    def __init__(self, general: Settings, chosen: TeamsSettings, on_new_message: OnMessage) -> None:
        self._http = http = httpx.AsyncClient(timeout=httpx.Timeout(10.0))
        secret = read_secret(general.web_secret, general.data_dir)
        self.chosen = chosen
        self._cards = Cards(secret)
        self._incoming = IncomingTokens(chosen, http)
        self._connector = Connector(http, OutgoingTokens(chosen, http))
        self._requests = cards_of(chosen.advice, secret)
        self._converse = self._requests.beside(conversation_with(on_new_message, CHANNEL))
        self._waiting: dict[str, dict[str, Any]] = {}
        engine = make_engine(general.database_url)
        self._inbox = Inbox(CHANNEL, engine, secret, self._answer, self._deliver)

    async def start(self, *_: object) -> None:
        """Begin to answer what was taken."""
        await self._inbox.start()

    async def stop(self, *_: object) -> None:
        """Finish what is being answered."""
        await self._inbox.stop()
        await self._http.aclose()

    async def receive(self, request: Request) -> HTTPResponse:
        """Take an activity; of one that is refused, one line in the log tells why."""
        try:
            await self._take(request)
        except Exception as error:  # noqa: BLE001 - unanswered, Sanic would log all that was sent
            status = error.status if isinstance(error, _RefusedError) else _status_of(error)
            reason = error if isinstance(error, _RefusedError | RefusedTokenError) else ""
            logger.warning("Teams: %d for a message: %s %s", status, type(error).__name__, reason)
            return empty(status=status)
        return empty(status=202)

    async def _take(self, request: Request) -> None:
        incoming = await self._checked(request)
        value = incoming.content.get("value")
        if isinstance(value, dict) and is_of_a_card(value.get("payload")):
            if press := press_in(incoming, self._requests, self.chosen.advice):
                await self._inbox.take(press)
        elif event := event_of(incoming, self._cards):
            self._waiting[event.sender] = event.address
            await self._inbox.take(event)

    async def _checked(self, request: Request) -> Incoming:
        """Return the activity in a request that comes from Teams, and from our organisation."""
        if len(request.body) > LONGEST_BODY:
            raise _RefusedError(413, "too large")
        if self.chosen.playground:
            _check_this_machine(request)
            incoming = read_incoming(request.body)
        else:
            caller = await self._incoming.check(request.headers.get("authorization", ""))
            incoming = read_incoming(request.body)
            if incoming.service_url != caller.service_url:
                raise _RefusedError(403, "another service than the token's")
            if incoming.channel != "msteams" or incoming.channel not in caller.channels:
                raise _RefusedError(403, "not from Teams")
            if incoming.tenant != self.chosen.tenant_id:
                raise _RefusedError(403, "another tenant")
        if not self.chosen.may_answer(incoming.service_url):
            raise _RefusedError(403, "a service that is not to be answered")
        return incoming

    async def _answer(self, sender: str, text: str) -> Messages:
        """Return what the assistant says; meanwhile the user sees that it is at work."""
        address = self._waiting.pop(sender, None)
        if address is None:
            return await self._converse(sender, text)
        said, _ = await asyncio.gather(
            self._converse(sender, text), self._connector.show_typing(address)
        )
        return said

    async def _deliver(self, event: Event, replies: list[Reply]) -> None:
        """Take the buttons off the card that was chosen on, and say the replies."""
        if "card" in event.address:
            await self._show_request(event.address, card_in(replies))
            return
        if chosen := event.address.get("chosen"):
            await self._put_back(event.address, **chosen)
        for delivered, reply in enumerate(replies):
            try:
                for activity in self._cards.messages(reply, event.sender):
                    await self._connector.send(event.address, activity)
            except RetryLaterError as later:
                raise RetryLaterError(later.seconds, delivered) from later

    async def _put_back(self, address: dict[str, Any], card: str, title: str, said: str) -> None:
        await self._update(address, card, chosen_card(Choice(title, said)))

    async def _show_request(self, address: dict[str, Any], card: Reply | None) -> None:
        if card:
            await self._update(address, address["card"], activity_of(self._cards, card))

    async def _update(self, address: dict[str, Any], message: str, activity: Activity) -> None:
        with suppress(RefusedByTeamsError):  # it was removed: nothing to click on any more
            await self._connector.update(address, message, activity)


def _check_this_machine(request: Request) -> None:
    """Refuse what a proxy passes on, and what a web page sends from a browser on this machine."""
    passed_on = {"x-forwarded-for", "forwarded", "origin"} & set(request.headers)
    if request.ip not in LOOPBACK or passed_on:
        raise _RefusedError(403, "without a token, from elsewhere")


def _status_of(error: Exception) -> int:
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)
