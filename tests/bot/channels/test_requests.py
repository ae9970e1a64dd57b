import asyncio
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from advice import desk
from advice.intake import LONGEST_SUBJECT
from advice.request import Request, Status, Support, Urgency
from bot.channels.replies import UNSURE, WHERE_WE_ARE, Messages, replies_in
from bot.channels.requests import RequestCards, card_in, is_of_a_card
from bot.channels.slack_requests import message_of
from bot.channels.slack_requests import press_in as press_in_slack
from bot.channels.teams_activities import Incoming
from bot.channels.teams_cards import Cards
from bot.channels.teams_requests import activity_of
from bot.channels.teams_requests import press_in as press_in_teams
from ebw.settings import ROOT
from ebw.settings_teams import AdviceConversation
from tests.advice.requests_made import CONTACT, a_request, found, stored
from tests.bot.channels.teams_rules import check_shape
from tests.builders import NOW, SCAN_ID
from tests.channels.slack_rules import faults_in_blocks

SECRET = b"a secret of this test"
CARDS = RequestCards(SECRET, "slack C1")
PLACE = AdviceConversation("19:adviseurs@thread.tacv2", "https://smba.trafficmanager.net/emea/")
LONGEST = {
    "subject": "<@U1> **&** " * (LONGEST_SUBJECT // 12),
    "interventions": tuple(f"een_interventie_{number}" for number in range(14)),
    "support": Support.DEVELOPMENT,
    "urgency": Urgency.UNKNOWN,
    "scan_id": SCAN_ID,
    "contact": f"{'j' * 64}@{'gemeente' * 7}.nl, 0612345678",
}


def payload_of(request: Request, title: str, cards: RequestCards = CARDS) -> str:
    """Return what a button of a card sends."""
    return next(one.payload for one in cards.card(request).options if one.title == title)


def answer(sender: str, text: str, cards: RequestCards = CARDS) -> Messages:
    """Return what is said to an event, beside a conversation that echoes."""

    async def echo(who: str, said: str) -> Messages:
        return [{"text": f"{who}: {said}"}]

    return asyncio.run(cards.beside(echo)(sender, text))


def test_what_users_say_goes_to_the_conversation() -> None:
    assert answer("U1", "hallo") == [{"text": "U1: hallo"}]


def test_a_press_is_worked_and_answered_with_the_card_as_it_is_then(database: Engine) -> None:
    [number] = stored(a_request())
    event = CARDS.event_in(payload_of(found(number), "Ik pak dit op"), "Kim Bos", "1", {})
    assert event
    card = card_in(replies_in(answer(event.sender, event.text)))
    assert card
    assert "Opgepakt door: Kim Bos" in card.text
    assert found(number).claimed_by == "Kim Bos"


def test_a_press_that_may_have_been_worked_before_is_not_worked_again(database: Engine) -> None:
    [number] = stored(a_request())
    said = [{"text": UNSURE}, *answer(f"adviesverzoek {number}", WHERE_WE_ARE)]
    card = card_in(replies_in(said))
    assert card
    assert "Status: nieuw" in card.text
    assert found(number).status is Status.NEW


def test_when_the_work_failed_the_card_stays_as_it_was() -> None:
    assert card_in(replies_in([{"text": UNSURE}])) is None


def test_presses_on_one_request_are_worked_in_order() -> None:
    first, second = (a_request(number=number) for number in (10_001, 10_002))
    senders = [
        CARDS.event_in(payload_of(request, title), "Kim", "1", {}).sender
        for request in (first, second)
        for title in ("Ik pak dit op", "Afgerond")
    ]
    assert senders == ["adviesverzoek 10001"] * 2 + ["adviesverzoek 10002"] * 2


def test_a_button_of_another_place_or_secret_does_nothing() -> None:
    for other in (RequestCards(SECRET, "slack C2"), RequestCards(b"another", "slack C1")):
        payload = payload_of(a_request(), "Afgerond", other)
        assert is_of_a_card(payload)
        assert CARDS.event_in(payload, "Kim", "1", {}) is None


@pytest.mark.parametrize("payload", ["/affirm", "", None, 5, "adviesverzoek"])
def test_other_buttons_are_not_of_a_card(payload: object) -> None:
    assert not is_of_a_card(payload)


def test_a_name_that_is_too_long_to_store_is_cut(database: Engine) -> None:
    [number] = stored(a_request())
    event = CARDS.event_in(payload_of(found(number), "Afgerond"), "x" * 5_000, "1", {})
    assert event
    answer(event.sender, event.text)
    assert found(number).closed_by == "x" * desk.LONGEST_NAME


@pytest.mark.parametrize("status", [Status.NEW, Status.CLAIMED, Status.CLOSED])
def test_the_longest_card_is_one_message_that_the_platforms_take(status: Status) -> None:
    names = {"claimed_by": "x" * 100, "closed_at": NOW}
    request = a_request(**LONGEST, status=status, **names)
    message = message_of(CARDS.card(request))
    assert faults_in_blocks(message["blocks"]) == []
    activity = activity_of(Cards(SECRET), CARDS.card(request))
    place = {"from": {"id": "28:x"}, "conversation": {"id": PLACE.id}}
    check_shape({**activity, **place}, PLACE.id, "28:x")
    assert (CONTACT[0] * 64 in str(activity)) == (status is not Status.CLOSED)


def a_slack_press(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a press as Slack sends it."""
    action = {"value": payload_of(a_request(), "Afgerond"), "action_ts": "1.2"}
    press = {
        "user": {"id": "U1"},
        "container": {"type": "message"},
        "channel": {"id": "C1"},
        "message": {"ts": "1.1"},
        "actions": [action],
    }
    return {**press, **changes}


def test_in_slack_only_a_press_in_the_advisers_channel_counts() -> None:
    assert press_in_slack(a_slack_press(), CARDS, "C1")
    assert press_in_slack(a_slack_press(), CARDS, "C2") is None
    assert press_in_slack(a_slack_press(), CARDS, None) is None
    assert press_in_slack(a_slack_press(container={"type": "view"}), CARDS, "C1") is None


def a_teams_press(conversation: str, **changes: Any) -> Incoming:  # noqa: ANN401 - JSON
    """Return a press as Teams sends it."""
    cards = RequestCards(SECRET, f"teams {PLACE.id}")
    content = {
        "type": "message",
        "id": "2",
        "replyToId": "1",
        "from": {"id": "29:1", "name": " "},
        "value": {"payload": payload_of(a_request(), "Afgerond", cards)},
    }
    return Incoming({**content, **changes}, "msteams", "t", "s", conversation, "29:1", "28:x")


def test_in_teams_only_a_press_in_the_advisers_channel_counts() -> None:
    cards = RequestCards(SECRET, f"teams {PLACE.id}")
    thread = f"{PLACE.id};messageid=1"
    event = press_in_teams(a_teams_press(thread), cards, PLACE)
    assert event
    assert "29:1" in event.text, "who has no name is known by id"
    assert press_in_teams(a_teams_press(PLACE.id), cards, PLACE)
    assert press_in_teams(a_teams_press("19:elders@thread.tacv2"), cards, PLACE) is None
    assert press_in_teams(a_teams_press(f"{PLACE.id}x"), cards, PLACE) is None
    assert press_in_teams(a_teams_press(thread), cards, None) is None
    for change in ({"type": "invoke"}, {"replyToId": None}, {"id": 5}):
        assert press_in_teams(a_teams_press(thread, **change), cards, PLACE) is None


def test_the_pages_deliver_requests_without_loading_rasa() -> None:
    told = "import sys, web.timers; print([m for m in ('rasa', 'sanic') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
