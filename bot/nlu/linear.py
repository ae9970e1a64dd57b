"""A linear model over weighed TF-IDF views, trained with scikit-learn, run with NumPy alone.

Everything learnt is arrays and a word list: nothing needs unpickling, loading is quick, and one
message costs a few hundred look-ups.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = NDArray[np.float32]
Views = Mapping[str, Sequence[str]]

_FOLDS = 5
_TEMPERATURES = np.geomspace(0.5, 20, 60)


@dataclass(frozen=True)
class Settings:
    """How to train: the weight of each view, the SVM's C, the seed."""

    weights: Mapping[str, float]
    penalty: float = 0.5
    seed: int = 20261121


@dataclass(frozen=True)
class LinearModel:
    """A trained model.

    `index[view]` maps a feature to its row in `coefficients` (features × labels); `idf` is its
    inverse document frequency; `sharpness` turns scores into calibrated probabilities.
    """

    labels: tuple[str, ...]
    weights: Mapping[str, float]
    index: Mapping[str, Mapping[str, int]]
    idf: Floats
    coefficients: Floats
    intercepts: Floats
    sharpness: float

    def probabilities(self, views: Views) -> Floats:
        """Return the probability of each label for a message, in the order of `labels`."""
        return softmax(self.scores(views) * self.sharpness)

    def scores(self, views: Views) -> Floats:
        """Return the SVM's score of each label for a message."""
        total = self.intercepts.copy()
        for view, weight in self.weights.items():
            rows, values = self._weighed(view, views[view])
            if len(rows):
                total += weight * (values @ self.coefficients[rows])
        return total

    def _weighed(self, view: str, features: Sequence[str]) -> tuple[list[int], Floats]:
        index = self.index[view]
        counts = Counter(index[feature] for feature in features if feature in index)
        rows = list(counts)
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self.idf[rows]
        return rows, values / max(float(np.linalg.norm(values)), 1e-9)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        np.savez(
            folder / "linear.npz",
            idf=self.idf,
            coefficients=self.coefficients,
            intercepts=self.intercepts,
        )
        rest = {
            "labels": self.labels,
            "weights": dict(self.weights),
            "sharpness": self.sharpness,
            "features": {view: list(index) for view, index in self.index.items()},
        }
        text = json.dumps(rest, ensure_ascii=False)
        (folder / "linear.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read a model that `save` wrote."""
        rest = json.loads((folder / "linear.json").read_text(encoding="utf-8"))
        with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
            return cls(
                labels=tuple(rest["labels"]),
                weights=rest["weights"],
                index=_index(rest["features"]),
                idf=arrays["idf"],
                coefficients=arrays["coefficients"],
                intercepts=arrays["intercepts"],
                sharpness=rest["sharpness"],
            )


def softmax(scores: Floats) -> Floats:
    """Return `scores` as probabilities that add up to one, along the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


def train(examples: Sequence[Views], labels: Sequence[str], settings: Settings) -> LinearModel:
    """Train on `examples` with their `labels`; the same input gives the same model."""
    vectorizers = {view: _vectorizer() for view in settings.weights}
    blocks = [
        weight * vectorizers[view].fit_transform([example[view] for example in examples])
        for view, weight in settings.weights.items()
    ]
    matrix, answers = sparse.hstack(blocks).tocsr(), np.array(labels)
    svm = _svm(settings).fit(matrix, answers)
    return LinearModel(
        labels=tuple(svm.classes_),
        weights=dict(settings.weights),
        index=_index({view: list(v.get_feature_names_out()) for view, v in vectorizers.items()}),
        idf=np.concatenate([v.idf_ for v in vectorizers.values()]).astype(np.float32),
        coefficients=np.ascontiguousarray(svm.coef_.T, dtype=np.float32),
        intercepts=svm.intercept_.astype(np.float32),
        sharpness=_sharpness(matrix, answers, settings),
    )


def _index(features: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    index: dict[str, dict[str, int]] = {}
    first = 0
    for view, names in features.items():
        index[view] = {name: first + place for place, name in enumerate(names)}
        first += len(names)
    return index


def _vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True)


def _as_it_is(features: Sequence[str]) -> Sequence[str]:
    return features


def _svm(settings: Settings) -> LinearSVC:
    return LinearSVC(C=settings.penalty, random_state=settings.seed)


def _sharpness(matrix: sparse.csr_matrix, labels: NDArray[np.str_], settings: Settings) -> float:
    """Return the factor that makes the scores of unseen examples the best probabilities."""
    classes = np.unique(labels)
    scores = np.zeros((len(labels), len(classes)), dtype=np.float32)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=settings.seed)
    for seen, unseen in folds.split(matrix, labels):
        svm = _svm(settings).fit(matrix[seen], labels[seen])
        scores[unseen] = svm.decision_function(matrix[unseen])
    truth = np.searchsorted(classes, labels)
    losses = [_log_loss(scores * factor, truth) for factor in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _log_loss(scores: Floats, truth: NDArray[np.int64]) -> float:
    chances = softmax(scores)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(chances, 1e-12)).mean())
