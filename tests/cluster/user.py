"""A user of the cluster, with the manners of the widget: it sends again until there is a reply."""

import time
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx

ANSWERS = {"ja": "Ja", "deels": "Deels", "nee": "Nee", "weet_niet": "Weet ik niet"}
RETRY_SECONDS = 0.3
PATIENCE_SECONDS = 120
ANSWER_LIMIT_SECONDS = 45  # the widget's own
CLEAR_RETRIES = {429, 502, 503}


class BookkeepingError(AssertionError):
    """What was said and what was stored differ, or a user was left without a clear reply."""


@dataclass
class User:
    """A conversation through the proxy; `noted` is what the user was told is stored."""

    url: str
    noted: dict[int, str] = field(default_factory=dict)
    question: int | None = None
    buttons: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    @cached_property
    def client(self) -> httpx.Client:
        """Give a connection with a session."""
        client = httpx.Client(base_url=f"{self.url}/chat", timeout=ANSWER_LIMIT_SECONDS)
        token = client.post("/session").json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    @property
    def is_at_end(self) -> bool:
        """Tell whether all was answered, and only the summary is still to be confirmed."""
        return self.question is None and "Klopt, rond af" in self.buttons

    @property
    def session_id(self) -> str:
        """Under which id this user's data is stored (contracts/interfaces.md, Identity)."""
        sender = self.client.headers["Authorization"].removeprefix("Bearer ").partition(".")[0]
        return sha256(f"web:{sender}".encode()).hexdigest()

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message until it is answered; return what was said.

        Raises BookkeepingError when a refusal does not tell what to do, or no reply comes at all.
        """
        body = {"message_id": uuid4().hex, "text": text}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            response = self.client.post("/message", json=body)
            if response.is_success:
                return self._hear(text, response.json()["messages"])
            self._check_refusal(response)
            time.sleep(RETRY_SECONDS)
        message = f"no reply within {PATIENCE_SECONDS} s\n{self.story}"
        raise BookkeepingError(message)

    def begin(self) -> None:
        """Begin a scan and come to its first question."""
        self.say("/start_quickscan")
        self.say("Delft")
        self.say(self.buttons["Ja"])

    @property
    def story(self) -> str:
        """What was said, for who reads a failure."""
        return "\n".join(self.transcript)

    def _hear(self, text: str, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        said = " / ".join(message.get("text", "")[:150] for message in messages)
        self.transcript += [f"U: {text}", f"A: {said}"]
        if not said.strip():
            message = f"an empty reply\n{self.story}"
            raise BookkeepingError(message)
        self.question = None
        for message in messages:
            custom = message.get("custom", {})
            if noted := custom.get("noted"):
                self.noted[noted["question"]] = noted["answer"]
            self.question = custom.get("question", {}).get("number", self.question)
            self.buttons = {
                button["title"]: button["payload"] for button in message.get("buttons", [])
            } or self.buttons
        return messages

    def _check_refusal(self, response: httpx.Response) -> None:
        """Check that a refusal says in Dutch what to do, and nothing of what went wrong within."""
        told = response.json() if "json" in response.headers.get("content-type", "") else {}
        text = told.get("text", "")
        self.transcript.append(f"   {response.status_code} {text}")
        self.refusals.append(f"{response.status_code} {text}")
        if response.status_code not in CLEAR_RETRIES or "probeer" not in text.lower():
            message = f"{response.status_code} is no clear retry: {response.text}\n{self.story}"
            raise BookkeepingError(message)
