"""BM25 over weighted tokens in several fields (Robertson and Zaragoza, 2009), with numpy alone."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import Tokens

Scores = NDArray[np.float32]

_K1 = 0.4
_B = 0.2
_MOST = _K1 + 1
"""What a token that is repeated without end counts, times its rarity."""


class FieldsIndex:
    """For each token, the rows that have it and what it counts there, all fields together."""

    def __init__(
        self, fields: Mapping[str, Sequence[Tokens]], weights: Mapping[str, float]
    ) -> None:
        """Index `fields`: for each field the tokens of every row; `weights` add up to 1."""
        self._count = len(next(iter(fields.values())))
        every_row = zip(*fields.values(), strict=True)
        spread = Counter(chain.from_iterable(set().union(*row) for row in every_row))
        self._rarity = {token: _rarity(self._count, n) for token, n in spread.items()}
        self._unseen = _rarity(self._count, 0)
        total: dict[str, dict[int, float]] = {}
        for name, rows in fields.items():
            for row, vector in enumerate(_saturated(rows)):
                for token, value in vector.items():
                    of_token = total.setdefault(token, {})
                    of_token[row] = of_token.get(row, 0.0) + weights[name] * value
        self._rows = {token: np.fromiter(found, np.int32) for token, found in total.items()}
        self._values = {
            token: np.fromiter(found.values(), np.float32) * np.float32(self._rarity[token] / _MOST)
            for token, found in total.items()
        }

    def scores(self, question: Tokens) -> Scores:
        """Return, for each row, how much of `question` it holds, from 0 to 1."""
        found = np.zeros(self._count, dtype=np.float32)
        possible = 0.0
        for token, weight in question.items():
            possible += weight * self._rarity.get(token, self._unseen)
            if (rows := self._rows.get(token)) is not None:
                found[rows] += np.float32(weight) * self._values[token]
        return found / np.float32(possible or 1.0)


def added(vectors: Sequence[Tokens]) -> dict[str, float]:
    """Return the sum of token weights over `vectors`."""
    total: dict[str, float] = {}
    for vector in vectors:
        for token, weight in vector.items():
            total[token] = total.get(token, 0.0) + weight
    return total


def _rarity(rows: int, having: int) -> float:
    """Return the inverse document frequency of a token that `having` of `rows` have."""
    return math.log(1 + (rows - having + 0.5) / (having + 0.5))


def _saturated(rows: Sequence[Tokens]) -> list[dict[str, float]]:
    """Return BM25's share of each token in each row, without its rarity."""
    lengths = [sum(row.values()) for row in rows]
    mean = sum(lengths) / max(len(lengths), 1) or 1.0
    return [
        {
            token: count * _MOST / (count + _K1 * (1 - _B + _B * length / mean))
            for token, count in row.items()
        }
        for row, length in zip(rows, lengths, strict=True)
    ]
