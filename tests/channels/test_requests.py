"""Requests for advice in the advisers' channel: a card, once, that can be taken up and closed."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from advice.request import Request, Status
from storage import requests
from storage.database import transaction
from tests.advice.requests_made import CONTACT, a_request
from tests.channels.advisers import OTHER, Advisers, SlackAdvisers, TeamsAdvisers
from tests.channels.servers import ChannelAssistant
from tests.channels.slack_server import SlackUser
from tests.conversations.servers import POLL_SECONDS
from tests.teams.servers import TeamsUser

PATIENCE_SECONDS = 60
CLAIM, CLOSE = "Ik pak dit op", "Afgerond"


@pytest.fixture(params=["Slack", "Teams"])
def advisers(
    request: pytest.FixtureRequest,
    assistant: ChannelAssistant,
    new_user: Callable[..., SlackUser],
    new_teams_user: Callable[..., TeamsUser],
) -> Iterator[Advisers]:
    """Give the advisers of a platform; of a request nothing may come in a log."""
    before = assistant.log_lengths()
    made: dict[str, Advisers] = {
        "Slack": SlackAdvisers(assistant, new_user),
        "Teams": TeamsAdvisers(assistant, new_teams_user),
    }
    yield made[request.param]
    made[request.param].is_away(away=False)
    assert CONTACT not in assistant.log(before)


@pytest.fixture
def number(assistant: ChannelAssistant, advisers: Advisers) -> int:
    """Give the number of a request of which the advisers have the card."""
    made = store(assistant)
    assert deliver(assistant, advisers) == 1
    return made


def store(assistant: ChannelAssistant) -> int:
    """Store a request that was sent just now; return its number."""
    request = a_request()
    with transaction(assistant.engine) as connection:
        requests.add(connection, request)
    return request.number


def deliver(assistant: ChannelAssistant, advisers: Advisers) -> int:
    """Deliver what is due to the advisers of one platform; return how many were delivered."""
    return assistant.deliver_requests(**{OTHER[advisers.platform]: ""})


def found(assistant: ChannelAssistant, number: int) -> Request:
    """Return a request as it is stored."""
    with transaction(assistant.engine) as connection:
        request = requests.find(connection, number)
    assert request
    return request


def press(advisers: Advisers, number: int, title: str, by: str = "Sam de Vries") -> None:
    """Press a button of the card of a request."""
    advisers.press(number, advisers.payload(number, title), by)


def test_a_request_is_put_in_the_channel_once_with_what_an_adviser_must_know(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    assert deliver(assistant, advisers) == 0
    (card,) = advisers.cards(number)
    for told in ("Delft", "theatervoorstelling", CONTACT, "Evaluatie opzetten", "gewoon", "nieuw"):
        assert told in card
    assert advisers.titles(number) == [CLAIM, CLOSE]
    assert found(assistant, number).delivered_by == advisers.platform


def test_who_takes_it_up_is_on_the_card_and_in_the_request(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    press(advisers, number, CLAIM)
    (card,) = advisers.cards(number)
    assert "Opgepakt door: Sam de Vries" in card
    assert advisers.titles(number) == [CLOSE]
    request = found(assistant, number)
    assert (request.status, request.claimed_by) == (Status.CLAIMED, "Sam de Vries")


def test_a_closed_request_has_no_buttons_and_no_contact_data_any_more(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    press(advisers, number, CLAIM)
    press(advisers, number, CLOSE, by="Kim Bos")
    (card,) = advisers.cards(number)
    assert "afgesloten" in card
    assert CONTACT not in card
    assert advisers.titles(number) == []
    request = found(assistant, number)
    assert (request.status, request.closed_by) == (Status.CLOSED, "Kim Bos")
    assert request.claimed_by == "Sam de Vries"


def test_who_comes_second_sees_who_was_first(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    claim = advisers.payload(number, CLAIM)
    advisers.press(number, claim, "Sam de Vries")
    advisers.press(number, claim, "Kim Bos")
    assert found(assistant, number).claimed_by == "Sam de Vries"
    assert "Opgepakt door: Sam de Vries" in advisers.cards(number)[0]


def test_what_was_closed_stays_closed(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    claim, close = (advisers.payload(number, title) for title in (CLAIM, CLOSE))
    for payload in (close, claim, close):
        advisers.press(number, payload, "Sam de Vries")
    request = found(assistant, number)
    assert (request.status, request.claimed_by) == (Status.CLOSED, None)
    assert advisers.titles(number) == []


def test_what_was_done_elsewhere_shows_on_the_card_with_the_next_press(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    assistant.ebw("requests", "claim", str(number), "--by", "Kim Bos")
    press(advisers, number, CLAIM)
    assert "Opgepakt door: Kim Bos" in advisers.cards(number)[0]


def test_of_a_request_that_was_removed_nothing_stays_on_the_card(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    with transaction(assistant.engine) as connection:
        requests.remove(connection, number)
    press(advisers, number, CLAIM)
    (card,) = advisers.cards(number)
    assert "verwijderd" in card
    assert "Delft" not in card
    assert advisers.titles(number) == []


def test_a_press_outside_the_advisers_channel_does_nothing(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    before = advisers.cards(number)
    claim = advisers.payload(number, CLAIM)
    advisers.press(number, claim, "Sam de Vries", elsewhere=True)
    assert found(assistant, number).status is Status.NEW
    assert advisers.cards(number) == before
    assert advisers.said_elsewhere() == 0


def test_a_press_that_was_made_up_does_nothing(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    other = store(assistant)
    before = advisers.cards(number)
    kind, deed, _, proof = advisers.payload(number, CLAIM).split(":")
    for payload in (
        f"{kind}:{deed}:{other}:{proof}",
        f"{kind}:close:{number}:{proof}",
        f"{kind}:{deed}:{number}:{'0' * 64}",
        f"{kind}:{deed}:{number}",
        f"{kind}:",
        f"{kind}:x:y:z:é",
    ):
        advisers.press(number, payload, "Sam de Vries")
    assert {found(assistant, one).status for one in (number, other)} == {Status.NEW}
    assert advisers.cards(number) == before
    assert deliver(assistant, advisers) == 1  # the other, for the tests after this one


def test_while_the_platform_is_away_a_request_waits_and_then_comes_once(
    assistant: ChannelAssistant, advisers: Advisers
) -> None:
    number = store(assistant)
    advisers.is_away(away=True)
    assert deliver(assistant, advisers) == 0
    assert found(assistant, number).delivered_at is None
    advisers.is_away(away=False)
    assert deliver(assistant, advisers) == 0, "it is not yet time to try again"
    with transaction(assistant.engine) as connection:
        requests.postpone_delivery(connection, number, datetime.now(UTC))
    assert [deliver(assistant, advisers) for _ in range(2)] == [1, 0]
    assert len(advisers.cards(number)) == 1


def test_what_is_pressed_while_the_platform_goes_away_is_done_and_shown_when_it_is_back(
    assistant: ChannelAssistant, advisers: Advisers, number: int
) -> None:
    claim = advisers.payload(number, CLAIM)
    advisers.is_away(away=True)
    advisers.press(number, claim, "Sam de Vries", wait=False)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not found(assistant, number).claimed_by and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    assert found(assistant, number).claimed_by == "Sam de Vries"
    advisers.is_away(away=False)
    assistant.settle()
    (card,) = advisers.cards(number)
    assert "Opgepakt door: Sam de Vries" in card


def test_when_the_first_platform_is_away_the_request_goes_to_the_next(
    assistant: ChannelAssistant,
    new_user: Callable[..., SlackUser],
    new_teams_user: Callable[..., TeamsUser],
) -> None:
    first, next_one = TeamsAdvisers(assistant, new_teams_user), SlackAdvisers(assistant, new_user)
    number = store(assistant)
    first.is_away(away=True)
    try:
        assert assistant.deliver_requests() == 1
    finally:
        first.is_away(away=False)
    assert (first.cards(number), len(next_one.cards(number))) == ([], 1)
    assert found(assistant, number).delivered_by == "Slack"
