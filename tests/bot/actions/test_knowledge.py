import pytest
from sqlalchemy.engine import Engine

from bot.actions.topics import MATRIX
from quickscan.questionnaire import parse_questionnaire
from storage import questionnaires
from storage.database import transaction
from tests.bot.actions.conversation import Conversation
from tests.bot.actions.knowing import offers, rests_on
from tests.builders import questionnaire_content
from tests.knowledge.real import real_items, use_real_items

MOMENTS = {"Nog niet begonnen": "plan", "Loopt": "proces", "Is afgelopen": "effect"}
THEATER = {"intervention": "theater", "evaluation_type": "procesevaluatie"}


@pytest.fixture(autouse=True)
def _content(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the real content."""
    use_real_items(monkeypatch)


@pytest.mark.parametrize("row", MATRIX)
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_guide_asks_for_the_moment_and_says_which_evaluation_fits(
    user: Conversation, row: str, moment: str
) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention=row)
    assert user.responses == ["utter_ask_moment"]
    user.press(moment)
    kind = f"{MOMENTS[moment]}evaluatie"
    assert rests_on(user)[:3] == [f"{kind}-uitleg", f"{kind}-moment", f"{kind}-wie"]
    assert {"Voorwaarden nalopen", "Geleerde lessen", "Evaluatieplan maken"} <= set(offers(user))
    assert "Iemand spreken" in offers(user)


def test_the_guide_asks_for_the_intervention_when_only_the_moment_is_known(
    user: Conversation,
) -> None:
    user.say("ons project loopt, hoe evalueer ik?", "evaluate_intervention", moment="tijdens")
    assert user.responses == ["utter_ask_intervention"]
    user.press("Theater")
    assert "procesevaluatie-uitleg" in rests_on(user)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Geen plan van aanpak", "faq-geen-plan-van-aanpak"),
        ("er ligt geen plan", "faq-geen-plan-van-aanpak"),
        ("nooit een nulmeting gedaan", "faq-geen-nulmeting"),
        ("we hebben geen duidelijk doel", "faq-geen-doel"),
    ],
)
def test_how_things_stand_is_answered_in_the_guide_which_then_goes_on(
    user: Conversation, text: str, item: str
) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    user.say(text, "deny")
    assert rests_on(user) == [item]
    assert user.responses[-1] == "utter_ask_moment"
    user.press("Loopt")
    user.say(text, "inform")
    assert rests_on(user) == [item]
    assert user.responses[-1] == "utter_guide_go_on"


@pytest.mark.parametrize(
    ("text", "intent", "moment"),
    [
        ("loopt", "nlu_fallback", "proces"),
        ("ja hoor", "affirm", "proces"),
        ("nee nog niet", "deny", "plan"),
        ("die is al afgelopen", "nlu_fallback", "effect"),
    ],
)
@pytest.mark.parametrize("in_scan", [False, True])
def test_the_moment_can_be_typed_also_in_a_scan(
    user: Conversation,
    text: str,
    intent: str,
    moment: str,
    in_scan: bool,  # noqa: FBT001 - both cases
) -> None:
    if in_scan:
        user.begin("Ja")
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    assert user.responses == ["utter_ask_moment"]
    user.say(text, intent)
    assert f"{moment}evaluatie-uitleg" in rests_on(user)
    if in_scan:
        assert (user.question, user.answers) == (2, {1: "ja"})
        assert user.say("ja", "affirm")[0] == "utter_noted"


def test_in_a_scan_the_guides_own_buttons_work_and_the_question_comes_back(
    user: Conversation,
) -> None:
    user.begin("Ja")
    user.say("hoe evalueer ik dit?", "evaluate_intervention")
    user.press("Theater")
    assert user.responses == ["utter_ask_moment"]
    user.press("Loopt")
    assert "procesevaluatie-uitleg" in rests_on(user)
    assert user.question == 2


@pytest.mark.parametrize("intent", ["report_concern", "report_emergency"])
@pytest.mark.parametrize("in_scan", [False, True])
def test_danger_is_no_answer_to_the_guide(
    user: Conversation,
    intent: str,
    in_scan: bool,  # noqa: FBT001 - both cases
) -> None:
    if in_scan:
        user.begin("Ja")
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    assert user.say("er loopt hier iemand met een mes", intent)[0] == f"utter_{intent}"


def test_in_a_scan_a_yes_after_something_else_answers_the_scan(user: Conversation) -> None:
    user.begin("Ja")
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    user.say("hallo", "greet")
    assert user.say("ja", "affirm")[0] == "utter_noted"


@pytest.mark.parametrize("in_scan", [False, True])
def test_more_can_be_typed_until_all_was_said(
    user: Conversation,
    in_scan: bool,  # noqa: FBT001 - both cases
) -> None:
    if in_scan:
        user.begin()
    user.say("lessen", "find_knowledge", intervention="sleutelfiguren", content_kind="les")
    told = rests_on(user)[:1]
    user.say("nog meer", "cancel")
    assert rests_on(user) == told
    assert "deel 2" in user.text
    assert user.say("meer", "nlu_fallback")[0] != "utter_knowledge"


def test_what_runs_for_long_is_answered_and_taken_for_the_moment(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    user.say("loopt al een tijd", "inform", moment="tijdens")
    assert rests_on(user)[:2] == ["faq-loopt-al", "procesevaluatie-uitleg"]


def test_a_bare_moment_gets_no_frequently_asked_question(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", intervention="theater")
    user.say("loopt al", "inform", moment="tijdens")
    assert rests_on(user)[0] == "procesevaluatie-uitleg"


def test_follow_ups_on_the_advice_keep_what_is_not_named(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.say("en voor sleutelfiguren?", "inform", intervention="sleutelfiguren")
    assert "sleutelfiguren-procesevaluatie-stappen" in rests_on(user)
    user.say("en de effectevaluatie?", "find_knowledge", evaluation_type="effectevaluatie")
    assert "sleutelfiguren-effectevaluatie-stappen" in rests_on(user)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("wie doet dat dan?", "wie"),
        ("door wie?", "wie"),
        ("wanneer dan?", "moment"),
        ("hoe dan?", "stappen"),
    ],
)
@pytest.mark.parametrize("intent", ["ask_offer", "nlu_fallback", "explain_question"])
def test_who_when_and_how_are_about_what_was_spoken_of(
    user: Conversation, text: str, item: str, intent: str
) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.say(text, intent)
    assert rests_on(user)[0] == f"theater-procesevaluatie-{item}"


def test_a_follow_up_on_a_look_up_keeps_its_kind(user: Conversation) -> None:
    user.say("stappen?", "find_knowledge", content_kind="stappenplan", **THEATER)
    user.say("en voor casusoverleg?", "inform", intervention="casusoverleg")
    assert rests_on(user)[0] == "casusoverleg-procesevaluatie-stappen"


def test_a_definition_in_between_keeps_the_subject(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.say("wat is een nulmeting?", "ask_definition")
    assert rests_on(user)[0] == "begrip-nulmeting"
    user.say("door wie?", "ask_offer")
    assert rests_on(user)[0] == "theater-procesevaluatie-wie"


def test_a_new_question_about_another_intervention_begins_anew(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.say(
        "hoe evalueer ik een ouderinterventie?",
        "evaluate_intervention",
        intervention="weerbaar_opvoeden",
    )
    assert user.responses == ["utter_ask_moment"]


@pytest.mark.parametrize(
    ("text", "intent", "item"),
    [
        ("hoe zet ik een signaleringsstructuur op?", "out_of_scope", "achtergrond-signalering"),
        ("wie heeft de toolkit gemaakt?", "out_of_scope", "toolkit-makers"),
        ("wij hebben nog helemaal niks, we zijn een kleine gemeente", "deny", "achtergrond-kleine"),
        ("geef ons een rapportcijfer", "show_result", "quickscan-score"),
    ],
)
def test_what_the_store_has_is_told_though_it_seemed_something_else(
    user: Conversation, text: str, intent: str, item: str
) -> None:
    shares = {intent: 0.5, "find_knowledge": 0.2}
    ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
    user.say(text, intent, ranking=ranking)
    assert rests_on(user)[0].startswith(item)


def test_what_is_far_from_the_store_stays_out_of_scope(user: Conversation) -> None:
    shares = {"out_of_scope": 0.5, "find_knowledge": 0.2}
    ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
    said = user.say("waar koop ik een fiets", "out_of_scope", ranking=ranking)
    assert said == ["utter_out_of_scope"]


def test_lessons_are_those_of_the_intervention(user: Conversation) -> None:
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.press("Geleerde lessen")
    by_id = {item.id: item for item in real_items()}
    assert by_id[rests_on(user)[0]].interventions == {"theater"}


@pytest.fixture
def _knowing_questionnaire(database: Engine) -> None:
    """Let the questions name real items."""
    content = questionnaire_content()
    named = {1: ["begrip-voedingsbodem"], 2: ["sleutelfiguren-handreiking"]}
    for question in content["questions"]:
        question["knowledge"] = named.get(question["number"], [])
    assert parse_questionnaire(content).question(1).knowledge == ("begrip-voedingsbodem",)
    with transaction() as connection:
        questionnaires.load(connection, content)


@pytest.mark.usefixtures("_knowing_questionnaire")
def test_from_the_outcome_a_question_leads_to_its_knowledge(user: Conversation) -> None:
    user.begin("Ja", "Nee", "Nee", "Nee", "Nee", "Nee")
    user.press("Klopt, rond af")
    assert "utter_more_about" in user.responses
    assert user.buttons == ["Meer over vraag 2"]
    user.press("Meer over vraag 2")
    assert rests_on(user)[0] == "sleutelfiguren-handreiking"


@pytest.mark.parametrize("intent", ["change_answer", "explain_question", "inform", "nlu_fallback"])
@pytest.mark.usefixtures("_knowing_questionnaire")
def test_more_about_a_question_can_be_typed(user: Conversation, intent: str) -> None:
    user.begin("Ja", "Nee", "Nee", "Nee", "Nee", "Nee")
    user.press("Klopt, rond af")
    user.say("meer over vraag 2", intent, question_number=2)
    assert rests_on(user)[0] == "sleutelfiguren-handreiking"


@pytest.mark.usefixtures("_knowing_questionnaire")
def test_in_a_scan_knowledge_about_a_question_returns_to_the_question_at_hand(
    user: Conversation,
) -> None:
    user.begin("Ja", "Nee")
    user.say("meer over vraag 2", "change_answer", question_number=2)
    assert rests_on(user)[0] == "sleutelfiguren-handreiking"
    assert user.question == 3


def test_a_follow_up_in_a_scan_is_answered_and_the_question_comes_back(user: Conversation) -> None:
    user.begin("Ja")
    user.say("hoe evalueer ik dit?", "evaluate_intervention", **THEATER)
    user.say("en voor sleutelfiguren?", "inform", intervention="sleutelfiguren")
    assert any(item.startswith("sleutelfiguren") for item in rests_on(user))
    assert user.question == 2
