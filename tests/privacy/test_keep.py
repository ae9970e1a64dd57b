"""What stays, however much it looks like the name of a person."""

import csv
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from privacy.lexicon import MUNICIPALITIES
from privacy.redact import redact

CONTENT = MUNICIPALITIES.parent
# The content names these people as the contacts and makers of the toolkit.
NAMED = ("Malon Peeters", "mevrouw Peeters")


def test_every_municipality_stays() -> None:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        names = [row["name"].split(" (")[0] for row in csv.DictReader(lines)]
    for name in names:
        for message in (f"wij zijn de gemeente {name}", f"In {name} loopt een pilot.", name):
            assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "Hoe evalueren we Oumnia Works?",
        "Is Familiecontact van Regioplan onderzocht?",
        "wat leert Jihad de Voorstelling ons over theater",
        "We gaan de voorstelling Nadia inzetten op vier scholen.",
        "de voorstelling Samir is geannuleerd",
        "de coach van Forsa en de gezinsvoogd",
        "De Anne Frank Stichting gaf een workshop.",
        "Het Johan de Witt-gymnasium en het Calvijn College doen mee.",
        "Wij werken met Diversion, Bureau Omlo en RadarAdvies.",
        "de Willem Dreesstraat-pilot en de Nelson Mandelaschool",
        "Stichting Ihsan en de An-Nour moskee",
        "het project Bruggen Bouwen in de Bomenbuurt",
        "jongens hangen rond bij de Albert Heijn",
    ],
)
def test_organisations_and_programmes_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "De Turks-Nederlandse jongeren willen een eigen plek.",
        "Met de Bosniërs, Algerijnen en Koerdische-Nederlanders praten we apart.",
        "In Molenbeek en Raqqa is het anders dan in Rojava.",
        "Volgens De Gelderlander en Tubantia groeit het.",
        "Movisies advies hebben we gevolgd.",
        "Jansen & Partners schreef het plan.",
        "We kijken Fox News en lezen RAND Europe.",
        "De Johan de Witt-zaal is vrij.",
        "De lucky shot was harsh, zei de groep.",
    ],
)
def test_peoples_places_abroad_media_and_firms_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "Stichting Fermin Malon geeft trainingen.",
        "het project Vrzgalj loopt tot 2027",
        "de methode Otabek werkt goed",
        "het Otabekcollege doet mee",
    ],
)
def test_an_unknown_word_that_names_a_thing_stays(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "Minister Koolmees opende de toolkit.",
        "Minister Van Weel schreef dat in zijn brief.",
        "Burgemeester Halsema nam het over.",
        "Onze wethouder Jansen wil cijfers.",
        "de koning kwam langs in Veere",
        "leerlingen citeren Wilders en Baudet",
        "Na de moord op Theo van Gogh begon het beleid.",
        "Hoe ga je om met fans van Andrew Tate?",
    ],
)
def test_a_public_person_in_that_part_stays(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "Gielen (2021) schrijft dat je vooraf begint.",
        "Volgens Feddes et al. (2015) zijn er triggerfactoren.",
        "Van den Berg en Post (2018) raden een nulmeting aan.",
    ],
)
def test_a_cited_author_stays(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "Best lastig, deze vraag. Deels denk ik.",
        "Jan Modaal merkt er niets van.",
        "Het moet in Jip-en-Janneketaal.",
        "Jan, feb en mrt zijn te vroeg, april kan wel.",
        "Joost mag het weten",
        "We evalueren van 1 januari 2024 tot en met mei 2025.",
        "Dinsdag of vrijdag kan ik bellen.",
        "Roosendaal heeft een ROOS-project.",
        "wij doen het samen met onze buren uit Tiel",
    ],
)
def test_sayings_months_and_days_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "message",
    [
        "ja",
        "Deels: jongerenwerk, Halt en de leerplichtambtenaar wel.",
        "weet ik niet, dat moet ik navragen bij Onderzoek en Statistiek",
        "Nee, alleen de wijkagenten zijn getraind.",
        "de dossierhouder zit bij OOV en heeft 0,4 fte",
        "Ja, elke zes weken, met politie, OM en GGD.",
    ],
)
def test_answers_to_the_quickscan_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.yml")), ids=lambda path: path.name)
def test_the_assistants_own_content_stays(path: Any) -> None:  # noqa: ANN401 - a path
    for text in _texts(YAML(typ="safe").load(path)):
        if not any(name in text for name in NAMED):
            assert redact(text).text == text


def _texts(content: Any) -> Iterator[str]:  # noqa: ANN401 - any YAML
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
