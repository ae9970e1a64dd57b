from evaluation.report import list_line, plan_data, text_plan
from tests.evaluation.plans import PLAN_ID, a_plan


def test_the_text_says_of_each_line_where_it_comes_from() -> None:
    assert text_plan(a_plan()) == (
        "Evaluatieplan: planevaluatie van theater\n"
        "Gemaakt 02-03-2026, bijgewerkt 02-03-2026\n"
        "\n"
        "Doel\n"
        "- weten of het klopt [van jou]\n"
        "\n"
        "Voorwaarden\n"
        "- Dit heb ik niet. [van de assistent, geen bron]\n"
        "- Er ligt een plan. [van jou: deels geregeld: alleen op papier] "
        "[bron: Planevaluatie theater; TH-PLAN]\n"
    )


def test_the_data_holds_every_line_with_its_origin() -> None:
    data = plan_data(a_plan())
    assert data["plan_id"] == PLAN_ID
    assert data["created_at"] == "2026-03-02T09:30:00Z"
    origins = [line["origin"] for section in data["sections"] for line in section["lines"]]
    assert origins == ["gebruiker", "assistent", "bron"]


def test_a_line_of_a_list_names_the_plan() -> None:
    assert list_line(a_plan()) == (
        f"{PLAN_ID}  2026-03-02  Evaluatieplan: planevaluatie van theater"
    )


def test_a_plan_names_the_items_that_it_rests_on_once() -> None:
    assert a_plan().items == ["het-gat", "de-lijst"]
