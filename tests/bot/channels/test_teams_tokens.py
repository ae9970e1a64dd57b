import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import jwt
import pytest

from bot.channels.teams_tokens import (
    CLOCK_SKEW_SECONDS,
    IncomingTokens,
    KeysAwayError,
    OutgoingTokens,
    RefusedTokenError,
    TokenAwayError,
)
from ebw.settings_teams import TeamsSettings, read_teams
from tests.bot.channels.teams_connector import APP_ID, HOUR, IDENTITY_HEADER, ISSUER, Key, Microsoft
from tests.conversations.servers import free_port

DAY = 24 * HOUR
AWAY = "no answer"
Work = Callable[[httpx.AsyncClient], Awaitable[Any]]


class Clock:
    """Tells the time that a test wants it to be."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture(scope="module")
def service() -> Iterator[Microsoft]:
    """Give what stands for Microsoft."""
    with Microsoft().running(free_port()) as running:
        yield running


@pytest.fixture
def microsoft(service: Microsoft) -> Iterator[Microsoft]:
    """Give it without requests, faults or keys of an earlier test."""
    service.connector_key = Key()
    service.requests.clear()
    service.fault = lambda _: None
    return service


@pytest.fixture
def chosen(microsoft: Microsoft) -> TeamsSettings:
    """Give the settings for it."""
    return _settings(microsoft.environment)


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still."""
    return Clock()


def _settings(environment: dict[str, str]) -> TeamsSettings:
    found = read_teams(environment, "127.0.0.1")
    assert found
    return found


def _run(work: Work) -> Any:  # noqa: ANN401 - what the work gives
    async def with_client() -> Any:  # noqa: ANN401 - idem
        async with httpx.AsyncClient() as http:
            return await work(http)

    return asyncio.run(with_client())


# What comes in; what is refused is in tests/teams/test_refusals.py


def test_the_first_token_has_the_keys_fetched_and_the_next_do_not(
    microsoft: Microsoft, chosen: TeamsSettings
) -> None:
    async def work(http: httpx.AsyncClient) -> None:
        tokens = IncomingTokens(chosen, http)
        assert microsoft.requests == []
        header = f"Bearer {microsoft.token_for_bot()}"
        callers = await asyncio.gather(*(tokens.check(header) for _ in range(20)))
        assert {(caller.service_url, caller.channels) for caller in callers} == {
            (microsoft.url, ("msteams",))
        }

    _run(work)
    assert microsoft.requests == ["/metadata", "/keys"]


def test_a_new_key_is_fetched_but_not_at_every_unknown_one(
    microsoft: Microsoft, chosen: TeamsSettings, clock: Clock
) -> None:
    async def work(http: httpx.AsyncClient) -> None:
        tokens = IncomingTokens(chosen, http, clock)
        await tokens.check(f"Bearer {microsoft.token_for_bot()}")
        for _ in range(5):
            with pytest.raises(RefusedTokenError):
                await tokens.check(f"Bearer {Key().sign(microsoft.claims())}")
        assert microsoft.requests.count("/keys") == 1
        microsoft.connector_key = Key()
        clock.now += 11
        assert await tokens.check(f"Bearer {microsoft.token_for_bot()}")
        assert microsoft.requests.count("/keys") == 2

    _run(work)


def test_a_key_that_was_withdrawn_is_forgotten_within_a_day(
    microsoft: Microsoft, chosen: TeamsSettings, clock: Clock
) -> None:
    async def work(http: httpx.AsyncClient) -> None:
        tokens = IncomingTokens(chosen, http, clock)
        header = f"Bearer {microsoft.token_for_bot()}"
        await tokens.check(header)
        microsoft.connector_key = Key()
        clock.now += DAY + 1
        with pytest.raises(RefusedTokenError):
            await tokens.check(header)

    _run(work)


def test_without_keys_nothing_is_let_in_and_with_old_ones_it_goes_on(
    microsoft: Microsoft, chosen: TeamsSettings, clock: Clock
) -> None:
    header = f"Bearer {microsoft.token_for_bot()}"
    metadata = chosen.openid_url

    async def answer(request: httpx.Request) -> httpx.Response:
        if is_away:
            raise httpx.ConnectError(AWAY)
        if str(request.url) == metadata:
            return httpx.Response(200, json={"jwks_uri": f"{microsoft.url}/keys"})
        return httpx.Response(200, json={"keys": [microsoft.connector_key.published("msteams")]})

    async def work() -> None:
        nonlocal is_away
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            tokens = IncomingTokens(chosen, http, clock)
            with pytest.raises(KeysAwayError):
                await tokens.check(header)
            is_away, clock.now = False, clock.now + 11
            assert await tokens.check(header)
            is_away, clock.now = True, clock.now + DAY + 1
            assert await tokens.check(header)

    is_away = True
    asyncio.run(work())


@pytest.mark.parametrize("lag", [-CLOCK_SKEW_SECONDS + 30, CLOCK_SKEW_SECONDS - 30])
def test_a_clock_may_be_some_minutes_off(
    microsoft: Microsoft, chosen: TeamsSettings, lag: int
) -> None:
    claims = microsoft.claims()
    end = claims["nbf"] + lag if lag < 0 else claims["exp"]
    token = microsoft.token_for_bot(exp=end, nbf=claims["nbf"] + lag)
    assert _run(lambda http: IncomingTokens(chosen, http).check(f"Bearer {token}"))


# What goes out


def test_a_token_is_kept_until_it_is_nearly_over(
    microsoft: Microsoft, chosen: TeamsSettings, clock: Clock
) -> None:
    async def work(http: httpx.AsyncClient) -> None:
        tokens = OutgoingTokens(chosen, http, clock)
        every = await asyncio.gather(*(tokens.headers() for _ in range(10)))
        assert len({header["Authorization"] for header in every}) == 1
        clock.now += HOUR - 301
        await tokens.headers()
        assert len(microsoft.requests) == 1
        clock.now += 2
        await tokens.headers()
        assert len(microsoft.requests) == 2

    _run(work)


def test_a_managed_identity_asks_its_own_machine(microsoft: Microsoft) -> None:
    environment = {
        **microsoft.environment,
        "EBW_TEAMS_APP_PASSWORD": "",
        "EBW_TEAMS_MANAGED_IDENTITY": "1",
        "IDENTITY_ENDPOINT": f"{microsoft.url}/identity",
        "IDENTITY_HEADER": IDENTITY_HEADER,
    }
    header = _run(lambda http: OutgoingTokens(_settings(environment), http).headers())
    token = header["Authorization"].removeprefix("Bearer ")
    public = microsoft.login_key.private.public_key()
    assert jwt.decode(token, public, ["RS256"], audience=ISSUER)["appid"] == APP_ID


def test_on_a_virtual_machine_the_identity_is_asked_as_azure_documents_it(
    microsoft: Microsoft,
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"access_token": "t", "expires_in": "3600"})

    async def work() -> dict[str, str]:
        environment = {**microsoft.environment, "EBW_TEAMS_APP_PASSWORD": ""}
        chosen = _settings({**environment, "EBW_TEAMS_MANAGED_IDENTITY": "1"})
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            return await OutgoingTokens(chosen, http).headers()

    assert asyncio.run(work()) == {"Authorization": "Bearer t"}
    assert (asked[0].url.host, asked[0].headers["metadata"]) == ("169.254.169.254", "true")
    assert dict(asked[0].url.params) == {
        "api-version": "2018-02-01",
        "resource": ISSUER,
        "client_id": APP_ID,
    }


def test_a_wrong_secret_gives_no_token(microsoft: Microsoft) -> None:
    chosen = _settings({**microsoft.environment, "EBW_TEAMS_APP_PASSWORD": "wrong"})
    with pytest.raises(TokenAwayError):
        _run(lambda http: OutgoingTokens(chosen, http).headers())
