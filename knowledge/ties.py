"""What an item is tied to, against what a question names.

A question that names theatre is not about casework, and one that names a cell of the matrix is
about that cell. What has no source comes after what has one, when both are as near, and what says
what a word means comes after the rest, unless that is asked.
"""

import re
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.items import Item

Scores = NDArray[np.float32]

TIED_TO_THE_NAMED = 0.06
TIED_TO_ANOTHER = -0.04
NAMED_CELL = 0.06
OF_THE_NAMED_KIND = 0.03
GAP = -0.002
DEFINITION = -0.033

_OTHER_PROJECTS = "andere_interventie"
_KIND = "content_kind"
_DEFINITION = "definitie"
_FIELDS = {"intervention": "interventions", "evaluation_type": "evaluation_types"}
# Words that ask for a kind of content which the vocabulary has no name for.
_KIND_WORDS = {
    "moment": frozenset({"wanneer", "tijdstip", "moment", "startmoment"}),
    "rol": frozenset({"wie", "zelf", "uitbesteden"}),
}
# What people say when they ask what a word means: "wat houdt ... in", "wat verstaan jullie onder".
_ASKS_FOR_MEANING = re.compile(
    r"^(?:wat (?:is|zijn|houdt|houden|doet|wordt|worden|bedoel\w*)|wie (?:is|zijn))\b|"
    r"\b(?:wat (?:is|zijn) (?:een|dat|nou|nu)|waar sta\w*|noem\w* (?:je|jullie|we|wij|men)|"
    r"betekent|betekenis|betekenen|definitie|begrip|afkorting\w*|letters|voluit|omschrijving|"
    r"bedoeld?|bedoelen|versta\w*|heet|heten|vallen)\b"
)


class Ties:
    """The ties of all items, as scores to add to how near their words are."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Work out the scores of `items` for each value that a question can name."""
        self._gaps = _array(GAP * item.is_gap for item in items)
        self._definitions = _array(DEFINITION * (item.kind == _DEFINITION) for item in items)
        self._named = {
            (entity, value): _array(_score(item, field, value) for item in items)
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
        tied = [self._tied(entity, named) for entity in _FIELDS]
        total += sum(tied) + NAMED_CELL * np.logical_and.reduce([part > 0 for part in tied])
        for kind in _kinds_asked_for(words, named):
            if kind in self._kinds:
                total += self._kinds[kind]
        return total

    def _tied(self, entity: str, named: Collection[tuple[str, str]]) -> Scores:
        """Return each item's score for the values of `entity` that are named; the best counts."""
        known = [self._named[v] for v in named if v[0] == entity and v in self._named]
        best: Scores = np.maximum.reduce(known or [np.zeros_like(self._gaps)])
        return best


def asks_for_meaning(words: Sequence[str]) -> bool:
    """Tell whether a question asks what a word means; a single word does."""
    return len(words) == 1 or bool(_ASKS_FOR_MEANING.search(" ".join(words)))


def _kinds_asked_for(words: Sequence[str], named: Collection[tuple[str, str]]) -> set[str]:
    asked = {kind for kind, asking in _KIND_WORDS.items() if not asking.isdisjoint(words)}
    return asked | {value for entity, value in named if entity == _KIND}


def _score(item: Item, field: str, value: str) -> float:
    """Return what a named value counts for an item.

    What is general about an evaluation stands in the row of the matrix for all other projects.
    """
    tied_to: frozenset[str] = getattr(item, field)
    is_general = not tied_to and bool(item.evaluation_types)
    if value in tied_to or (is_general and value == _OTHER_PROJECTS):
        return TIED_TO_THE_NAMED
    return TIED_TO_ANOTHER if tied_to else 0.0


def _array(scores: Iterable[float]) -> Scores:
    return np.fromiter(scores, dtype=np.float32)
