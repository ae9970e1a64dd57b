import pytest

from bot.actions.follow_ups import (
    asks_about_question,
    circumstance_in,
    goes_on,
    part_asked_for,
    part_named_in,
    points_back,
    wants_plan,
    wants_walk,
)
from bot.actions.topics import Topic

THEATER = Topic("theater", "procesevaluatie")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("wie doet dat dan?", "rol"),
        ("en door wie?", "rol"),
        ("wie moet dat doen", "rol"),
        ("wanneer dan?", "moment"),
        ("op welk moment doe je dat?", "moment"),
        ("hoe doe ik dat", "stappenplan"),
        ("wie geeft trainingen voor jongerenwerkers?", None),
        ("hoe evalueer ik een ouderinterventie?", None),
        ("wanneer begint de cursus in Delft?", None),
        ("", None),
    ],
)
def test_only_few_words_without_a_subject_ask_for_a_part(text: str, part: str | None) -> None:
    assert part_asked_for(text) == part


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Geen plan van aanpak", "faq-geen-plan-van-aanpak"),
        ("er is nooit een projectplan gemaakt", "faq-geen-plan-van-aanpak"),
        ("nooit een nulmeting gedaan", "faq-geen-nulmeting"),
        ("zonder procesevaluatie vooraf", "faq-geen-eerdere-evaluatie"),
        ("we hebben geen helder doel", "faq-geen-doel"),
        ("loopt al een tijd", "faq-loopt-al"),
        ("we zijn al jaren bezig", "faq-loopt-al"),
        ("hij is al afgelopen", "faq-al-afgelopen"),
        ("loopt", None),
        ("hoe evalueer ik theater?", None),
    ],
)
def test_how_things_stand_leads_to_its_frequently_asked_question(
    text: str, item: str | None
) -> None:
    assert circumstance_in(text) == item


@pytest.mark.parametrize(
    ("text", "entities", "on"),
    [
        ("en voor sleutelfiguren?", {"intervention": "sleutelfiguren"}, True),
        ("welke stappen?", {"content_kind": "stappenplan"}, True),
        ("stappen voor theater", {"intervention": "theater"}, True),
        ("hoe evalueer ik een oudertraining?", {"intervention": "weerbaar_opvoeden"}, False),
    ],
)
def test_another_intervention_goes_on_only_when_said_so(
    text: str, entities: dict[str, object], *, on: bool
) -> None:
    assert goes_on(text, entities, THEATER) is on


@pytest.mark.parametrize(
    ("text", "back"), [("wat kost dat?", True), ("en dan?", True), ("wat kost een tolk?", False)]
)
def test_a_message_may_point_back(text: str, *, back: bool) -> None:
    assert points_back(text) is back


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("wat heb ik nodig voor een planevaluatie?", "randvoorwaarde"),
        ("door wie laat ik dat doen?", "rol"),
        ("wanneer begin ik?", "moment"),
        ("vertel over theater", None),
    ],
)
def test_a_whole_question_may_name_a_part(text: str, part: str | None) -> None:
    assert part_named_in(text) == part


def test_more_about_a_question_is_asked_for() -> None:
    assert asks_about_question("Meer over vraag 8")
    assert not asks_about_question("vraag 8 moet nee zijn")


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("maak een evaluatieplan", True),
        ("help me met een evaluatie-plan", True),
        ("een planevaluatie doen", False),
        ("plan van aanpak", False),
    ],
)
def test_an_evaluation_plan_is_no_planevaluatie(text: str, *, plan: bool) -> None:
    assert wants_plan(text) is plan


@pytest.mark.parametrize(
    ("text", "walk"),
    [
        ("loop de voorwaarden met me na", True),
        ("zullen we de checklist doorlopen?", True),
        ("welke voorwaarden zijn er?", False),
        ("de training loopt goed door", False),
    ],
)
def test_walking_a_list_is_asked_for(text: str, *, walk: bool) -> None:
    assert wants_walk(text) is walk
