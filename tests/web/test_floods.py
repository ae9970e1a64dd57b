"""Who sends slowly, much, or nothing at all is sent away, and others are still served."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from urllib.parse import urlsplit

import httpx
import pytest

from bot.patience import PATIENCE_SECONDS
from bot.serving import LARGEST_REQUEST
from tests.web.servers import WebAssistant
from tests.web.test_channel import Visitor

MANY = 2_500
LIMIT_SECONDS = 30
HEAD = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n"
SMALL = b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
SLOW = {
    "nothing": (b"", b""),
    "a line without an end": (b"GET /", b"a"),
    "headers without an end": (HEAD[:60], b"X-A: b\r\n"),
    "a body without an end": (HEAD + b"\r\n{", b" "),
    "blank lines": (b"\r\n", b"\r\n"),
}


@pytest.fixture
def addresses(web_assistant: WebAssistant) -> list[str]:
    """Give where messages can be sent, in each of our servers."""
    return [
        f"{web_assistant.page}/chat/message",
        f"{web_assistant.chosen.web_channel_url}/message",
        web_assistant.webhook,
    ]


@pytest.fixture
def connect() -> Iterator[Callable[[str], socket.socket]]:
    """Give a way to open connections to an address."""
    with ExitStack() as opened:

        def connect(address: str) -> socket.socket:
            where = (str(urlsplit(address).hostname), urlsplit(address).port or 80)
            return opened.enter_context(socket.create_connection(where))

        yield connect


def test_who_sends_drop_by_drop_is_sent_away(
    connect: Callable[[str], socket.socket], addresses: list[str]
) -> None:
    slow = {(address, kind): connect(address) for address in addresses for kind in SLOW}
    for (address, kind), connection in slow.items():
        connection.settimeout(0.05)
        connection.sendall(SLOW[kind][0].replace(b"%s", urlsplit(address).path.encode()))
    deadline = time.monotonic() + LIMIT_SECONDS
    while slow and time.monotonic() < deadline:
        slow = {
            (address, kind): connection
            for (address, kind), connection in slow.items()
            if not _is_closed(connection, SLOW[kind][1])
        }
    assert list(slow) == []


def test_a_request_has_its_time_whenever_another_on_the_same_connection_began(
    connect: Callable[[str], socket.socket], addresses: list[str]
) -> None:
    connections = [connect(address) for address in addresses]
    for _ in range(4):  # the last of them nine seconds after the first
        for connection in connections:
            connection.settimeout(LIMIT_SECONDS)
            connection.sendall(SMALL)
            assert _status(connection) == httpx.codes.NOT_FOUND
        time.sleep((PATIENCE_SECONDS - 1) / 4)
    for part in (SMALL[:20], SMALL[20:]):
        for connection in connections:
            connection.sendall(part)
        time.sleep(2)
    assert {_status(connection) for connection in connections} == {httpx.codes.NOT_FOUND}


def test_while_very_many_keep_a_connection_open_others_are_served(
    connect: Callable[[str], socket.socket], web_assistant: WebAssistant, addresses: list[str]
) -> None:
    for number in range(MANY):
        connect(addresses[number % 2]).sendall(b"" if number % 3 else b"GET / HT")
    visitor = Visitor(httpx.Client(base_url=f"{web_assistant.page}/chat", timeout=10)).start()
    assert visitor.send("hallo").is_success
    body = {"sender": "flood", "message": "hallo"}
    assert httpx.post(web_assistant.webhook, json=body, timeout=10).is_success


def test_a_body_that_is_too_large_is_not_read(addresses: list[str]) -> None:
    for address in addresses:
        response = httpx.post(address, content=b"x" * (LARGEST_REQUEST + 1), timeout=10)
        assert response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_headers_that_are_too_large_are_not_read(addresses: list[str]) -> None:
    headers = {f"X-{number}": "x" * 1000 for number in range(100)}
    for address in addresses:
        try:
            response = httpx.post(address, headers=headers, json={}, timeout=10)
        except httpx.TransportError:
            continue  # sent away before it could say why
        assert response.is_client_error


def test_who_floods_one_session_is_slowed_down_and_another_is_not(
    web_assistant: WebAssistant,
) -> None:
    client = httpx.Client(base_url=f"{web_assistant.page}/chat", timeout=30)
    flooding, other = Visitor(client).start(), Visitor(client).start()
    statuses = [flooding.send("/help").status_code for _ in range(80)]
    assert httpx.codes.TOO_MANY_REQUESTS in statuses
    assert other.send("/help").is_success


def _status(connection: socket.socket) -> int:
    """Read a whole answer; return its status."""
    response = HTTPResponse(connection)
    response.begin()
    response.read()
    return response.status


def _is_closed(connection: socket.socket, drop: bytes) -> bool:
    """Tell whether the other side closed it; send a drop more when it did not."""
    try:
        if connection.recv(4096) == b"":
            return True
    except TimeoutError:
        pass
    except OSError:
        return True
    try:
        connection.sendall(drop)
    except OSError:
        return True
    return False
