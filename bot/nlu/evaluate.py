"""Measuring what the assistant understands, on a file of labelled messages.

The file is a YAML list of `{text, intent, entities}`; the figures are those of `ebw eval nlu` in
contracts/interfaces.md. A message below the fallback threshold counts as out of scope.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.nlu.contract import FALLBACK, OUT_OF_SCOPE, REFINES
from ebw.evaluation_file import read_entries

EntityValue = tuple[str, str]
"""An entity's name and its canonical value, as text."""


@dataclass(frozen=True)
class Labelled:
    """A message with what it means."""

    text: str
    intent: str
    entities: frozenset[EntityValue]


@dataclass(frozen=True)
class Understood:
    """What was made of a message: an intent that is never `nlu_fallback`, and entities."""

    intent: str
    confidence: float
    entities: frozenset[EntityValue]


def evaluate_nlu(path: Path, model: Path) -> dict[str, Any]:
    """Return the figures for the messages in `path`, understood by the Rasa model at `model`.

    Shares are from 0 to 1. Raises EvaluationFileError when the file does not have the right form,
    and Rasa's own errors when the model cannot be loaded.
    """
    messages = read_labelled(path)
    return figures(messages, understand((message.text for message in messages), model))


def read_labelled(path: Path) -> list[Labelled]:
    """Read the labelled messages in `path`."""
    rows = read_entries(path, _is_labelled, "text, intent en entities")
    return [Labelled(row["text"], row["intent"], _values(row.get("entities"))) for row in rows]


def understand(texts: Iterable[str], model: Path) -> list[Understood]:
    """Return what the Rasa model at `model` makes of each text."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))

    async def parse_all() -> list[dict[str, Any]]:
        return [await agent.parse_message(text) for text in texts]

    return [understood(parsed) for parsed in asyncio.run(parse_all())]


def understood(parsed: Mapping[str, Any]) -> Understood:
    """Return Rasa's answer for one message in the terms of the evaluation."""
    name = parsed["intent"]["name"]
    return Understood(
        intent=OUT_OF_SCOPE if name in {FALLBACK, None} else name,
        confidence=float(parsed["intent"]["confidence"]),
        entities=frozenset((e["entity"], str(e["value"])) for e in parsed["entities"]),
    )


def figures(expected: Sequence[Labelled], got: Sequence[Understood]) -> dict[str, Any]:
    """Return the figures of the contract for messages and what was made of them.

    An intent that the messages do not know counts as the one it refines.
    """
    known = {message.intent for message in expected}
    pairs = [(e, _in_terms_of(known, g)) for e, g in zip(expected, got, strict=True)]
    per_intent = _per_intent(pairs)
    return {
        "n": len(pairs),
        "intent_accuracy": _share(sum(e.intent == g.intent for e, g in pairs), len(pairs)),
        "intent_macro_f1": _mean([row["f1"] for row in per_intent.values() if row["support"]]),
        **_entity_figures(pairs),
        "out_of_scope_recall": per_intent.get(OUT_OF_SCOPE, {}).get("recall", 0.0),
        "in_scope_rejected": _rejected(pairs),
        "per_intent": per_intent,
        "errors": [
            _error(e, g) for e, g in pairs if e.intent != g.intent or e.entities != g.entities
        ],
    }


def confusions(result: Mapping[str, Any]) -> str:
    """Return a report for people of which intents were taken for which, most frequent first."""
    wrong = [error for error in result["errors"] if error["intent"] != error["predicted"]]
    counts = Counter((error["intent"], error["predicted"]) for error in wrong)
    lines = [f"{len(wrong)} of {result['n']} messages were taken for something else", ""]
    for (intent, predicted), count in counts.most_common():
        lines.append(f"{count:4d}  {intent} → {predicted}")
        lines += [
            f"        {error['confidence']:.2f}  {error['text']}"
            for error in wrong
            if (error["intent"], error["predicted"]) == (intent, predicted)
        ]
    return "\n".join(lines) + "\n"


def _in_terms_of(known: set[str], got: Understood) -> Understood:
    return got if got.intent in known else replace(got, intent=REFINES.get(got.intent, got.intent))


def _is_labelled(row: dict[str, Any]) -> bool:
    named = all(isinstance(row.get(key), str) for key in ("text", "intent"))
    return named and isinstance(row.get("entities") or {}, dict)


def _values(entities: Mapping[str, Any] | None) -> frozenset[EntityValue]:
    return frozenset(
        (name, str(value))
        for name, values in (entities or {}).items()
        for value in (values if isinstance(values, list) else [values])
    )


def _per_intent(pairs: Sequence[tuple[Labelled, Understood]]) -> dict[str, dict[str, float]]:
    support = Counter(e.intent for e, _ in pairs)
    predicted = Counter(g.intent for _, g in pairs)
    right = Counter(e.intent for e, g in pairs if e.intent == g.intent)
    return {
        intent: {
            "support": support[intent],
            "precision": _share(right[intent], predicted[intent]),
            "recall": _share(right[intent], support[intent]),
            "f1": _f1(right[intent], predicted[intent], support[intent]),
        }
        for intent in sorted(support | predicted)
    }


def _entity_figures(pairs: Sequence[tuple[Labelled, Understood]]) -> dict[str, float]:
    right = sum(len(e.entities & g.entities) for e, g in pairs)
    found = sum(len(g.entities) for _, g in pairs)
    present = sum(len(e.entities) for e, _ in pairs)
    return {
        "entity_precision": _share(right, found),
        "entity_recall": _share(right, present),
        "entity_f1": _f1(right, found, present),
    }


def _rejected(pairs: Sequence[tuple[Labelled, Understood]]) -> float:
    in_scope = [g for e, g in pairs if e.intent != OUT_OF_SCOPE]
    return _share(sum(g.intent == OUT_OF_SCOPE for g in in_scope), len(in_scope))


def _error(expected: Labelled, got: Understood) -> dict[str, Any]:
    return {
        "text": expected.text,
        "intent": expected.intent,
        "predicted": got.intent,
        "confidence": round(got.confidence, 3),
        "missed_entities": sorted(expected.entities - got.entities),
        "extra_entities": sorted(got.entities - expected.entities),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _f1(right: int, found: int, present: int) -> float:
    return _share(2 * right, found + present)
