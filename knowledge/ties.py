"""What an item is tied to, against what a question names.

A question that names theatre is not about casework, and one that names no intervention is seldom
about one only. What has no source comes after what has one, when both are as near, and what only
says what a word means comes after what says more.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.items import Item

Scores = NDArray[np.float32]

TIED_TO_THE_NAMED = 0.06
TIED_TO_ANOTHER = -0.06
TIED_THOUGH_NONE_IS_NAMED = -0.02
OF_THE_NAMED_KIND = 0.03
GAP = -0.007
DEFINITION = -0.033

_KIND = "content_kind"
_DEFINITION = "definitie"
_FIELDS = {"intervention": "interventions", "evaluation_type": "evaluation_types"}
# Words that ask for a kind of content which the vocabulary has no name for.
_KIND_WORDS = {
    "moment": frozenset({"wanneer", "tijdstip", "moment", "startmoment"}),
    "rol": frozenset({"wie", "zelf", "uitbesteden"}),
}
_MEANING_WORDS = frozenset(
    "betekent betekenis betekenen definitie begrip afkorting voluit omschrijving".split()
)
_MEANING_STARTS = (["wat", "is"], ["wat", "zijn"], ["waar", "staat"])


class Ties:
    """The ties of all items, as scores to add to how near their words are."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Work out the scores of `items` for each value that a question can name."""
        self._gaps = _array(GAP * item.is_gap for item in items)
        self._definitions = _array(DEFINITION * (item.kind == _DEFINITION) for item in items)
        self._unnamed = _array(
            TIED_THOUGH_NONE_IS_NAMED * bool(item.interventions) for item in items
        )
        self._named = {
            (entity, value): _array(_score(getattr(item, field), value) for item in items)
            for entity, field in _FIELDS.items()
            for value in {value for item in items for value in getattr(item, field)}
        }
        self._kinds = {
            kind: _array(OF_THE_NAMED_KIND * (item.kind == kind) for item in items)
            for kind in {item.kind for item in items}
        }

    def scores(self, words: Sequence[str], named: Collection[tuple[str, str]]) -> Scores:
        """Return what to add to each item's score.

        `words` are the folded words of the question, `named` the entities and values it names.
        """
        total: Scores = self._gaps.copy()
        if not asks_for_meaning(words):
            total += self._definitions
        if not any(entity == "intervention" for entity, _ in named):
            total += self._unnamed
        for entity in _FIELDS:
            known = [self._named[v] for v in named if v[0] == entity and v in self._named]
            if known:
                total += np.maximum.reduce(known)
        for kind in _kinds_asked_for(words, named):
            if kind in self._kinds:
                total += self._kinds[kind]
        return total


def asks_for_meaning(words: Sequence[str]) -> bool:
    """Tell whether a question asks what a word means."""
    return list(words[:2]) in _MEANING_STARTS or not _MEANING_WORDS.isdisjoint(words)


def _kinds_asked_for(words: Sequence[str], named: Collection[tuple[str, str]]) -> set[str]:
    asked = {kind for kind, asking in _KIND_WORDS.items() if not asking.isdisjoint(words)}
    return asked | {value for entity, value in named if entity == _KIND}


def _score(tied_to: Collection[str], value: str) -> float:
    if not tied_to:
        return 0.0
    return TIED_TO_THE_NAMED if value in tied_to else TIED_TO_ANOTHER


def _array(scores: Iterable[float]) -> Scores:
    return np.fromiter(scores, dtype=np.float32)
