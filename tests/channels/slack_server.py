"""Stands for Slack: takes messages by its documented rules, and sends what its users do, signed."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.channels.slack_rules import (
    LONGEST_MESSAGE_TEXT,
    MESSAGE_ARGUMENTS,
    UPDATE_ARGUMENTS,
    VIEW_ARGUMENTS,
    faults_in_blocks,
    faults_in_view,
)
from tests.conversations.servers import HOST, free_port

SIGNING_SECRET = "a secret that Slack signs with"  # noqa: S105 - of this test
BOT_TOKEN = "xoxb-of-this-test"  # noqa: S105 - idem
BOT = "UBOT"
LONGEST_ACKNOWLEDGEMENT_SECONDS = 3
START_LIMIT_SECONDS = 10

Answer = dict[str, Any]


class RefusedError(Exception):
    """A call that Slack does not take, with its code."""


@dataclass
class Message:
    """A message that the assistant posted, as it stands there now."""

    channel: str
    ts: str
    thread: str | None
    text: str
    blocks: list[dict[str, Any]]

    @property
    def shown(self) -> str:
        """What a person reads, without the buttons."""
        sections = [s for b in self.blocks if b["type"] == "rich_text" for s in b["elements"]]
        return "\n".join(
            "".join(run.get("text") or run["url"] for run in section["elements"])
            for section in sections
        )

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The buttons that can be pressed: what they say, and what pressing sends."""
        return {
            element["text"]["text"]: {**element, "block_id": block["block_id"]}
            for block in self.blocks
            if block["type"] == "actions"
            for element in block["elements"]
        }


@dataclass
class SlackServer:
    """Slack's side: its methods, what was posted, and what it sent the assistant."""

    port: int = field(default_factory=free_port)
    posted: list[Message] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    troubles: list[Response | None] = field(default_factory=list)
    away: bool = False
    calls: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def api_url(self) -> str:
        """Where the assistant calls."""
        return f"http://{HOST}:{self.port}/api/"

    def new_id(self, kind: str) -> str:
        """Return an id that was not given out before."""
        return f"{kind}{next(self._numbers):08}"

    def new_ts(self) -> str:
        """Return the time of a message, which is its id."""
        return f"1767225600.{next(self._numbers):06}"

    @contextmanager
    def running(self) -> Iterator["SlackServer"]:
        """Serve, as long as it takes."""
        routes = [Route("/api/{method:str}", self._call, methods=["POST"])]
        config = uvicorn.Config(
            Starlette(routes=routes), host=HOST, port=self.port, log_level="critical"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join(START_LIMIT_SECONDS)

    def limit_rate(self, after: int, times: int, seconds: int) -> None:
        """Take some calls, and answer the next that they come too fast."""
        headers = {"Retry-After": str(seconds)}
        body = {"ok": False, "error": "ratelimited"}
        self.troubles = [None] * after + [JSONResponse(body, 429, headers)] * times

    async def _call(self, request: Request) -> Response:
        self.calls += 1
        if self.away:
            return PlainTextResponse("upstream error", 500)
        if self.troubles and (trouble := self.troubles.pop(0)):
            return trouble
        try:
            _check_token(request)
            return JSONResponse({"ok": True, **await self._take(request)})
        except RefusedError as error:
            self.refused.append(str(error))
            return JSONResponse({"ok": False, "error": str(error).partition(":")[0]})

    async def _take(self, request: Request) -> Answer:
        methods: dict[str, tuple[Callable[[Answer], Answer], set[str]]] = {
            "chat.postMessage": (self._post, MESSAGE_ARGUMENTS),
            "chat.update": (self._update, UPDATE_ARGUMENTS),
            "views.publish": (self._publish, VIEW_ARGUMENTS),
        }
        method = request.path_params["method"]
        if method not in methods:
            _refuse("unknown_method", method)
        if not request.headers["content-type"].startswith("application/json"):
            _refuse("invalid_post_type")
        arguments = await request.json()
        take, known = methods[method]
        if "as_user" in arguments:
            _refuse("as_user_not_supported")
        if unknown := set(arguments) - known:
            _refuse("invalid_arguments", str(unknown))
        return take(arguments)

    def _post(self, sent: Answer) -> Answer:
        _check_message(sent)
        # A user's id stands for their direct messages with the app.
        channel = direct_messages_of(sent["channel"])
        message = Message(
            channel, self.new_ts(), sent.get("thread_ts"), sent["text"], sent["blocks"]
        )
        self.posted.append(message)
        return {"channel": channel, "ts": message.ts}

    def _update(self, sent: Answer) -> Answer:
        _check_message(sent)
        for message in self.posted:
            if (message.channel, message.ts) == (sent["channel"], sent["ts"]):
                message.text, message.blocks = sent["text"], sent["blocks"]
                return {"channel": message.channel, "ts": message.ts}
        return _refuse("message_not_found")

    def _publish(self, sent: Answer) -> Answer:
        if faults := faults_in_view(sent["view"]):
            _refuse("invalid_arguments", str(faults))
        self.homes[sent["user_id"]] = sent["view"]
        return {"view": sent["view"]}


@dataclass
class SlackUser:
    """A person in Slack, and the app that their clicks and words go to, at `webhook`."""

    server: SlackServer
    webhook: str
    client: httpx.Client
    id: str
    channel: str = ""
    thread: str | None = None
    name: str = "sam.de.vries"
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Be in the direct messages with the app, unless told otherwise."""
        self.channel = self.channel or direct_messages_of(self.id)

    @property
    def seen(self) -> list[Message]:
        """What the assistant said where this person is."""
        return [
            message
            for message in self.server.posted
            if (message.channel, message.thread) == (self.channel, self.thread)
        ]

    def say(self, text: str, **changes: Any) -> httpx.Response:  # noqa: ANN401 - JSON
        """Type a message to the assistant: directly, or in a channel by naming it."""
        self.said.append(text)
        is_direct = self.channel.startswith("D")
        typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        event = {
            "type": "message" if is_direct else "app_mention",
            **({"channel_type": "im"} if is_direct else {}),
            "user": self.id,
            "text": typed if is_direct else f"<@{BOT}> {typed}",
            "ts": self.server.new_ts(),
            "channel": self.channel,
            **({"thread_ts": self.thread} if self.thread else {}),
            **changes,
        }
        return self.send_event(event)

    def send_event(self, event: Answer, **headers: str) -> httpx.Response:
        """Have Slack send an event."""
        return self.send_body("events", json.dumps(self.callback(event)).encode(), **headers)

    def callback(self, event: Answer) -> Answer:
        """Return an event in the envelope that Slack sends it in."""
        return {
            "token": "deprecated",
            "team_id": "T1",
            "api_app_id": "A1",
            "type": "event_callback",
            "event": event,
            "event_id": self.server.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{"team_id": "T1", "user_id": BOT, "is_bot": True}],
        }

    def press(self, title: str, message: Message | None = None, **changes: str) -> httpx.Response:
        """Press a button: on the newest message that has it, unless told which."""
        message = message or next(m for m in reversed(self.seen) if title in m.buttons)
        return self.send_click(self.click_on(message, {**message.buttons[title], **changes}))

    def click_on(self, message: Message, button: Answer) -> Answer:
        """Return what Slack sends when a button of a message is pressed."""
        blocks = [
            {**b, "block_id": b.get("block_id", f"x{n}")} for n, b in enumerate(message.blocks)
        ]
        thread = {"thread_ts": message.thread} if message.thread else {}
        return {
            **self._clicked(button),
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": False,
                **thread,
            },
            "channel": {"id": message.channel, "name": "directmessage"},
            "message": {
                "type": "message",
                "user": BOT,
                "bot_id": "B1",
                "ts": message.ts,
                "text": message.text,
                "blocks": blocks,
                **thread,
            },
        }

    def press_at_home(self, title: str) -> httpx.Response:
        """Press a button of the home tab."""
        home = Message("", "", None, "", self.server.homes[self.id]["blocks"])
        clicked = self._clicked(home.buttons[title])
        return self.send_click({**clicked, "container": {"type": "view", "view_id": "V1"}})

    def _clicked(self, button: Answer) -> Answer:
        return {
            "type": "block_actions",
            "user": {"id": self.id, "name": self.name, "team_id": "T1"},
            "api_app_id": "A1",
            "team": {"id": "T1"},
            "trigger_id": self.server.new_id("trigger"),
            "actions": [{**button, "action_ts": self.server.new_ts()}],
        }

    def send_click(self, payload: Answer) -> httpx.Response:
        """Have Slack send what was pressed."""
        return self.send_body("interactive", urlencode({"payload": json.dumps(payload)}).encode())

    def command(self, text: str = "") -> httpx.Response:
        """Type `/quickscan`, with something behind it or not."""
        form = {
            "command": "/quickscan",
            "text": text,
            "user_id": self.id,
            "channel_id": self.channel,
            "team_id": "T1",
            "trigger_id": self.server.new_id("trigger"),
            "response_url": f"{self.server.api_url}response",
        }
        return self.send_body("command", urlencode(form).encode())

    def open_home(self, tab: str = "home") -> httpx.Response:
        """Open the app, at a tab."""
        event = {"type": "app_home_opened", "user": self.id, "channel": self.channel, "tab": tab}
        return self.send_event(event)

    def send_body(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        """Have Slack send a request, signed now unless `headers` say otherwise."""
        at = headers.pop("at", str(int(time.time())))
        kind = "application/json" if path == "events" else "application/x-www-form-urlencoded"
        sent = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": sign(body, at),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        response, took = self._post(path, body, sent)
        if path == "events" and took > LONGEST_ACKNOWLEDGEMENT_SECONDS:
            retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
            response, _ = self._post(path, body, {**sent, **retry})
        return response

    def _post(
        self, path: str, body: bytes, headers: dict[str, Any]
    ) -> tuple[httpx.Response, float]:
        """Send a request; return what came back, and after how many seconds."""
        began = time.monotonic()
        response = self.client.post(f"{self.webhook}/{path}", content=body, headers=headers)
        took = time.monotonic() - began
        self.server.acknowledged.append(took)
        return response, took


def sign(body: bytes, at: str) -> str:
    """Return Slack's signature of a request."""
    signed = b":".join((b"v0", at.encode(errors="replace"), body))
    return f"v0={hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()}"


def direct_messages_of(user: str) -> str:
    """Return the channel of a user's direct messages with the app; another channel is itself."""
    return f"D{user[1:]}" if user.startswith("U") else user


def _check_token(request: Request) -> None:
    given = request.headers.get("authorization")
    if given is None:
        _refuse("not_authed")
    if given != f"Bearer {BOT_TOKEN}":
        _refuse("invalid_auth")


def _check_message(sent: Answer) -> None:
    if not sent.get("text"):
        _refuse("no_text")
    if len(sent["text"]) > LONGEST_MESSAGE_TEXT:
        _refuse("msg_too_long")
    if str(sent.get("channel"))[:1] not in ("C", "D", "U"):
        _refuse("channel_not_found")
    if faults := faults_in_blocks(sent["blocks"]):
        _refuse("invalid_blocks", str(faults))


def _refuse(code: str, why: str = "") -> Any:  # noqa: ANN401 - it never returns
    message = f"{code}: {why}"
    raise RefusedError(message)
