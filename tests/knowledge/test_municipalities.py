import pytest

from knowledge.municipalities import municipalities, read_municipalities


def named_in(text: str, ordinary: frozenset[str] = frozenset()) -> list[str | None]:
    return [mention.name for mention in municipalities().mentions(text, ordinary)]


def test_all_342_municipalities_are_there_with_code_and_region() -> None:
    known = read_municipalities()
    assert len(known) == len({municipality.code for municipality in known}) == 342
    delft = next(municipality for municipality in known if municipality.name == "Delft")
    assert (delft.code, delft.safety_region) == ("GM0503", "VR15")


@pytest.mark.parametrize("municipality", read_municipalities(), ids=lambda known: known.name)
def test_every_municipality_is_recognised_by_its_own_name(municipality: object) -> None:
    name = municipality.name  # type: ignore[attr-defined]
    for written in (name, name.lower(), f"gemeente {name}", f"gem. {name.lower()}"):
        assert municipalities().recognise(written).unique == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Den Bosch", "'s-Hertogenbosch"),
        ("s hertogenbosch", "'s-Hertogenbosch"),
        ("den haag", "'s-Gravenhage"),
        ("Sittard", "Sittard-Geleen"),
        ("nuenen", "Nuenen, Gerwen en Nederwetten"),
        ("de friese meren", "De Fryske Marren"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("capelle a/d ijssel", "Capelle aan den IJssel"),
        ("mook & middelaar", "Mook en Middelaar"),
        ("bergen nh", "Bergen (NH.)"),
        ("wij zijn van gouda", "Gouda"),
        ("arnem", "Arnhem"),
        ("Amsterdm", "Amsterdam"),
        ("leewarden", "Leeuwarden"),
    ],
)
def test_an_answer_in_other_words_or_misspelt_is_recognised(written: str, name: str) -> None:
    assert municipalities().recognise(written).unique == name


@pytest.mark.parametrize("word", ["Best", "buren", "houten", "heerde", "huizen", "hoorn", "laren"])
def test_a_common_word_is_a_municipality_when_one_was_asked_for(word: str) -> None:
    assert municipalities().recognise(word).unique == word.capitalize()


def test_a_name_that_two_share_gives_both() -> None:
    recognition = municipalities().recognise("Bergen")
    assert recognition.ambiguous
    assert recognition.unique is None
    assert recognition.candidates == ("Bergen (L.)", "Bergen (NH.)")


def test_two_municipalities_in_one_answer_are_both_candidates() -> None:
    assert municipalities().recognise("Breda en Tilburg").candidates == ("Breda", "Tilburg")


@pytest.mark.parametrize(
    "answer", ["liever niet zeggen", "weet ik niet", "stop", "pauze", "overslaan", "", "???", "ja"]
)
def test_an_answer_that_names_none_gives_none(answer: str) -> None:
    assert municipalities().recognise(answer).candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "dat gaat best goed",
        "mijn buren zijn bezorgd",
        "er zijn huizen te weinig",
        "een houten vloer",
        "wij leiden professionals op",
        "Beste, onze buren maken geluid",
    ],
)
def test_an_ordinary_word_in_running_text_is_no_municipality(text: str) -> None:
    assert named_in(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wij werken in Best aan een plan", "Best"),
        ("de gemeente buren heeft geen plan", "Buren"),
        ("gem. houten wil een scan", "Houten"),
        ("Leiden hier, wij willen beginnen", "Leiden"),
        ("een netwerk in zeist, hoe begin je", "Zeist"),
        ("namens Horst aan de Maas: wie kan dit", "Horst aan de Maas"),
    ],
)
def test_a_municipality_in_running_text_is_recognised(text: str, name: str) -> None:
    assert named_in(text) == [name]


def test_a_mention_says_where_it_stands() -> None:
    text = "wij zijn de gemeente 's-Hertogenbosch, team jeugd"
    (mention,) = municipalities().mentions(text)
    assert text[mention.start : mention.end] == "s-Hertogenbosch"


def test_a_misspelt_name_counts_after_a_word_that_announces_a_place() -> None:
    assert named_in("de gemeente nijmege wil dit") == ["Nijmegen"]
    assert named_in("het is nijmege begonnen") == []


def test_an_ordinary_word_is_never_taken_for_a_misspelt_name() -> None:
    assert named_in("in brede zin") == ["Breda"]
    assert named_in("in brede zin", frozenset({"brede"})) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bergen in Limburg", "Bergen (L.)"),
        ("gem bergen limburg", "Bergen (L.)"),
        ("wij zijn van bergen in noord holland", "Bergen (NH.)"),
        ("Bergen Noord-Holland", "Bergen (NH.)"),
        ("gemeente Delt", "Delft"),
    ],
)
def test_a_province_tells_which_and_after_gemeente_a_short_name_may_be_misspelt(
    text: str, name: str
) -> None:
    assert municipalities().recognise(text).unique == name
