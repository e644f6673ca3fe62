"""Fit the heads of :mod:`munibots.classifying.heads` with scikit-learn, and calibrate their blend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from munibots.classifying.features import gram_text
from munibots.classifying.heads import GramHead, VectorHead, blend

if TYPE_CHECKING:
    from numpy import float32, float64, int64
    from numpy.typing import NDArray

__all__ = ["fit_blend", "fit_gram_head", "fit_vector_head", "gram_probabilities"]

_LENGTHS = (1, 3)
_ROUNDS, _NEAR = 150, 1e-3


def fit_gram_head(
    texts: Sequence[str],
    labels: NDArray[int64],
    *,
    weights: Mapping[int, float] | None = None,
    strength: float = 20.0,
    most_grams: int = 40_000,
) -> GramHead:
    """Fit logistic regression over TF-IDF of character n-grams.

    Args:
        texts: As they come; they are made plain here.
        labels: Class numbers from 0, each of which occurs.
        weights: How much a text of a class counts; 1 where nothing is said.
        strength: Inverse of the regularisation.
        most_grams: The n-grams of the most texts are kept.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    # gram_text has made small letters of them; scikit-learn must not cut the text in a way of its own.
    vectorizer = TfidfVectorizer(
        analyzer="char",
        ngram_range=_LENGTHS,
        min_df=2,
        max_features=most_grams,
        sublinear_tf=True,
        lowercase=False,
        preprocessor=gram_text,
        dtype=np.float32,
    )
    x = vectorizer.fit_transform(texts)
    model = LogisticRegression(C=strength, max_iter=_ROUNDS, tol=_NEAR, class_weight=weights).fit(x, labels)
    return GramHead(
        {str(gram): int(column) for gram, column in vectorizer.vocabulary_.items()},
        _LENGTHS,
        vectorizer.idf_.astype(np.float32),
        *_linear(model),
    )


def fit_vector_head(
    vectors: NDArray[float32],
    labels: NDArray[int64],
    *,
    weights: Mapping[int, float] | None = None,
    strength: float = 0.1,
) -> VectorHead:
    """Fit logistic regression over the vectors that will be served, shape (texts, dimensions)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    mean, scale = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), 1e-6)
    model = LogisticRegression(C=strength, max_iter=_ROUNDS, tol=_NEAR, class_weight=weights).fit(
        (vectors - mean) / scale, labels
    )
    return VectorHead(mean.astype(np.float32), scale.astype(np.float32), *_linear(model))


def gram_probabilities(head: GramHead, texts: Sequence[str]) -> NDArray[float64]:
    """What the head says of each text, shape (texts, classes)."""
    import numpy as np

    return np.stack([head.probabilities(text)[0] for text in texts])


def fit_blend(
    parts: Sequence[NDArray[float64]], labels: NDArray[int64], *, other: int
) -> tuple[float, NDArray[float64]]:
    """Choose the temperature, and the bias of the class ``other``, that make the probabilities true on unseen texts.

    Args:
        parts: What each head says of texts that it was not fitted on, shape (texts, classes).
        labels: Their true classes.
        other: Number of the class of everything else.

    Returns:
        The temperature, and the bias of each class.
    """
    import numpy as np

    rows, classes = parts[0].shape
    best: tuple[float, float, float] | None = None
    for temperature in np.geomspace(0.15, 1.5, 28):
        for shift in np.linspace(-4.0, 4.0, 33):
            bias = np.zeros(classes)
            bias[other] = shift
            p = blend(parts, float(temperature), bias)[np.arange(rows), labels]
            loss = float(-np.log(np.maximum(p, 1e-9)).mean())
            if best is None or loss < best[0]:
                best = loss, float(temperature), float(shift)
    assert best is not None
    bias = np.zeros(classes)
    bias[other] = best[2]
    return best[1], bias


def _linear(model: Any) -> tuple[NDArray[float32], NDArray[float32]]:
    """Weights of shape (features, classes) and the intercept, in memory as they are read."""
    import numpy as np

    return np.ascontiguousarray(model.coef_.T.astype(np.float32)), model.intercept_.astype(np.float32)
