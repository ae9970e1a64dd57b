"""A request for advice, as a user makes it and an adviser finds it."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import advice_requests, metadata
from tests.conversations.chat import Chat, Reply
from tests.conversations.servers import DATABASES, Assistant, session_id_of

ON_BOTH = pytest.mark.parametrize("assistant", DATABASES, indirect=True)
CONTACT = "s.bakker@delft.nl"
STEPS = {
    "gemeente": "utter_advice_ask_municipality",
    "onderwerp": "utter_advice_ask_subject",
    "hulp": "utter_advice_ask_support",
    "termijn": "utter_advice_ask_urgency",
    "toestemming": "utter_advice_ask_consent",
    "contact": "utter_advice_ask_contact",
    "bevestiging": "utter_advice_ask_confirm",
}
ANSWERS = {
    "gemeente": "Delft",
    "onderwerp": "we willen weten of onze oudertraining werkt",
    "hulp": "een evaluatie opzetten",
    "termijn": "volgende maand",
    "toestemming": "ja dat mag",
    "contact": f"mijn mail is {CONTACT}",
}


def step_of(reply: Reply) -> str | None:
    """Return what was asked for the request."""
    put = [m.get("custom", {}).get("advice", {}).get("step") for m in reply.messages]
    return next((step for step in put if step), None)


def number_of(reply: Reply) -> int:
    """Return the number under which the request was sent."""
    put = [m.get("custom", {}).get("advice", {}).get("number") for m in reply.messages]
    return next(number for number in put if number)


def come_to(chat: Chat, wanted: str) -> Reply:
    """Ask for advice and answer by typing, up to a question."""
    reply = chat.say("ik wil graag een adviseur spreken")
    while step_of(reply) != wanted:
        reply = chat.say(ANSWERS[step_of(reply) or ""])
    return reply


def rows_of(chat: Chat) -> list[Any]:
    """Return what is stored of requests of the user, sent or not."""
    own = advice_requests.c.session_id == session_id_of(chat.sender)
    with chat.assistant.engine.connect() as connection:
        return connection.execute(select(advice_requests).where(own)).fetchall()


def shown(assistant: Assistant, number: int) -> dict[str, Any]:
    """Return a request as `ebw requests show` gives it."""
    return dict(json.loads(assistant.ebw("requests", "show", str(number), "--json")))


@ON_BOTH
def test_a_request_is_made_by_typing_and_found_by_an_adviser(
    assistant: Assistant, chat: Chat
) -> None:
    assert come_to(chat, "bevestiging").buttons
    number = number_of(chat.say("ja klopt"))
    request = shown(assistant, number)
    assert request["municipality"]["name"] == "Delft"
    assert request["subject"] == ANSWERS["onderwerp"]
    assert request["interventions"] == ["weerbaar_opvoeden"]
    assert (request["support"], request["urgency"]) == ("evaluatie_opzetten", "maand")
    assert (request["priority"], request["rule"]) == ("gewoon", "overig")
    assert (request["contact"], request["status"]) == (CONTACT, "new")
    assert request["delivered_at"] is None
    assert "opgepakt door Sanne" in assistant.ebw("requests", "claim", str(number), "--by", "Sanne")
    assert shown(assistant, number)["status"] == "claimed"


@ON_BOTH
def test_a_request_in_a_scan_uses_what_was_said_and_returns_to_the_question(
    assistant: Assistant, chat: Chat
) -> None:
    chat.start_at(4)
    reply = chat.say("kan iemand van ESS meedenken over onze theatervoorstelling")
    assert reply.says("utter_advice_intro")
    assert "Gemeente: Delft" in reply.text
    assert step_of(reply) == "hulp"
    for title in ("Bijeenkomst of workshop", "Binnen een maand", "Ja"):
        chat.press(title)
    assert chat.say("bel me op 015 260 22 22").says("utter_advice_ask_scan")
    chat.press("Ja")
    reply = chat.press("Ja, verstuur")
    assert reply.questions == [4]
    request = shown(assistant, number_of(reply))
    assert request["interventions"] == ["theater"]
    assert request["priority"] == "hoog"
    assert request["scan_id"] == assistant.scan_of(chat.sender).id
    assert chat.stored() == chat.noted
    assert chat.press("Deels").noted == {4: ("deels", None)}


def test_a_half_made_request_survives_a_restart(assistant: Assistant, chat: Chat) -> None:
    come_to(chat, "termijn")
    assistant.restart()
    assert step_of(chat.say("binnen twee weken")) == "toestemming"
    [row] = rows_of(chat)
    assert (row.urgency, row.subject) == ("maand", ANSWERS["onderwerp"])


@ON_BOTH
def test_contact_data_stands_with_the_request_and_nowhere_else(
    assistant: Assistant, chat: Chat
) -> None:
    before = assistant.log_lengths()
    come_to(chat, "bevestiging")
    chat.press("Ja, verstuur")
    assert [row.contact for row in rows_of(chat)] == [CONTACT]
    with assistant.engine.connect() as connection:
        elsewhere = {
            table.name: str(connection.execute(select(table)).fetchall())
            for table in metadata.sorted_tables
            if table is not advice_requests
        }
    assert [name for name, content in elsewhere.items() if CONTACT in content] == []
    assert CONTACT not in assistant.log(before)
    assert CONTACT not in "\n".join(line for line in chat.transcript if line.startswith("A:"))


def test_a_double_click_sends_one_request(chat: Chat) -> None:
    come_to(chat, "bevestiging")
    payload = chat.buttons["Ja, verstuur"]
    assert chat.say(payload).says("utter_advice_sent")
    assert chat.say(payload).says("utter_stale_button")
    assert len(rows_of(chat)) == 1


@pytest.mark.parametrize("step", STEPS)
def test_at_every_question_one_can_ask_for_help_go_back_and_stop(chat: Chat, step: str) -> None:
    come_to(chat, step)
    for text in ("wat bedoel je?", "help", "wat doe je met mijn gegevens?", "goedemorgen"):
        reply = chat.say(text)
        assert step_of(reply) == step
        assert len(reply.texts) == 2
    places = list(STEPS)
    before = places[max(places.index(step) - 1, 0)]
    assert step_of(chat.say("terug")) == before
    assert chat.say("laat maar, stop").says("utter_advice_cancelled")
    assert rows_of(chat) == []


@pytest.mark.parametrize(
    ("step", "text", "then"),
    [
        ("gemeente", "gem. Delft", "onderwerp"),
        ("gemeente", "liever niet zeggen", "onderwerp"),
        ("onderwerp", "hoe evalueer ik een casusoverleg?", "hulp"),
        ("onderwerp", "het aanbod voor jongeren is versnipperd", "hulp"),
        ("onderwerp", "we zoeken hulp bij onze communicatie na een incident", "hulp"),
        ("onderwerp", "plan van aanpak schrijven en de checklist nalopen", "hulp"),
        ("hulp", "plan van aanpak onderbouwen", "termijn"),
        ("hulp", "een workshop voor ons team", "termijn"),
        ("hulp", "weet ik niet", "termijn"),
        ("termijn", "geen haast", "toestemming"),
        ("termijn", "zo snel mogelijk", "toestemming"),
        ("termijn", "voor 1 maart", "toestemming"),
        ("termijn", "volgende week", "toestemming"),
        ("toestemming", "prima", "contact"),
        ("toestemming", f"dat is goed, {CONTACT}", "bevestiging"),
        ("contact", "bel me op 06 12345678", "bevestiging"),
        ("contact", "jan@hotmail.com", "contact"),
        ("bevestiging", "nee, de gemeente klopt niet", "gemeente"),
        ("bevestiging", "ik wil het onderwerp aanpassen", "onderwerp"),
    ],
)
def test_plain_dutch_is_understood_at_every_question(
    chat: Chat, step: str, text: str, then: str
) -> None:
    come_to(chat, step)
    assert step_of(chat.say(text)) == then


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (None, "kan een adviseur meedenken over een leerling die aan het radicaliseren is"),
        (None, "kan iemand van ESS ons helpen met een jongen die naar Syrië wil"),
        ("onderwerp", "een leerling uit 4 havo praat steeds vaker over de gewapende strijd"),
        ("onderwerp", "er is een meisje van 15 en we weten niet wat we met haar moeten"),
        ("onderwerp", "hij zegt dat hij morgen iets gaat doen"),
        ("termijn", "hij zegt dat hij morgen iets gaat doen"),
        ("hulp", "mijn neef kijkt de hele dag naar filmpjes van IS, ik maak me zorgen"),
    ],
)
def test_a_concern_about_a_person_ends_it_and_nothing_is_stored(
    chat: Chat, step: str | None, text: str
) -> None:
    if step:
        come_to(chat, step)
    reply = chat.say(text)
    assert reply.says("utter_report_concern") or reply.says("utter_report_emergency")
    assert "112" in reply.text
    assert rows_of(chat) == []


def test_deleting_ones_data_removes_a_request_that_was_sent(
    assistant: Assistant, chat: Chat
) -> None:
    come_to(chat, "bevestiging")
    number = number_of(chat.press("Ja, verstuur"))
    chat.say("verwijder mijn gegevens")
    assert chat.press("Ja, verwijder alles").says("utter_deleted")
    assert rows_of(chat) == []
    assert str(number) not in assistant.ebw("requests", "list")


def test_without_consent_nothing_is_stored(chat: Chat) -> None:
    come_to(chat, "toestemming")
    reply = chat.say(CONTACT)
    assert reply.says("utter_advice_consent_first")
    assert step_of(reply) == "toestemming"
    assert chat.say("nee liever niet").says("utter_advice_no_consent")
    assert chat.say("ja gooi maar weg").says("utter_advice_cancelled")
    assert rows_of(chat) == []


def test_a_request_is_not_thrown_away_by_a_passing_remark(chat: Chat) -> None:
    come_to(chat, "bevestiging")
    assert chat.say("laat dat maar zo").says("utter_advice_ask_drop")
    assert step_of(chat.say("nee hoor")) == "bevestiging"
    assert step_of(chat.say("contact")) == "contact"
    assert chat.say("jan@zwolle").says("utter_advice_unclear_contact")
    chat.say(CONTACT)
    chat.press("Ja, verstuur")
    assert chat.say("ik wil mijn verzoek intrekken").says("utter_advice_withdraw")
    assert len(rows_of(chat)) == 1


def test_a_question_behind_an_answer_does_not_begin_a_request(chat: Chat) -> None:
    chat.start()
    chat.say("ja, kan ik ook een collega laten meekijken?")
    assert rows_of(chat) == []
    assert chat.press("Ja").noted == {1: ("ja", None)}


def test_after_a_gap_in_the_sources_a_person_can_be_asked(chat: Chat) -> None:
    chat.say("wat kost een effectevaluatie van theater?")
    assert chat.press("Iemand spreken").says("utter_advice_intro")
