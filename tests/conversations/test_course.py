"""The course of a scan: pausing, resuming by code, stopping, beginning anew, removing."""

from collections.abc import Callable

import pytest

from quickscan.resume_codes import new_code
from quickscan.scan import Status
from quickscan.session import MAX_WRONG_CODES
from tests.conversations.chat import Chat, Reply, stored_answers
from tests.conversations.servers import DATABASES, Assistant

NewChat = Callable[[], Chat]


@pytest.fixture
def at_four(chat: Chat) -> Chat:
    """A user who is at question 4, after three different answers."""
    chat.start()
    chat.say("ja")
    chat.say("deels, alleen voor jihadisme")
    chat.say("nee")
    return chat


def paused(chat: Chat) -> str:
    code = chat.say("pauze").values("utter_paused")
    assert code is not None
    return code["code"]


def status_of(chat: Chat) -> Status:
    scan = chat.assistant.scan_of(chat.sender)
    assert scan is not None
    return scan.status


@pytest.mark.parametrize("wish", ["pauze", "ik ga morgen verder", "even pauzeren"])
def test_a_pause_gives_a_code(at_four: Chat, wish: str) -> None:
    told = at_four.say(wish).values("utter_paused")
    assert told is not None
    assert told["answered"] == "3"
    assert len(told["code"].replace("-", "")) == 16
    assert status_of(at_four) is Status.PAUSED


@pytest.mark.parametrize("assistant", DATABASES, indirect=True)
def test_a_scan_goes_on_elsewhere_after_a_restart_of_everything(
    assistant: Assistant, at_four: Chat, new_chat: NewChat
) -> None:
    waiting = new_chat()
    waiting.start_at(2)
    code = paused(at_four)
    assistant.restart()
    elsewhere = new_chat()
    reply = elsewhere.say(f"verder {code}")
    assert reply.says("utter_resumed")
    assert reply.question == 4
    assert elsewhere.stored() == at_four.noted
    assert elsewhere.press("Ja").question == 5
    assert elsewhere.stored() == {**at_four.noted, 4: ("ja", None)}
    assert at_four.say("hoeveel nog").says("utter_no_scan")
    assert waiting.say("dank je").question == 2


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"ik wil verder met code {code.lower()}, graag",
    ],
)
def test_a_code_counts_however_it_is_typed(
    at_four: Chat, new_chat: NewChat, typed: Callable[[str], str]
) -> None:
    assert new_chat().say(typed(paused(at_four))).question == 4


def test_a_pause_needs_no_code_in_the_same_conversation(at_four: Chat) -> None:
    paused(at_four)
    reply = at_four.say("verder")
    assert reply.values("utter_resumed") == {"answered": "3", "count": "26"}
    assert reply.question == 4


def test_an_unknown_code_is_said_to_be_unknown(chat: Chat) -> None:
    assert chat.say(f"verder {new_code()}").says("utter_code_unknown")


def test_after_an_unknown_code_the_pending_question_comes_back(at_four: Chat) -> None:
    reply = at_four.say(f"verder {new_code()}")
    assert reply.says("utter_code_unknown")
    assert reply.question == 4


def test_guessing_codes_is_limited_to_a_few_attempts(at_four: Chat, chat: Chat) -> None:
    code = paused(at_four)
    guesser = Chat(at_four.assistant)
    for _ in range(MAX_WRONG_CODES):
        assert guesser.say(new_code()).says("utter_code_unknown")
    assert guesser.say(new_code()).says("utter_too_many_codes")
    assert guesser.say(code).says("utter_too_many_codes")
    assert Chat(at_four.assistant).say(code).question == 4


@pytest.mark.parametrize(
    "sentence", ["ik wil een antwoord wijzigen", "hoeveel vragen heeft deze quickscan eigenlijk"]
)
def test_words_are_not_taken_for_a_code(at_four: Chat, sentence: str) -> None:
    reply = at_four.say(sentence)
    assert not reply.says("utter_code_unknown")


def test_going_on_without_a_scan_asks_for_the_code(chat: Chat) -> None:
    assert chat.say("ik was vorige week begonnen, verder graag").says("utter_ask_code")


@pytest.mark.parametrize("wish", ["stop", "laat maar, stop"])
def test_stopping_keeps_the_answers_and_can_be_undone(at_four: Chat, wish: str) -> None:
    assert at_four.say(wish).says("utter_cancelled")
    assert status_of(at_four) is Status.CANCELLED
    assert at_four.stored() == at_four.noted
    assert at_four.say("verder").question == 4


def test_beginning_anew_asks_first(at_four: Chat) -> None:
    asked = at_four.say("opnieuw beginnen")
    assert asked.says("utter_ask_restart")
    assert at_four.press("Nee, verder gaan").question == 4
    assert at_four.stored() == at_four.noted


def test_beginning_anew_starts_an_empty_scan_and_keeps_the_old_one(
    assistant: Assistant, at_four: Chat
) -> None:
    at_four.say("opnieuw beginnen")
    reply = at_four.press("Ja, opnieuw beginnen")
    assert reply.says("utter_scan_intro")
    old, new = assistant.scans_of(at_four.sender)
    assert old.status is Status.CANCELLED
    assert stored_answers(old) == at_four.noted
    assert new.answers == {}


def test_removing_asks_first_and_then_leaves_nothing(
    assistant: Assistant, at_four: Chat, new_chat: NewChat
) -> None:
    code = paused(at_four)
    at_four.say("verder")
    assert at_four.say("verwijder mijn gegevens").says("utter_ask_delete")
    reply = at_four.press("Nee, bewaren")
    assert reply.says("utter_not_deleted")
    assert reply.question == 4
    at_four.say("gooi mijn antwoorden weg")
    assert at_four.press("Ja, verwijder alles").says("utter_deleted")
    assert assistant.scans_of(at_four.sender) == []
    assert new_chat().say(code).says("utter_code_unknown")


def test_removing_with_nothing_stored_says_so(chat: Chat) -> None:
    assert chat.say("verwijder mijn gegevens").says("utter_nothing_to_delete")


def test_a_goodbye_halfway_pauses(at_four: Chat, new_chat: NewChat) -> None:
    told = at_four.say("tot ziens").values("utter_paused")
    assert told is not None
    assert new_chat().say(told["code"]).question == 4


def test_a_goodbye_without_a_scan_is_a_goodbye(chat: Chat) -> None:
    assert chat.say("tot ziens").says("utter_goodbye")


@pytest.mark.parametrize(
    ("command", "response"),
    [
        ("pauze", "utter_no_scan"),
        ("vorige vraag", "utter_no_scan"),
        ("overslaan", "utter_no_scan"),
        ("hoeveel vragen nog?", "utter_no_scan"),
        ("wat kwam er uit?", "utter_no_result"),
        ("wijzig vraag 3", "utter_nothing_to_change"),
        ("stop", "utter_nothing_to_cancel"),
        ("ja", "utter_nothing_asked"),
    ],
)
def test_a_command_without_a_scan_says_so_and_offers_what_can_be_done(
    chat: Chat, command: str, response: str
) -> None:
    reply = chat.say(command)
    assert reply.says(response)
    assert "Quickscan starten" in reply.buttons


def test_two_users_do_not_get_in_each_others_way(new_chat: NewChat) -> None:
    one, two = new_chat(), new_chat()
    replies: list[Reply] = [one.start("Delft"), two.start("Leiden", "Nee, nog niet")]
    for number in range(1, 27):
        assert [reply.question for reply in replies] == [number, number]
        replies = [one.press("Ja"), two.say(f"nee, daar is geen geld voor bij punt {number}")]
    assert one.stored() == dict.fromkeys(range(1, 27), ("ja", None))
    assert two.stored() == {
        number: ("nee", f"daar is geen geld voor bij punt {number}") for number in range(1, 27)
    }
