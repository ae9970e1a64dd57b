"""The beginning of a scan: the introduction, the municipality, and whether there is an approach."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import Assistant


@pytest.fixture
def begun(chat: Chat) -> Chat:
    chat.say("ik wil de quickscan doen")
    return chat


def municipality_of(chat: Chat) -> str | None:
    scan = chat.assistant.scan_of(chat.sender)
    assert scan is not None
    return scan.municipality.name if scan.municipality else None


def test_the_introduction_says_what_the_scan_is_before_it_asks_anything(chat: Chat) -> None:
    reply = chat.say("quickscan starten")
    assert "computerprogramma" in reply.text
    assert "26 vragen" in reply.text
    assert "20 tot 30 minuten" in reply.text
    assert "pauzeren" in reply.text
    assert "geen namen" in reply.text
    assert "bij deze assistent" in reply.text
    assert reply.says("utter_ask_municipality")
    assert list(reply.buttons) == ["Liever niet zeggen"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Delft", "Delft"),
        ("delft", "Delft"),
        ("gemeente Delft", "Delft"),
        ("gem. delft", "Delft"),
        ("wij zijn de gemeente Delft", "Delft"),
        ("Amsterdm", "Amsterdam"),
        ("gemeente Rotterdm", "Rotterdam"),
        ("Leeuwaarden", "Leeuwarden"),
        ("Den Haag", "'s-Gravenhage"),
        ("den bosch", "'s-Hertogenbosch"),
        ("Alphen aan de Rijn", "Alphen aan den Rijn"),
        ("Best", "Best"),
        ("best", "Best"),
        ("Buren", "Buren"),
        ("gemeente buren", "Buren"),
    ],
)
def test_a_municipality_is_recognised_as_people_type_it(begun: Chat, typed: str, name: str) -> None:
    reply = begun.say(typed)
    assert reply.values("utter_municipality_noted") == {"municipality": name}
    assert reply.says("utter_ask_mode")
    assert municipality_of(begun) == name


@pytest.mark.parametrize("typed", ["Bergen", "gemeente Bergen", "bergen"])
def test_an_ambiguous_municipality_is_asked_back(begun: Chat, typed: str) -> None:
    reply = begun.say(typed)
    assert reply.says("utter_which_municipality")
    assert list(reply.buttons) == ["Bergen (L.)", "Bergen (NH.)"]
    assert municipality_of(begun) is None
    assert begun.press("Bergen (NH.)").says("utter_ask_mode")
    assert municipality_of(begun) == "Bergen (NH.)"


@pytest.mark.parametrize(
    ("typed", "name"), [("Bergen (L.)", "Bergen (L.)"), ("bergen nh", "Bergen (NH.)")]
)
def test_an_ambiguous_municipality_can_be_typed_out(begun: Chat, typed: str, name: str) -> None:
    begun.say("Bergen")
    assert begun.say(typed).says("utter_ask_mode")
    assert municipality_of(begun) == name


@pytest.mark.parametrize("typed", ["zeg ik liever niet", "sla maar over", "nee"])
def test_the_municipality_may_be_left_unsaid(begun: Chat, typed: str) -> None:
    reply = begun.say(typed)
    assert reply.says("utter_municipality_unsaid")
    assert reply.says("utter_ask_mode")
    assert municipality_of(begun) is None


def test_the_button_leaves_the_municipality_unsaid(begun: Chat) -> None:
    assert begun.press("Liever niet zeggen").says("utter_ask_mode")
    assert municipality_of(begun) is None


def test_a_place_that_is_no_municipality_is_not_guessed(begun: Chat) -> None:
    reply = begun.say("Schubbekutteveen")
    assert reply.says("utter_ask_municipality")
    assert municipality_of(begun) is None


def test_the_municipality_can_be_changed_later(begun: Chat) -> None:
    begun.say("Delft")
    assert begun.say("vorige").says("utter_ask_municipality")
    begun.say("Leiden")
    assert municipality_of(begun) == "Leiden"


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        ("ja", "utter_existing_approach"),
        ("ja, een plan van aanpak", "utter_existing_approach"),
        ("nee", "utter_building_blocks"),
        ("nee nog niet", "utter_building_blocks"),
    ],
)
def test_the_approach_decides_how_the_questions_are_put(
    begun: Chat, answer: str, response: str
) -> None:
    begun.say("Delft")
    reply = begun.say(answer)
    assert reply.says(response)
    assert reply.question == 1


def test_not_knowing_whether_there_is_an_approach_is_asked_back(begun: Chat) -> None:
    begun.say("Delft")
    assert begun.say("weet ik niet").says("utter_ask_mode")


@pytest.mark.parametrize("asking", ["uitleg", "wat bedoel je?"])
def test_what_is_asked_first_can_be_explained(begun: Chat, asking: str) -> None:
    reply = begun.say(asking)
    assert reply.says("utter_explain_municipality")
    assert reply.says("utter_ask_municipality")
    begun.say("Delft")
    reply = begun.say(asking)
    assert reply.says("utter_explain_mode")
    assert reply.says("utter_ask_mode")


def test_starting_again_with_answers_given_asks_first(assistant: Assistant, chat: Chat) -> None:
    chat.start_at(3)
    reply = chat.say("ik wil de quickscan doen")
    assert reply.values("utter_scan_under_way") == {"answered": "2", "count": "26"}
    assert list(reply.buttons) == ["Ja, opnieuw beginnen", "Nee, verder gaan"]
    assert chat.press("Nee, verder gaan").question == 3
    assert len(assistant.scans_of(chat.sender)) == 1
