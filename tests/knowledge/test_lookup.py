import pytest

from knowledge.lookup import Wanted, look_up
from tests.knowledge.content import a_gap, an_item, parsed

THEATRE = {"interventions": ["theater"]}
PLAN = {"evaluation_types": ["planevaluatie"]}
STEPS = {"kind": "stappenplan"}
ITEMS = parsed(
    an_item("algemeen", **STEPS, **PLAN),
    an_item("theater", **STEPS, **PLAN, **THEATRE),
    an_item("overal", **STEPS),
    an_item("ouders", **STEPS, **PLAN, interventions=["weerbaar_opvoeden"]),
    an_item("effect", **STEPS, **THEATRE, evaluation_types=["effectevaluatie"]),
    an_item("les", kind="les", **THEATRE),
    a_gap("gat", **STEPS, **PLAN, interventions=["sleutelfiguren"]),
)


def found(wanted: Wanted) -> dict[str, list[str]]:
    outcome = look_up(ITEMS, wanted)
    parts = {"exact": outcome.exact, "general": outcome.general, "gaps": outcome.gaps}
    return {name: [item.id for item in items] for name, items in parts.items()}


def test_what_is_tied_to_all_that_was_named_is_exact_and_the_rest_that_fits_general() -> None:
    assert found(Wanted("theater", "planevaluatie", "stappenplan")) == {
        "exact": ["theater"],
        "general": ["algemeen", "overal"],
        "gaps": [],
    }


def test_a_gap_is_kept_apart_with_what_is_general_beside_it() -> None:
    assert found(Wanted("sleutelfiguren", "planevaluatie", "stappenplan")) == {
        "exact": [],
        "general": ["algemeen", "overal"],
        "gaps": ["gat"],
    }


def test_what_is_not_named_does_not_matter() -> None:
    assert found(Wanted(kind="les"))["exact"] == ["les"]
    assert found(Wanted(intervention="theater"))["exact"] == ["theater", "effect", "les"]
    assert len(look_up(ITEMS, Wanted()).exact) == len(ITEMS) - 1


def test_an_item_of_another_intervention_or_evaluation_never_fits() -> None:
    names = found(Wanted("theater", "planevaluatie"))
    assert {"ouders", "effect"}.isdisjoint(names["exact"] + names["general"])


def test_where_nothing_fits_the_general_gap_says_so() -> None:
    items = parsed(a_gap("gat", **STEPS, **PLAN))
    found = look_up(items, Wanted("casusoverleg", "planevaluatie", "stappenplan"))
    assert [item.id for item in found.best] == ["gat"]
    items = parsed(a_gap("gat", **STEPS, **PLAN), an_item("overal", **STEPS))
    found = look_up(items, Wanted("casusoverleg", "planevaluatie", "stappenplan"))
    assert [item.id for item in found.best] == ["overal"]


def test_of_what_is_general_the_most_tied_comes_first() -> None:
    items = parsed(an_item("overal", **STEPS), an_item("algemeen", **STEPS, **PLAN))
    found = look_up(items, Wanted("casusoverleg", "planevaluatie", "stappenplan"))
    assert [item.id for item in found.general] == ["algemeen", "overal"]


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        (Wanted("theater", "planevaluatie", "stappenplan"), ["theater"]),
        (Wanted("sleutelfiguren", "planevaluatie", "stappenplan"), ["gat"]),
        (Wanted("casusoverleg", "planevaluatie", "stappenplan"), ["algemeen", "overal"]),
        (Wanted("casusoverleg", kind="les"), []),
    ],
)
def test_the_best_is_exact_then_the_gap_then_general(wanted: Wanted, best: list[str]) -> None:
    assert [item.id for item in look_up(ITEMS, wanted).best] == best
