"""Anything may come in between; what was asked comes back by itself."""

import pytest

from tests.conversations.chat import Chat

INTERRUPTIONS = [
    ("wat is een nulmeting?", None),
    ("welke lessen zijn er over sleutelfiguren?", None),
    ("wie geeft trainingen voor jongerenwerkers?", None),
    ("goedemorgen", "utter_greet_in_scan"),
    ("dank je wel", "utter_thank"),
    ("praat ik met een mens?", "utter_bot_challenge"),
    ("wat kun je?", "utter_help_in_scan"),
    ("hoe vraag ik een paspoort aan?", "utter_out_of_scope"),
    ("wat doe je met mijn gegevens?", "utter_ask_privacy"),
    (
        "een leerling van mij praat steeds vaker over de gewapende strijd, ik maak me zorgen",
        "utter_report_concern",
    ),
]


@pytest.mark.parametrize(("text", "response"), INTERRUPTIONS)
def test_an_interruption_is_answered_and_the_question_comes_back(
    chat: Chat, text: str, response: str | None
) -> None:
    chat.start_at(4)
    reply = chat.say(text)
    assert len(reply.texts) > 1
    assert response is None or reply.says(response)
    assert reply.questions == [4]
    assert chat.stored() == chat.noted
    assert chat.press("Deels").noted == {4: ("deels", None)}


def test_the_guide_is_answered_first_and_then_the_question_comes_back(chat: Chat) -> None:
    chat.start_at(4)
    assert chat.say("hoe evalueer ik een ouderinterventie?").says("utter_ask_moment")
    assert chat.say("die loopt al").questions == [4]
    assert chat.stored() == chat.noted
    assert chat.press("Deels").noted == {4: ("deels", None)}


@pytest.mark.parametrize("text", ["wat is een nulmeting?", "dank je wel"])
def test_an_interruption_before_the_questions_returns_to_what_was_asked(
    chat: Chat, text: str
) -> None:
    chat.say("quickscan doen")
    assert chat.say(text).says("utter_ask_municipality")
    chat.say("Delft")
    assert chat.say(text).says("utter_ask_mode")


def test_an_interruption_while_confirming_returns_to_that(chat: Chat) -> None:
    chat.start_at(3)
    chat.say("opnieuw beginnen")
    assert chat.say("wat is een nulmeting?").says("utter_ask_restart")
    assert chat.press("Nee, verder gaan").question == 3


def test_an_emergency_is_answered_with_where_to_call_and_nothing_else(chat: Chat) -> None:
    chat.start_at(4)
    reply = chat.say("hij zegt dat hij morgen een aanslag gaat plegen")
    assert reply.says("utter_report_emergency")
    assert "112" in reply.text
    assert reply.questions == []
    assert reply.buttons == {}
    assert chat.stored() == chat.noted
    assert chat.say("hoeveel nog?").question == 4
