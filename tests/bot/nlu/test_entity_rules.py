import pytest

from bot.nlu.entity_rules import EntityRules
from knowledge.municipalities import municipalities
from knowledge.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def rules() -> EntityRules:
    ordinary = ("evacuatie", "voorbereid", "monitoring")
    return EntityRules(load_vocabulary(), municipalities(), ordinary)


def values(rules: EntityRules, text: str, intent: str | None = None) -> set[tuple[str, object]]:
    return {(entity.name, entity.value) for entity in rules.find(text, intent)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("een oudertraining", "weerbaar_opvoeden"),
        ("onze moeder cursussen", "weerbaar_opvoeden"),
        ("een training voor ouders", "weerbaar_opvoeden"),
        ("ons netwerk van sleutelpersonen", "sleutelfiguren"),
        ("het sleutelfigurennetwerk", "sleutelfiguren"),
        ("sleutelfigureen", "sleutelfiguren"),
        ("het MDO", "casusoverleg"),
        ("een casustafel", "casusoverleg"),
        ("pga overleg", "casusoverleg"),
        ("een theatervoorsteling", "theater"),
        ("film met een goed lespakket", "theater"),
        ("overige interventies", "andere_interventie"),
        ("een weerbaarheidstraining", "weerbaarheid_jongeren"),
        ("lessen over weerbaarheid", "weerbaarheid_jongeren"),
        ("coaching van risicojongeren", "begeleiding_jongeren"),
        ("ons mentorproject", "begeleiding_jongeren"),
        ("een lotgenotengroep", "lotgenotencontact"),
        ("een cursus voor het wijkteam", "deskundigheidsbevordering"),
        ("bijscholing van onze jongerenwerkers", "deskundigheidsbevordering"),
        ("onze lokale preventieve aanpak", "lokale_aanpak"),
        ("het preventieprogramma", "lokale_aanpak"),
    ],
)
def test_an_intervention_is_found_by_its_many_names(
    rules: EntityRules, text: str, value: str
) -> None:
    assert values(rules, text) == {("intervention", value)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proces evaluatie", {"procesevaluatie"}),
        ("een tussenevaluatie", {"procesevaluatie"}),
        ("het effect van de training meten", {"effectevaluatie"}),
        ("plan- en procesevaluatie", {"planevaluatie", "procesevaluatie"}),
        ("heeft het zin gehad", set()),
    ],
)
def test_kinds_of_evaluation_are_found(rules: EntityRules, text: str, expected: set[str]) -> None:
    found = values(rules, text, "evaluate_intervention")
    assert {value for name, value in found if name == "evaluation_type"} == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ons project loopt al een jaar", "tijdens"),
        ("de training is net afgelopen", "achteraf"),
        ("we zijn nog niet begonnen", "vooraf"),
        ("wat kan ik achteraf nog doen", "achteraf"),
    ],
)
def test_the_phase_of_an_intervention_is_a_moment(
    rules: EntityRules, text: str, value: str
) -> None:
    assert ("moment", value) in values(rules, text, "evaluate_intervention")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("alvast vooraf bedankt", "find_knowledge"),
        ("vooraf dank", "ask_offer"),
        ("achteraf gezien wel", "affirm"),
        ("ik ben halverwege de vragen", "pause_quickscan"),
        ("we waren halverwege gestopt", "resume_quickscan"),
        ("dat loopt al jaren", "affirm"),
        ("tijdens het gesprek", "evaluate_intervention"),
    ],
)
def test_what_only_looks_like_a_moment_is_none(rules: EntityRules, text: str, intent: str) -> None:
    assert values(rules, text, intent) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("de geleerde lessen", "les"),
        ("een cheklist", "checklist"),
        ("het stappen plan", "stappenplan"),
        ("randvoorwaardes", "randvoorwaarde"),
        ("een sjabloon", "format"),
        ("praktijkvoorbeelden", "voorbeeld"),
        ("wat werkt", "werkzaam_element"),
    ],
)
def test_kinds_of_content_are_found(rules: EntityRules, text: str, value: str) -> None:
    assert values(rules, text, "find_knowledge") == {("content_kind", value)}


def test_all_that_a_message_names_is_found_where_it_stands(rules: EntityRules) -> None:
    text = "Checklist procesevaluatie theater, gemeente Delft"
    found = [(text[e.start : e.end], e.name) for e in rules.find(text, "find_knowledge")]
    assert found == [
        ("Checklist", "content_kind"),
        ("procesevaluatie", "evaluation_type"),
        ("theater", "intervention"),
        ("Delft", "municipality"),
    ]


def test_a_bare_municipality_counts_as_an_answer(rules: EntityRules) -> None:
    assert values(rules, "best", "inform") == {("municipality", "Best")}
    assert values(rules, "best", "affirm") == set()


def test_an_entity_has_the_value_of_the_contract(rules: EntityRules) -> None:
    assert values(rules, "vraag twaalf", "change_answer") == {("question_number", 12)}
    assert values(rules, "wij zijn Den Bosch", "inform") == {("municipality", "'s-Hertogenbosch")}


@pytest.mark.parametrize(
    "text", ["evacuatie van het stadhuis", "wij zijn voorbereid", "monitoring"]
)
def test_an_ordinary_word_is_no_misspelt_term(rules: EntityRules, text: str) -> None:
    assert values(rules, text, "find_knowledge") == set()


def test_without_correction_words_are_taken_as_typed() -> None:
    literal = EntityRules(load_vocabulary(), municipalities(), corrects=False)
    assert values(literal, "cheklist") == set()
    assert values(literal, "checklist") == {("content_kind", "checklist")}
