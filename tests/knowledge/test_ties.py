import pytest

from knowledge.ties import Ties, asks_for_meaning
from tests.knowledge.content import a_gap, an_item, parsed

ITEMS = parsed(
    an_item("los"),
    an_item("theater", interventions=["theater"], evaluation_types=["effectevaluatie"]),
    an_item("ouders", interventions=["weerbaar_opvoeden"]),
    an_item("lijst", kind="checklist"),
    an_item("begrip", kind="definitie"),
    a_gap("gat"),
    an_item("algemeen", evaluation_types=["planevaluatie"]),
    an_item("anders", interventions=["andere_interventie"]),
)
LOOSE, THEATRE, PARENTS, LIST, MEANING, GAP, GENERAL, OTHER = range(len(ITEMS))


def scores(*named: tuple[str, str], question: str = "") -> list[float]:
    return Ties(ITEMS).scores(question.split(), named).tolist()


def test_what_is_tied_to_the_named_intervention_comes_first() -> None:
    found = scores(("intervention", "theater"))
    assert found[THEATRE] > found[LOOSE] > found[PARENTS]


def test_without_a_name_no_tie_counts() -> None:
    found = scores()
    assert found[LOOSE] == found[THEATRE] == found[PARENTS]


def test_a_cell_of_the_matrix_counts_for_more_than_its_row_and_its_column() -> None:
    row, column = ("intervention", "theater"), ("evaluation_type", "effectevaluatie")
    both = scores(row, column)[THEATRE]
    assert both > scores(row)[THEATRE] + scores(column)[THEATRE]


def test_what_is_general_about_an_evaluation_is_about_other_projects() -> None:
    found = scores(("intervention", "andere_interventie"))
    assert found[GENERAL] == found[OTHER] > found[LOOSE] > found[THEATRE]
    assert scores(("intervention", "theater"))[GENERAL] == 0


def test_the_named_kind_of_evaluation_counts_too() -> None:
    effect = scores(("evaluation_type", "effectevaluatie"))
    assert effect[THEATRE] > effect[PARENTS]


def test_the_named_kind_of_content_comes_first() -> None:
    found = scores(("content_kind", "checklist"))
    assert found[LIST] > found[LOOSE]


def test_of_two_named_interventions_either_will_do() -> None:
    found = scores(("intervention", "theater"), ("intervention", "weerbaar_opvoeden"))
    assert found[THEATRE] == found[PARENTS] > found[LOOSE]


def test_a_named_intervention_without_items_counts_for_nothing() -> None:
    found = scores(("intervention", "lotgenotencontact"))
    assert found[THEATRE] == found[LOOSE]


def test_a_gap_comes_after_what_has_a_source() -> None:
    assert scores()[GAP] < scores()[LOOSE]


def test_a_definition_comes_later_unless_a_meaning_is_asked_for() -> None:
    assert scores()[MEANING] < scores()[LOOSE]
    assert scores(question="wat betekent dat")[MEANING] == scores()[LOOSE]


@pytest.mark.parametrize(
    "question",
    [
        "wat is een mdo",
        "wat zijn peers",
        "definitie van peers",
        "wat houdt borging in",
        "wat verstaan jullie onder borging",
        "en waar staan die letters voor",
        "borging",
    ],
)
def test_asking_for_a_meaning_is_recognised(question: str) -> None:
    assert asks_for_meaning(question.split())


@pytest.mark.parametrize("question", ["wat kost dat", "hoe is het", ""])
def test_another_question_asks_for_no_meaning(question: str) -> None:
    assert not asks_for_meaning(question.split())


def test_no_items_have_no_scores() -> None:
    assert Ties([]).scores([], [("intervention", "theater")]).tolist() == []
