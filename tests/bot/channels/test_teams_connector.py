import asyncio
from collections.abc import Callable

import httpx
import pytest

from bot.channels.events import RetryLaterError
from bot.channels.teams_connector import Connector, RefusedByTeamsError
from bot.channels.teams_tokens import OutgoingTokens
from ebw.settings_teams import TeamsSettings

AWAY = "no answer"
ADDRESS = {"service_url": "https://smba.example/", "conversation": "a:1", "user": "u", "bot": "b"}


def _send(answer: Callable[[httpx.Request], httpx.Response]) -> None:
    async def work() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            connector = Connector(http, OutgoingTokens(TeamsSettings(playground=True), http))
            await connector.send(ADDRESS, {"type": "message", "text": "x"})

    asyncio.run(work())


@pytest.mark.parametrize("status", [401, 408, 412, 429, 500, 502, 503, 504])
def test_what_may_succeed_later_is_to_be_tried_again(status: int) -> None:
    with pytest.raises(RetryLaterError):
        _send(lambda _: httpx.Response(status))


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_what_teams_does_not_want_is_not_tried_again(status: int) -> None:
    with pytest.raises(RefusedByTeamsError):
        _send(lambda _: httpx.Response(status))


@pytest.mark.parametrize(
    ("told", "seconds"), [("7", 7), ("100000", 600), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("", 0)]
)
def test_teams_is_given_the_time_that_it_asks(told: str, seconds: float) -> None:
    with pytest.raises(RetryLaterError) as later:
        _send(lambda _: httpx.Response(429, headers={"Retry-After": told}))
    assert later.value.seconds == seconds


def _closed(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout(AWAY, request=request)


def test_a_service_that_does_not_answer_is_tried_again() -> None:
    with pytest.raises(RetryLaterError):
        _send(_closed)


def test_names_in_an_address_cannot_lead_elsewhere() -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(201)

    async def work() -> None:
        address = {**ADDRESS, "conversation": "19:a/../b;messageid=1", "reply_to": "../x?y"}
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            connector = Connector(http, OutgoingTokens(TeamsSettings(playground=True), http))
            await connector.send(address, {"type": "message", "text": "x"})

    asyncio.run(work())
    assert paths == [b"/v3/conversations/19%3Aa%2F..%2Fb%3Bmessageid%3D1/activities/..%2Fx%3Fy"]
