"""What the store remembers of the sample and of the levels."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from munibots.domain.case import CaseState
from munibots.domain.promise import LevelChange, LevelOrigin, SampledField, SampleTally
from munibots.domain.reading import DocumentReading
from munibots.domain.review import Review, ReviewOutcome
from munibots.stores.case_store import CaseStore

Receive = Callable[..., str]
SAMPLE = (SampledField("mover1_sex", "choice", 0.99), SampledField("mover1_my_number", "my_number", 0.98))
CHANGE = LevelChange("demo", "date", 0.97, LevelOrigin.TIGHTENED, 100, 3, 50.0, "abc")


def save(store: CaseStore, case_id: str, reading: DocumentReading, *sample: SampledField, levels_seq: int = 0) -> None:
    assert store.save_reading(
        case_id,
        reading,
        CaseState.NEEDS_REVIEW,
        actor="test",
        fingerprint=None,
        auto_approved=False,
        sample=sample,
        levels_seq=levels_seq,
    )


def decide(store: CaseStore, case_id: str, **found: bool) -> None:
    review = Review(case_id, "tanaka", ReviewOutcome.APPROVE)
    assert store.decide(review, revision=store.get(case_id).revision, found=found)


def test_the_draw_is_even_and_stays(store: CaseStore) -> None:
    numbers = [store.draw(f"C-{n}", "date") for n in range(4000)]
    assert numbers == [store.draw(f"C-{n}", "date") for n in range(4000)]
    assert 0.015 < sum(n < 0.02 for n in numbers) / len(numbers) < 0.027
    assert store.draw("C-1", "date") != store.draw("C-1", "name")


def test_another_stores_key_draws_otherwise(store: CaseStore, tmp_path: Path) -> None:
    with CaseStore.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert other.draw("C-1", "date") != store.draw("C-1", "date")


def test_what_was_drawn_and_what_the_person_found(store: CaseStore, receive: Receive, reading: DocumentReading) -> None:
    case_id = receive()
    save(store, case_id, reading, *SAMPLE)
    assert store.sample(case_id) == {s.field: s for s in SAMPLE}
    assert store.tallies("demo") == (SampleTally("choice", 0, 1, 0, 0), SampleTally("my_number", 0, 1, 0, 0))
    decide(store, case_id, mover1_sex=True, mover1_my_number=False)
    assert store.tallies("demo") == (SampleTally("choice", 0, 1, 1, 0), SampleTally("my_number", 0, 1, 1, 1))
    assert store.worst_error("demo", "my_number", since_seq=0) == 0.98
    assert store.worst_error("demo", "my_number", since_seq=1) is None
    assert store.worst_error("demo", "choice", since_seq=0) is None
    assert store.tallies("another") == ()


def test_reading_again_draws_anew_what_is_not_judged(
    store: CaseStore, receive: Receive, reading: DocumentReading
) -> None:
    case_id = receive()
    save(store, case_id, reading, *SAMPLE)
    assert store.change(case_id, {CaseState.NEEDS_REVIEW}, CaseState.RECEIVED, actor="test", event="again")
    save(store, case_id, reading, SAMPLE[0], levels_seq=4)
    assert set(store.sample(case_id)) == {"mover1_sex"}
    assert store.tallies("demo") == (SampleTally("choice", 4, 1, 0, 0),)
    assert store.levels_seq(case_id) == 4


def test_a_lost_decision_leaves_no_finding(store: CaseStore, receive: Receive, reading: DocumentReading) -> None:
    case_id = receive()
    save(store, case_id, reading, *SAMPLE)
    late = Review(case_id, "tanaka", ReviewOutcome.APPROVE)
    assert not store.decide(late, revision=0, found={"mover1_sex": False})
    assert {s.right for s in store.sample(case_id).values()} == {None}


def test_a_changed_level_comes_with_its_audit_record(store: CaseStore) -> None:
    assert store.change_level(CHANGE, after_seq=0, former=0.9, actor="promise")
    (kept,) = store.level_changes("demo")
    assert (kept.kind, kept.accept_at, kept.origin, kept.seq) == ("date", 0.97, LevelOrigin.TIGHTENED, 1)
    assert (kept.samples, kept.errors, kept.e_value, kept.calibration) == (100, 3, 50.0, "abc")
    assert kept.at is not None
    (record,) = store.audit("")
    assert (record.event, record.actor) == ("promise-broken", "promise")
    assert record.detail == {
        "profile": "demo", "kind": "date", "former": 0.9, "accept_at": 0.97, "samples": 100, "errors": 3, "e_value": 50.0,
    }  # fmt: skip
    assert store.profiles_with_levels() == ("demo",)
    assert store.level_changes("another") == ()


def test_of_two_who_change_the_same_level_one_wins(store: CaseStore) -> None:
    assert store.change_level(CHANGE, after_seq=0, former=0.9, actor="promise")
    assert not store.change_level(CHANGE, after_seq=0, former=0.9, actor="promise")
    assert len(store.audit("")) == 1
    assert store.change_level(CHANGE, after_seq=1, former=0.97, actor="promise")


def _change(dsn: str, barrier: Any, answers: Any) -> None:
    with CaseStore.open(dsn) as store:
        barrier.wait()
        answers.put(store.change_level(CHANGE, after_seq=0, former=0.9, actor="promise"))


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_of_processes_that_change_the_same_level_at_once_one_wins(dsn: str) -> None:
    CaseStore.open(dsn).close()
    fork = multiprocessing.get_context("fork")
    barrier, answers = fork.Barrier(3), fork.SimpleQueue()
    children = [fork.Process(target=_change, args=(dsn, barrier, answers)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
    assert sorted(answers.get() for _ in children) == [False, False, True]


@pytest.mark.parametrize("word", ["霧島", "高子", "123456789018"])
def test_nothing_personal_stands_in_the_tables_of_the_promise(
    store: CaseStore, receive: Receive, reading: DocumentReading, word: str
) -> None:
    case_id = receive()
    save(store, case_id, reading, *SAMPLE)
    decide(store, case_id, mover1_sex=True, mover1_my_number=False)
    store.change_level(CHANGE, after_seq=0, former=0.9, actor="promise")
    kept = f"{store.samples()}{store.level_changes('demo')}{store.audit('')}"
    assert word not in kept
