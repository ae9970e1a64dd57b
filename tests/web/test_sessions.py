"""Tokens of the web channel, its secret and its rate limit."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.web_limits import RateLimit, TooFastError
from bot.channels.web_sessions import LIFETIME, InvalidSessionError, Sessions, read_secret

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRET = b"s" * 32


def test_a_token_tells_its_session_until_it_is_over() -> None:
    session, token = _sessions().issue()
    assert _sessions(NOW + LIFETIME - timedelta(seconds=1)).read(token) == session
    with pytest.raises(InvalidSessionError):
        _sessions(NOW + LIFETIME).read(token)


def test_a_token_of_another_secret_is_refused() -> None:
    _, token = Sessions(b"o" * 32, lambda: NOW).issue()
    with pytest.raises(InvalidSessionError):
        _sessions().read(token)


def test_no_two_sessions_are_alike() -> None:
    assert len({_sessions().issue()[0].id for _ in range(1_000)}) == 1_000


def test_what_is_sealed_for_one_session_is_closed_to_another() -> None:
    sessions = _sessions()
    mine, _ = sessions.issue()
    other, _ = sessions.issue()
    sealed = sessions.seal(mine, "mijn antwoord")
    assert "antwoord" not in sealed
    assert sessions.unseal(mine, sealed) == "mijn antwoord"
    with pytest.raises(InvalidSessionError):
        sessions.unseal(other, sealed)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    secret = read_secret(None, tmp_path / "var")
    assert read_secret(None, tmp_path / "var") == secret
    files = list((tmp_path / "var").iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600]


def test_a_chosen_secret_goes_before_the_made_one(tmp_path: Path) -> None:
    assert read_secret("x" * 32, tmp_path) == b"x" * 32
    assert list(tmp_path.iterdir()) == []


def test_the_bucket_empties_and_fills_again() -> None:
    moment = [0.0]
    limit = RateLimit(60, lambda: moment[0])
    for _ in range(60):
        limit.take("a")
    with pytest.raises(TooFastError) as refusal:
        limit.take("a")
    assert refusal.value.retry_after == 1
    limit.take("b")
    moment[0] = 1.0
    limit.take("a")


def _sessions(now: datetime = NOW) -> Sessions:
    return Sessions(SECRET, lambda: now)
