"""Nearness of texts by the letters they share: for typing errors, inflection and compounds.

A text is the bag of the runs of three to five letters in its words, with a mark for where a word
begins and ends, weighted by how rare each run is (tf-idf) and compared by cosine.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import STOP_WORDS

Scores = NDArray[np.float32]

_SHORTEST = 4
_LONGEST = 5


class Letters:
    """The runs of letters of many texts."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Count the runs in `texts`, each of them given as its folded words; one row for each."""
        counts = [_runs(text) for text in texts]
        spread = Counter(chain.from_iterable(counts))
        self._ids = {run: number for number, run in enumerate(spread)}
        self._rarity = np.array(
            [1 + math.log((1 + len(texts)) / (1 + n)) for n in spread.values()], dtype=np.float32
        )
        self._starts: list[int] = np.cumsum([0, *map(len, counts)]).tolist()
        self._runs = np.fromiter(
            (self._ids[run] for row in counts for run in row),
            dtype=np.int32,
            count=self._starts[-1],
        )
        often = np.fromiter(chain.from_iterable(row.values() for row in counts), dtype=np.float32)
        self._weights = (1 + np.log(often)) * self._rarity[self._runs]
        rows = np.repeat(np.arange(len(texts)), np.diff(self._starts))
        lengths = np.sqrt(np.bincount(rows, self._weights**2, minlength=len(texts)))
        self._weights = (self._weights / lengths[rows]).astype(np.float32)

    def scores(self, question: Sequence[str], rows: Iterable[int]) -> Scores:
        """Return the cosine of `question` with each of the texts `rows`, from 0 to 1."""
        vector, starts = self._vector(question), self._starts
        # Row by row: slices of one array are views, which beats gathering all rows at once.
        return np.fromiter(
            (
                vector[self._runs[starts[row] : starts[row + 1]]]
                @ self._weights[starts[row] : starts[row + 1]]
                for row in rows
            ),
            dtype=np.float32,
        )

    def _vector(self, question: Sequence[str]) -> Scores:
        vector = np.zeros(len(self._ids), dtype=np.float32)
        for run, count in _runs(question).items():
            if (number := self._ids.get(run)) is not None:
                vector[number] = (1 + math.log(count)) * self._rarity[number]
        length = float(np.sqrt((vector * vector).sum()))
        return vector / np.float32(length) if length else vector


def _runs(words: Sequence[str]) -> Counter[str]:
    return Counter(chain.from_iterable(_runs_of(w) for w in words if w not in STOP_WORDS))


@lru_cache(maxsize=50_000)
def _runs_of(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    return tuple(
        marked[place : place + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for place in range(max(1, len(marked) - size + 1))
    )
