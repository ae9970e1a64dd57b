"""Answering a question: with a reason, unclearly, twice; and asking to explain it."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import Assistant


@pytest.fixture
def at_three(chat: Chat) -> Chat:
    """A user who is at question 3."""
    chat.start_at(3)
    return chat


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        ("deels, alleen voor jihadisme", "deels", "alleen voor jihadisme"),
        ("nee daar zijn we nog niet aan toe", "nee", "daar zijn we nog niet aan toe"),
        ("ja staat in ons IVP", "ja", "staat in ons IVP"),
        ("ja, met de politie en de zorg", "ja", "met de politie en de zorg"),
        ("jongerenwerk en wijkagenten wel, de rest niet", "deels", "whole"),
        ("dat staat in het IVP", "ja", "whole"),
    ],
)
def test_an_answer_keeps_its_reason(at_three: Chat, text: str, answer: str, reason: str) -> None:
    reply = at_three.say(text)
    assert reply.noted == {3: (answer, text if reason == "whole" else reason)}
    assert reply.question == 4
    assert at_three.stored()[3] == reply.noted[3]


@pytest.mark.parametrize("unclear", ["tja", "hmm", "pff", "lastig", "xyzzy bla"])
def test_an_unclear_answer_is_never_guessed(at_three: Chat, unclear: str) -> None:
    reply = at_three.say(unclear)
    assert reply.noted == {}
    assert at_three.stored() == at_three.noted
    assert {"Ja", "Deels", "Nee", "Weet ik niet"} <= set(reply.buttons)


def test_an_unclear_answer_is_asked_back_with_the_options_and_then_explained(
    at_three: Chat,
) -> None:
    first, second = at_three.say("sleutelfiguren"), at_three.say("sleutelfiguren")
    assert first.values("utter_unclear") == {"number": "3"}
    assert list(first.buttons) == ["Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"]
    assert second.says("utter_explanation")
    assert second.question == 3
    assert at_three.press("Deels").noted == {3: ("deels", None)}


def test_an_explanation_has_its_source_and_the_question_again(at_three: Chat) -> None:
    reply = at_three.press("Uitleg")
    explained = reply.values("utter_explanation")
    assert explained is not None
    assert explained["source"].startswith("toelichting quickscan")
    assert reply.question == 3
    assert "Uitleg" not in reply.buttons
    [source] = [m["custom"]["source"] for m in reply.messages if "source" in m.get("custom", {})]
    assert source["url"].startswith("https://")
    assert at_three.press("Nee").noted == {3: ("nee", None)}


@pytest.mark.parametrize(
    "asking", ["uitleg", "wat bedoel je daarmee?", "waarom vraag je dat?", "kun je dat uitleggen"]
)
def test_an_explanation_can_be_asked_in_words(at_three: Chat, asking: str) -> None:
    reply = at_three.say(asking)
    assert reply.says("utter_explanation")
    assert reply.question == 3


def test_the_same_answer_twice_is_kept_once(at_three: Chat) -> None:
    at_three.say("bij vraag 2 moet het nee zijn")
    at_three.say("bij vraag 2 moet het nee zijn")
    assert at_three.stored() == {1: ("ja", None), 2: ("nee", None)}


def test_personal_data_in_a_reason_is_not_kept(assistant: Assistant, at_three: Chat) -> None:
    reply = at_three.say("deels, bel Jan de Vries op 06-12345678 daarover")
    assert reply.says("utter_redacted")
    answer, reason = at_three.stored()[3]
    assert answer == "deels"
    assert "Vries" not in (reason or "")
    assert "12345678" not in (reason or "")
    assert "12345678" not in assistant.ebw("results", "export")
