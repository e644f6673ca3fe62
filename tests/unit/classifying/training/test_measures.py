"""Measures of probabilities, on cases that can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.classifying.training.measures import accuracy_at_coverage, macro_f1, reliability, risk_coverage

_SURE = np.array([0.95, 0.95, 0.55, 0.55])
_RIGHT = np.array([True, True, True, False])


def test_reliability() -> None:
    found = reliability(_SURE, _RIGHT)
    assert found["ece"] == pytest.approx(0.05, abs=1e-6)
    assert [b["texts"] for b in found["bins"]] == [0, 0, 0, 0, 0, 2, 0, 0, 0, 2]


def test_risk_falls_with_coverage() -> None:
    curve = risk_coverage(_SURE, _RIGHT)
    assert [(c["coverage"], c["error"]) for c in curve] == [(0.25, 0), (0.5, 0), (0.75, 0), (1.0, 0.25)]


def test_accuracy_of_the_most_confident() -> None:
    assert accuracy_at_coverage(_SURE, _RIGHT, 0.5) == 1.0
    assert accuracy_at_coverage(_SURE, _RIGHT, 1.0) == 0.75


def test_macro_f1() -> None:
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1])) == pytest.approx((2 / 3 + 2 / 3) / 2)
