import json
from typing import Any

import pytest

from bot.channels.replies import Option, Reply
from bot.channels.teams_activities import (
    NOTHING_SAID,
    WELCOME,
    MalformedActivityError,
    event_of,
    read_incoming,
)
from bot.channels.teams_cards import Cards

BOT = "28:bot"
CARDS = Cards(b"a secret of this test")
MESSAGE = {
    "type": "message",
    "id": "m1",
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/emea/",
    "from": {"id": "29:sam"},
    "recipient": {"id": BOT},
    "conversation": {"id": "a:1", "tenantId": "t"},
    "text": "hallo",
}


def _event(**change: Any) -> Any:  # noqa: ANN401 - an event, or none
    return event_of(read_incoming(json.dumps({**MESSAGE, **change}).encode()), CARDS)


def _click(sender: str = "t|a:1|29:sam") -> dict[str, Any]:
    (message,) = CARDS.messages(Reply("Vraag 1", (Option("Ja", "/affirm"),)), sender)
    return dict(message["attachments"][0]["content"]["body"][-1]["actions"][0]["data"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hallo", "hallo"),
        ("<at>EBW-assistent</at> hallo", "hallo"),
        ("<at>EBW-assistent</at>&nbsp;hallo\r\n", "hallo"),
        ('<at id="0">EBW</at>hallo <AT>Sam</AT>', "hallo"),
        ("regel 1\nregel 2", "regel 1\nregel 2"),
        ("kleiner dan &lt;at&gt; &amp; zo", "kleiner dan <at> & zo"),
        ("<at>EBW-assistent</at> ", NOTHING_SAID),
        (None, NOTHING_SAID),
        (3, NOTHING_SAID),
    ],
)
def test_what_is_said_is_read_without_mentions_and_marks(text: object, said: str) -> None:
    assert _event(text=text).text == said


def test_an_answer_goes_to_the_message_the_conversation_and_the_service_it_came_from() -> None:
    assert _event().address == {
        "service_url": "https://smba.trafficmanager.net/emea/",
        "conversation": "a:1",
        "user": "29:sam",
        "bot": BOT,
        "reply_to": "m1",
    }


def test_tenant_conversation_and_user_each_make_another_sender() -> None:
    senders = {
        _event().sender,
        _event(conversation={"id": "a:2", "tenantId": "t"}).sender,
        _event(conversation={"id": "a:1", "tenantId": "u"}).sender,
        _event(**{"from": {"id": "29:kim"}}).sender,
    }
    assert len(senders) == 4


def test_the_tenant_is_also_known_from_the_channel_data() -> None:
    known = _event(conversation={"id": "a:1"}, channelData={"tenant": {"id": "t"}})
    assert known.sender == _event().sender


def test_two_messages_are_two_events_and_one_message_sent_twice_is_one() -> None:
    assert _event().id == _event().id
    assert _event().id != _event(id="m2").id


def test_clicks_on_one_card_are_one_event_whatever_is_chosen() -> None:
    one = _event(value=_click(), replyToId="card", text=None)
    other = _event(value={**_click(), "payload": "/deny"}, replyToId="card", id="m2")
    assert (one.text, other.text) == ("/affirm", "/deny")
    assert one.id == other.id
    assert one.id != _event(value=_click(), replyToId="another card").id
    assert one.address["chosen"] == {"card": "card", "title": "Ja", "said": "Vraag 1"}


@pytest.mark.parametrize(
    "click",
    [
        {"value": _click("t|a:1|29:kim"), "replyToId": "card"},
        {"value": {"payload": "/affirm"}, "replyToId": "card"},
        {"value": _click()},
        {"value": _click(), "replyToId": 7},
    ],
)
def test_a_click_that_is_not_on_a_card_of_ours_leaves_the_card_alone(click: dict[str, Any]) -> None:
    event = _event(**click)
    assert (event.id, event.text) == ("m1", "/affirm")
    assert "chosen" not in event.address


@pytest.mark.parametrize("value", [{}, {"payload": 3}, {"payload": None}, {"x": "y"}])
def test_a_click_that_says_nothing_is_no_event(value: dict[str, Any]) -> None:
    assert _event(value=value) is None


@pytest.mark.parametrize("value", [None, "x", ["x"], 3])
def test_a_message_with_another_value_is_read_by_its_text(value: object) -> None:
    assert _event(value=value).text == "hallo"


@pytest.mark.parametrize(
    "installing",
    [
        {"type": "installationUpdate", "action": "add"},
        {"type": "installationUpdate", "action": "add-upgrade"},
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:sam"}, {"id": BOT}]},
    ],
)
def test_installing_is_an_event_of_which_there_is_one(installing: dict[str, Any]) -> None:
    event = _event(**installing)
    assert (event.id, event.text) == ("welcome", WELCOME)
    assert "reply_to" not in event.address


@pytest.mark.parametrize(
    "other",
    [
        {"type": "installationUpdate", "action": "remove"},
        {"type": "installationUpdate"},
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:sam"}, "x", None]},
        {"type": "conversationUpdate", "membersAdded": BOT},
        {"type": "conversationUpdate"},
        {"type": "invoke", "value": {"payload": "/help"}},
        {"type": "messageReaction"},
    ],
)
def test_anything_else_is_no_event(other: dict[str, Any]) -> None:
    assert _event(**other) is None


@pytest.mark.parametrize("name", ["type", "channelId", "serviceUrl", "from", "conversation", "id"])
@pytest.mark.parametrize("value", [None, 3, [], {}])
def test_an_activity_without_what_it_must_have_is_none(name: str, value: object) -> None:
    with pytest.raises(MalformedActivityError):
        _event(**{name: value})
