"""Measuring the search on a set of needs (contracts/interfaces.md, `ebw eval search`)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ebw.evaluation_file import read_entries
from knowledge.answering import Reply, ask
from knowledge.items import Item
from knowledge.words import fold

FIRST = 3


def evaluate_search(path: Path, answer: Callable[[str], Reply] = ask) -> dict[str, Any]:
    """Return how well the needs in `path` are met.

    `answered` counts the needs with a source that get an answer; `errors` lists, for each need that
    was not met, what was found. Raises EvaluationFileError when the file has another shape.
    """
    needs = read_entries(path, _is_need, "query en expect")
    outcomes = [_outcome(need, answer(need["query"])) for need in needs]
    sourced = [outcome for outcome in outcomes if not outcome["wants_no_source"]]
    gaps = [outcome for outcome in outcomes if outcome["wants_no_source"]]
    return {
        "n": len(needs),
        "answered": sum(not outcome["no_source"] for outcome in sourced),
        "recall_at_1": _share([outcome["met_by_1"] for outcome in sourced]),
        "recall_at_3": _share([outcome["met_by_3"] for outcome in sourced]),
        "no_source_correct": _share([outcome["no_source"] for outcome in gaps]),
        "errors": [_error(outcome) for outcome in outcomes if not _is_met(outcome)],
    }


def _is_need(entry: dict[str, Any]) -> bool:
    expected = entry.get("expect")
    return (
        isinstance(entry.get("query"), str)
        and isinstance(expected, dict)
        and isinstance(expected.get("facts", []), list)
    )


def _outcome(need: dict[str, Any], reply: Reply) -> dict[str, Any]:
    facts = need["expect"].get("facts", [])
    found = [hit.item for hit in reply.hits]
    return {
        "query": need["query"],
        "wants_no_source": bool(need["expect"].get("no_source")),
        "no_source": reply.no_source,
        "met_by_1": _holds(found[:1], facts),
        "met_by_3": _holds(found[:FIRST], facts),
        "found": [item.id for item in found[:FIRST]],
    }


def _holds(found: Sequence[Item], facts: Sequence[Sequence[str]]) -> bool:
    """Tell whether every fact has one of its alternatives in the texts of `found` together."""
    text = fold("\n".join(f"{item.title}\n{item.full_text}" for item in found))
    return all(any(fold(alternative) in text for alternative in fact) for fact in facts)


def _is_met(outcome: dict[str, Any]) -> bool:
    if outcome["wants_no_source"]:
        return bool(outcome["no_source"])
    return bool(outcome["met_by_3"])


def _error(outcome: dict[str, Any]) -> dict[str, Any]:
    wanted = "no_source" if outcome["wants_no_source"] else "facts"
    return {"query": outcome["query"], "wanted": wanted, "found": outcome["found"]}


def _share(met: Sequence[bool]) -> float:
    return round(sum(met) / len(met), 4) if met else 1.0
