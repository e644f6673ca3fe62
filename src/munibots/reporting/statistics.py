"""The little statistics of the report: quantiles of times, and how far a rate can be trusted."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["interval_95", "quantile", "upper_limit_95"]


def quantile(numbers: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0–1) of ``numbers`` lies, interpolated between neighbours.

    Raises:
        ValueError: No numbers.
    """
    if not numbers:
        raise ValueError("数がありません。")
    ordered = sorted(numbers)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def interval_95(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate (Wilson 1927); ``(0.0, 1.0)`` for ``n = 0``."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    rate = hits / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def upper_limit_95(errors: int, n: int) -> float:
    """Clopper and Pearson's one-sided 95 % upper limit of an error rate (1934); 1.0 for ``n = 0``.

    For no error in ``n`` it is ``1 - 0.05 ** (1 / n)``, about ``3 / n``.
    """
    if errors >= n:
        return 1.0
    low, high = errors / n, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(errors, n, middle) > 0.05:
            low = middle
        else:
            high = middle
    return high


def _at_most(errors: int, n: int, rate: float) -> float:
    """Probability of at most ``errors`` among ``n``, each with probability ``rate`` (0 < rate < 1)."""
    return sum(
        math.exp(
            math.lgamma(n + 1)
            - math.lgamma(k + 1)
            - math.lgamma(n - k + 1)
            + k * math.log(rate)
            + (n - k) * math.log1p(-rate)
        )
        for k in range(errors + 1)
    )
