from collections.abc import Callable

import pytest

from quickscan.resume_codes import find_code
from quickscan.scan import Confirming, Mode, Scan, Stage, Status
from storage import scans
from storage.database import transaction
from tests.bot.actions.conversation import Conversation

UNKNOWN_CODE = "2222-2222-2222-2222"
ALL_JA = ["Ja"] * 6


def finish(user: Conversation) -> str:
    """Do a whole scan and round it off; return its code."""
    user.begin(*ALL_JA)
    user.press("Klopt, rond af")
    return find_code(user.text)


def pause(user: Conversation) -> str:
    """Pause; return the code."""
    user.say("pauze", "pause_quickscan")
    return find_code(user.text)


def all_scans() -> list[Scan]:
    """Return every stored scan."""
    with transaction() as connection:
        return scans.find_all(connection)


# Beginning


def test_starting_introduces_the_scan_and_asks_for_the_municipality(user: Conversation) -> None:
    assert user.say("start", "start_quickscan") == ["utter_scan_intro", "utter_ask_municipality"]
    assert "6 vragen" in user.text
    assert user.scan.questionnaire.wording in user.text
    assert user.buttons == ["Liever niet zeggen"]
    assert user.scan.stage is Stage.MUNICIPALITY


def test_a_municipality_named_at_the_start_is_not_asked_again(user: Conversation) -> None:
    said = user.say("quickscan voor Delft", "start_quickscan", municipality="Delft")
    assert said == ["utter_scan_intro", "utter_municipality_noted", "utter_ask_mode"]
    assert user.scan.municipality.code == "GM0503"


def test_an_ambiguous_municipality_at_the_start_is_asked_for(user: Conversation) -> None:
    said = user.say("quickscan voor Bergen", "start_quickscan", municipality="Bergen")
    assert said[-1] == "utter_ask_municipality"
    assert user.scan.municipality is None


def test_starting_with_answers_under_way_asks_whether_to_go_on(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    first = user.scan.id
    assert user.say("start", "start_quickscan") == ["utter_scan_under_way", "utter_ask_restart"]
    assert "2 van de 6" in user.text
    assert user.press("Nee, verder gaan") == ["utter_question"]
    assert (user.scan.id, user.question) == (first, 3)


def test_starting_before_any_answer_just_begins(user: Conversation) -> None:
    user.begin()
    assert user.say("start", "start_quickscan")[0] == "utter_scan_intro"


def test_starting_over_keeps_the_old_scan_as_stopped(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    user.say("start", "start_quickscan")
    user.press("Ja, opnieuw beginnen")
    old, new = all_scans()
    assert (old.status, len(old.answers)) == (Status.CANCELLED, 2)
    assert (new.status, new.answers, new.id) == (Status.IN_PROGRESS, {}, user.scan.id)


def test_starting_after_a_finished_scan_begins_anew(user: Conversation) -> None:
    finish(user)
    assert user.say("start", "start_quickscan")[0] == "utter_scan_intro"
    assert [scan.status for scan in all_scans()] == [Status.COMPLETED, Status.IN_PROGRESS]


# Restarting


def test_restarting_asks_before_it_throws_answers_away(user: Conversation) -> None:
    user.begin("Ja")
    assert user.say("opnieuw", "restart_quickscan") == ["utter_ask_restart"]
    assert user.answers == {1: "ja"}
    assert user.press("Ja, opnieuw beginnen")[0] == "utter_scan_intro"
    assert user.answers == {}


@pytest.mark.parametrize("way_back", ["deny", "cancel", "previous_question", "skip_question"])
@pytest.mark.parametrize("paused", [False, True])
def test_not_restarting_goes_on_where_the_scan_was(
    user: Conversation,
    way_back: str,
    paused: bool,  # noqa: FBT001 - a variant
) -> None:
    user.begin("Ja", "Nee")
    if paused:
        pause(user)
    user.say("opnieuw", "restart_quickscan")
    user.say("nee laat maar", way_back)
    assert user.question == 3
    user.press("Deels")
    assert user.answers == {1: "ja", 2: "nee", 3: "deels"}


@pytest.mark.parametrize("begin", [lambda user: None, lambda user: user.begin(), finish])
def test_restarting_without_answers_under_way_just_begins(
    user: Conversation, begin: Callable[[Conversation], object]
) -> None:
    begin(user)
    assert user.say("opnieuw", "restart_quickscan")[0] == "utter_scan_intro"


# Pausing and saying goodbye


@pytest.mark.parametrize("intent", ["pause_quickscan", "goodbye"])
def test_pausing_gives_a_code_and_stores_that_the_scan_pauses(
    user: Conversation, intent: str
) -> None:
    user.begin("Ja", "Nee")
    assert user.say("ik ga weg", intent) == ["utter_paused"]
    assert find_code(user.text)
    assert "2 van de 6" in user.text
    assert user.scan.status is Status.PAUSED


@pytest.mark.parametrize("intent", ["pause_quickscan", "goodbye"])
@pytest.mark.parametrize("begin", [lambda user: None, finish])
def test_without_a_scan_under_way_there_is_nothing_to_pause(
    user: Conversation, intent: str, begin: Callable[[Conversation], object]
) -> None:
    begin(user)
    said = user.say("ik ga weg", intent)
    assert said == ["utter_goodbye" if intent == "goodbye" else "utter_no_scan"]
    assert "Quickscan starten" in user.buttons


def test_after_a_pause_an_answer_changes_nothing(user: Conversation) -> None:
    user.begin("Ja")
    pause(user)
    assert user.say("nee", "deny") == ["utter_nothing_asked"]
    assert user.answers == {1: "ja"}


# Going on


def test_with_the_code_one_goes_on_from_another_channel(
    user: Conversation, another: Callable[..., Conversation]
) -> None:
    user.begin("Ja", "Nee")
    code = pause(user)
    elsewhere = another("iemand-anders", "web")
    said = elsewhere.say(f"verder {code}", "resume_quickscan")
    assert said == ["utter_resumed", "utter_question"]
    assert elsewhere.question == 3
    assert elsewhere.answers == {1: "ja", 2: "nee"}
    assert user.scan is None


def test_a_code_is_understood_whatever_rasa_makes_of_the_message(
    user: Conversation, another: Callable[..., Conversation]
) -> None:
    user.begin("Ja")
    code = pause(user)
    elsewhere = another("iemand-anders")
    assert elsewhere.say(code.lower(), "out_of_scope") == ["utter_resumed", "utter_question"]


@pytest.mark.parametrize("text", ["wie is verantwoordelijk", "maar voor deze week doen we niks"])
def test_dutch_words_are_not_taken_for_a_code(user: Conversation, text: str) -> None:
    user.begin()
    user.say(f"nee, {text}", "deny")
    assert user.answers == {1: "nee"}


def test_without_a_code_one_goes_on_with_the_scan_of_this_conversation(user: Conversation) -> None:
    user.begin("Ja")
    pause(user)
    assert user.say("verder", "resume_quickscan") == ["utter_resumed", "utter_question"]
    assert (user.scan.status, user.question) == (Status.IN_PROGRESS, 2)


def test_a_stopped_scan_can_be_gone_on_with(user: Conversation) -> None:
    user.begin("Ja")
    user.say("stop", "cancel")
    assert user.scan.status is Status.CANCELLED
    user.say("verder", "resume_quickscan")
    user.press("Nee")
    assert user.answers == {1: "ja", 2: "nee"}


def test_without_a_scan_a_code_is_asked_for(user: Conversation) -> None:
    assert user.say("verder", "resume_quickscan") == ["utter_ask_code"]


def test_a_finished_scan_is_not_gone_on_with_without_its_code(user: Conversation) -> None:
    finish(user)
    assert user.say("verder", "resume_quickscan") == ["utter_already_completed"]


def test_an_unknown_code_is_told_and_the_pending_question_comes_back(user: Conversation) -> None:
    assert user.say(f"verder {UNKNOWN_CODE}", "resume_quickscan") == ["utter_code_unknown"]
    user.begin("Ja")
    said = user.say(f"verder {UNKNOWN_CODE}", "resume_quickscan")
    assert said == ["utter_code_unknown", "utter_question"]


def test_after_five_wrong_codes_no_code_is_tried_any_more(
    user: Conversation, another: Callable[..., Conversation]
) -> None:
    user.begin("Ja")
    code = pause(user)
    guesser = another("rader")
    for _ in range(5):
        assert guesser.say(UNKNOWN_CODE, "inform") == ["utter_code_unknown"]
    assert guesser.say(code, "inform") == ["utter_too_many_codes"]
    assert guesser.scan is None
    assert user.scan.status is Status.PAUSED


def test_a_finished_scan_is_reopened_by_its_code_as_a_new_version(user: Conversation) -> None:
    code = finish(user)
    old = user.scan
    said = user.say(f"verder {code}", "resume_quickscan")
    assert said[0] == "utter_reopened"
    assert said[-1] == "utter_ask_confirm"
    user.say("vraag 2 moet nee zijn", "change_answer", question_number=2)
    user.press("Klopt, rond af")
    first, second = all_scans()
    assert first == old
    assert second.reopened_from == old.id
    assert second.answers[2].answer == "nee"
    assert second.status is Status.COMPLETED


# Removing everything


def test_deleting_asks_first_and_then_removes_everything(user: Conversation) -> None:
    user.begin("Ja", "Nee")
    code = pause(user)
    assert user.say("wis alles", "delete_data") == ["utter_ask_delete"]
    assert user.answers == {1: "ja", 2: "nee"}
    assert user.press("Ja, verwijder alles") == ["utter_deleted"]
    assert all_scans() == []
    assert user.say(code, "inform") == ["utter_code_unknown"]


def test_after_deleting_the_conversation_is_about_nothing(user: Conversation) -> None:
    user.slots["topic"] = {"intervention": "theater"}
    user.slots["misunderstandings"] = 1
    user.begin("Ja")
    user.say("wis alles", "delete_data")
    user.press("Ja, verwijder alles")
    assert user.slots == {"topic": None, "misunderstandings": 0}


def test_without_anything_stored_there_is_nothing_to_delete(user: Conversation) -> None:
    assert user.say("wis alles", "delete_data") == ["utter_nothing_to_delete"]


@pytest.mark.parametrize("begin", [finish, lambda user: user.begin("Ja"), None])
def test_not_deleting_keeps_everything_as_it_was(
    user: Conversation, begin: Callable[[Conversation], object] | None
) -> None:
    if begin is None:
        user.begin("Ja")
        pause(user)
    else:
        begin(user)
    before = user.scan
    user.say("wis alles", "delete_data")
    assert user.press("Nee, bewaren")[0] == "utter_not_deleted"
    after = user.scan
    assert (after.answers, after.status, after.stage) == (
        before.answers,
        before.status,
        before.stage,
    )
    assert after.confirming is None


ELSEWHERE = [
    ("pauze", "pause_quickscan"),
    ("tot ziens", "goodbye"),
    ("verder", "resume_quickscan"),
    ("bel 112", "report_emergency"),
    ("wijzig vraag 2", "change_answer"),
    ("vorige", "previous_question"),
    ("sla over", "skip_question"),
    ("laat maar", "cancel"),
]


@pytest.mark.parametrize(("text", "intent"), ELSEWHERE)
@pytest.mark.parametrize("finished", [True, False])
def test_a_ja_to_something_later_never_removes_anything(
    user: Conversation,
    text: str,
    intent: str,
    finished: bool,  # noqa: FBT001 - a variant
) -> None:
    if finished:
        finish(user)
    else:
        user.begin("Ja", "Nee")
        pause(user)
    before = user.answers
    user.say("wis alles", "delete_data")
    user.say(text, intent)
    user.say("ja", "affirm")
    user.say("ja", "affirm")
    assert {n: user.answers[n] for n in before} == before


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("wijzig vraag 2", "change_answer", {"question_number": 2}),
        ("vraag 2 moet nee zijn", "change_answer", {"question_number": 2}),
        ("vraag 2", "inform", {"question_number": 2}),
        ("vorige", "previous_question", {}),
        ("sla vraag 2 over", "skip_question", {"question_number": 2}),
        ("sla over", "skip_question", {}),
    ],
)
def test_a_finished_scan_stays_as_it_is_whatever_is_said_instead_of_deleting(
    user: Conversation, text: str, intent: str, entities: dict[str, int]
) -> None:
    finish(user)
    before = user.scan
    user.say("wis alles", "delete_data")
    user.say(text, intent, **entities)
    after = user.scan
    assert (after.answers, after.status, after.stage) == (
        before.answers,
        Status.COMPLETED,
        Stage.DONE,
    )


@pytest.mark.parametrize(
    "intent", ["previous_question", "skip_question", "cancel", "change_answer"]
)
def test_a_paused_scan_asks_nothing_that_cannot_be_answered(
    user: Conversation, intent: str
) -> None:
    user.begin("Ja")
    pause(user)
    user.say("wis alles", "delete_data")
    user.say("laat maar", intent)
    assert user.question is None
    assert user.scan.status is Status.PAUSED
    assert user.scan.confirming is None


def test_a_scan_of_building_blocks_stays_one_after_a_pause(user: Conversation) -> None:
    user.say("start", "start_quickscan")
    user.press("Liever niet zeggen")
    user.press("Nee, nog niet")
    pause(user)
    user.say("verder", "resume_quickscan")
    assert user.scan.mode is Mode.BUILDING_BLOCKS
    assert user.scan.question.building_block in user.text


def test_something_put_in_between_is_asked_again_after_an_unclear_reply(user: Conversation) -> None:
    user.begin("Ja")
    user.say("wis alles", "delete_data")
    assert user.say("paars", "partly") == ["utter_choose", "utter_ask_delete"]
    assert user.scan.confirming is Confirming.DELETE
