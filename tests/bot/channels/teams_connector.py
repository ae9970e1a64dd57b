"""Stands for Microsoft: gives real signed tokens, and takes messages by the documented rules.

The rules are from "Authentication with the Bot Connector API", the connector's REST reference,
"Format your bot messages", "Cards reference" and "Optimize your bot" (all learn.microsoft.com).
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4
from xml.etree import ElementTree as ET

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot.channels.teams_rules import RuleBrokenError, check_shape, read_activity

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
PASSWORD = "a secret of the app"  # noqa: S105 - of this test
IDENTITY_HEADER = "a secret of the machine"
BOT = f"28:{APP_ID}"
ISSUER = "https://api.botframework.com"
HOUR = 3600


@dataclass
class Key:
    """A key that tokens are signed with."""

    id: str = field(default_factory=lambda: uuid4().hex)
    private: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def sign(self, claims: dict[str, Any], **headers: str) -> str:
        """Return a token with these claims."""
        return jwt.encode(claims, self.private, "RS256", headers={"kid": self.id, **headers})

    def published(self, *endorsements: str) -> dict[str, Any]:
        """Return the public half, as in a set of keys."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "kid": self.id, "use": "sig", "endorsements": list(endorsements)}


@dataclass
class Sent:
    """A request of the bot that was taken; `shows` is what stands there now."""

    conversation: str
    id: str
    reply_to: str | None
    shows: dict[str, Any]
    versions: int = 1

    @property
    def is_message(self) -> bool:
        """Tell a message from "typing"."""
        return bool(self.shows["type"] == "message")

    @property
    def card(self) -> dict[str, Any] | None:
        """The card, when there is one."""
        attachments = self.shows.get("attachments")
        return attachments[0]["content"] if attachments else None

    @property
    def text(self) -> str:
        """What a user reads, line by line."""
        if self.card is None:
            root = ET.fromstring(f"<x>{self.shows['text']}</x>")  # noqa: S314 - of our own bot
            return "\n".join(root.itertext())
        blocks = [block for block in self.card["body"] if block["type"] == "RichTextBlock"]
        return "\n".join("".join(run["text"] for run in block["inlines"]) for block in blocks)

    @property
    def actions(self) -> list[dict[str, Any]]:
        """What can be clicked."""
        rows = (self.card or {"body": []})["body"]
        return [act for row in rows if row["type"] == "ActionSet" for act in row["actions"]]

    @property
    def choices(self) -> dict[str, dict[str, Any]]:
        """What can be chosen: title and data."""
        return {a["title"]: a["data"] for a in self.actions if a["type"] == "Action.Submit"}


class Microsoft:
    """The tokens, the keys and the connector, on one port of this machine."""

    def __init__(self) -> None:
        self.connector_key = Key()
        self.web_chat_key = Key()
        self.login_key = Key()
        self.known: dict[str, set[str]] = {}
        self.sent: list[Sent] = []
        self.broken: list[str] = []
        self.requests: list[str] = []
        self.fault: Callable[[Request], Response | None] = lambda _: None
        self.url = ""
        self._lock = threading.Lock()

    @contextmanager
    def running(self, port: int) -> Iterator["Microsoft"]:
        """Serve on a port, for a while."""
        self.url = f"http://127.0.0.1:{port}"
        routes = [
            Route("/metadata", self._metadata),
            Route("/keys", self._keys),
            Route("/{tenant}/token", self._token, methods=["POST"]),
            Route("/identity", self._identity),
            Route("/v3/conversations/{conversation}/activities", self._post, methods=["POST"]),
            Route("/v3/conversations/{conversation}/activities/{id}", self._post, methods=["POST"]),
            Route("/v3/conversations/{conversation}/activities/{id}", self._put, methods=["PUT"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join()

    @property
    def environment(self) -> dict[str, str]:
        """What the assistant must know."""
        return {
            "EBW_TEAMS_APP_ID": APP_ID,
            "EBW_TEAMS_TENANT_ID": TENANT,
            "EBW_TEAMS_APP_PASSWORD": PASSWORD,
            "EBW_TEAMS_OPENID_URL": f"{self.url}/metadata",
            "EBW_TEAMS_TOKEN_URL": f"{self.url}/{TENANT}/token",
            "EBW_TEAMS_SERVICE_URLS": self.url,
        }

    def claims(self, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any claim
        """Return what a token to the bot says; a claim that is None is left out."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.url,
            "nbf": now,
            "exp": now + HOUR,
            **changed,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token_for_bot(self, **changed: Any) -> str:  # noqa: ANN401 - any claim
        """Return a token as the connector sends it."""
        return self.connector_key.sign(self.claims(**changed))

    def remember(self, conversation: str, activity: str) -> None:
        """Have an activity in a conversation: the bot may answer there."""
        with self._lock:
            self.known.setdefault(conversation, set()).add(activity)

    def in_conversation(self, conversation: str) -> list[Sent]:
        """Return what the bot did in a conversation, the oldest first."""
        with self._lock:
            return [sent for sent in self.sent if sent.conversation == conversation]

    # The tokens

    async def _metadata(self, request: Request) -> Response:
        return self._answer(request, {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: Request) -> Response:
        return self._answer(
            request,
            {
                "keys": [
                    self.connector_key.published("msteams"),
                    self.web_chat_key.published("webchat"),
                ]
            },
        )

    async def _token(self, request: Request) -> Response:
        form = parse_qsl((await request.body()).decode())
        asked = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": PASSWORD,
            "scope": f"{ISSUER}/.default",
        }
        if dict(form) != asked or request.path_params["tenant"] != TENANT:
            return self._answer(request, {"error": "invalid_client"}, 401)
        given = {"token_type": "Bearer", "expires_in": HOUR, "access_token": self._for_connector()}
        return self._answer(request, given)

    async def _identity(self, request: Request) -> Response:
        asked = {"api-version": "2019-08-01", "resource": ISSUER, "client_id": APP_ID}
        header = request.headers.get("x-identity-header")
        if dict(request.query_params) != asked or header != IDENTITY_HEADER:
            return self._answer(request, {}, 400)
        end = str(int(time.time()) + HOUR)
        return self._answer(request, {"access_token": self._for_connector(), "expires_on": end})

    def _for_connector(self) -> str:
        now = int(time.time())
        return self.login_key.sign({"aud": ISSUER, "appid": APP_ID, "nbf": now, "exp": now + HOUR})

    # The connector

    async def _post(self, request: Request) -> Response:
        return await self._take(request, self._check_post, self._add)

    async def _put(self, request: Request) -> Response:
        return await self._take(request, self._check_put, self._change)

    async def _take(
        self,
        request: Request,
        check: Callable[[Request, dict[str, Any]], None],
        act: Callable[[Request, dict[str, Any]], str],
    ) -> Response:
        body = await request.body()
        request.scope["state_body"] = body
        if failing := self.fault(request):
            return failing
        try:
            self._check_token(request)
            activity = read_activity(body)
            with self._lock:
                check(request, activity)
                return self._answer(request, {"id": act(request, activity)}, 201)
        except RuleBrokenError as broken:
            self.broken.append(f"{request.method} {broken.status}: {broken.why}")
            return self._answer(request, {"error": {"message": broken.why}}, broken.status)

    def _check_token(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            assert scheme == "Bearer"
            jwt.decode(token, self.login_key.private.public_key(), ["RS256"], audience=ISSUER)
        except (AssertionError, jwt.PyJWTError) as error:
            raise RuleBrokenError(401, "no token for the connector") from error

    def _check_post(self, request: Request, activity: dict[str, Any]) -> None:
        conversation, answered = _conversation(request), request.path_params.get("id")
        if conversation not in self.known:
            raise RuleBrokenError(404, "ConversationNotFound")
        if answered and answered not in self.known[conversation]:
            raise RuleBrokenError(404, "ActivityNotFoundInConversation")
        if answered and activity.get("replyToId") != answered:
            raise RuleBrokenError(400, "replyToId is not what is answered")
        check_shape(activity, conversation, BOT)

    def _check_put(self, request: Request, activity: dict[str, Any]) -> None:
        self._own(request)
        check_shape(activity, _conversation(request), BOT)

    def _add(self, request: Request, activity: dict[str, Any]) -> str:
        sent = Sent(_conversation(request), uuid4().hex, request.path_params.get("id"), activity)
        self.sent.append(sent)
        return sent.id

    def _change(self, request: Request, activity: dict[str, Any]) -> str:
        sent = self._own(request)
        sent.shows, sent.versions = activity, sent.versions + 1
        return sent.id

    def _own(self, request: Request) -> Sent:
        place = (_channel(_conversation(request)), request.path_params["id"])
        for sent in self.sent:
            if (_channel(sent.conversation), sent.id) == place and sent.is_message:
                return sent
        raise RuleBrokenError(404, "no message of the bot")

    def _answer(self, request: Request, content: object, status: int = 200) -> Response:
        self.requests.append(request.url.path)
        return JSONResponse(content, status_code=status)


def _channel(conversation: str) -> str:
    """Return the channel that a thread is in; any other conversation is itself."""
    return conversation.partition(";messageid=")[0]


def _conversation(request: Request) -> str:
    return str(request.path_params["conversation"])
