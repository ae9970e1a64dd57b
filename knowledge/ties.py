"""What an item is tied to, against what a question names.

"Lessen over theater" is no question about casework, and a question that names no intervention is
seldom about one only. An item that has no source comes after one that has, when both fit.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.items import Item

Scores = NDArray[np.float32]

TIED_TO_THE_NAMED = 0.06
TIED_TO_ANOTHER = -0.10
TIED_THOUGH_NONE_IS_NAMED = {"intervention": -0.04, "evaluation_type": -0.02}
OF_THE_NAMED_KIND = 0.03
GAP = -0.03
DEFINITION = -0.02

_FIELDS = {"intervention": "interventions", "evaluation_type": "evaluation_types"}
_KIND = "content_kind"
_DEFINITION = "definitie"


class Ties:
    """The ties of all items, as scores to add to how near their words are."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Work out the scores of `items` for each value that a question can name."""
        self._always = _array((GAP if i.is_gap else 0) + (DEFINITION if i.kind == _DEFINITION else 0) for i in items)
        self._unnamed = {
            entity: _array(TIED_THOUGH_NONE_IS_NAMED[entity] * bool(getattr(i, field)) for i in items)
            for entity, field in _FIELDS.items()
        }
        self._named = {
            (entity, value): _array(_score(getattr(item, field), value) for item in items)
            for entity, field in _FIELDS.items()
            for value in {value for item in items for value in getattr(item, field)}
        }
        self._kinds = {
            (_KIND, kind): _array(OF_THE_NAMED_KIND * (item.kind == kind) for item in items)
            for kind in {item.kind for item in items}
        }

    def scores(self, named: Collection[tuple[str, str]]) -> Scores:
        """Return what to add to each item's score for a question that names the values `named`."""
        total: Scores = self._always.copy()
        for entity, unnamed in self._unnamed.items():
            values = [value for value in named if value[0] == entity]
            known = [self._named[value] for value in values if value in self._named]
            if known:
                total += np.maximum.reduce(known)
            elif not values:
                total += unnamed
        for value in named:
            if value in self._kinds:
                total += self._kinds[value]
        return total


def _score(tied_to: Collection[str], value: str) -> float:
    if not tied_to:
        return 0.0
    return TIED_TO_THE_NAMED if value in tied_to else TIED_TO_ANOTHER


def _array(scores: Iterable[float]) -> Scores:
    return np.fromiter(scores, dtype=np.float32)
