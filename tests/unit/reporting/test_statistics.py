from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.reporting.statistics import interval_95, quantile, upper_limit_95


def test_quantiles_are_interpolated() -> None:
    assert quantile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.5
    assert quantile([7.0], 0.9) == 7.0
    with pytest.raises(ValueError, match="数"):
        quantile([], 0.5)


def test_no_error_in_n_follows_the_closed_form() -> None:
    assert upper_limit_95(0, 500) == pytest.approx(1 - 0.05 ** (1 / 500), abs=1e-9)
    assert upper_limit_95(0, 0) == 1.0
    assert upper_limit_95(3, 3) == 1.0


def test_upper_limit_against_a_table_of_clopper_and_pearson() -> None:
    assert upper_limit_95(2, 10) == pytest.approx(0.5069, abs=1e-4)
    assert upper_limit_95(1, 50) == pytest.approx(0.0914, abs=1e-4)


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_rate(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = interval_95(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


def test_nothing_known_of_nothing() -> None:
    assert interval_95(0, 0) == (0.0, 1.0)
