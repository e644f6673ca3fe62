"""Curves of what may skip human eyes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.bench.risk_coverage import Point, Scored, risk_coverage
from munibots.checking.bounds import error_rate_upper_bound
from munibots.domain.form import FieldType


def field(confidence: float | None, right: bool, accept_at: float | None = 0.9, form: str = "f") -> Scored:
    return Scored(form, FieldType.DATE if accept_at else FieldType.NAME, confidence, accept_at, right)


def test_the_strictest_threshold_comes_first_and_the_one_in_force_is_marked() -> None:
    curve = risk_coverage([field(0.99, True), field(0.95, True), field(0.8, False), field(None, False)])
    assert curve.points == (Point(4, 1, 0), Point(4, 2, 0), Point(4, 3, 1))
    assert curve.in_force == Point(4, 2, 0)
    assert curve.in_force.coverage == 0.5
    assert curve.points[-1].error == pytest.approx(1 / 3)
    assert curve.points[-1].bound == error_rate_upper_bound(1, 3)


def test_types_are_compared_by_how_far_they_are_from_their_own_threshold() -> None:
    # 0.95 against 0.9 is nearer its threshold than 0.9 against 0.5.
    curve = risk_coverage([field(0.95, False), field(0.9, True, accept_at=0.5)])
    assert curve.points == (Point(2, 1, 0), Point(2, 2, 1))


def test_a_type_without_threshold_counts_but_is_never_accepted() -> None:
    fields = [field(0.99, True), field(0.9999, True, accept_at=None)]
    assert risk_coverage(fields).points == (Point(2, 1, 0),)
    names = risk_coverage(fields[1:], by_one_threshold=True)
    assert (names.points, names.in_force) == ((Point(1, 1, 0),), None)


def test_equal_confidence_cannot_be_parted() -> None:
    assert risk_coverage([field(0.95, i > 0) for i in range(5)]).points == (Point(5, 5, 1),)


def test_nothing_at_all() -> None:
    assert risk_coverage([]).points == ()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.sampled_from([0.5, 0.9, None])), min_size=1, max_size=300))
def test_the_curve_rises_in_coverage_and_passes_through_what_is_in_force(
    rows: list[tuple[float, bool, float | None]],
) -> None:
    fields = [field(p, right, level) for p, right, level in rows]
    curve = risk_coverage(fields)
    coverages = [p.coverage for p in curve.points]
    assert coverages == sorted(set(coverages))
    assert all(p.wrong <= p.accepted <= p.fields for p in curve.points)
    if curve.in_force is not None:
        assert curve.in_force.accepted <= curve.points[-1].accepted
