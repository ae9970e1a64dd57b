"""What only several servers can get wrong: the doors, the locks, and what analytics is told."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import redis

from bot.event_stream import STREAM
from deploy.cluster import Cluster
from deploy.programs import HOST
from tests.cluster import gates
from tests.cluster.gates import Moment
from tests.cluster.user import User

NOT_PUBLIC = [
    "/webhooks/rest/webhook",
    "/webhook",
    "/actions",
    "/model/parse",
    "/model",
    "/conversations/x/tracker",
    "/webhooks/web/../rest/webhook",
    "/metrics",
    "/ready",
]
REMARK = "mijn buurman Henk de Vries, 06-12345678"


@pytest.fixture
def user(cluster: Cluster) -> User:
    """Give a user at the first question."""
    user = User(cluster.layout.public_url)
    user.begin()
    return user


@pytest.fixture
def shared(cluster: Cluster) -> Iterator["redis.Redis[str]"]:
    """Give a look into Redis."""
    with redis.Redis.from_url(cluster.layout.redis_url, decode_responses=True) as shared:
        yield shared


@pytest.mark.parametrize("path", NOT_PUBLIC)
def test_only_the_public_channels_are_reached_from_outside(cluster: Cluster, path: str) -> None:
    with socket.create_connection((HOST, cluster.layout.port), timeout=10) as connection:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
        )
        connection.sendall(head.encode())
        assert b" 404 " in connection.recv(100)


def test_the_page_and_its_chat_are_reached_from_outside(cluster: Cluster, user: User) -> None:
    assert "EBW" in httpx.get(cluster.layout.public_url).text
    assert user.question == 1


def test_a_message_that_is_too_long_is_refused_at_the_door(user: User) -> None:
    response = user.client.post("/message", content=b"x" * 20_000)
    assert response.status_code == 413
    assert "te lang" in response.json()["text"]


def test_a_flood_is_refused_at_the_door_and_others_are_served(cluster: Cluster, user: User) -> None:
    url = f"{cluster.layout.public_url}/page.css"
    with httpx.Client(timeout=30) as client, ThreadPoolExecutor(40) as pool:
        statuses = {status.status_code for status in pool.map(client.get, [url] * 600)}
    assert statuses == {200, 429}
    other = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"))
    assert other.get(cluster.layout.public_url).status_code == 200


def test_slow_senders_do_not_keep_others_out(cluster: Cluster) -> None:
    slow = [socket.create_connection((HOST, cluster.layout.port)) for _ in range(400)]
    try:
        for connection in slow:
            connection.sendall(b"POST /chat/message HTTP/1.1\r\nHost: x\r\nContent-Le")
        other = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3"), timeout=5)
        assert other.get(cluster.layout.public_url).status_code == 200
    finally:
        for connection in slow:
            connection.close()


def test_two_servers_do_not_work_one_conversation_at_once(cluster: Cluster, user: User) -> None:
    """Half of the messages each; were they worked side by side, answers would fall out of turn."""
    token = {"Authorization": user.client.headers["Authorization"]}
    servers = [
        httpx.Client(
            base_url=f"http://{HOST}:{cluster.layout.port_of(name)}/webhooks/web",
            headers=token,
            timeout=60,
        )
        for name in ("rasa1", "rasa2")
    ]

    def answer(number: int) -> list[dict[str, object]]:
        body = {"message_id": f"answer-{number:04}", "text": "ja"}
        messages: list[dict[str, object]] = (
            servers[number % 2].post("/message", json=body).json()["messages"]
        )
        return messages

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(answer, range(20)))
    noted = [
        message["custom"]["noted"]["question"]  # type: ignore[index]
        for reply in replies
        for message in reply
        if "noted" in message.get("custom", {})  # type: ignore[operator]
    ]
    assert sorted(noted) == list(range(1, 21))


def test_a_message_waits_while_another_server_works_its_conversation(
    cluster: Cluster, user: User, shared: "redis.Redis[str]"
) -> None:
    with ThreadPoolExecutor(2) as pool:
        with gates.closed(cluster.layout.database_url, Moment.BEFORE_COMMIT) as gate:
            first = pool.submit(user.say, "ja")
            assert gate.wait()
            assert len(list(shared.scan_iter("ebw:lock:*"))) == 1
            second = pool.submit(user.say, "nee")
            time.sleep(0.5)
            assert not second.done()
        first.result()
        second.result()
    assert user.noted == {1: "ja", 2: "nee"}
    assert list(shared.scan_iter("ebw:lock:*")) == []


def test_with_redis_away_the_user_is_told_to_retry_and_the_message_is_taken_then(
    cluster: Cluster, user: User
) -> None:
    cluster.kill("redis")
    body = {"message_id": "while-redis-is-away", "text": user.buttons["Deels"]}
    try:
        refused = user.client.post("/message", json=body)
    finally:
        cluster.start("redis")
    assert refused.status_code == 503
    assert "Probeer het" in refused.json()["text"]
    taken = user.client.post("/message", json=body)
    assert taken.json()["messages"][0]["custom"]["noted"] == {"question": 1, "answer": "deels"}


def test_analytics_hears_what_happened_and_not_what_was_said(
    user: User, shared: "redis.Redis[str]"
) -> None:
    last = shared.xrevrange(STREAM, count=1)[0][0]
    user.say(f"deels, want {REMARK}")
    deadline = time.monotonic() + 10
    told: list[dict[str, str]] = []
    while "action_listen" not in [event.get("action") for event in told]:
        assert time.monotonic() < deadline
        told = [fields for _, fields in shared.xrange(STREAM, min=f"({last}")]
    assert "action_record_answer" in [event.get("action") for event in told]
    assert {name for event in told for name in event} <= {
        *("event", "time", "session", "channel", "action", "intent"),
    }
    everything = json.dumps(list(shared.xrange(STREAM)))
    token = user.client.headers["Authorization"].removeprefix("Bearer ").partition(".")[0]
    assert [
        secret for secret in ("Henk", "06-12345678", token, user.session_id) if secret in everything
    ] == []
