import pytest
from sqlalchemy.engine import Engine

from evaluation.plan import Plan
from storage import plans
from storage.database import transaction
from tests.bot.actions.conversation import Conversation
from tests.bot.actions.knowing import offers, rests_on, sources
from tests.knowledge.real import use_real_items

CELL = {"intervention": "theater", "evaluation_type": "planevaluatie"}


@pytest.fixture(autouse=True)
def _content(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the real content."""
    use_real_items(monkeypatch)


def stored() -> list[Plan]:
    """Return all stored plans."""
    with transaction() as connection:
        return plans.find_all(connection)


def advised(user: Conversation) -> None:
    """Come to the advice for a planevaluatie of theater."""
    user.say("hoe evalueer ik theater?", "evaluate_intervention", **CELL)


def test_the_goal_is_asked_and_then_the_plan_is_shown_and_stored(user: Conversation) -> None:
    advised(user)
    assert user.press("Evaluatieplan maken") == ["utter_plan_ask_goal"]
    user.say("we willen weten of het stuk past bij de klas", "find_knowledge")
    assert user.responses == ["utter_plan", "utter_plan_conditions", "utter_plan_steps"]
    (plan,) = stored()
    assert plan.goal == "we willen weten of het stuk past bij de klas"
    assert user.heard[-1]["custom"]["plan"] == {"id": plan.id}


def test_what_is_shown_names_its_items_and_sources(user: Conversation) -> None:
    advised(user)
    user.press("Evaluatieplan maken")
    user.press("Overslaan")
    assert all("knowledge" in message["custom"] for message in user.heard)
    assert "theater-planevaluatie-randvoorwaarden" in rests_on(user)
    assert all(address.startswith("https://") for address in sources(user))
    assert "Bron: Toolkit Evidence Based Werken (" in user.text
    assert "Planevaluatie theater" in user.text
    assert "TH-PLAN" not in user.text


@pytest.mark.parametrize(
    ("text", "intent"), [("nee", "deny"), ("sla over", "skip_question"), ("geen idee", "dont_know")]
)
def test_the_goal_may_be_left_out(user: Conversation, text: str, intent: str) -> None:
    advised(user)
    user.press("Evaluatieplan maken")
    user.say(text, intent)
    (plan,) = stored()
    assert plan.goal is None


def test_personal_data_in_the_goal_is_not_kept(user: Conversation) -> None:
    advised(user)
    user.press("Evaluatieplan maken")
    user.say("weten of de training van Fatima Bouzidi werkt", "ask_offer")
    assert user.responses[0] == "utter_redacted"
    (plan,) = stored()
    assert "Bouzidi" not in plan.goal


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hij zegt dat hij morgen iets doet", "report_emergency"),
        ("een leerling praat over de strijd", "report_concern"),
        ("stop", "cancel"),
        ("wat is een nulmeting?", "ask_definition"),
    ],
)
def test_what_is_no_goal_is_not_taken_for_one(user: Conversation, text: str, intent: str) -> None:
    advised(user)
    user.press("Evaluatieplan maken")
    user.say(text, intent)
    assert stored() == []


def test_back_is_no_goal(user: Conversation) -> None:
    advised(user)
    assert user.press("Evaluatieplan maken") == ["utter_plan_ask_goal"]
    assert user.say("terug", "previous_question") == ["utter_no_scan"]


def test_a_plan_asked_for_by_typing_asks_what_is_missing(user: Conversation) -> None:
    assert user.say("maak een evaluatieplan", "find_knowledge") == ["utter_ask_intervention"]
    assert user.press("Casusoverleg") == ["utter_ask_moment"]
    assert user.press("Loopt") == ["utter_plan_ask_goal"]
    user.press("Overslaan")
    (plan,) = stored()
    assert (plan.intervention, plan.evaluation_type) == ("casusoverleg", "procesevaluatie")
    assert "10 procent" in user.text


def test_asking_what_an_evaluation_plan_is_makes_none(user: Conversation) -> None:
    user.say("wat is een evaluatieplan?", "ask_definition")
    assert user.responses == ["utter_knowledge"]
    assert stored() == []


def test_walked_conditions_come_into_the_plan(user: Conversation) -> None:
    advised(user)
    user.press("Evaluatieplan maken")
    user.press("Overslaan")
    user.press("Voorwaarden nalopen")
    for title in ("Ja", "Nee", "Ja", "Ja", "Ja"):
        user.press(title)
    assert "utter_plan_updated" in user.responses
    (plan,) = stored()
    assert [line.given for line in plan.section("voorwaarden").lines][:2] == [
        "geregeld",
        "nog te regelen",
    ]
    user.press("Evaluatieplan bekijken")
    assert "nog te regelen" in user.text
    assert len(stored()) == 1


def test_a_plan_can_be_made_after_a_checklist(user: Conversation) -> None:
    user.say("voorwaarden nalopen", "start_checklist", content_kind="randvoorwaarde", **CELL)
    for _ in range(5):
        user.press("Ja")
    user.press("Evaluatieplan maken")
    user.press("Overslaan")
    (plan,) = stored()
    assert {line.given for line in plan.section("voorwaarden").lines} == {"geregeld"}


def test_in_a_scan_the_plan_is_made_at_once_and_the_question_comes_back(user: Conversation) -> None:
    user.begin("Ja")
    user.say("maak een evaluatieplan voor theater vooraf", "evaluate_intervention", **CELL)
    assert user.question == 2
    assert len(stored()) == 1


def test_where_conditions_have_no_source_none_can_be_walked(user: Conversation) -> None:
    user.say(
        "hoe evalueer ik theater?",
        "evaluate_intervention",
        intervention="theater",
        evaluation_type="effectevaluatie",
    )
    user.press("Evaluatieplan maken")
    user.press("Overslaan")
    assert "Voorwaarden nalopen" not in offers(user)
    assert "heb ik geen randvoorwaarden met bron" in user.text
