"""Bounds of an error rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.checking.bounds import error_rate_upper_bound, rate_interval


@pytest.mark.parametrize(
    ("wrong", "n", "expected"),
    [
        # No error among n: 1 - 0.05^(1/n), the "rule of three".
        (0, 1, 0.95),
        (0, 2995, 0.0009997444),
        (0, 3000, 0.0009980790),
        # Tables of the exact binomial limits.
        (1, 10, 0.3941633),
        (5, 100, 0.1022534),
        (10, 10, 1.0),
        (0, 0, 1.0),
    ],
)
def test_known_values(wrong: int, n: int, expected: float) -> None:
    assert error_rate_upper_bound(wrong, n) == pytest.approx(expected, rel=1e-4)


@given(st.integers(1, 5000), st.data())
def test_more_cases_lower_it_and_more_errors_raise_it(n: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, min(n, 20)))
    bound = error_rate_upper_bound(wrong, n)
    assert wrong / n <= bound <= 1
    assert error_rate_upper_bound(wrong, n + 1) < bound or bound == 1
    if wrong < n:
        assert error_rate_upper_bound(wrong + 1, n) > bound


@pytest.mark.parametrize(("wrong", "n", "level"), [(-1, 5, 0.95), (6, 5, 0.95), (0, 5, 0.0), (0, 5, 1.0)])
def test_what_cannot_be_is_refused(wrong: int, n: int, level: float) -> None:
    with pytest.raises(ValueError):
        error_rate_upper_bound(wrong, n, level=level)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Tables of the exact binomial limits, two-sided.
    [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (97, 100, 0.9148, 0.9938), (0, 0, 0.0, 1.0)],
)
def test_the_two_sided_interval(hits: int, n: int, low: float, high: float) -> None:
    assert rate_interval(hits, n) == pytest.approx((low, high), abs=1e-4)
