"""How good probabilities are: reliability, and what is risked at each coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

__all__ = ["accuracy_at_coverage", "macro_f1", "reliability", "risk_coverage"]

_BINS = 10
_CURVE_POINTS = 50


def reliability(confidence: NDArray[float64], right: NDArray[bool_]) -> dict[str, Any]:
    """The expected calibration error (ECE) over ten bins of equal width, and the bins.

    Args:
        confidence: Shape (texts,), 0–1.
        right: Whether the answer was right, shape (texts,).
    """
    import numpy as np

    number = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    bins, error = [], 0.0
    for i in range(_BINS):
        mine = number == i
        n = int(mine.sum())
        sure, true = (float(confidence[mine].mean()), float(right[mine].mean())) if n else (0.0, 0.0)
        bins.append({"from": i / _BINS, "texts": n, "confidence": round(sure, 4), "accuracy": round(true, 4)})
        error += n / max(1, len(confidence)) * abs(sure - true)
    return {"ece": round(error, 4), "bins": bins}


def risk_coverage(confidence: NDArray[float64], right: NDArray[bool_]) -> list[dict[str, float]]:
    """The share of errors among the most confident answers, at each coverage."""
    import numpy as np

    order = np.argsort(-confidence, kind="stable")
    errors = np.cumsum(~right[order])
    counts = np.unique(np.linspace(1, len(order), min(_CURVE_POINTS, len(order))).round().astype(int))
    return [{"coverage": round(float(n / len(order)), 4), "error": round(float(errors[n - 1] / n), 4)} for n in counts]


def accuracy_at_coverage(confidence: NDArray[float64], right: NDArray[bool_], coverage: float) -> float:
    """The share of right answers among the most confident ``coverage`` of them."""
    import numpy as np

    n = max(1, round(coverage * len(confidence)))
    return float(right[np.argsort(-confidence, kind="stable")[:n]].mean())


def macro_f1(true: NDArray[Any], told: NDArray[Any]) -> float:
    """The mean over the classes that occur in ``true`` of the harmonic mean of precision and recall."""
    import numpy as np

    scores = []
    for k in np.unique(true):
        hits = float(((true == k) & (told == k)).sum())
        scores.append(2 * hits / max(1.0, float((true == k).sum() + (told == k).sum())))
    return float(np.mean(scores))
