"""The intent model: a linear SVM and a small network over the same features, averaged.

Everything it has learnt is arrays and word lists: nothing needs unpickling, loading is quick, and
one message costs a few hundred look-ups.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.svm import LinearSVC

from bot.nlu import network
from bot.nlu.network import Network, softmax
from bot.nlu.weighing import Floats, Views, Weighing, fit

_ARRAYS, _NAMES = "intents.npz", "intents.json"


@dataclass(frozen=True)
class Settings:
    """How to train: the weight of each view, the SVM's C, the network's part, the seed.

    `sharpness` (of the SVM and of the network) turns scores into probabilities: the factors with
    the least log loss in cross-validation. `caution` multiplies the probability of intents that
    had better be suspected once too often than be missed.
    """

    weights: Mapping[str, float]
    caution: Mapping[str, float]
    sharpness: tuple[float, float]
    penalty: float
    network_share: float
    epochs: int
    seed: int


@dataclass(frozen=True)
class IntentModel:
    """A trained model. Sharpness turns scores into probabilities that can be believed."""

    labels: tuple[str, ...]
    weighing: Weighing
    coefficients: Floats
    intercepts: Floats
    network: Network
    network_share: float
    sharpness: tuple[float, float]
    caution: Floats

    def probabilities(self, views: Views) -> Floats:
        """Return the probability of each label for a message, in the order of `labels`."""
        rows, values = self.weighing.weigh(views)
        linear = values @ self.coefficients[rows] + self.intercepts
        return self._averaged(linear, self.network.scores(rows, values))

    def _averaged(self, linear: Floats, nonlinear: Floats) -> Floats:
        share = self.network_share
        first, second = self.sharpness
        averaged = (1 - share) * softmax(linear * first) + share * softmax(nonlinear * second)
        cautious = averaged * self.caution
        chances: Floats = cautious / cautious.sum(axis=-1, keepdims=True)
        return chances

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        np.savez(
            folder / _ARRAYS,
            idf=self.weighing.idf,
            coefficients=self.coefficients,
            intercepts=self.intercepts,
            caution=self.caution,
            **{f"network_{name}": array for name, array in self.network.arrays().items()},
        )
        rest = {
            "labels": self.labels,
            "weights": dict(self.weighing.weights),
            "network_share": self.network_share,
            "sharpness": self.sharpness,
            "features": {view: list(rows) for view, rows in self.weighing.rows.items()},
        }
        text = json.dumps(rest, ensure_ascii=False)
        (folder / _NAMES).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Read a model that `save` wrote."""
        rest = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            arrays = dict(stored)
        learnt = {
            name.removeprefix("network_"): array
            for name, array in arrays.items()
            if name.startswith("network_")
        }
        return cls(
            labels=tuple(rest["labels"]),
            weighing=Weighing.from_names(rest["weights"], rest["features"], arrays["idf"]),
            coefficients=arrays["coefficients"],
            intercepts=arrays["intercepts"],
            network=Network(**learnt),
            network_share=rest["network_share"],
            sharpness=tuple(rest["sharpness"]),
            caution=arrays["caution"],
        )


def train(
    examples: Sequence[Views], labels: Sequence[str], noisy: Sequence[Views], settings: Settings
) -> IntentModel:
    """Train on `examples` with their `labels`, and on `noisy`: the same examples with errors.

    Only the linear half gains from the noisy copies; the network makes noise of its own. The same
    input gives the same model on the same machine.
    """
    names, numbers = np.unique(np.array(labels), return_inverse=True)
    weighing, matrix = fit([*examples, *noisy], settings.weights)
    originals = matrix[: len(examples)]
    svm = LinearSVC(C=settings.penalty, random_state=settings.seed)
    svm.fit(matrix, np.concatenate([numbers, numbers]))
    training = replace(network.Training(), epochs=settings.epochs, seed=settings.seed)
    return IntentModel(
        labels=tuple(str(name) for name in names),
        weighing=weighing,
        coefficients=np.ascontiguousarray(svm.coef_.T, dtype=np.float32),
        intercepts=svm.intercept_.astype(np.float32),
        network=network.train(originals, numbers, len(names), training),
        network_share=settings.network_share,
        sharpness=settings.sharpness,
        caution=np.array([settings.caution.get(name, 1.0) for name in names], np.float32),
    )
