import pytest

from bot.actions.readings import PLAIN_WORDS
from bot.actions.replies import MAX_MESSAGE_LENGTH, ReplyAndReturn
from quickscan.scan import Confirming
from tests.bot.actions.conversation import Conversation


@pytest.mark.parametrize("intent", ReplyAndReturn.intents)
def test_what_comes_in_between_is_answered_and_what_can_be_done_is_offered(
    user: Conversation, intent: str
) -> None:
    assert user.say("…", intent) == [f"utter_{intent}"]
    assert user.buttons
    assert user.scan is None


def test_what_is_out_of_scope_gets_the_two_nearest_things_and_a_person(user: Conversation) -> None:
    names = ["out_of_scope", "ask_offer", "affirm", "find_knowledge", "help"]
    ranking = [{"name": name, "confidence": 0.2} for name in names]
    user.say("waar koop ik theaterkaartjes", "out_of_scope", ranking=ranking)
    assert user.buttons == [
        PLAIN_WORDS["ask_offer"],
        PLAIN_WORDS["find_knowledge"],
        "Iemand spreken",
    ]


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback"])
def test_what_may_be_danger_is_never_passed_over(user: Conversation, intent: str) -> None:
    ranking = [
        {"name": intent, "confidence": 0.7},
        {"name": "report_emergency", "confidence": 0.2},
    ]
    assert user.say("hij schiet", intent, ranking=ranking)[0] == "utter_perhaps_emergency"


def test_help_offers_every_door(user: Conversation) -> None:
    user.say("help", "help")
    assert {
        "Quickscan starten",
        "Interventie evalueren",
        "Checklist nalopen",
        "Iemand spreken",
    } <= set(user.buttons)


@pytest.mark.parametrize("intent", ReplyAndReturn.intents)
def test_in_a_scan_the_pending_question_comes_back_after_the_reply(
    user: Conversation, intent: str
) -> None:
    user.begin("Ja")
    before = user.scan
    said = user.say("waarom eigenlijk?", intent)
    assert said[0].startswith(f"utter_{intent}")
    assert said[1:] == ["utter_question"]
    assert user.question == 2
    assert user.scan == before


def test_a_greeting_and_a_call_for_help_are_worded_for_a_scan(user: Conversation) -> None:
    user.begin()
    assert user.say("hallo", "greet")[0] == "utter_greet_in_scan"
    assert user.say("help", "help")[0] == "utter_help_in_scan"


def test_what_was_put_in_between_comes_back_too(user: Conversation) -> None:
    user.begin("Ja")
    user.say("wijzigen", "change_answer")
    assert user.say("dank je", "thank") == ["utter_thank", "utter_ask_which_question"]
    assert user.scan.confirming is Confirming.WHICH_QUESTION


def test_help_does_not_offer_help(user: Conversation) -> None:
    user.say("help", "help")
    assert "Wat kun je?" not in user.buttons


def test_an_emergency_is_answered_with_112_and_nothing_else(user: Conversation) -> None:
    assert user.say("hij heeft een mes", "report_emergency") == ["utter_report_emergency"]
    assert "112" in user.text
    user.begin("Ja")
    before = user.scan
    assert user.say("hij heeft een mes", "report_emergency") == ["utter_report_emergency"]
    assert user.scan == before


def test_a_yes_after_an_emergency_is_no_answer_to_the_question_before_it(
    user: Conversation,
) -> None:
    user.begin("Ja")
    user.say("hij heeft een mes", "report_emergency")
    assert user.say("ja", "affirm") == ["utter_after_emergency", "utter_question"]
    assert user.answers == {1: "ja"}
    assert user.say("ja", "affirm")[0] == "utter_noted"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("maar bij wie dan?", "ask_offer"),
        ("moet ik dat melden?", "out_of_scope"),
        ("wat moet ik nu doen", "help"),
        ("hij heet Yusuf en is 17", "report_concern"),
        ("kan de wijkagent hem aanspreken", "find_knowledge"),
    ],
)
def test_who_goes_on_about_a_concern_hears_whom_to_turn_to(
    user: Conversation, text: str, intent: str
) -> None:
    user.say("een leerling praat over de strijd", "report_concern")
    for _ in range(2):
        assert user.say(text, intent) == ["utter_after_concern"]
    assert "dossierhouder" in user.text


def test_after_a_concern_other_things_are_what_they_are(user: Conversation) -> None:
    user.begin("Ja")
    user.say("een leerling praat over de strijd", "report_concern")
    assert user.say("ja, hij staat in het IVP", "affirm")[0].startswith("utter_noted")
    user.say("een leerling praat over de strijd", "report_concern")
    assert user.say("hij staat hier met een mes", "report_emergency") == ["utter_report_emergency"]


def test_a_call_for_help_after_an_emergency_is_about_the_emergency(user: Conversation) -> None:
    user.say("hij heeft een mes", "report_emergency")
    assert user.say("wat moet ik nu doen", "help") == ["utter_after_emergency"]
    assert user.say("bij wie dan", "ask_offer") == ["utter_after_concern"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "utter_empty"),
        ("   ", "utter_empty"),
        ("🙂🙂🙂", "utter_empty"),
        ("?!…", "utter_empty"),
        ("x" * (MAX_MESSAGE_LENGTH + 1), "utter_too_long"),
        ("x" * 100_000, "utter_too_long"),
        ("/session_start", "utter_unknown_command"),
        ('/affirm{"x": 1}', "utter_unknown_command"),
    ],
)
def test_a_message_that_cannot_be_read_is_told_and_changes_nothing(
    user: Conversation, text: str, said: str
) -> None:
    assert user.say(text, "nlu_fallback") == [said]
    user.begin("Ja")
    before = user.scan
    assert user.say(text, "nlu_fallback") == [said, "utter_question"]
    assert user.scan == before


def test_a_message_of_the_greatest_length_is_read(user: Conversation) -> None:
    assert user.say("x" * MAX_MESSAGE_LENGTH, "nlu_fallback") == ["utter_not_understood"]


def test_what_is_not_understood_is_asked_back_in_turns(user: Conversation) -> None:
    said = [user.say("paars", "nlu_fallback")[0] for _ in range(4)]
    once, again = "utter_not_understood", "utter_not_understood_again"
    assert said == [once, again, once, again]


def test_once_something_is_understood_it_begins_with_the_first_wording_again(
    user: Conversation,
) -> None:
    user.say("paars", "nlu_fallback")
    user.say("dank je", "thank")
    assert user.say("paars", "nlu_fallback") == ["utter_not_understood"]


def test_the_likeliest_readings_are_offered_in_plain_words(user: Conversation) -> None:
    ranking = [
        {"name": "nlu_fallback", "confidence": 0.7},
        {"name": "ask_offer", "confidence": 0.2},
        {"name": "affirm", "confidence": 0.15},
        {"name": "request_advice", "confidence": 0.1},
        {"name": "help", "confidence": 0.05},
    ]
    user.say("wie kan dat", "nlu_fallback", ranking=ranking)
    assert user.buttons == ["Weten wie kan ondersteunen", "Een adviseur van ESS spreken"]
    assert user.payload_of("Een adviseur van ESS spreken") == "/request_advice"
