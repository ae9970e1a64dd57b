import logging
from typing import Any

import pytest

from advice.request import Request, Status, Support, Urgency
from bot.actions.turn import session_id_of
from quickscan.scan import Answer
from storage import requests
from storage.database import transaction
from tests.bot.actions.conversation import Conversation

CONTACT = "j.jansen@delft.nl"
MAYBE_CONCERN = [
    {"name": "request_advice", "confidence": 0.8},
    {"name": "report_concern", "confidence": 0.15},
    {"name": "report_emergency", "confidence": 0.02},
]


def draft(user: Conversation) -> Request | None:
    """Return what is stored of the request that the user is making."""
    with transaction() as connection:
        return requests.draft_of_session(connection, session_id_of(user.channel, user.sender))


def sent(user: Conversation) -> list[Request]:
    """Return the requests that were sent."""
    with transaction() as connection:
        return requests.find_all(connection)


def step(user: Conversation) -> str | None:
    """Return what was asked for the request."""
    put = [message["custom"].get("advice", {}).get("step") for message in user.heard]
    return put[-1] if put else None


def begin(user: Conversation, *pressed: str, **entities: Any) -> None:  # noqa: ANN401 - as Rasa gives them
    """Ask for advice about theater in Delft, and press these buttons."""
    named = {"municipality": "Delft", "intervention": "theater", **entities}
    user.say("kan ESS meedenken over theater in Delft?", "request_advice", **named)
    for title in pressed:
        user.press(title)


def to_the_end(user: Conversation) -> None:
    """Answer everything up to the summary."""
    begin(user, "Evaluatie opzetten", "Binnen een week", "Ja")
    user.say(f"mail maar naar {CONTACT}", "request_advice")


def test_a_request_is_made_in_a_few_questions_and_gets_a_number(user: Conversation) -> None:
    said = user.say("ik wil een adviseur spreken", "request_advice")
    assert said == ["utter_advice_intro", "utter_advice_ask_municipality"]
    user.say("Delft", "inform")
    user.say("we willen onze theatervoorstelling evalueren", "inform", intervention="theater")
    user.say("een evaluatie opzetten", "evaluate_intervention")
    user.say("binnen een maand", "affirm")
    user.say("ja hoor", "affirm")
    assert user.say(f"{CONTACT}", "out_of_scope") == ["utter_advice_ask_confirm"]
    assert user.press("Ja, verstuur") == ["utter_advice_sent"]
    [request] = sent(user)
    assert (request.municipality.name, request.support) == ("Delft", Support.EVALUATION)
    assert (request.urgency, request.contact) == (Urgency.MONTH, CONTACT)
    assert request.subject == "we willen onze theatervoorstelling evalueren"
    assert request.interventions == ("theater",)
    assert str(request.number) in user.text
    assert "een jaar nadat het verzoek is afgesloten" in user.text


def test_what_the_first_message_says_is_told_and_not_asked(user: Conversation) -> None:
    begin(user)
    assert user.responses == [
        "utter_advice_intro",
        "utter_advice_known",
        "utter_advice_ask_support",
    ]
    assert "Gemeente: Delft" in user.text


def test_after_a_button_the_subject_is_what_was_spoken_of(user: Conversation) -> None:
    user.slots["topic"] = {"intervention": "theater", "evaluation_type": "effectevaluatie"}
    user.send_payload("/request_advice")
    assert draft(user).subject == "effectevaluatie van theater"
    assert draft(user).interventions == ("theater",)


def test_what_is_said_never_has_the_contact_data_in_it(user: Conversation) -> None:
    to_the_end(user)
    assert CONTACT not in user.text
    assert "j…@delft.nl" in user.text
    user.press("Ja, verstuur")
    assert CONTACT not in user.text
    assert CONTACT not in str(user.slots)


def test_a_double_click_sends_one_request(user: Conversation) -> None:
    to_the_end(user)
    payload = user.payload_of("Ja, verstuur")
    user.send_payload(payload)
    assert user.send_payload(payload) == ["utter_stale_button"]
    assert len(sent(user)) == 1


def test_a_button_of_an_earlier_question_changes_nothing(user: Conversation) -> None:
    begin(user)
    earlier = user.payload_of("Evaluatie opzetten")
    user.press("Uitleg over de toolkit")
    assert user.send_payload(earlier) == ["utter_stale_button", "utter_advice_ask_urgency"]
    assert draft(user).support is Support.EXPLANATION


def test_going_back_and_changing_before_it_is_sent(user: Conversation) -> None:
    to_the_end(user)
    user.press("Iets wijzigen")
    assert user.buttons == ["Gemeente", "Onderwerp", "Hulp", "Termijn", "Contact"]
    user.press("Termijn")
    user.press("Later")
    assert draft(user).urgency is Urgency.LATER
    assert user.say("nee, de gemeente klopt niet", "deny") == ["utter_advice_ask_municipality"]
    user.say("Leiden", "inform")
    assert draft(user).municipality.name == "Leiden"
    assert user.say("vorige", "previous_question") == ["utter_advice_ask_contact"]
    assert user.say("wijzig de hulp", "change_answer") == ["utter_advice_ask_support"]


def test_the_first_question_has_none_before_it(user: Conversation) -> None:
    user.say("ik wil een adviseur spreken", "request_advice")
    said = user.say("vorige", "previous_question")
    assert said == ["utter_advice_first_question", "utter_advice_ask_municipality"]
    assert user.say("wijzigen", "change_answer") == ["utter_advice_ask_municipality"]


def test_the_municipality_may_stay_unsaid_and_a_double_name_is_asked(user: Conversation) -> None:
    user.say("ik wil een adviseur spreken", "request_advice")
    assert user.say("Bergen", "inform") == ["utter_which_municipality"]
    user.press("Bergen (NH.)")
    assert draft(user).municipality.name == "Bergen (NH.)"
    user.say("vorige", "previous_question")
    user.press("Liever niet zeggen")
    assert (draft(user).municipality, step(user)) == (None, "onderwerp")


def test_an_unclear_answer_is_asked_back_in_other_words_each_time(user: Conversation) -> None:
    begin(user)
    said = [user.say("paars", "nlu_fallback") for _ in range(2)]
    assert said == [
        ["utter_advice_unclear", "utter_advice_ask_support"],
        ["utter_help_in_advice", "utter_advice_ask_support"],
    ]


def test_a_subject_in_one_word_is_asked_back(user: Conversation) -> None:
    user.say("ik wil een adviseur spreken", "request_advice")
    user.press("Liever niet zeggen")
    assert user.say("borging", "inform")[0] == "utter_advice_unclear_subject"
    assert user.say("borging", "inform") == ["utter_advice_ask_support"]


@pytest.mark.parametrize(("text", "said"), [("", "utter_empty"), ("x" * 3_000, "utter_too_long")])
def test_a_message_that_cannot_be_read_is_told(user: Conversation, text: str, said: str) -> None:
    begin(user)
    assert user.say(text, "nlu_fallback") == [said, "utter_advice_ask_support"]


def test_a_private_address_is_asked_back(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten", "Later", "Ja")
    said = user.say("jan@gmail.com", "inform")
    assert said == ["utter_advice_private_address", "utter_advice_ask_contact"]
    assert draft(user).contact is None


def test_personal_data_in_the_subject_is_removed_and_told(user: Conversation) -> None:
    user.say("ik wil een adviseur spreken", "request_advice")
    user.press("Liever niet zeggen")
    said = user.say("bel Fatima Yilmaz over ons casusoverleg", "inform")
    assert said == ["utter_redacted", "utter_advice_ask_support"]
    assert "Yilmaz" not in draft(user).subject


def test_without_consent_nothing_is_kept(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten", "Later")
    assert user.say(CONTACT, "out_of_scope") == [
        "utter_advice_consent_first",
        "utter_advice_ask_consent",
    ]
    assert draft(user).contact is None
    assert user.press("Nee") == ["utter_advice_no_consent"]
    assert user.press("Ja, gooi weg") == ["utter_advice_cancelled"]
    assert (draft(user), sent(user)) == (None, [])


def test_who_refuses_and_thinks_again_goes_on_where_it_was(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten", "Later")
    user.press("Nee")
    assert user.press("Nee, ga verder") == ["utter_advice_ask_consent"]
    assert user.say(f"ja, {CONTACT}", "affirm") == ["utter_advice_ask_confirm"]
    assert draft(user).contact == CONTACT


def test_a_yes_to_throwing_away_is_no_consent(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten", "Later")
    user.press("Nee")
    assert user.say("ja gooi maar weg", "delete_data") == ["utter_advice_cancelled"]
    assert (draft(user), sent(user)) == (None, [])


@pytest.mark.parametrize("intent", ["report_concern", "report_emergency"])
def test_danger_is_heard_whatever_was_asked(user: Conversation, intent: str) -> None:
    begin(user, "Evaluatie opzetten", "Later")
    user.press("Nee")
    said = user.say("ja er loopt hier iemand met een mes", intent)
    assert said == [f"utter_{intent}"]


def test_what_may_mean_something_else_throws_nothing_away(user: Conversation) -> None:
    to_the_end(user)
    doubtful = [{"name": "cancel", "confidence": 0.5}]
    assert user.say("laat dat maar zo", "cancel", ranking=doubtful) == ["utter_advice_ask_drop"]
    assert user.say("nee", "deny") == ["utter_advice_ask_confirm"]
    user.say("laat dat maar zo", "cancel", ranking=doubtful)
    assert user.say("ja", "affirm") == ["utter_advice_cancelled"]
    assert (draft(user), sent(user)) == (None, [])


def test_what_to_change_may_be_typed(user: Conversation) -> None:
    to_the_end(user)
    user.press("Iets wijzigen")
    assert user.say("contact", "request_advice") == ["utter_advice_ask_contact"]
    assert user.say("jan@zwolle", "inform") == [
        "utter_advice_unclear_contact",
        "utter_advice_ask_contact",
    ]


@pytest.mark.parametrize("during_a_scan", [False, True])
def test_who_wants_to_withdraw_what_was_sent_hears_how(
    user: Conversation,
    during_a_scan: bool,  # noqa: FBT001 - both cases
) -> None:
    if during_a_scan:
        user.begin("Ja")
    said = user.say("ik wil mijn verzoek intrekken", "cancel")
    assert said == ["utter_advice_withdraw", *["utter_question"] * during_a_scan]


def test_the_outcome_of_a_scan_goes_along_with_permission(user: Conversation) -> None:
    user.begin("Ja")
    to_the_end(user)
    assert user.responses == ["utter_advice_ask_scan"]
    user.press("Ja")
    assert "De uitkomst van je quickscan gaat mee." in user.text
    said = user.press("Ja, verstuur")
    assert said == ["utter_advice_sent", "utter_back_to_scan", "utter_question"]
    assert sent(user)[0].scan_id == user.scan.id
    assert user.question == 2


@pytest.mark.parametrize(("text", "intent"), [("stop", "cancel"), ("laat maar", "cancel")])
def test_stopping_keeps_nothing_and_returns_to_the_scan(
    user: Conversation, text: str, intent: str
) -> None:
    user.begin("Ja")
    begin(user, "Evaluatie opzetten")
    said = user.say(text, intent)
    assert said == ["utter_advice_cancelled", "utter_back_to_scan", "utter_question"]
    assert draft(user) is None
    assert user.answers == {1: Answer.YES}


def test_it_can_be_stopped_by_button_at_the_end(user: Conversation) -> None:
    to_the_end(user)
    assert user.press("Stoppen") == ["utter_advice_cancelled"]
    assert (draft(user), sent(user)) == (None, [])


def test_deleting_data_while_it_is_made_removes_it_at_once(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten")
    said = user.say("verwijder mijn gegevens", "delete_data")
    assert said == ["utter_advice_cancelled", "utter_nothing_to_delete"]
    assert draft(user) is None


def test_a_sent_request_is_removed_with_the_rest_after_asking(user: Conversation) -> None:
    to_the_end(user)
    user.press("Ja, verstuur")
    assert user.say("verwijder mijn gegevens", "delete_data") == ["utter_ask_delete"]
    assert len(sent(user)) == 1
    assert user.press("Ja, verwijder alles") == ["utter_deleted"]
    assert sent(user) == []


@pytest.mark.parametrize(
    ("intent", "response"),
    [("report_concern", "utter_report_concern"), ("report_emergency", "utter_report_emergency")],
)
@pytest.mark.parametrize("asked", ["onderwerp", "hulp"])
def test_a_concern_about_a_person_stops_it_and_says_where_it_belongs(
    user: Conversation, asked: str, intent: str, response: str
) -> None:
    if asked == "onderwerp":
        user.say("ik wil een adviseur spreken", "request_advice")
        user.press("Liever niet zeggen")
    else:
        begin(user)
    assert step(user) == asked
    said = user.say("een leerling van mij zegt dat hij morgen iets gaat doen", intent)
    assert said == [response]
    assert (draft(user), sent(user)) == (None, [])
    assert "112" in user.text


def test_a_concern_that_asks_for_advice_is_no_request(user: Conversation) -> None:
    text = "kan ESS meedenken over een jongen die naar Syrië wil"
    said = user.say(text, "request_advice", ranking=MAYBE_CONCERN)
    assert said == ["utter_report_concern"]
    assert draft(user) is None


def test_a_subject_that_may_be_a_concern_is_one_only_when_it_is_about_a_person(
    user: Conversation,
) -> None:
    for text, kept in [
        ("training over de jihad voor docenten", True),
        ("mijn buurman zegt", False),
    ]:
        user.say("ik wil een adviseur spreken", "request_advice")
        user.press("Liever niet zeggen")
        user.say(text, "request_advice", ranking=MAYBE_CONCERN)
        assert (draft(user) is not None) == kept
        user.say("stop", "cancel")


def test_a_telephone_number_is_no_emergency(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten", "Later", "Ja")
    ranking = [{"name": "report_emergency", "confidence": 0.7}]
    said = user.say("bel me maar", "report_emergency", ranking=ranking)
    assert said == ["utter_advice_unclear_contact", "utter_advice_ask_contact"]
    assert user.say("bel me snel op 06 12345678 graag", "report_emergency") == [
        "utter_advice_ask_confirm"
    ]
    assert draft(user).contact == "0612345678"


@pytest.mark.parametrize(
    "intent",
    ["start_quickscan", "restart_quickscan", "start_checklist", "show_progress", "show_result"],
)
def test_nothing_else_is_begun_before_it_is_finished(user: Conversation, intent: str) -> None:
    begin(user)
    ranking = [{"name": intent, "confidence": 1.0}]
    said = user.say("iets anders doen dan dit", intent, ranking=ranking)
    assert said == ["utter_advice_first", "utter_advice_ask_support"]
    assert user.scan is None


@pytest.mark.parametrize("intent", ["pause_quickscan", "goodbye"])
def test_it_can_wait_and_go_on(user: Conversation, intent: str) -> None:
    begin(user)
    ranking = [{"name": intent, "confidence": 1.0}]
    assert user.say("tot later", intent, ranking=ranking) == ["utter_advice_kept"]
    assert user.say("verder", "resume_quickscan") == ["utter_advice_ask_support"]
    assert user.say("kan ik iemand spreken", "request_advice") == ["utter_advice_ask_support"]


@pytest.mark.parametrize(
    ("intent", "response"),
    [
        ("greet", "utter_greet_in_advice"),
        ("help", "utter_help_in_advice"),
        ("explain_question", "utter_help_in_advice"),
        ("ask_privacy", "utter_ask_privacy"),
        ("out_of_scope", "utter_out_of_scope"),
    ],
)
@pytest.mark.parametrize("asked", ["onderwerp", "hulp"])
def test_what_comes_in_between_is_answered_and_the_question_comes_back(
    user: Conversation, asked: str, intent: str, response: str
) -> None:
    if asked == "onderwerp":
        user.say("ik wil een adviseur spreken", "request_advice")
        user.press("Liever niet zeggen")
    else:
        begin(user)
    said = user.say("hoe zit dat dan eigenlijk", intent)
    assert said[0] == response
    assert len(said) == 2
    assert step(user) == asked


def test_a_subject_that_seems_off_topic_is_taken_when_it_is_said_again(user: Conversation) -> None:
    user.say("ik wil een adviseur spreken", "request_advice")
    user.press("Liever niet zeggen")
    text = "het jeugdhonk van de wijk"
    assert user.say(text, "out_of_scope")[0] == "utter_out_of_scope"
    user.say(text, "out_of_scope")
    assert draft(user).subject == text


def test_a_request_goes_on_after_a_new_start_of_the_servers(user: Conversation) -> None:
    begin(user, "Evaluatie opzetten")
    later = Conversation()  # the same sender, nothing remembered
    later.say("over twee weken", "inform")
    assert step(later) == "toestemming"


def test_a_person_is_offered_when_twice_nothing_was_understood(user: Conversation) -> None:
    user.say("paars", "nlu_fallback")
    assert "Iemand spreken" not in user.buttons
    user.say("paars", "nlu_fallback")
    assert user.buttons[-1] == "Iemand spreken"
    ranking = [{"name": "request_advice", "confidence": 0.2}]
    user.say("dank", "thank")
    for _ in range(2):
        user.say("paars", "nlu_fallback", ranking=ranking)
    assert user.buttons == ["Een adviseur van ESS spreken"]


@pytest.mark.parametrize(("unknown", "offered"), [(1, False), (2, True)])
def test_a_person_is_offered_after_a_scan_with_many_blind_spots(
    user: Conversation,
    unknown: int,
    offered: bool,  # noqa: FBT001 - what is expected
) -> None:
    user.begin(*["Weet ik niet"] * unknown, *["Ja"] * (6 - unknown))
    said = user.press("Klopt, rond af")
    assert ("utter_offer_advice" in said) == offered
    if offered:
        assert user.press("Iemand spreken")[0] == "utter_advice_intro"


def test_nothing_of_a_request_stands_in_the_log(
    user: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        to_the_end(user)
        user.press("Ja, verstuur")
    assert CONTACT not in caplog.text
    assert sent(user)[0].status is Status.NEW
