"""How large an error rate may still be, given what was counted."""

from __future__ import annotations

import math

__all__ = ["error_rate_upper_bound", "rate_interval"]

_STEPS = 80


def error_rate_upper_bound(wrong: int, n: int, *, level: float = 0.95) -> float:
    """One-sided upper confidence bound of a proportion (Clopper and Pearson, Biometrika 26, 1934).

    It is exact: whatever the true rate, the bound lies below it with a probability of at most ``1 - level``.

    Args:
        wrong: Errors counted, 0 to ``n``.
        n: Cases counted; with none the bound is 1.
        level: Confidence, above 0 and below 1.

    Returns:
        The rate at which ``wrong`` errors or fewer among ``n`` would be seen with a probability of ``1 - level``.

    Raises:
        ValueError: ``wrong`` or ``level`` is out of range.
    """
    if not 0 <= wrong <= n or not 0 < level < 1:
        raise ValueError("wrong must lie in 0..n and level between 0 and 1")
    if wrong == n:
        return 1.0
    low, high = wrong / n, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(wrong, n, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, n: int, rate: float) -> float:
    """Probability of ``wrong`` errors or fewer among ``n``; by logarithms, so that large ``n`` do not overflow."""
    if rate <= 0.0:
        return 1.0
    if rate >= 1.0:
        return 0.0
    log_rate, log_rest = math.log(rate), math.log1p(-rate)
    total = 0.0
    for k in range(wrong + 1):
        log_choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        total += math.exp(log_choose + k * log_rate + (n - k) * log_rest)
    return min(total, 1.0)


def rate_interval(hits: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Two-sided confidence interval of a proportion (Clopper and Pearson, 1934); ``(0.0, 1.0)`` for ``n = 0``.

    Raises:
        ValueError: ``hits`` or ``level`` is out of range.
    """
    one_sided = 1 - (1 - level) / 2
    return (
        1.0 - error_rate_upper_bound(n - hits, n, level=one_sided),
        error_rate_upper_bound(hits, n, level=one_sided),
    )
