from types import SimpleNamespace

import pytest

from quickscan.resume_codes import find_code
from quickscan.scan import Confirming, Mode, Stage, Status
from tests.bot.actions.conversation import Conversation

REDACT = "bot.actions.answering.redact"


# The municipality


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Delft", "GM0503"),
        ("gemeente Delft", "GM0503"),
        ("wij zijn van de gemeente delft", "GM0503"),
        ("Amersfort", "GM0307"),
        ("Den Haag", "GM0518"),
    ],
)
def test_a_municipality_is_recognised_and_noted(user: Conversation, text: str, code: str) -> None:
    user.say("start", "start_quickscan")
    assert user.say(text, "inform") == ["utter_municipality_noted", "utter_ask_mode"]
    assert user.scan.municipality.code == code


@pytest.mark.parametrize("intent", ["out_of_scope", "affirm", "nlu_fallback", "greet"])
def test_a_municipality_is_recognised_whatever_rasa_takes_it_for(
    user: Conversation, intent: str
) -> None:
    user.say("start", "start_quickscan")
    user.say("Best", intent)
    assert user.scan.municipality.name == "Best"


def test_an_ambiguous_municipality_is_asked_back(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    assert user.say("Bergen", "inform") == ["utter_which_municipality"]
    assert len(user.buttons) == 2
    assert user.scan.municipality is None
    chosen = user.buttons[0]
    assert user.press(chosen) == ["utter_municipality_noted", "utter_ask_mode"]
    assert user.scan.municipality.name == chosen


def test_a_municipality_that_is_not_known_is_asked_again(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    assert user.say("Atlantis", "inform") == ["utter_choose", "utter_ask_municipality"]
    assert user.say("Atlantis", "inform") == ["utter_choose_again", "utter_ask_municipality"]
    assert user.scan.stage is Stage.MUNICIPALITY


@pytest.mark.parametrize("intent", ["deny", "dont_know", "skip_question"])
def test_the_municipality_may_be_left_unsaid(user: Conversation, intent: str) -> None:
    user.say("start", "start_quickscan")
    assert user.say("dat zeg ik niet", intent) == ["utter_municipality_unsaid", "utter_ask_mode"]
    assert user.scan.municipality is None


def test_pausing_is_no_municipality(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.say("pauze", "pause_quickscan")
    assert user.scan.municipality is None
    assert user.scan.status is Status.PAUSED


def test_the_municipality_can_be_changed_later_on(user: Conversation) -> None:
    user.begin("Ja")
    said = user.say("de gemeente moet Delft zijn", "change_answer", municipality="Delft")
    assert said == ["utter_municipality_noted", "utter_question"]
    assert user.scan.municipality.name == "Delft"
    assert user.question == 2


# The mode


@pytest.mark.parametrize(
    ("intent", "mode", "said"),
    [
        ("affirm", Mode.EXISTING_APPROACH, "utter_existing_approach"),
        ("partly", Mode.EXISTING_APPROACH, "utter_existing_approach"),
        ("deny", Mode.BUILDING_BLOCKS, "utter_building_blocks"),
    ],
)
def test_the_mode_follows_from_whether_there_is_an_approach(
    user: Conversation, intent: str, mode: Mode, said: str
) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    assert user.say("antwoord", intent) == [said, "utter_question"]
    assert (user.scan.mode, user.question) == (mode, 1)


def test_not_knowing_the_mode_is_asked_again(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    assert user.say("geen idee", "dont_know") == ["utter_choose", "utter_ask_mode"]
    assert user.scan.stage is Stage.MODE


def test_without_an_approach_the_questions_are_put_as_building_blocks(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    user.press("Nee, nog niet")
    question = user.scan.question
    assert question.building_block in user.text
    assert question.question not in user.text


# The questions


@pytest.mark.parametrize(
    ("button", "stored"),
    [("Ja", "ja"), ("Deels", "deels"), ("Nee", "nee"), ("Weet ik niet", "weet_niet")],
)
def test_a_button_answers_the_question_and_brings_the_next(
    user: Conversation, button: str, stored: str
) -> None:
    user.begin()
    assert user.press(button) == ["utter_noted", "utter_question"]
    assert user.heard[0]["custom"] == {"noted": {"question": 1, "answer": stored}}
    assert (user.answers, user.question) == ({1: stored}, 2)
    assert user.scan.answers[1].explanation is None


def test_each_question_shows_its_theme_its_progress_and_its_buttons(user: Conversation) -> None:
    user.begin("Ja", "Ja")
    assert "Vraag 3 van 6 · Aanbod" in user.text
    assert user.buttons == ["Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"]
    assert user.heard[-1]["custom"] == {"question": {"number": 3, "of": 6, "theme": "aanbod"}}


@pytest.mark.parametrize(
    ("text", "intent", "answer", "reason"),
    [
        ("deels, alleen voor jihadisme", "partly", "deels", "alleen voor jihadisme"),
        ("nee daar zijn we niet aan toe", "deny", "nee", "daar zijn we niet aan toe"),
        ("ja staat in ons IVP", "affirm", "ja", "staat in ons IVP"),
        ("weet ik niet, navragen bij OOV", "dont_know", "weet_niet", "navragen bij OOV"),
    ],
)
def test_an_answer_in_words_keeps_its_reason(
    user: Conversation, text: str, intent: str, answer: str, reason: str
) -> None:
    user.begin()
    assert user.say(text, intent) == ["utter_noted_with_reason", "utter_question"]
    assert user.answers == {1: answer}
    assert user.scan.answers[1].explanation == reason
    assert reason in user.text


def test_a_reason_is_stored_without_personal_data_and_the_user_is_told(
    user: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        REDACT,
        lambda text: SimpleNamespace(text=text.replace("Jan de Wit", "[naam]"), kinds=("person",)),
    )
    user.begin()
    said = user.say("nee, Jan de Wit doet dat", "deny")
    assert said == ["utter_noted_with_reason", "utter_redacted", "utter_question"]
    assert user.scan.answers[1].explanation == "[naam] doet dat"
    assert "Jan de Wit" not in user.text


def test_an_answer_may_name_its_question(user: Conversation) -> None:
    user.begin("Ja", "Ja")
    user.say("nee bij vraag 1", "deny", question_number=1)
    assert user.answers == {1: "nee", 2: "ja"}
    assert user.question == 3


def test_a_reason_that_points_to_another_question_answers_the_one_at_hand(
    user: Conversation,
) -> None:
    user.begin("Ja", "Ja")
    user.say("nee, net als bij vraag 1", "deny", question_number=1)
    assert user.answers == {1: "ja", 2: "ja", 3: "nee"}
    assert user.scan.answers[3].explanation == "net als bij vraag 1"


@pytest.mark.parametrize("number", [0, 7, -1, 1_000_000])
def test_an_answer_to_a_question_that_is_not_there_changes_nothing(
    user: Conversation, number: int
) -> None:
    user.begin("Ja")
    said = user.say(f"vraag {number}: nee", "deny", question_number=number)
    assert said == ["utter_no_such_question", "utter_question"]
    assert (user.answers, user.question) == ({1: "ja"}, 2)


def test_the_same_button_pressed_five_times_answers_once(user: Conversation) -> None:
    user.begin()
    payload = user.payload_of("Nee")
    user.send_payload(payload)
    for _ in range(4):
        assert user.send_payload(payload) == ["utter_stale_button", "utter_question"]
    assert (user.answers, user.question) == ({1: "nee"}, 2)


def test_a_button_of_an_earlier_scan_does_nothing(user: Conversation) -> None:
    user.begin()
    old = user.payload_of("Nee")
    user.say("opnieuw", "restart_quickscan")
    user.press("Liever niet zeggen")
    user.press("Ja")
    assert user.send_payload(old)[0] == "utter_stale_button"
    assert user.answers == {}


def test_a_button_after_the_scan_was_paused_does_nothing(user: Conversation) -> None:
    user.begin()
    payload = user.payload_of("Nee")
    user.say("pauze", "pause_quickscan")
    assert user.send_payload(payload) == ["utter_stale_button"]
    assert user.answers == {}


def test_an_answer_without_a_question_is_told(user: Conversation) -> None:
    assert user.say("ja", "affirm") == ["utter_nothing_asked"]


# Unclear answers


def test_an_unclear_answer_is_asked_back_with_the_options_then_with_the_explanation(
    user: Conversation,
) -> None:
    user.begin()
    assert user.say("paars", "nlu_fallback") == ["utter_unclear"]
    assert user.buttons == ["Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"]
    assert user.say("paars", "nlu_fallback") == ["utter_explanation", "utter_question"]
    assert user.buttons == ["Ja", "Deels", "Nee", "Weet ik niet"]
    assert user.answers == {}


def test_after_an_answer_unclear_ones_are_counted_anew(user: Conversation) -> None:
    user.begin()
    user.say("paars", "nlu_fallback")
    user.press("Ja")
    assert user.say("paars", "nlu_fallback") == ["utter_unclear"]


# Changing an answer


def test_an_answer_is_changed_at_once_when_the_new_one_is_named(user: Conversation) -> None:
    user.begin("Ja", "Ja", "Ja")
    said = user.say(
        "bij vraag twee moet het nee zijn want het ligt stil", "change_answer", question_number=2
    )
    assert said == ["utter_noted_with_reason", "utter_question"]
    assert user.answers == {1: "ja", 2: "nee", 3: "ja"}
    assert user.scan.answers[2].explanation == "het ligt stil"
    assert user.question == 4


def test_otherwise_the_question_is_put_again_and_then_the_scan_goes_on_where_it_was(
    user: Conversation,
) -> None:
    user.begin("Ja", "Ja", "Ja")
    said = user.say("wijzig vraag 2", "change_answer", question_number=2)
    assert said == ["utter_recall", "utter_question"]
    assert user.question == 2
    user.press("Deels")
    assert (user.answers[2], user.question) == ("deels", 4)


def test_a_change_that_names_no_question_is_asked_back(user: Conversation) -> None:
    user.begin("Ja", "Ja")
    assert user.say("ik wil iets wijzigen", "change_answer") == ["utter_ask_which_question"]
    assert user.scan.confirming is Confirming.WHICH_QUESTION
    said = user.say("1", "inform", question_number=1)
    assert said == ["utter_recall", "utter_question"]
    user.press("Nee")
    assert (user.answers, user.question) == ({1: "nee", 2: "ja"}, 3)


def test_number_and_answer_may_be_given_together(user: Conversation) -> None:
    user.begin("Ja", "Ja")
    user.say("ik wil iets wijzigen", "change_answer")
    user.say("1 nee", "deny", question_number=1)
    assert (user.answers, user.question) == ({1: "nee", 2: "ja"}, 3)


@pytest.mark.parametrize("text", ["nee, toch niet", "laat maar"])
def test_a_wish_to_change_can_be_taken_back(user: Conversation, text: str) -> None:
    user.begin("Ja", "Ja")
    user.say("ik wil iets wijzigen", "change_answer")
    user.say(text, "deny" if text.startswith("nee") else "cancel")
    assert (user.answers, user.question) == ({1: "ja", 2: "ja"}, 3)
    assert user.scan.is_active


@pytest.mark.parametrize("number", [7, 0, -1, 1_000_000])
@pytest.mark.parametrize("intent", ["change_answer", "inform"])
def test_a_question_that_is_not_there_cannot_be_changed(
    user: Conversation, number: int, intent: str
) -> None:
    user.begin("Ja")
    said = user.say(f"wijzig vraag {number} naar nee", intent, question_number=number)
    assert said == ["utter_no_such_question", "utter_question"]
    assert (user.answers, user.question) == ({1: "ja"}, 2)


def test_before_the_first_question_there_is_nothing_to_change(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    said = user.say("wijzig vraag 2", "change_answer", question_number=2)
    assert said == ["utter_not_yet", "utter_ask_municipality"]


def test_without_a_scan_there_is_nothing_to_change(user: Conversation) -> None:
    said = user.say("wijzig vraag 2", "change_answer", question_number=2)
    assert said == ["utter_nothing_to_change"]


# The end


def test_open_questions_are_offered_once_more(user: Conversation) -> None:
    user.begin("Ja")
    user.say("sla over", "skip_question")
    for _ in range(4):
        user.press("Ja")
    assert user.responses == ["utter_noted", "utter_ask_open_questions"]
    assert "vraag 2" in user.text
    assert user.press("Ja, nu beantwoorden") == ["utter_question"]
    assert user.question == 2
    assert user.press("Nee")[-1] == "utter_ask_confirm"
    assert user.answers[2] == "nee"


def test_open_questions_may_stay_open(user: Conversation) -> None:
    user.begin(*["Ja"] * 5)
    user.say("sla over", "skip_question")
    assert user.press("Nee, open laten")[-1] == "utter_ask_confirm"
    assert user.answers[6] == "overgeslagen"


@pytest.mark.parametrize("intent", ["partly", "dont_know"])
def test_an_unclear_answer_to_the_offer_is_asked_again(user: Conversation, intent: str) -> None:
    user.begin(*["Ja"] * 5)
    user.say("sla over", "skip_question")
    assert user.say("een beetje", intent) == ["utter_choose", "utter_ask_open_questions"]


def test_after_the_last_question_comes_the_summary_and_then_its_confirmation(
    user: Conversation,
) -> None:
    user.begin("Ja", "Deels", "Nee", "Weet ik niet", "Ja", "Ja")
    assert user.responses == [
        "utter_noted",
        "utter_summary",
        "utter_summary_themes",
        "utter_first_steps",
        "utter_ask_confirm",
    ]
    summary = user.heard[1]
    assert summary["strengths"] == "vraag 1, 5 en 6"
    assert summary["improvements"] == "vraag 2 en 3"
    assert summary["blind_spots"] == "vraag 4"
    assert user.scan.status is Status.IN_PROGRESS


def test_confirming_completes_the_scan_and_gives_a_code(user: Conversation) -> None:
    user.begin(*["Ja"] * 6)
    assert user.press("Klopt, rond af")[0] == "utter_completed"
    assert user.scan.status is Status.COMPLETED
    assert user.scan.completed_at is not None
    assert find_code(user.text)


def test_an_answer_can_still_be_changed_before_confirming(user: Conversation) -> None:
    user.begin(*["Ja"] * 6)
    assert user.press("Antwoord wijzigen") == ["utter_ask_which_question"]
    said = user.say("3 moet deels zijn", "change_answer", question_number=3)
    assert said[0] == "utter_noted"
    assert said[-1] == "utter_ask_confirm"
    assert user.answers[3] == "deels"
    user.press("Klopt, rond af")
    assert user.scan.answers[3].answer == "deels"


def test_denying_the_summary_asks_which_answer_is_wrong(user: Conversation) -> None:
    user.begin(*["Ja"] * 6)
    assert user.say("nee", "deny") == ["utter_ask_which_question"]
    assert user.say("geen enkele eigenlijk", "deny")[-1] == "utter_ask_confirm"


@pytest.mark.parametrize("intent", ["partly", "dont_know"])
def test_an_unclear_confirmation_completes_nothing(user: Conversation, intent: str) -> None:
    user.begin(*["Ja"] * 6)
    assert user.say("hmm", intent) == ["utter_choose", "utter_ask_confirm"]
    assert user.scan.status is Status.IN_PROGRESS


def test_after_completion_an_answer_changes_nothing(user: Conversation) -> None:
    user.begin(*["Ja"] * 6)
    user.press("Klopt, rond af")
    before = user.scan
    assert user.say("nee", "deny") == ["utter_nothing_asked"]
    assert user.scan == before
