"""A city's own levels, from what its people kept and corrected."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, LevelChange, LevelOrigin
from munibots.domain.reading import FieldValue
from munibots.pipeline.promise_levels import levels
from munibots.pipeline.promise_watch import promise_status
from munibots.pipeline.recalibrating import KindProposal, adopt, propose
from munibots.stores.case_store import CaseStore

from .promise_cases import DATES, decided_case, field

# So loose a promise that a test need not hold thousands of cases.
CITY = Profile("demo", "デモ市", accept_at=MappingProxyType({"date": 0.99}), promised_error=0.05)


def of_dates(store: CaseStore, city: Profile = CITY) -> KindProposal:
    (found,) = [p for p in propose(store, city) if p.kind == "date"]
    return found


def cases(store: CaseStore, n: int, *values: FieldValue, **more: object) -> None:
    first = len(store.list())
    for no in range(first, first + n):
        decided_case(store, no, values, **more)  # type: ignore[arg-type]


def below(confidence: float) -> list[FieldValue]:
    return [field(name, confidence) for name in DATES]


def test_an_empty_store_proposes_nothing(store: CaseStore) -> None:
    proposals = propose(store, CITY)
    assert not any(p.changes for p in proposals)
    assert "date" in {p.kind for p in proposals}
    assert {"name", "kana", "text", "register"}.isdisjoint({p.kind for p in proposals})


def test_without_evidence_from_above_the_level_stays(store: CaseStore) -> None:
    """Accepted fields of which none was sampled: what they hide is not known."""
    cases(store, 30, *[field(name, 0.995, accepted=True) for name in DATES[:4]], *[field(n, 0.97) for n in DATES[4:]])
    assert not of_dates(store).changes


def test_doubtful_fields_that_were_right_lower_it(store: CaseStore) -> None:
    sampled = [field(DATES[0], 0.995)]
    cases(store, 90, *sampled, *[field(name, 0.97) for name in DATES[1:]], sample=[DATES[0]])
    proposal = of_dates(store)
    assert proposal.proposal.accept_at == 0.95
    assert proposal.proposal.bound <= 0.05
    assert adopt(store, CITY, propose(store, CITY)) == 1
    level = levels(CITY, store.level_changes("demo"))["date"]
    assert (level.accept_at, level.origin) == (0.95, LevelOrigin.RECALIBRATED)
    (record,) = store.audit("")
    assert record.event == "level-recalibrated"
    assert (record.detail["former"], record.detail["accept_at"]) == (0.99, 0.95)


def test_what_was_adopted_begins_anew(store: CaseStore) -> None:
    cases(store, 90, field(DATES[0], 0.995), *[field(name, 0.97) for name in DATES[1:]], sample=[DATES[0]])
    adopt(store, CITY, propose(store, CITY))
    assert not of_dates(store).changes
    assert adopt(store, CITY, propose(store, CITY)) == 0


def test_doubtful_fields_that_were_wrong_do_not(store: CaseStore) -> None:
    cases(
        store, 90, field(DATES[0], 0.995), *[field(name, 0.97) for name in DATES[1:]], sample=[DATES[0]], wrong=[DATES[1]]
    )  # fmt: skip
    assert not of_dates(store).changes


def test_undecided_cases_are_no_evidence(store: CaseStore) -> None:
    cases(store, 90, field(DATES[0], 0.995), *[field(n, 0.97) for n in DATES[1:]], sample=[DATES[0]], decided=False)
    assert not of_dates(store).changes


def test_an_error_that_somebody_met_outside_the_sample_counts(store: CaseStore) -> None:
    values = [field(DATES[0], 0.995), field(DATES[1], 0.995, accepted=True), *[field(n, 0.97) for n in DATES[2:]]]
    cases(store, 80, *values, sample=[DATES[0]])
    assert of_dates(store).changes
    cases(store, 10, *values, sample=[DATES[0]], wrong=[DATES[1]])
    assert not of_dates(store).changes


def test_a_field_that_a_rule_speaks_against_as_well_is_no_evidence(store: CaseStore) -> None:
    from dataclasses import replace

    broken = [replace(v, reasons=("別の理由です",)) for v in below(0.97)]
    cases(store, 90, field(DATES[0], 0.995), *broken[1:], sample=[DATES[0]])
    assert not of_dates(store).changes


def test_more_errors_in_the_sample_than_promised_raise_it(store: CaseStore) -> None:
    cases(store, 9, field(DATES[0], 0.995), sample=[DATES[0]])
    cases(store, 1, field(DATES[0], 0.992), sample=[DATES[0]], wrong=[DATES[0]])
    proposal = of_dates(store)
    assert 0.992 < proposal.proposal.accept_at < 1


def test_what_a_broken_promise_closed_is_opened_again_by_evidence(store: CaseStore) -> None:
    closed = LevelChange("demo", "date", NEVER, LevelOrigin.TIGHTENED, 10, 4, 100.0)
    assert store.change_level(closed, after_seq=0, former=0.99, actor="promise")
    cases(store, 20, *below(0.9996), levels_seq=1)
    assert of_dates(store).proposal.accept_at == pytest.approx(0.9995)
    adopt(store, CITY, propose(store, CITY))
    assert not any(s.alarm for s in promise_status(store, CITY))
