"""The test that watches the promise: valid whenever one looks, and quick enough to be of use."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.checking.sequential import ALARM_AT, evidence_against, is_broken

PROMISED = 0.001
RATES = st.floats(1e-4, 0.04)


def alarms_after(rate: float, n_runs: int, n_most: int, seed: int) -> np.ndarray:
    """For each simulated life of the test, the sample at which it raised its alarm; ``inf``: it never did."""
    rng = np.random.default_rng(seed)
    # Evidence only rises at an error, so that looking there is looking everywhere.
    answer = np.full(n_runs, np.inf)
    for run in range(n_runs):
        errors = np.cumsum(rng.geometric(rate, size=int(n_most * rate * 3) + 50))
        for wrong, n in enumerate(errors, start=1):
            if n > n_most:
                break
            if is_broken(PROMISED, int(n), wrong):
                answer[run] = n
                break
    return answer


@given(RATES, st.integers(0, 400), st.integers(0, 40))
def test_the_bet_is_fair_at_the_promise_and_losing_below_it(promised: float, right: int, wrong: int) -> None:
    """The supermartingale itself: the next field makes the capital no larger on average."""
    n = right + wrong
    now = evidence_against(promised, n, wrong)
    if_right, if_wrong = evidence_against(promised, n + 1, wrong), evidence_against(promised, n + 1, wrong + 1)
    if if_wrong > 1e200:
        return  # beyond it evidence is cut off
    for rate in (promised, promised / 2, 0.0):
        assert (1 - rate) * if_right + rate * if_wrong <= now * (1 + 1e-9)


@given(RATES, st.integers(1, 400), st.data())
def test_an_error_speaks_against_and_a_right_field_for_the_promise(
    promised: float, n: int, data: st.DataObject
) -> None:
    wrong = data.draw(st.integers(0, min(n - 1, 40)))
    now = evidence_against(promised, n, wrong)
    assert math.isfinite(now)
    assert evidence_against(promised, n + 1, wrong) < now
    assert evidence_against(promised, n, wrong + 1) > now


@given(RATES)
def test_a_single_error_never_raises_an_alarm(promised: float) -> None:
    assert not is_broken(promised, 1, 1)


def test_two_errors_at_once_do() -> None:
    assert is_broken(PROMISED, 20, 2)


def test_before_anything_is_seen_nothing_speaks_either_way() -> None:
    assert evidence_against(PROMISED, 0, 0) == pytest.approx(1.0)


def test_a_kept_promise_raises_an_alarm_in_at_most_one_life_of_twenty() -> None:
    """At the worst that is promised, looking at every one of 20,000 samples."""
    alarms = alarms_after(PROMISED, 2000, 20_000, seed=1)
    share = float(np.isfinite(alarms).mean())
    assert share <= 1 / ALARM_AT


@pytest.mark.parametrize(("rate", "half", "most"), [(0.01, 230, 630), (0.005, 790, 2450)])
def test_a_broken_promise_is_noticed(rate: float, half: int, most: int) -> None:
    """The figures of docs/promise.md: half of all lives notice within ``half`` samples, nine of ten within ``most``."""
    alarms = alarms_after(rate, 2000, 50_000, seed=2)
    assert np.quantile(alarms, 0.5) <= half
    assert np.quantile(alarms, 0.9) <= most


@pytest.mark.parametrize(("promised", "n", "wrong"), [(0.0, 1, 0), (0.5, 1, 0), (0.1, 1, 2), (0.1, 1, -1)])
def test_what_makes_no_sense_is_refused(promised: float, n: int, wrong: int) -> None:
    with pytest.raises(ValueError):
        evidence_against(promised, n, wrong)
