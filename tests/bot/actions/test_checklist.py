import re

import pytest
from sqlalchemy.engine import Engine

from bot.actions.turn import session_id_of
from checklists.course import Run
from quickscan.scan import Status
from storage import checklists
from storage.database import transaction
from tests.bot.actions.conversation import Conversation
from tests.bot.actions.knowing import offers, point, rests_on
from tests.knowledge.real import use_real_items

CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
CONDITIONS = {"content_kind": "randvoorwaarde", "intervention": "theater"}


@pytest.fixture(autouse=True)
def _content(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the real content."""
    use_real_items(monkeypatch)


def run_of(user: Conversation) -> Run | None:
    """Return the checklist that is stored for this user."""
    with transaction() as connection:
        return checklists.latest_of_session(connection, session_id_of(user.channel, user.sender))


def verdicts(user: Conversation) -> dict[int, str]:
    """Return the verdicts that are stored for this user."""
    run = run_of(user)
    return {n: str(given.verdict) for n, given in run.verdicts.items()} if run else {}


def begin(user: Conversation, *pressed: str) -> None:
    """Begin the five conditions for a planevaluatie of theater, and press these buttons."""
    user.say(
        "loop de voorwaarden met me na",
        "start_checklist",
        evaluation_type="planevaluatie",
        **CONDITIONS,
    )
    for title in pressed:
        user.press(title)


def test_a_checklist_begins_with_what_it_is_and_its_first_point(user: Conversation) -> None:
    begin(user)
    assert user.responses == ["utter_checklist_intro", "utter_checklist_point"]
    assert rests_on(user) == ["theater-planevaluatie-randvoorwaarden"] * 2
    assert "Planevaluatie theater" in user.text
    assert user.buttons == ["Ja", "Deels", "Nee", "N.v.t.", "Later", "Uitleg"]


def test_each_verdict_is_stored_when_it_is_given(user: Conversation) -> None:
    begin(user)
    expected = {}
    for number, (title, verdict) in enumerate(
        [("Ja", "ja"), ("Deels", "deels"), ("Nee", "nee"), ("N.v.t.", "nvt"), ("Later", "later")], 1
    ):
        assert point(user) == number
        user.press(title)
        expected[number] = verdict
        assert verdicts(user) == expected


@pytest.mark.parametrize(
    ("text", "intent", "verdict", "remark"),
    [
        ("ja hoor", "affirm", "ja", None),
        ("deels, alleen het bestuur", "partly", "deels", "alleen het bestuur"),
        ("nee", "deny", "nee", None),
        ("weet ik niet", "dont_know", "later", None),
        ("sla maar over", "skip_question", "later", None),
        ("n.v.t.", "nlu_fallback", "nvt", None),
        ("nvt, we hebben geen bestuur", "deny", "nvt", "we hebben geen bestuur"),
        ("later", "pause_quickscan", "later", None),
    ],
)
def test_a_typed_verdict_is_understood(
    user: Conversation, text: str, intent: str, verdict: str, remark: str | None
) -> None:
    begin(user)
    user.say(text, intent)
    given = run_of(user).verdicts[1]
    assert (str(given.verdict), given.remark) == (verdict, remark)
    assert point(user) == 2


def test_personal_data_in_a_remark_is_not_kept(user: Conversation) -> None:
    begin(user)
    user.say("deels, alleen Fatima Bouzidi doet mee", "partly")
    assert "utter_redacted" in user.responses
    assert "Bouzidi" not in run_of(user).verdicts[1].remark


def test_the_outcome_comes_at_the_end(user: Conversation) -> None:
    begin(user, "Ja", "Deels", "Nee", "N.v.t.", "Later")
    outcome = next(m["custom"]["checklist_outcome"] for m in user.heard if "title" in m)
    assert outcome == {
        "present": [1],
        "to_arrange": [3, 2],
        "open": [5],
        "not_applicable": [4],
    }
    assert "Open punten nalopen" in offers(user)


def test_open_points_can_be_walked_after_the_end(user: Conversation) -> None:
    begin(user, "Ja", "Later", "Ja", "Later", "Ja")
    user.press("Open punten nalopen")
    assert point(user) == 2
    user.press("Ja")
    assert point(user) == 4
    user.press("Nee")
    assert verdicts(user) == {1: "ja", 2: "ja", 3: "ja", 4: "nee", 5: "ja"}
    assert "Open punten nalopen" not in offers(user)


def test_an_explanation_has_a_source_and_the_point_comes_back(user: Conversation) -> None:
    begin(user)
    user.press("Uitleg")
    assert "Bron:" in user.heard[0]["answer"]
    assert rests_on(user)
    assert point(user) == 1
    assert "Uitleg" not in user.buttons


def test_going_back_tells_what_was_said(user: Conversation) -> None:
    begin(user, "Deels")
    user.say("terug", "previous_question")
    assert user.responses == ["utter_checklist_recall", "utter_checklist_point"]
    assert point(user) == 1
    user.say("terug", "previous_question")
    assert "utter_checklist_first_point" in user.responses


def test_an_earlier_point_can_be_changed_by_its_number(user: Conversation) -> None:
    begin(user, "Ja", "Ja")
    user.say("punt 1 aanpassen", "change_answer")
    assert point(user) == 1
    user.press("Nee")
    assert verdicts(user) == {1: "nee", 2: "ja"}
    assert point(user) == 3


def test_a_change_can_name_the_verdict_at_once(user: Conversation) -> None:
    begin(user, "Ja", "Ja")
    user.say("punt 1 moet nee zijn, want het ligt er niet", "change_answer")
    assert verdicts(user) == {1: "nee", 2: "ja"}
    assert point(user) == 3


def test_a_point_that_is_not_there_is_said_to_be_so(user: Conversation) -> None:
    begin(user)
    user.say("punt 9 aanpassen", "change_answer")
    assert user.responses == ["utter_checklist_no_such_point", "utter_checklist_point"]


def test_progress_is_told(user: Conversation) -> None:
    begin(user, "Ja", "Later")
    user.say("hoeveel nog?", "show_progress")
    assert "1 van de 5" in user.text
    assert point(user) == 3


def test_an_unclear_answer_gets_the_choices_and_then_the_explanation(user: Conversation) -> None:
    begin(user)
    assert user.say("tja", "nlu_fallback") == ["utter_checklist_unclear"]
    assert user.say("tja", "nlu_fallback") == ["utter_knowledge", "utter_checklist_point"]
    assert verdicts(user) == {}


def test_a_button_of_an_earlier_point_changes_nothing(user: Conversation) -> None:
    begin(user)
    old = user.payload_of("Nee")
    user.press("Ja")
    user.send_payload(old)
    assert user.responses == ["utter_stale_button", "utter_checklist_point"]
    assert verdicts(user) == {1: "ja"}


@pytest.mark.parametrize("intent", ["thank", "help", "ask_privacy", "out_of_scope"])
def test_after_an_interruption_the_point_comes_back(user: Conversation, intent: str) -> None:
    begin(user, "Ja")
    user.say("iets heel anders graag?", intent)
    assert point(user) == 2
    assert verdicts(user) == {1: "ja"}


def test_a_question_in_between_is_answered_and_the_point_comes_back(user: Conversation) -> None:
    begin(user, "Ja")
    user.say("wat is een nulmeting?", "ask_definition")
    assert "begrip-nulmeting" in rests_on(user)
    assert point(user) == 2


def test_a_paused_checklist_goes_on_elsewhere_with_its_code(
    user: Conversation, another: type[Conversation]
) -> None:
    begin(user, "Ja", "Nee")
    user.say("ik ga morgen verder", "pause_quickscan")
    code = CODE.search(user.text).group()
    colleague = another("collega")
    colleague.say(f"verder met {code}", "resume_quickscan")
    assert point(colleague) == 3
    assert verdicts(colleague) == {1: "ja", 2: "nee"}


@pytest.mark.parametrize("intent", ["pause_quickscan", "cancel"])
def test_a_stopped_checklist_goes_on_without_a_code_in_the_same_conversation(
    user: Conversation, intent: str
) -> None:
    begin(user, "Ja")
    user.say("stop maar", intent)
    assert point(user) is None
    user.say("verder", "resume_quickscan")
    assert point(user) == 2


def test_a_checklist_in_a_scan_returns_to_the_question_when_it_ends(user: Conversation) -> None:
    user.begin("Ja")
    begin(user)
    assert user.responses[0] == "utter_checklist_scan_waits"
    assert user.question is None
    for _ in range(5):
        user.press("Ja")
    assert user.question == 2
    assert user.answers == {1: "ja"}


def test_stopping_a_checklist_in_a_scan_returns_to_the_question(user: Conversation) -> None:
    user.begin("Ja")
    begin(user)
    user.say("stop", "cancel")
    assert user.question == 2


def test_pausing_pauses_the_scan_behind_it_too_and_both_come_back(user: Conversation) -> None:
    user.begin("Ja")
    begin(user, "Ja")
    user.say("pauze", "pause_quickscan")
    assert user.responses == ["utter_checklist_paused", "utter_paused"]
    assert user.scan.status is Status.PAUSED
    user.say("verder", "resume_quickscan")
    assert point(user) == 2
    user.say("stop", "cancel")
    assert user.question == 2


def test_starting_the_quickscan_pauses_the_checklist(user: Conversation) -> None:
    begin(user, "Ja")
    user.say("quickscan doen", "start_quickscan")
    assert user.responses[0] == "utter_checklist_paused"
    assert "utter_ask_municipality" in user.responses
    assert run_of(user).can_go_on


def test_the_moment_is_asked_when_it_decides_which_conditions_to_walk(user: Conversation) -> None:
    user.say("voorwaarden nalopen", "start_checklist", **CONDITIONS)
    assert user.responses == ["utter_ask_moment"]
    user.say("we zijn bezig", "inform", moment="tijdens")
    assert run_of(user).checklist.item_id == "theater-procesevaluatie-randvoorwaarden"


def test_the_moment_can_be_pressed(user: Conversation) -> None:
    user.say("voorwaarden nalopen", "start_checklist", **CONDITIONS)
    user.press("Nog niet begonnen")
    assert run_of(user).checklist.item_id == "theater-planevaluatie-randvoorwaarden"


def test_a_checklist_without_an_evaluation_is_that_of_the_plan(user: Conversation) -> None:
    user.say("loop de checklist met me door", "start_checklist", content_kind="checklist")
    assert run_of(user).checklist.item_id == "planevaluatie-checklist"


def test_a_list_that_stands_in_is_named_as_such(user: Conversation) -> None:
    user.say(
        "voorwaarden nalopen",
        "start_checklist",
        intervention="weerbaar_opvoeden",
        evaluation_type="procesevaluatie",
        content_kind="randvoorwaarde",
    )
    assert "heb ik geen randvoorwaarden met bron" in user.text
    assert rests_on(user)[:2] == [
        "procesevaluatie-randvoorwaarden",
        "weerbaar-opvoeden-procesevaluatie-randvoorwaarden",
    ]


def test_where_there_is_no_list_the_gap_is_told_and_nothing_is_walked(user: Conversation) -> None:
    user.say(
        "checklist", "start_checklist", intervention="theater", evaluation_type="effectevaluatie"
    )
    assert rests_on(user)[0] == "theater-effectevaluatie-checklist"
    assert "Iemand spreken" in offers(user)
    assert run_of(user) is None


def test_for_the_whole_approach_there_is_the_quickscan(user: Conversation) -> None:
    user.say("checklist lokale aanpak", "start_checklist", intervention="lokale_aanpak")
    assert user.responses == ["utter_guide_whole_approach"]
    assert run_of(user) is None


def test_what_came_out_can_be_asked_for(user: Conversation) -> None:
    begin(user, "Ja", "Ja", "Ja", "Ja", "Nee")
    assert user.say("wat kwam eruit?", "show_result")[0] == "utter_checklist_outcome"
    assert "punt 5" in user.text


@pytest.mark.parametrize("said", ["Ja, verwijder alles", "ja"])
def test_a_checklist_alone_can_be_removed_after_asking(user: Conversation, said: str) -> None:
    begin(user, "Ja")
    assert user.say("verwijder mijn gegevens", "delete_data")[-1] == "utter_ask_delete"
    user.press(said) if said.startswith("Ja,") else user.say(said, "affirm")
    assert user.responses == ["utter_deleted"]
    assert run_of(user) is None


def test_nothing_is_removed_without_a_yes(user: Conversation) -> None:
    begin(user, "Ja")
    user.say("verwijder mijn gegevens", "delete_data")
    assert user.press("Nee, bewaren") == ["utter_not_deleted"]
    assert verdicts(user) == {1: "ja"}
    user.say("ja", "affirm")
    assert verdicts(user) == {1: "ja"}
