"""Finding the names of persons."""

import pytest

from privacy.lexicon import lexicon
from privacy.redact import redact
from privacy.text import fold


def names_left(message: str, *names: str) -> list[str]:
    """Return those of `names` of which something is left in the redacted message."""
    left = redact(message).text.replace("[naam]", "")
    return [name for name in names if name in left]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Een leerling, Esra Toprak, is veranderd.", "Esra Toprak"),
        ("Ik sprak Jeroen van der Meulen over de scan.", "Jeroen van der Meulen"),
        ("Het gaat om Fatima el Idrissi uit de brugklas.", "Fatima el Idrissi"),
        ("Oleksandr Kovalenko is in 2022 gekomen.", "Oleksandr Kovalenko"),
        ("Sjoukje Hoekstra neemt het over.", "Sjoukje Hoekstra"),
        ("Kan Abdullahi Warsame meedoen?", "Abdullahi Warsame"),
        ("Li Wei wordt uitgescholden.", "Li Wei"),
        ("Mevrouw Soekarno en dhr. Tuhumury bellen terug.", "Tuhumury"),
        ("Şükrü Öztürk komt ook.", "Şükrü Öztürk"),
    ],
)
def test_a_whole_name_is_found(message: str, name: str) -> None:
    assert not names_left(message, *name.split())


@pytest.mark.parametrize(
    "message",
    [
        "zijn zus fatima zegt dat hij weg is",
        "ik maak me zorgen over hamza",
        "kun je iets vinden over tariq mahmood",
        "JAN DE GROOT IS DE DADER, ZEGT FATIMA",
        "mijn naam is tom de wit",
        "w. hofstra komt op het netwerkoverleg",
    ],
)
def test_a_name_is_found_in_lower_case_and_in_capitals(message: str) -> None:
    names = (
        "fatima",
        "hamza",
        "tariq",
        "mahmood",
        "JAN",
        "GROOT",
        "FATIMA",
        "tom",
        "wit",
        "hofstra",
    )
    assert not names_left(message, *names)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("leerling J. Brandsma van de mbo", "J. Brandsma"),
        ("R.S. (17 jaar) is besproken", "R.S."),
        ("Mohammed B. woont bij zijn ouders", "Mohammed B."),
        ("met T. gaat het beter", "T."),
        ("cliënt MK wil geen contact", "MK"),
        ("M. el Idrissi en P.J. van 't Hof tekenen", "P.J."),
    ],
)
def test_initials_are_found(message: str, name: str) -> None:
    assert not names_left(message, name)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Er is een meisje, ze heet Roos, dat chat met een man.", "Roos"),
        ("haar vriend storm heeft een mes", "storm"),
        ("Ik heb Wil gevraagd of haar zoon komt.", "Wil"),
        ("Wil Dekker is onze conciërge.", "Wil Dekker"),
        ("meneer Bakker uit de flat filmt iedereen", "Bakker"),
        ("Is Bloem bang voor haar vader?", "Bloem"),
        ("De dochter van mevrouw De Boer", "Boer"),
        ("Mark en Iris weten het meest van hem.", "Iris"),
    ],
)
def test_a_name_that_is_a_word_is_found_when_its_neighbours_say_so(message: str, name: str) -> None:
    assert not names_left(message, *name.split())


@pytest.mark.parametrize(
    "message",
    [
        "met storm en regen ging de bijeenkomst niet door",
        "roos en bloem planten we in de wijktuin",
        "wil je dat nog eens uitleggen",
        "de boer, de visser en de bakker doen mee",
        "max 3 personen per team",
        "de mark is ingestort",
        "hoop dat het zin heeft",
        "lees de vraag voor, ik ben benieuwd",
    ],
)
def test_a_word_that_is_also_a_name_stays(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("zijn broer Otabek is uitgereisd", "Otabek"),
        ("zijn broer otabek is uitgereisd", "otabek"),
        ("leerling Thandiwe Ngcobo is geschorst", "Thandiwe Ngcobo"),
        ("Xochitl, 16 jaar, wil weg", "Xochitl"),
        ("Itzel uit groep 8 tekent hakenkruizen", "Itzel"),
        ("hij heet Fearghas Vrzgalj", "Fearghas Vrzgalj"),
        ("Wie kan met Ragnheidur praten? Hij zit in vwo 5.", "Ragnheidur"),
        ("Otabek vertelde dat hij gaat", "Otabek"),
    ],
)
def test_a_name_in_no_list_is_found_by_its_neighbours(message: str, name: str) -> None:
    known = lexicon().first_names | lexicon().surnames
    assert not {fold(part) for part in name.split()} & known
    assert not names_left(message, *name.split())


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Yurdaser komt ook vaak langs", "Yurdaser"),
        ("We hoorden het van Thibault.", "Thibault"),
        ("Baasim en Ekundayo doen mee.", "Ekundayo"),
    ],
)
def test_a_rare_name_is_found_with_a_capital_without_neighbours(message: str, name: str) -> None:
    assert fold(name) in lexicon().rare_first_names
    assert not names_left(message, name)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Het was mevrouw Ten Brink die belde", "Ten Brink"),
        ("de melder is docent ter Steege", "ter Steege"),
        ("Vraag het aan T.v.d.B. van het team", "T.v.d.B."),
        ("Mevrouw Osei-Tutu is de contactpersoon", "Osei-Tutu"),
        ("we kennen hem als “Rafiq”, hij woont hier", "Rafiq"),
    ],
)
def test_a_name_is_found_whole_however_it_is_built(message: str, name: str) -> None:
    assert not names_left(message, *name.split())


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Sherzads telefoon is afgepakt", "Sherzad"),
        ("Daarna zei Merel tegen me dat het klopt", "Merel"),
        ("Quirijn Vrzgalj, mijn collega, weet meer", "Vrzgalj"),
        ("in het dossier Vrzgalj staat niets", "Vrzgalj"),
    ],
)
def test_what_stands_around_a_name_tells_that_it_is_one(message: str, name: str) -> None:
    assert not names_left(message, name)


def test_another_spelling_of_a_listed_name_is_found() -> None:
    assert fold("Djamilla-Roos") not in lexicon().first_names
    assert not names_left("Samen met Mohammmed en Djaamila deed ik de scan.", "Djaamila")


def test_every_mention_of_a_name_is_found() -> None:
    message = "De tante van Zeynep belde. Volgens haar wil zeynep weg. Zeyneps moeder niet."
    assert redact(message).text.lower().count("zeynep") == 0


def test_a_name_beside_a_name_is_found() -> None:
    assert not names_left("Quinten, Boris en Lieke uit 2b hebben een groepsapp.", "Lieke", "Boris")


def test_a_genitive_and_a_pet_form_go_with_the_name() -> None:
    assert not names_left("Jelles broer zit vast, Bram's vader ook.", "Jelle", "Bram")
    assert not names_left("wij noemen hem Kareltje", "Karel")


def test_the_title_goes_with_the_name() -> None:
    assert redact("Is mevr. v.d. Heuvel er al?").text == "Is [naam] er al?"


def test_the_name_of_the_user_is_found() -> None:
    assert redact("ik ben anouk van gemeente Borne").text == "ik ben [naam] van gemeente Borne"
    assert redact("Met vriendelijke groet, Annelies Postma").text.endswith("groet, [naam]")


def test_a_surname_that_is_a_municipality_goes_after_a_title_or_first_name() -> None:
    assert redact("Thijs van Delft werkt in Delft").text == "[naam] werkt in Delft"
    assert redact("dhr. Van Buren belt").text == "[naam] belt"


@pytest.mark.parametrize(
    "message",
    [
        "ja, bij elke subsdie eisen we een evaluatie",
        "leerlng praat thuis over heilige oorlog, zegt zijn tante",
        "vrouw schreewt dat ze iedereen gaat neersteken",
        "onafhankelijke onderzoekers met kennis van extremsime",
    ],
)
def test_a_typing_error_is_no_name(message: str) -> None:
    assert redact(message).text == message
