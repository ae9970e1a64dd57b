"""TF-IDF over several views of a message, each scaled to its own weight.

Fitted with scikit-learn on the training data; one message is weighed with look-ups and NumPy alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.float32]
Views = Mapping[str, Sequence[str]]

_FEWEST = 3  # of the examples and their copies with typing errors; rarer features are chance


@dataclass(frozen=True)
class Weighing:
    """Which feature has which row, its inverse document frequency, and the weight of each view."""

    weights: Mapping[str, float]
    rows: Mapping[str, Mapping[str, int]]
    idf: Floats

    def weigh(self, views: Views) -> tuple[NDArray[np.intp], Floats]:
        """Return the rows of the known features of a message, and their values."""
        rows: list[int] = []
        values: list[Floats] = []
        for view, weight in self.weights.items():
            index = self.rows[view]
            counts = Counter(index[feature] for feature in views[view] if feature in index)
            if counts:
                rows += counts
                times = np.fromiter(counts.values(), dtype=np.float32)
                raw = (1 + np.log(times)) * self.idf[list(counts)]
                scale = weight / float(np.linalg.norm(raw))
                values.append((raw * scale).astype(np.float32))
        joined: Floats = np.concatenate(values) if values else np.zeros(0, np.float32)
        return np.array(rows, dtype=np.intp), joined

    @classmethod
    def from_names(
        cls, weights: Mapping[str, float], names: Mapping[str, Sequence[str]], idf: Floats
    ) -> "Weighing":
        """Make a weighing from the features of each view, in the order of their rows."""
        rows: dict[str, dict[str, int]] = {}
        first = 0
        for view, features in names.items():
            rows[view] = {name: first + place for place, name in enumerate(features)}
            first += len(features)
        return cls(dict(weights), rows, idf)


def fit(
    examples: Sequence[Views], weights: Mapping[str, float]
) -> tuple[Weighing, sparse.csr_matrix]:
    """Return the weighing learnt from `examples`, and these examples weighed, one in a row.

    A view in which nothing occurs often enough is left out.
    """
    used = {view: weight for view, weight in weights.items() if _says_something(examples, view)}
    vectorizers = {
        view: TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=_FEWEST) for view in used
    }
    blocks = [
        weight * vectorizers[view].fit_transform([example[view] for example in examples])
        for view, weight in used.items()
    ]
    names = {view: list(v.get_feature_names_out()) for view, v in vectorizers.items()}
    idf = np.concatenate([v.idf_ for v in vectorizers.values()]).astype(np.float32)
    matrix = sparse.hstack(blocks).tocsr().astype(np.float32)
    return Weighing.from_names(used, names, idf), matrix


def _says_something(examples: Sequence[Views], view: str) -> bool:
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(set(example[view]))
        if counts and max(counts[feature] for feature in example[view] or [""]) >= _FEWEST:
            return True
    return False
