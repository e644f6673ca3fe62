"""Up at once, down only on evidence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.checking.bounds import error_rate_upper_bound
from munibots.checking.levels import LEVELS, SeenBelow, Stratum, error_upper_bound, propose_level, raised_level
from munibots.domain.promise import NEVER

PROMISED = 0.001


def log_odds(p: float) -> float:
    return math.log(p / (1 - p))


@given(st.floats(0.5, 1.0), st.floats(0.0, 1.0))
def test_a_raised_level_lies_above_the_former_and_the_worst_error(accept_at: float, worst: float) -> None:
    raised = raised_level(accept_at, worst)
    assert raised > accept_at
    assert raised > worst
    assert raised == NEVER or raised < 1


def test_it_lies_one_log_odd_above() -> None:
    assert log_odds(raised_level(0.95, 0.99)) == pytest.approx(log_odds(0.99) + 1, abs=1e-3)


@pytest.mark.parametrize(("accept_at", "worst"), [(0.95, None), (0.95, 1.0), (NEVER, 0.5)])
def test_where_no_level_helps_people_see_everything(accept_at: float, worst: float | None) -> None:
    assert raised_level(accept_at, worst) == NEVER


def test_one_stratum_is_clopper_and_pearson() -> None:
    assert error_upper_bound([Stratum(5000, 3000, 1)]) == error_rate_upper_bound(1, 3000)


def test_a_small_stratum_needs_little_evidence() -> None:
    both = error_upper_bound([Stratum(9900, 6000, 0), Stratum(100, 100, 0)])
    assert both < PROMISED
    assert both == pytest.approx(
        0.99 * error_rate_upper_bound(0, 6000, level=0.975) + 0.01 * error_rate_upper_bound(0, 100, level=0.975)
    )


def test_without_fields_or_findings_nothing_is_known() -> None:
    assert error_upper_bound([]) == 1.0
    assert error_upper_bound([Stratum(10, 0, 0)]) == 1.0


def test_the_bound_misses_in_at_most_one_of_twenty() -> None:
    """Two strata with errors of their own, seen with probabilities of their own."""
    rng = np.random.default_rng(3)
    missed = 0
    for _ in range(400):
        strata, errors = [], 0.0
        for read, share, rate in ((40_000, 0.1, 0.0005), (2_000, 1.0, 0.01)):
            wrong = rng.random(read) < rate
            seen = rng.random(read) < share
            strata.append(Stratum(read, int(seen.sum()), int((wrong & seen).sum())))
            errors += rate * read
        missed += error_upper_bound(strata) < errors / 42_000
    assert missed <= 400 / 20


def below(n: int, confidence: float, wrong: int = 0) -> list[SeenBelow]:
    return [SeenBelow(confidence, i >= wrong) for i in range(n)]


def test_without_enough_evidence_the_level_stays() -> None:
    proposal = propose_level(0.99, PROMISED, Stratum(1000, 20, 0), below(500, 0.985))
    assert proposal.accept_at == 0.99
    assert "足りません" in proposal.reason_ja


def test_enough_evidence_lowers_it_as_far_as_it_carries() -> None:
    proposal = propose_level(0.99, PROMISED, Stratum(200_000, 5000, 0), [*below(4000, 0.985), *below(300, 0.91)])
    assert proposal.accept_at == 0.9
    assert proposal.bound <= PROMISED
    assert (proposal.seen, proposal.wrong) == (9300, 0)


def test_errors_stop_the_way_down() -> None:
    fields = [*below(4000, 0.985), *below(4000, 0.96, wrong=400)]
    proposal = propose_level(0.99, PROMISED, Stratum(40_000, 8000, 0), fields)
    assert proposal.accept_at == 0.98


def test_what_went_to_people_as_a_whole_is_opened_again() -> None:
    proposal = propose_level(NEVER, PROMISED, Stratum(), [*below(4000, 0.9996), *below(4000, 0.97, wrong=40)])
    # Not 0.98: between 0.9995 and 0.98 nobody has seen a field.
    assert proposal.accept_at == 0.9995
    assert proposal.bound <= PROMISED


def test_nobody_has_decided_yet_is_no_evidence() -> None:
    undecided = [SeenBelow(0.9995, None)] * 10_000
    assert propose_level(NEVER, PROMISED, Stratum(), undecided).accept_at == NEVER


@given(
    st.sampled_from((0.9, 0.95, 0.99, NEVER)),
    st.builds(lambda read, share, wrong: Stratum(read, int(read * share), min(int(read * share), wrong)),
              st.integers(0, 50_000), st.floats(0, 1), st.integers(0, 5)),
    st.lists(st.builds(below, st.integers(0, 4000), st.sampled_from(LEVELS), st.integers(0, 3)), max_size=4),
)  # fmt: skip
def test_no_level_is_lowered_whose_bound_does_not_hold(
    current: float, accepted: Stratum, lots: list[list[SeenBelow]]
) -> None:
    fields = [f for lot in lots for f in lot if f.confidence < current]
    proposal = propose_level(current, PROMISED, accepted if current < NEVER else Stratum(), fields)
    assert proposal.accept_at <= current
    if proposal.accept_at < current:
        assert proposal.bound <= PROMISED


@pytest.mark.parametrize(
    ("current", "wrong", "word"), [(0.9, 0, "ありません"), (0.99, 1, "誤りがある"), (0.99, 0, "足りません")]
)
def test_it_says_why_a_level_stays(current: float, wrong: int, word: str) -> None:
    assert word in propose_level(current, PROMISED, Stratum(100, 10, wrong), ()).reason_ja


def test_what_errs_more_than_promised_is_lowered_in_at_most_one_of_twenty() -> None:
    """Confidences spread over all levels, errors just above the promise everywhere: every lowering is a mistake."""
    rng = np.random.default_rng(5)
    promised, rate, lowered = 0.02, 0.0201, 0
    for _ in range(400):
        fields = [
            SeenBelow(float(c), bool(r))
            for c, r in zip(1 - 10 ** -rng.uniform(1, 4.5, 1500), rng.random(1500) >= rate, strict=True)
        ]
        lowered += propose_level(NEVER, promised, Stratum(), fields).accept_at < NEVER
    assert lowered <= 400 / 20
