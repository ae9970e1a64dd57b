from typing import Any

import pytest
from sqlalchemy.engine import Engine

from knowledge.analysis import Analyzer
from knowledge.search import Hit, SearchIndex, current_index, search, sourced_first
from knowledge.vocabulary import load_vocabulary
from storage import items
from storage.database import transaction
from tests.knowledge.content import GROUPS, a_gap, an_item, parsed

ITEMS = (
    an_item("kosten", text="Reken op tien procent van het budget.", synonyms=["begroting"]),
    an_item(
        "netwerk",
        text="Werf verschillende mensen.",
        interventions=["sleutelfiguren"],
        asked_as=["welke mensen vraag ik", "wie zoek ik in de wijk", "wie hoort in ons netwerk"],
        synonyms=["sleutelfiguren", "verbinders"],
    ),
    an_item(
        "toneel",
        text="Een voorstelling is eenmalig.",
        interventions=["theater"],
        asked_as=["is een keer genoeg", "wat levert een stuk op", "risico's van een stuk"],
        synonyms=["theater", "voorstelling"],
    ),
    an_item("plan", text="Lees het plan van aanpak.", points=["Bespreek de evaluatie samen."]),
)


def make_index(*raw: dict[str, object]) -> SearchIndex:
    return SearchIndex(parsed(*raw), Analyzer(GROUPS, load_vocabulary()))


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return make_index(*ITEMS)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Reken op tien procent", "kosten"),
        ("wat kost dat, hoeveel geld", "kosten"),
        ("begrotng", "kosten"),
        ("verbinder", "netwerk"),
        ("wie zoek ik in de wijk?", "netwerk"),
        ("sleutelfigurennetwerk", "netwerk"),
        ("THEATERVOORSTELLING", "toneel"),
        ("de evaluaties bespreken", "plan"),
    ],
)
def test_the_item_that_answers_comes_first(index: SearchIndex, question: str, wanted: str) -> None:
    assert index.search(question)[0].item.id == wanted


def test_the_best_comes_first_and_no_more_than_asked_for(index: SearchIndex) -> None:
    hits = index.search("plan voor een voorstelling met budget", 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_one_of_its_own_questions_scores_higher_than_a_part_of_it(index: SearchIndex) -> None:
    whole, part = index.search("is een keer genoeg")[0], index.search("genoeg")[0]
    assert (whole.item.id, part.item.id) == ("toneel", "toneel")
    assert whole.score > 0


@pytest.mark.parametrize("question", ["", "   ", "?!", "de het een", "xqzw", "🙂", "a" * 5000])
def test_a_question_that_shares_nothing_finds_nothing(index: SearchIndex, question: str) -> None:
    assert index.search(question) == []


def test_without_items_nothing_is_found() -> None:
    assert make_index().search("wat kost dat") == []


def test_an_item_is_found_by_its_id(index: SearchIndex) -> None:
    assert index.find("plan").id == "plan"
    with pytest.raises(KeyError):
        index.find("weg")


def test_the_same_question_gives_the_same_answer_on_every_database(
    database: Engine, index: SearchIndex
) -> None:
    with transaction(database) as connection:
        items.replace_all(connection, ITEMS, GROUPS)
    for question in ("wat kost dat", "wie zoek ik", "voorstelling en plan"):
        assert search(question) == index.search(question)


def test_the_index_is_kept_until_the_items_change(database: Engine) -> None:
    with transaction(database) as connection:
        items.replace_all(connection, ITEMS, GROUPS)
    first = current_index()
    assert current_index() is first
    with transaction(database) as connection:
        items.replace_all(connection, ITEMS[:1], GROUPS)
    assert [item.id for item in current_index().items] == ["kosten"]


def test_before_anything_was_loaded_searching_says_so(database: Engine) -> None:
    with pytest.raises(LookupError):
        search("wat kost dat")


LESSONS = {"kind": "les", "interventions": ["theater"]}


@pytest.mark.parametrize(
    ("gap", "score_of_the_other", "first"),
    [
        (LESSONS, 0.45, "lessen"),
        (LESSONS, 0.30, "gat"),
        ({**LESSONS, "kind": "format"}, 0.45, "gat"),
        ({**LESSONS, "evaluation_types": ["planevaluatie"]}, 0.45, "gat"),
        ({"kind": "les"}, 0.45, "gat"),
    ],
)
def test_a_gap_gives_way_to_a_source_for_the_same_that_is_nearly_as_near(
    gap: dict[str, Any], score_of_the_other: float, first: str
) -> None:
    top, other = parsed(a_gap("gat", **gap), an_item("lessen", **LESSONS))
    hits = sourced_first([Hit(top, 0.5), Hit(other, score_of_the_other)])
    assert sorted(hit.item.id for hit in hits) == ["gat", "lessen"]
    assert hits[0].item.id == first


def test_a_source_on_top_stays_there() -> None:
    top, other = parsed(an_item("lessen", **LESSONS), a_gap("gat", **LESSONS))
    hits = [Hit(top, 0.5), Hit(other, 0.49)]
    assert sourced_first(hits) == hits
