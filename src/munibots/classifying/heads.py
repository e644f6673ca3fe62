"""Linear classifiers over text, served with numpy alone: over character n-grams, and over the encoder's vectors.

They are fitted by :mod:`munibots.classifying.training` and kept as plain arrays: nothing in them can run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.classifying.features import grams

if TYPE_CHECKING:
    from numpy import float32, float64
    from numpy.typing import NDArray

__all__ = ["GramHead", "VectorHead", "blend"]


@dataclass(frozen=True, slots=True, eq=False)
class GramHead:
    """Logistic regression over TF-IDF of character n-grams (logarithmic counts, unit length).

    Attributes:
        columns: Number of each n-gram that counts.
        lengths: Shortest and longest n-gram.
        idf: Shape (n-grams,).
        weights: Shape (n-grams, classes).
        intercept: Shape (classes,).
    """

    columns: dict[str, int]
    lengths: tuple[int, int]
    idf: NDArray[float32]
    weights: NDArray[float32]
    intercept: NDArray[float32]

    def probabilities(self, text: str) -> tuple[NDArray[float64], float]:
        """The probability of each class, and which share of the text's n-grams is known at all (0 for an empty text)."""
        import numpy as np

        counts: Counter[str] = Counter(grams(text, *self.lengths))
        known = {self.columns[gram]: n for gram, n in counts.items() if gram in self.columns}
        logits = self.intercept.astype(np.float64)
        if known:
            columns = np.fromiter(known, np.int64, len(known))
            x = (1 + np.log(np.fromiter(known.values(), np.float64, len(known)))) * self.idf[columns]
            logits = logits + (x / np.linalg.norm(x)) @ self.weights[columns]
        return _softmax(logits), sum(known.values()) / max(1, counts.total())


@dataclass(frozen=True, slots=True, eq=False)
class VectorHead:
    """Logistic regression over centred and scaled vectors.

    Attributes:
        mean: Shape (dimensions,).
        scale: Shape (dimensions,).
        weights: Shape (dimensions, classes).
        intercept: Shape (classes,).
    """

    mean: NDArray[float32]
    scale: NDArray[float32]
    weights: NDArray[float32]
    intercept: NDArray[float32]

    def probabilities(self, vectors: NDArray[float32]) -> NDArray[float64]:
        """The probability of each class.

        Args:
            vectors: Shape (texts, dimensions).

        Returns:
            Shape (texts, classes).
        """
        import numpy as np

        logits = ((vectors - self.mean) / self.scale) @ self.weights + self.intercept
        return _softmax(logits.astype(np.float64))


def _softmax(logits: NDArray[float64]) -> NDArray[float64]:
    import numpy as np

    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def blend(parts: Sequence[NDArray[float64]], temperature: float, bias: NDArray[float64]) -> NDArray[float64]:
    """The mean of some probabilities, sharpened by a temperature and shifted by class, shape (texts, classes)."""
    import numpy as np

    mean = np.mean(np.stack(parts), axis=0)
    return _softmax(np.log(np.maximum(mean, 1e-9)) / temperature + bias)
