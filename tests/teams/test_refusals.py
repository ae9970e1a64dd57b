"""What is not taken: one line in the log tells why, and nothing of what was sent."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from tests.bot.channels.teams_connector import HOUR, Key, Microsoft
from tests.teams.servers import TeamsAssistant, TeamsUser

SECRET = "jongerenwerk doet mee"  # noqa: S105 - what must not be in the log
Forge = Callable[[Microsoft], str]
LONG_AGO = 1_600_000_000


@pytest.fixture(autouse=True)
def one_line_without_content(teams_assistant: TeamsAssistant) -> Iterator[None]:
    """Check that a refusal is logged in one line that tells nothing of the message."""
    before = teams_assistant.log_lengths()
    sent = len(teams_assistant.microsoft.sent)
    yield
    lines = [line for line in teams_assistant.log(before).splitlines() if line.strip()]
    assert len(lines) == 1, lines
    assert "Teams" in lines[0]
    assert SECRET not in lines[0]
    assert len(teams_assistant.microsoft.sent) == sent


def _unsigned(microsoft: Microsoft) -> str:
    return jwt.encode(microsoft.claims(), None, "none", {"kid": microsoft.connector_key.id})


def _signed_with_the_public_key(microsoft: Microsoft) -> str:
    """Make the token that a check takes that believes the algorithm that the token names."""
    key = microsoft.connector_key
    public = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = ".".join(
        _part(json.dumps(part).encode())
        for part in ({"alg": "HS256", "typ": "JWT", "kid": key.id}, microsoft.claims())
    )
    return f"{signed}.{_part(hmac.digest(public, signed.encode(), 'sha256'))}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _signed_with_another_key(microsoft: Microsoft) -> str:
    return Key(id=microsoft.connector_key.id).sign(microsoft.claims())


FORGED: dict[str, Forge] = {
    "no token": lambda _: "x.y.z",
    "alg none": _unsigned,
    "HS256 with the public key": _signed_with_the_public_key,
    "another key of that id": _signed_with_another_key,
    "an unknown key": lambda microsoft: Key().sign(microsoft.claims()),
    "our own token for the connector": lambda microsoft: microsoft.login_key.sign({"aud": "x"}),
    "another issuer": lambda microsoft: microsoft.token_for_bot(iss="https://sts.windows.net/x/"),
    "another app": lambda microsoft: microsoft.token_for_bot(aud="another"),
    "no audience": lambda microsoft: microsoft.token_for_bot(aud=None),
    "expired": lambda microsoft: microsoft.token_for_bot(exp=LONG_AGO + HOUR, nbf=LONG_AGO),
    "no end": lambda microsoft: microsoft.token_for_bot(exp=None),
    "not yet valid": lambda microsoft: microsoft.token_for_bot(nbf=4 * 10**9, exp=5 * 10**9),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_message_without_a_real_token_is_refused(user: TeamsUser, forge: Forge) -> None:
    activity = user.activity("message", text=SECRET)
    response = user.post(activity, forge(user.assistant.microsoft))
    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.parametrize("header", [{}, {"Authorization": "Basic eDp5"}])
def test_a_message_without_a_bearer_token_is_refused(
    user: TeamsUser, header: dict[str, str]
) -> None:
    activity = user.activity("message", text=SECRET)
    assistant = user.assistant
    response = assistant.client.post(assistant.endpoint, json=activity, headers=header)
    assert response.status_code == 401


def test_a_token_for_another_service_is_refused(user: TeamsUser, microsoft: Microsoft) -> None:
    token = microsoft.token_for_bot(serviceurl="https://smba.trafficmanager.net/emea/")
    assert user.post(user.activity("message", text=SECRET), token).status_code == 403


def test_a_service_that_is_not_to_be_answered_is_refused(
    user: TeamsUser, microsoft: Microsoft
) -> None:
    elsewhere = "https://smba.trafficmanager.net.example.nl/"
    activity = user.activity("message", text=SECRET, serviceUrl=elsewhere)
    token = microsoft.token_for_bot(serviceurl=elsewhere)
    assert user.post(activity, token).status_code == 403


@pytest.mark.parametrize("tenant", ["00000000-0000-0000-0000-000000000000", None])
def test_a_message_from_another_tenant_is_refused(user: TeamsUser, tenant: str | None) -> None:
    activity = user.activity("message", text=SECRET, channelData={})
    activity["conversation"]["tenantId"] = tenant
    assert user.post(activity).status_code == 403


def test_another_channel_of_the_bot_framework_is_refused(user: TeamsUser) -> None:
    activity = user.activity("message", text=SECRET, channelId="webchat")
    assert user.post(activity).status_code == 403


def test_a_key_that_does_not_vouch_for_teams_is_refused(
    user: TeamsUser, microsoft: Microsoft
) -> None:
    token = microsoft.web_chat_key.sign(microsoft.claims())
    assert user.post(user.activity("message", text=SECRET), token).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"conversation": None},
        {"conversation": {"tenantId": "x"}},
        {"conversation": [SECRET]},
        {"from": {"id": 3}},
        {"recipient": SECRET},
        {"type": None},
        {"id": None},
        {"id": {"a": 1}},
        {"channelData": [1]},
        {"serviceUrl": 8},
        {"text": "half \ud800"},
    ],
)
def test_a_body_that_is_no_activity_is_refused(user: TeamsUser, change: dict[str, Any]) -> None:
    body = json.dumps({**user.activity("message", text=SECRET), **change})
    assert _post_raw(user, body.encode()) == 400


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"a"', b"\xff", b"[" * 100_000], ids=len
)
def test_a_body_that_is_no_json_object_is_refused(user: TeamsUser, body: bytes) -> None:
    assert _post_raw(user, body) == 400


def test_a_huge_body_is_refused(user: TeamsUser) -> None:
    activity = user.activity("message", text=SECRET + "x" * 270_000)
    assert user.post(activity).status_code == 413


def _post_raw(user: TeamsUser, body: bytes) -> int:
    headers = {"Authorization": f"Bearer {user.assistant.microsoft.token_for_bot()}"}
    return user.assistant.client.post(
        user.assistant.endpoint, content=body, headers=headers
    ).status_code
