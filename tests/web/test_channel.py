"""The channel behind the widget, over HTTP: who may speak, and what may be sent."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.web.servers import HOST_ORIGIN, WebAssistant

MANY = 80


@dataclass
class Visitor:
    """A program that talks to the channel, with a session of its own."""

    client: httpx.Client
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def start(self) -> "Visitor":
        """Ask for a session."""
        self.token = self.client.post("/session").json()["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}
        return self

    def send(self, text: str, message_id: str | None = None) -> httpx.Response:
        """Send a message, with a new id unless one is given."""
        body = {"message_id": message_id or uuid4().hex, "text": text}
        return self.client.post("/message", json=body, headers=self.headers)

    def begin(self) -> list[dict[str, Any]]:
        """Begin a scan and come to its first question; return the buttons."""
        self.send("/start_quickscan")
        offered = self.send("Delft").json()["messages"][-1]["buttons"]
        return self.send(offered[0]["payload"]).json()["messages"][-1]["buttons"]  # type: ignore[no-any-return]

    def history(self) -> list[dict[str, Any]]:
        """Return what was said in this session."""
        return self.client.get("/history", headers=self.headers).json()["turns"]  # type: ignore[no-any-return]


@pytest.fixture(params=["the channel", "the pages"])
def client(request: pytest.FixtureRequest, web_assistant: WebAssistant) -> httpx.Client:
    """Give a way to ask the channel, directly and through the pages."""
    pages = request.param == "the pages"
    url = f"{web_assistant.page}/chat" if pages else web_assistant.chosen.web_channel_url
    return httpx.Client(base_url=url, timeout=30)


@pytest.fixture
def visitor(client: httpx.Client) -> Visitor:
    """Give a visitor with a session."""
    return Visitor(client).start()


def test_a_message_that_comes_twice_is_taken_once(visitor: Visitor) -> None:
    visitor.begin()
    first = visitor.send("ja", "message-number-1")
    again = visitor.send("ja", "message-number-1")
    assert first.json() == again.json()
    assert first.json()["messages"][-1]["custom"]["question"]["number"] == 2
    assert (
        visitor.send("/show_progress")
        .json()["messages"][0]["text"]
        .startswith("Je hebt 1 van de 26")
    )


def test_the_same_message_id_in_another_session_is_another_message(visitor: Visitor) -> None:
    other = Visitor(visitor.client).start()
    visitor.send("/help", "message-number-1")
    assert other.history() == []
    assert other.send("/start_quickscan", "message-number-1").json() != visitor.history()[0]


def test_history_has_what_was_said_and_chosen_but_not_what_was_typed(visitor: Visitor) -> None:
    visitor.begin()
    visitor.send("wat vind jij zelf van kaboutermutsen")
    history = visitor.history()
    assert [turn["chosen"] for turn in history] == [None, None, "Ja", None]
    assert history[0]["command"] == "/start_quickscan"
    assert "kaboutermutsen" not in str(history)


def test_after_deletion_nothing_of_the_session_is_left(visitor: Visitor) -> None:
    visitor.begin()
    visitor.send("ja")
    asked = visitor.send("/delete_data").json()["messages"][-1]["buttons"]
    visitor.send(asked[0]["payload"])
    assert visitor.history() == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: "x",
        lambda token: token[:-1],
        lambda token: token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        lambda token: "A" * 22 + token[22:],
        lambda token: token.replace(".", ".9", 1),
        lambda token: token + "\t.",
        lambda token: "x" * 5_000,
    ],
)
def test_a_forged_token_is_refused(visitor: Visitor, spoil: Callable[[str], str]) -> None:
    visitor.headers = {"Authorization": f"Bearer {spoil(visitor.token)}"}
    for response in (
        visitor.send("hallo"),
        visitor.client.get("/history", headers=visitor.headers),
    ):
        assert response.status_code == httpx.codes.UNAUTHORIZED
        assert "verlopen" in response.json()["text"]


def test_a_sender_id_in_the_message_changes_nothing(visitor: Visitor) -> None:
    other = Visitor(visitor.client).start()
    body = {
        "message_id": uuid4().hex,
        "text": "/help",
        "sender": other.token.split(".")[0],
        "sender_id": other.token,
        "metadata": {},
        "input_channel": "rest",
    }
    visitor.client.post("/message", json=body, headers=visitor.headers)
    assert other.history() == []
    assert len(visitor.history()) == 1


def test_too_many_messages_get_a_friendly_answer_and_a_time_to_wait(visitor: Visitor) -> None:
    answers = [visitor.send("/help") for _ in range(MANY)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert "te snel" in refused[0].json()["text"]
    assert int(refused[0].headers["retry-after"]) >= 1


def test_a_message_that_is_too_long_gets_a_friendly_answer(visitor: Visitor) -> None:
    for text in ("a" * 2_001, "a" * 100_000):
        response = visitor.send(text)
        assert response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
        assert "2.000" in response.json()["text"]


@pytest.mark.parametrize("path", ["/session", "/message"])
def test_another_website_is_refused(client: httpx.Client, path: str) -> None:
    for origin in ("https://evil.example", "null", "", f"{HOST_ORIGIN}.evil.example"):
        response = client.post(path, headers={"Origin": origin})
        assert response.status_code == httpx.codes.FORBIDDEN
        assert "access-control-allow-origin" not in response.headers


def test_a_website_of_the_settings_is_allowed(web_assistant: WebAssistant) -> None:
    headers = {"Origin": HOST_ORIGIN}
    response = httpx.post(f"{web_assistant.page}/chat/session", headers=headers)
    assert response.is_success
    assert response.headers["access-control-allow-origin"] == HOST_ORIGIN
    asked = httpx.options(f"{web_assistant.page}/chat/message", headers=headers)
    assert asked.headers["access-control-allow-headers"] == "Authorization, Content-Type"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'"text"',
        b"\xff\xfe",
        b"[" * 10_000,
        b'{"message_id": 5, "text": "a"}',
        b'{"message_id": "short", "text": "a"}',
        b'{"message_id": "../../../etc", "text": "a"}',
        b'{"message_id": "abcdefgh", "text": ["a"]}',
        b'{"message_id": "abcdefgh", "text": ""}',
        b'{"message_id": "abcdefgh", "text": "  "}',
        b'{"message_id": "abcdefgh", "text": "\\ud800"}',
        b'{"message_id": "abcdefgh"}',
        b'{"text": "a"}',
    ],
)
def test_a_body_that_is_no_message_is_refused(visitor: Visitor, body: bytes) -> None:
    headers = {**visitor.headers, "Content-Type": "application/json"}
    response = visitor.client.post("/message", content=body, headers=headers)
    assert response.status_code == httpx.codes.BAD_REQUEST
    assert "Er is niets van bewaard" in response.json()["text"]


def test_random_bytes_methods_and_headers_never_bring_it_down(visitor: Visitor) -> None:
    chance = random.Random(5)
    for _ in range(MANY):
        method = chance.choice(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
        path = chance.choice(["/session", "/message", "/history", "/", "/../message", "/%2e%2e/x"])
        kind = chance.choice(["application/json", "text/plain", "multipart/form-data", "x"])
        response = visitor.client.request(
            method,
            path,
            content=chance.randbytes(chance.randrange(2_000)),
            headers={
                "Content-Type": kind,
                "Authorization": chance.choice(["Bearer", "Basic a", "x"]),
            },
        )
        assert response.status_code < 500
    assert visitor.send("/help").is_success or visitor.send("/help").status_code == 429
