from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from munibots.domain.case import CaseState
from munibots.reporting.case_facts import How
from munibots.reporting.facts import RunFacts, collect

if TYPE_CHECKING:
    from .conftest import Filled


@pytest.fixture(scope="module")
def facts(filled: Filled) -> RunFacts:
    return collect(filled.store, truth=filled.truth, figures={"entered_twice": 0, "lost": 0})


def test_every_case_is_counted_once(facts: RunFacts) -> None:
    t = facts.totals
    assert t.cases == 12
    assert t.entered + t.flagged + t.rejected + t.waiting + t.ready == t.cases
    assert (t.flagged, t.rejected, t.waiting) == (1, 1, 2)
    assert t.read == 11
    assert t.verified == t.entered == 8
    assert t.by_hand == 0


def test_fields_are_counted_without_the_blank_ones(facts: RunFacts) -> None:
    every = [f for c in facts.cases for f in c.fields]
    assert facts.totals.fields == sum(f.how is not How.BLANK for f in every)
    assert facts.totals.fields_accepted == sum(f.how is How.ACCEPTED for f in every)
    assert facts.totals.fields_blank == sum(f.how is How.BLANK for f in every)
    assert facts.totals.fields + facts.totals.fields_blank == len(every)


def test_what_the_store_cannot_know_comes_from_the_caller(filled: Filled, facts: RunFacts) -> None:
    assert (facts.totals.entered_twice, facts.totals.lost) == (0, 0)
    alone = collect(filled.store)
    assert (alone.totals.entered_twice, alone.totals.lost, alone.totals.accepted_wrong) == (None, None, None)
    assert alone.samples is None
    told = collect(filled.store, figures={"fields": 700, "fields_accepted": 600, "seconds": 3.5})
    assert (told.totals.fields, told.totals.fields_accepted, told.totals.seconds) == (700, 600, 3.5)


def test_a_waiting_case_has_waiting_fields_and_a_decided_case_has_none(facts: RunFacts) -> None:
    waiting = next(c for c in facts.cases if c.state is CaseState.NEEDS_REVIEW and c.read_ok)
    assert waiting.needs_person
    assert waiting.count(How.WAITING) > 0
    reviewed = next(c for c in facts.cases if c.state is CaseState.ENTERED and c.reviewers)
    assert reviewed.count(How.WAITING) == 0
    decided = [f for f in reviewed.fields if f.how is How.DECIDED]
    assert decided
    assert {f.decided_by for f in decided} == {"職員A"}
    assert all(f.reasons for f in decided)


def test_corrections_are_told_from_confirmations_and_match_the_truth(facts: RunFacts) -> None:
    entered = [f for c in facts.cases if c.state is CaseState.ENTERED for f in c.fields]
    assert any(f.corrected for f in entered)
    assert any(f.how is How.DECIDED and not f.corrected for f in entered)
    assert all(f.right for f in entered)


def test_decisions_are_counted_by_kind_of_field(facts: RunFacts) -> None:
    needed_eyes = [f for c in facts.cases for f in c.fields if f.how in (How.DECIDED, How.WAITING)]
    assert sum(d.n for d in facts.decided) == sum(max(1, len(f.reasons)) for f in needed_eyes)
    assert "異動者 氏名" in {d.label_ja for d in facts.decided}, "the movers of all lines are one kind of field"
    assert [d.n for d in facts.decided] == sorted((d.n for d in facts.decided), reverse=True)


def test_samples_compare_what_was_read_not_what_was_decided(facts: RunFacts) -> None:
    assert facts.samples is not None
    assert len(facts.samples) == facts.totals.fields
    assert sum(not s.right for s in facts.samples) >= 1
    assert facts.totals.accepted_wrong == sum(s.accepted and not s.right for s in facts.samples) == 0


def test_steps_of_reading_and_of_the_case_are_apart(facts: RunFacts) -> None:
    assert [s.name_ja for s in facts.reading_steps] == [
        "様式と位置を合わせる",
        "文字を読む",
        "値と確信度を決める",
        "検査する",
        "合計",
    ]
    assert [s.name_ja for s in facts.case_steps] == ["人が確認する", "画面に打つ", "登録を押す", "登録を読み戻す"]
    assert all(s.median <= s.p90 for s in facts.reading_steps + facts.case_steps)


def test_an_empty_store_can_be_reported(tmp_path: object) -> None:
    from pathlib import Path

    from munibots.stores.case_store import CaseStore

    with CaseStore.open(f"sqlite:///{Path(str(tmp_path)) / 'cases.db'}") as store:
        empty = collect(store)
    assert empty.totals.cases == 0
    assert empty.first_at is None


def test_a_report_may_be_of_one_bot_one_municipality_and_one_run(filled: Filled) -> None:
    store = filled.store
    everything = collect(store, bot_id="juminido", profile="demo")
    assert everything.totals.cases == 12
    assert collect(store, bot_id="other").totals.cases == 0
    assert collect(store, profile="other").totals.cases == 0
    assert everything.last_at is not None
    later = collect(store, since=everything.last_at + timedelta(seconds=1)).totals
    # What had been concluded before is left out; what still waits for somebody is not.
    assert (later.cases, later.entered, later.rejected, later.flagged, later.waiting) == (3, 0, 0, 1, 2)
