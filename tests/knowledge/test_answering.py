import pytest

from knowledge.analysis import Analyzer
from knowledge.answering import Reply, answer_from, name_source, tell
from knowledge.items import parse_item
from knowledge.search import SearchIndex
from knowledge.vocabulary import load_vocabulary
from tests.knowledge.content import GROUPS, TOOLKIT, a_gap, an_item, parsed

SOURCE = {"code": "TH", "title": "Theater", "url": "https://example.org/theater", "date": "2021"}
ITEMS = parsed(
    an_item("stappen", text="Lees het plan eerst alleen.", synonyms=["planevaluatie"]),
    an_item("tips", text="Kies de scholen bewust.", source=SOURCE, synonyms=["schoolkeuze"]),
    a_gap(
        "gat",
        text="Voor een tijdschema heb ik geen bron.",
        synonyms=["tijdschema", "kalender"],
        instead=["stappen", "tips"],
    ),
    a_gap("leeg", text="Over honoraria heb ik geen bron.", synonyms=["honorarium"]),
)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(ITEMS, Analyzer(GROUPS, load_vocabulary()))


def ids(reply: Reply) -> list[str]:
    return [item.id for item in reply.items]


def test_an_answer_gives_the_text_and_names_the_source_with_its_year(index: SearchIndex) -> None:
    reply = answer_from(index, "schoolkeuze")
    assert reply.answer == "Kies de scholen bewust.\nBron: Theater (2021)."
    assert (ids(reply), reply.sources, reply.no_source) == (["tips"], [SOURCE["url"]], False)


def test_a_gap_says_so_and_names_the_nearest_things_as_such(index: SearchIndex) -> None:
    reply = answer_from(index, "is er een kalender of tijdschema")
    assert reply.no_source
    assert reply.answer.splitlines()[0] == "Voor een tijdschema heb ik geen bron."
    assert "Wel met een bron, maar niet precies dit:" in reply.answer
    assert "- Uitleg over tips (Theater (2021))" in reply.answer
    assert ids(reply) == ["gat", "stappen", "tips"]


def test_a_gap_without_anything_near_stands_alone(index: SearchIndex) -> None:
    reply = answer_from(index, "honorarium")
    assert (ids(reply), reply.no_source) == (["leeg"], True)
    assert "Wel met een bron" not in reply.answer


@pytest.mark.parametrize("question", ["", "hoe bak ik een taart", "xqzw"])
def test_where_nothing_is_near_it_says_so_and_where_to_look(
    index: SearchIndex, question: str
) -> None:
    reply = answer_from(index, question)
    assert reply.no_source
    assert reply.answer.startswith("Daar heb ik geen bron voor.")
    assert "socialestabiliteit.nl/si-toolkit" in reply.answer
    assert "ess@minszw.nl (adres uit 2021)" in reply.answer


def test_long_lists_are_cut_and_say_how_many_are_left() -> None:
    item = parse_item(an_item(points=[f"Punt {number}." for number in range(1, 8)]))
    lines = tell(item).splitlines()
    assert lines[1:5] == ["- Punt 1.", "- Punt 2.", "- Punt 3.", "- Punt 4."]
    assert lines[5].startswith("En nog 3 punten. Bron: ")


def test_one_point_left_is_named_in_the_singular() -> None:
    item = parse_item(an_item(points=[f"Punt {number}." for number in range(1, 6)]))
    assert "En nog 1 punt. Bron: " in tell(item)


PARTLY = {"completeness": "deels", "note": "De rest is niet gezien."}


@pytest.mark.parametrize("count", range(4))
def test_what_is_missing_is_told_with_an_item_that_is_not_complete(count: int) -> None:
    item = parse_item(an_item(**PARTLY, points=[f"Punt {n}." for n in range(count)] or ["Punt."]))
    assert "Let op: De rest is niet gezien." in tell(item)


@pytest.mark.parametrize(
    ("completeness", "said"), [("deels", "voor een deel gezien"), ("afgeleid", "afgeleid")]
)
def test_where_there_is_no_room_the_source_says_that_something_is_missing(
    completeness: str, said: str
) -> None:
    points = [f"Punt {number}." for number in range(1, 8)]
    item = parse_item(an_item(**{**PARTLY, "completeness": completeness}, points=points))
    assert "Let op" not in tell(item)
    assert said in tell(item).splitlines()[-1]


@pytest.mark.parametrize("count", [1, 3, 4, 5, 20])
def test_an_answer_has_six_lines_at_most(count: int) -> None:
    item = parse_item(an_item(**PARTLY, points=[f"Punt {n}." for n in range(count)]))
    assert len(tell(item).splitlines()) <= 6


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ({**TOOLKIT}, TOOLKIT["title"]),
        ({**TOOLKIT, "date": "2021-11-16"}, f"{TOOLKIT['title']} (2021)"),
        ({**TOOLKIT, "title": "Rapport (2021)", "date": "2021"}, "Rapport (2021)"),
    ],
)
def test_a_source_is_named_with_its_year_once(source: dict[str, str], named: str) -> None:
    assert name_source(parse_item(an_item(source=source))) == named
