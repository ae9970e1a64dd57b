"""The channel of the widget: request and response over HTTP (docs/widget.md, "Het kanaal").

The server issues a session; every message carries its token, so that knowing or guessing an id is
of no use. Nothing is kept in this process but the counts of the rate limits: any server that has
the secret and the database can answer any message.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable
from datetime import datetime
from enum import StrEnum
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.conversation import OnMessage, conversation_with
from bot.channels.replies import TOO_LONG
from bot.channels.web_limits import RateLimit, TooFastError
from bot.channels.web_sessions import InvalidSessionError, Session, Sessions, read_secret
from bot.channels.web_turns import StillBusyError, WebTurns
from ebw.settings import Settings, settings
from storage.database import DatabaseUnavailableError, make_engine

logger = logging.getLogger(__name__)

CHANNEL = "web"
LONGEST_MESSAGE = 2_000
LONGEST_BODY = 16_384
SESSION_MESSAGES_PER_MINUTE = 60
# A town hall may come from one address.
ADDRESS_MESSAGES_PER_MINUTE = 1_200
ADDRESS_SESSIONS_PER_MINUTE = 120
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Refusal(StrEnum):
    """Why a request got no answer."""

    ORIGIN = "origin"
    SESSION = "session"
    REQUEST = "request"
    TOO_LONG = "too_long"
    TOO_FAST = "too_fast"
    BUSY = "busy"
    AWAY = "away"


ERRORS = {
    Refusal.ORIGIN: (403, "Deze website mag de EBW-assistent niet gebruiken."),
    Refusal.SESSION: (
        401,
        "Dit gesprek is verlopen. Begin een nieuw gesprek. Heb je een code van je scan, "
        "dan ga je daarmee verder.",
    ),
    Refusal.REQUEST: (400, "Dit bericht kan ik niet lezen. Er is niets van bewaard."),
    Refusal.TOO_LONG: (413, TOO_LONG),
    Refusal.TOO_FAST: (429, "Dat gaat me te snel. Wacht even en probeer het dan opnieuw."),
    Refusal.BUSY: (503, "Ik ben nog bezig met dit bericht. Probeer het zo nog een keer."),
    Refusal.AWAY: (503, "Er ging iets mis. Probeer het over een minuut nog een keer."),
}
"""The status of HTTP, and what the user is told."""


class WebChannel(InputChannel):
    """Rasa's side of the widget, under /webhooks/web/."""

    def __init__(self, chosen: Settings) -> None:
        """Take the origins and the secret from the settings."""
        self._origins = chosen.web_origins
        self._proxies = chosen.trusted_proxies
        self._sessions = Sessions(read_secret(chosen.web_secret, chosen.data_dir))
        self._engine = make_engine(chosen.database_url, durable=False)
        self._of_session = RateLimit(SESSION_MESSAGES_PER_MINUTE)
        self._of_address = RateLimit(ADDRESS_MESSAGES_PER_MINUTE)
        self._new_of_address = RateLimit(ADDRESS_SESSIONS_PER_MINUTE)

    @classmethod
    def name(cls) -> str:
        """Return the channel's name: part of its address, and of every session's id."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "WebChannel":
        """Make the channel; everything it needs is in the settings."""
        del credentials
        return cls(settings())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the routes."""
        turns = WebTurns(self._engine, self._sessions, conversation_with(on_new_message, CHANNEL))
        routes = Blueprint("ebw_web_channel")

        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.post("/session")
        async def issue(request: Request) -> HTTPResponse:
            return await _answer(self._issue(request, turns))

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            return await _answer(self._message(request, turns))

        @routes.get("/history")
        async def history(request: Request) -> HTTPResponse:
            return await _answer(self._history(request, turns))

        return routes

    async def _issue(self, request: Request, turns: WebTurns) -> HTTPResponse:
        self._check_origin(request)
        self._new_of_address.take(self._address(request))
        await turns.forget_old()
        session, token = self._sessions.issue()
        return json_response({"token": token, "expires_at": _iso(session.expires_at)})

    async def _message(self, request: Request, turns: WebTurns) -> HTTPResponse:
        self._check_origin(request)
        self._of_address.take(self._address(request))
        session = self._session(request)
        self._of_session.take(session.id)
        message_id, text = _read_message(request)
        # A browser that goes away must not stop the answering halfway.
        said = await asyncio.shield(turns.answer(session, message_id, text))
        return json_response({"message_id": message_id, "messages": said}, dumps=_dumps)

    async def _history(self, request: Request, turns: WebTurns) -> HTTPResponse:
        self._check_origin(request)
        self._of_address.take(self._address(request))
        session = self._session(request)
        body = {"turns": await turns.history(session), "expires_at": _iso(session.expires_at)}
        return json_response(body, dumps=_dumps)

    def _check_origin(self, request: Request) -> None:
        """Refuse another website than those of the settings; a program sends no origin."""
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins:
            raise _RefusedError(Refusal.ORIGIN)

    def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise InvalidSessionError
        return self._sessions.read(token)

    def _address(self, request: Request) -> str:
        """Return the sender's address: as a proxy of ours tells it, or else the connection's."""
        told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return str(told if told and request.ip in self._proxies else request.ip)


class _RefusedError(Exception):
    """A request that is not taken, and why."""

    def __init__(self, why: Refusal) -> None:
        """Say why."""
        super().__init__(why)
        self.why = why


def _read_message(request: Request) -> tuple[str, str]:
    if len(request.body) > LONGEST_BODY:
        raise _RefusedError(Refusal.TOO_LONG)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise _RefusedError(Refusal.REQUEST) from error
    message_id, text = (body.get("message_id"), body.get("text")) if _is_object(body) else (0, 0)
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise _RefusedError(Refusal.REQUEST)
    if not isinstance(text, str) or not text.strip() or _SURROGATE.search(text):
        raise _RefusedError(Refusal.REQUEST)
    if len(text) > LONGEST_MESSAGE:
        raise _RefusedError(Refusal.TOO_LONG)
    return message_id, text


def _is_object(body: object) -> bool:
    return isinstance(body, dict)


async def _answer(work: Awaitable[HTTPResponse]) -> HTTPResponse:
    """Return the response, or the error in plain Dutch; no word of the user comes in a log."""
    try:
        response = await work
    except _RefusedError as refusal:
        response = _error(refusal.why)
    except InvalidSessionError:
        response = _error(Refusal.SESSION)
    except TooFastError as refusal:
        response = _error(Refusal.TOO_FAST)
        response.headers["Retry-After"] = str(refusal.retry_after)
    except StillBusyError:
        response = _error(Refusal.BUSY)
    except DatabaseUnavailableError as error:
        logger.error("the web channel cannot use the database: %s", error)  # noqa: TRY400 - a trace could hold words of the user
        response = _error(Refusal.AWAY)
    except Exception as error:  # noqa: BLE001 - unanswered, Sanic would log all that was sent
        logger.error("a message was not answered: %s", type(error).__name__)  # noqa: TRY400 - idem
        response = _error(Refusal.AWAY)
    response.headers["Cache-Control"] = "no-store"
    return response


def _error(why: Refusal) -> HTTPResponse:
    status, text = ERRORS[why]
    return json_response({"error": why.value, "text": text}, status=status, dumps=_dumps)


def _dumps(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
