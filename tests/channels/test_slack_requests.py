"""What may come in at the Slack channel: only what Slack signed, just now, and can be read."""

import json
import time
from typing import Any

import pytest

from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser, sign

BAD, UNKNOWN = 400, 401
TELLING = "een heel eigen verhaal"


def said(user: SlackUser, text: str = TELLING) -> bytes:
    """Return the body of a message."""
    event = {"type": "message", "channel_type": "im", "user": user.id, "channel": user.channel}
    return json.dumps(user.callback({**event, "ts": user.server.new_ts(), "text": text})).encode()


def log_of_refusal(assistant: ChannelAssistant, user: SlackUser, **sent: Any) -> str:  # noqa: ANN401 - of send_body
    """Send what must be refused; return the one line that comes in the log."""
    # Rasa leaves out a line that is the same as the one before: have another one before it.
    other = {"X_Slack_Signature": "none"} if sent["status"] == BAD else {"body": b"[]"}
    user.send_body(**{"path": "events", "body": b"{}", **other})
    before = assistant.log_lengths()
    status = sent.pop("status")
    assert user.send_body(**sent).status_code == status
    (line,) = [line for line in assistant.log(before).splitlines() if line]
    return line


@pytest.mark.parametrize(
    "signature",
    ["", "v0=", "v0=" + "0" * 64, "v1=" + "0" * 64, "v0=é", "'; DROP TABLE scans"],
)
def test_a_wrong_signature_is_refused_with_one_line_in_the_log(
    assistant: ChannelAssistant, user: SlackUser, signature: str
) -> None:
    calls = user.server.calls
    line = log_of_refusal(
        assistant,
        user,
        status=UNKNOWN,
        path="events",
        body=said(user),
        X_Slack_Signature=signature.encode(),
    )
    assert "not signed by Slack" in line
    assert TELLING not in line
    assistant.settle()
    assert user.server.calls == calls


@pytest.mark.parametrize("path", ["events", "interactive", "command"])
def test_without_a_signature_nothing_is_taken(
    assistant: ChannelAssistant, user: SlackUser, path: str
) -> None:
    response = user.client.post(f"{user.webhook}/{path}", content=said(user))
    assert response.status_code == UNKNOWN


@pytest.mark.parametrize("path", ["events", "interactive", "command"])
def test_what_is_no_text_is_refused(
    assistant: ChannelAssistant, user: SlackUser, path: str
) -> None:
    assert user.send_body(path, b"\xff\xfe").status_code == UNKNOWN


def test_a_signature_is_of_one_body(assistant: ChannelAssistant, user: SlackUser) -> None:
    signature = sign(said(user), str(int(time.time())))
    response = user.send_body("events", said(user, "anders"), X_Slack_Signature=signature)
    assert response.status_code == UNKNOWN


@pytest.mark.parametrize(
    ("seconds", "status"), [(-301, UNKNOWN), (301, UNKNOWN), (-240, 200), (240, 200)]
)
def test_what_was_signed_more_than_five_minutes_ago_is_refused(
    assistant: ChannelAssistant, user: SlackUser, seconds: int, status: int
) -> None:
    at = str(int(time.time()) + seconds)
    assert user.send_body("events", said(user, "hallo"), at=at).status_code == status
    assistant.settle()


@pytest.mark.parametrize("at", ["", "nu", "1e9", "-", "9" * 5_000], ids=len)
def test_a_time_that_is_none_is_refused(
    assistant: ChannelAssistant, user: SlackUser, at: str
) -> None:
    assert user.send_body("events", said(user), at=at).status_code == UNKNOWN


def test_what_is_replayed_within_the_five_minutes_is_not_taken_twice(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    body, at = said(user, "hallo"), str(int(time.time()))
    for _ in range(3):
        assert user.send_body("events", body, at=at).status_code == 200
    assistant.settle()
    assert len(user.seen) == 1


def test_a_retry_is_answered_at_once_and_not_taken_twice(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    body = said(user, "hallo")
    for number in range(3):
        retry = {"X_Slack_Retry_Num": str(number), "X_Slack_Retry_Reason": "http_timeout"}
        assert user.send_body("events", body, **retry if number else {}).status_code == 200
        assistant.settle()
    assert len(user.seen) == 1


def test_slack_can_check_the_address(assistant: ChannelAssistant, user: SlackUser) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"})
    response = user.send_body("events", body.encode())
    assert (response.status_code, response.text) == (200, "3eZbrw1a")


@pytest.mark.parametrize("path", ["events", "interactive", "command"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"tekst"',
        b"payload=%7B%7D",
        b"payload=null",
        b"payload=%5B%5D&user_id=",
        b"[" * 100_000,
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": {"type": "app_mention"}}',
        b'{"type": "event_callback", "event": {"type": "app_mention", "user": 1, "ts": [], '
        b'"channel": {}, "text": "x"}, "event_id": "1"}',
    ],
    ids=lambda body: body[:30].decode(errors="replace"),
)
def test_what_cannot_be_read_is_refused_with_one_line_in_the_log(
    assistant: ChannelAssistant, user: SlackUser, path: str, body: bytes
) -> None:
    line = log_of_refusal(assistant, user, status=BAD, path=path, body=body)
    assert "was refused" in line
    assert len(line) < 200


def test_a_message_that_is_far_too_large_is_refused(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    body = said(user, "a" * 256 * 1024)
    line = log_of_refusal(assistant, user, status=BAD, path="events", body=body)
    assert "too long" in line


def test_half_a_character_breaks_nothing(assistant: ChannelAssistant, user: SlackUser) -> None:
    assert user.send_body("events", said(user, "hallo \ud83d")).status_code == 200
    assistant.settle()
    assert len(user.seen) == 1


def test_without_a_database_slack_is_asked_to_send_it_again(
    assistant: ChannelAssistant, user: SlackUser
) -> None:
    database = assistant.folder / "ebw.db"
    aside = database.rename(assistant.folder / "aside.db")
    body = said(user, "hallo")
    try:
        assert user.send_body("events", body).status_code == 503
    finally:
        aside.rename(database)
    assert user.send_body("events", body, X_Slack_Retry_Num="1").status_code == 200
    assistant.settle()
    assert len(user.seen) == 1
