"""A small neural network over sparse features: one hidden layer, trained and run with NumPy.

Beside the linear model it learns which features mean the same together; the two err on different
messages. Training takes half a minute where Rasa's own classifier takes ten, and nothing of
TensorFlow is needed to run it.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.nlu.weighing import Floats

_BATCH = 64
_START = 1e-4  # first value of AdaGrad's sums: keeps the first steps small
_SPREAD = 0.05  # of the first random coefficients


@dataclass(frozen=True)
class Training:
    """How to train: passes over the data, width, share left out at random, label smoothing."""

    epochs: int = 12
    hidden: int = 128
    rate: float = 0.12
    drop_features: float = 0.2
    drop_hidden: float = 0.5
    smoothing: float = 0.1
    fewest_examples: int = 2
    seed: int = 20261121


@dataclass
class Network:
    """A trained network. `place` maps a feature's row to its row here, -1 when it is left out."""

    place: NDArray[np.int32]
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def scores(self, rows: NDArray[np.intp], values: Floats) -> Floats:
        """Return the score of each label for the weighed features of a message."""
        places = self.place[rows]
        known = places >= 0
        hidden = values[known] @ self.first[places[known]] + self.first_bias
        scores: Floats = np.maximum(hidden, 0) @ self.second + self.second_bias
        return scores

    def scores_of(self, matrix: sparse.csr_matrix) -> Floats:
        """Return the scores of many messages (messages by labels)."""
        hidden = matrix[:, self.place >= 0] @ self.first + self.first_bias
        scores: Floats = np.maximum(hidden, 0) @ self.second + self.second_bias
        return scores

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what has been learnt, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def train(
    matrix: sparse.csr_matrix, labels: NDArray[np.intp], count: int, training: Training
) -> Network:
    """Train on weighed examples whose label numbers are below `count`.

    The same input gives the same network.
    """
    chance = np.random.default_rng(training.seed)
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= training.fewest_examples
    place = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)
    learner = _Learner(matrix[:, often], labels, count, training, chance)
    for epoch in range(training.epochs):
        learner.run_epoch(epoch)
    return Network(place, *learner.parameters)


class _Learner:
    """AdaGrad over small batches; of the first layer only the rows in the batch are touched."""

    def __init__(
        self,
        matrix: sparse.csr_matrix,
        labels: NDArray[np.intp],
        count: int,
        training: Training,
        chance: np.random.Generator,
    ) -> None:
        self._matrix, self._labels, self._training, self._chance = matrix, labels, training, chance
        width, hidden = matrix.shape[1], training.hidden
        self.parameters = (
            (chance.standard_normal((width, hidden)) * _SPREAD).astype(np.float32),
            np.zeros(hidden, np.float32),
            (chance.standard_normal((hidden, count)) / np.sqrt(hidden)).astype(np.float32),
            np.zeros(count, np.float32),
        )
        sizes = (width, hidden, (hidden, count), count)
        self._sums = tuple(np.full(size, _START, np.float32) for size in sizes)
        share = training.smoothing / count
        self._targets = np.full((count, count), share, np.float32)
        np.fill_diagonal(self._targets, 1 - training.smoothing + share)

    def run_epoch(self, epoch: int) -> None:
        """Go through all examples once, in random order, with a rate that falls step by step."""
        order = self._chance.permutation(len(self._labels))
        starts = range(0, len(order), _BATCH)
        steps = self._training.epochs * len(starts)
        for number, start in enumerate(starts, start=epoch * len(starts)):
            rate = self._training.rate * (1 - number / steps)
            self._step(order[start : start + _BATCH], rate)

    def _step(self, chosen: NDArray[np.intp], rate: float) -> None:
        first, first_bias, second, second_bias = self.parameters
        batch = self._thinned(self._matrix[chosen])
        before = batch @ first + first_bias
        mask = self._kept(before.shape, self._training.drop_hidden) * (before > 0)
        hidden = before * mask
        error = softmax(hidden @ second + second_bias) - self._targets[self._labels[chosen]]
        error /= len(chosen)
        back = (error @ second.T) * mask
        columns = np.unique(batch.indices)
        slope = batch.T.tocsr()[columns] @ back
        sums, *other_sums = self._sums
        sums[columns] += (slope**2).mean(axis=1)
        first[columns] -= rate * slope / np.sqrt(sums[columns])[:, None]
        slopes = (back.sum(axis=0), hidden.T @ error, error.sum(axis=0))
        for parameter, total, change in zip(
            (first_bias, second, second_bias), other_sums, slopes, strict=True
        ):
            np.add(total, change**2, out=total)
            np.subtract(parameter, rate * change / np.sqrt(total), out=parameter)

    def _thinned(self, batch: sparse.csr_matrix) -> sparse.csr_matrix:
        batch.data = batch.data * self._kept(batch.data.shape, self._training.drop_features)
        return batch

    def _kept(self, shape: tuple[int, ...], dropped: float) -> Floats:
        kept = self._chance.random(shape, dtype=np.float32) >= dropped
        return kept.astype(np.float32) / np.float32(1 - dropped)


def softmax(scores: Floats) -> Floats:
    """Return `scores` as probabilities that add up to one, along the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = exponents / exponents.sum(axis=-1, keepdims=True)
    return chances
