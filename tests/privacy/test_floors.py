"""The redaction reaches what it reached before, and the bars of the project."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from privacy.evaluate import evaluate_privacy

HERE = Path(__file__).parent
DEV_SET = HERE.parents[2] / "shared" / "eval" / "privacy_dev.yml"
FLOORS = YAML(typ="safe").load(HERE / "floors.yml")
FILES = {name: HERE / name for name in FLOORS} | {DEV_SET.name: DEV_SET}
ALWAYS_FOUND = ("bsn", "iban", "email")


@cache
def figures(name: str) -> dict[str, Any]:
    """Measure on one of FILES, once per run; nothing when it is not there, which it says aloud."""
    if not FILES[name].exists():
        warnings.warn(f"{FILES[name]} IS NOT THERE: NOTHING WAS MEASURED ON IT", stacklevel=2)
        return {}
    return evaluate_privacy(FILES[name])


@pytest.mark.parametrize("name", FLOORS)
def test_no_less_is_found_than_before(name: str) -> None:
    if measured := figures(name):
        by_kind = measured["span_recall_by_kind"]
        assert measured["span_recall"] >= FLOORS[name]["span_recall"], measured["errors"]
        assert by_kind["person"] >= FLOORS[name]["person"], measured["errors"]


@pytest.mark.parametrize("name", FLOORS)
def test_no_more_is_changed_or_lost_than_before(name: str) -> None:
    if measured := figures(name):
        for figure in ("clean_messages_changed", "keep_lost"):
            assert measured[figure] <= FLOORS[name][figure], measured["errors"]


@pytest.mark.parametrize("name", FLOORS)
def test_every_bsn_account_and_mail_address_is_found(name: str) -> None:
    if measured := figures(name):
        by_kind = measured["span_recall_by_kind"]
        assert {kind: by_kind[kind] for kind in ALWAYS_FOUND} == dict.fromkeys(ALWAYS_FOUND, 1.0)


@pytest.mark.parametrize("floor", FLOORS.values(), ids=FLOORS)
def test_the_floors_are_not_below_the_bars_of_the_project(floor: dict[str, float]) -> None:
    assert floor["span_recall"] >= 0.97
    assert floor["person"] >= 0.92
    assert floor["clean_messages_changed"] <= 0.02
    assert floor["keep_lost"] == 0
