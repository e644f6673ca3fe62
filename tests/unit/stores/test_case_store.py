from __future__ import annotations

import dataclasses
import json
import multiprocessing
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from munibots.domain.case import CaseState
from munibots.domain.document import PageKind, PageRole
from munibots.domain.reading import DocumentReading
from munibots.domain.review import Correction, Review, ReviewOutcome
from munibots.errors import IllegalStateChangeError, StoreError, StoreKeyError
from munibots.stores.case_store import CaseStore, NewCase

S = CaseState
Receive = Callable[..., str]

PERSONAL = ("霧島", "髙子", "高子", "123456789018", "霧島_転入.pdf", "訂正済", "理由に霧島")


def _save(store: CaseStore, case_id: str, reading: DocumentReading, state: CaseState = S.NEEDS_REVIEW) -> bool:
    return store.save_reading(
        case_id, reading, state, actor="reader", fingerprint=store.fingerprint(["x"]), auto_approved=False
    )


def test_receiving_twice_makes_one_case(store: CaseStore) -> None:
    new = NewCase("C-1", "juminido", "demo", "a.pdf", (0, 1), (b"one", b"two"), "d" * 64)
    assert store.receive(new)
    assert not store.receive(new)
    assert [c.id for c in store.list()] == ["C-1"]
    assert [r.event for r in store.audit("C-1")] == ["received"]
    assert (store.scan("C-1", 1), store.scan("C-1", 2)) == (b"one", b"two")


def test_another_document_under_the_same_id_is_not_swallowed(store: CaseStore) -> None:
    new = NewCase("C-1", "juminido", "demo", "a.pdf", (0,), (b"one",), "d" * 64)
    store.receive(new)
    with pytest.raises(StoreError):
        store.receive(dataclasses.replace(new, digest="e" * 64))


def test_reading_state_and_audit_are_written_together(
    store: CaseStore, receive: Receive, reading: DocumentReading
) -> None:
    case_id = receive()
    assert _save(store, case_id, reading)
    case = store.get(case_id)
    assert (case.state, case.form_id, case.revision) == (S.NEEDS_REVIEW, "juminido", 1)
    assert store.reading(case_id) == reading
    record = store.audit(case_id)[-1]
    assert (record.event, record.old_state, record.new_state) == ("read", "RECEIVED", "NEEDS_REVIEW")
    assert record.detail["accepted"] == 2


def test_reading_is_saved_from_received_only(store: CaseStore, receive: Receive, reading: DocumentReading) -> None:
    case_id = receive(state=S.READY)
    assert not _save(store, case_id, reading)
    assert store.reading(case_id) is None
    with pytest.raises(IllegalStateChangeError):
        _save(store, receive(2), reading, S.ENTERED)


def test_case_sent_back_is_read_anew(store: CaseStore, receive: Receive, reading: DocumentReading) -> None:
    case_id = receive()
    _save(store, case_id, reading)
    store.change(case_id, {S.NEEDS_REVIEW}, S.RECEIVED, actor="a", event="read_again")
    again = dataclasses.replace(reading, notices=("二度目",), problem=("MB-E201", "分かりません", "確かめる"))
    assert _save(store, case_id, again)
    assert store.reading(case_id) == again
    assert store.get(case_id).problem == ("MB-E201", "分かりません", "確かめる")


def test_approval_overlays_the_values_read(store: CaseStore, receive: Receive, reading: DocumentReading) -> None:
    case_id = receive()
    _save(store, case_id, reading)
    review = Review(
        case_id,
        "職員A",
        ReviewOutcome.APPROVE,
        (Correction("mover1_name", "霧島訂正済"), Correction("attached", ("B",))),
        "理由に霧島と書く",
        12.5,
    )
    assert store.decide(review, revision=1)
    assert store.get(case_id).state is S.READY
    assert store.reviews(case_id) == (review,)
    values = store.values(case_id)
    assert values["mover1_name"] == "霧島訂正済"
    assert values["attached"] == ("B",)
    assert values["mover1_sex"] == "女"
    assert values["phone"] is None
    record = store.audit(case_id)[-1]
    assert (record.actor, record.detail["outcome"]) == ("職員A", "approve")
    assert record.detail["fields"] == ["mover1_name", "attached"]


def test_decision_on_an_old_revision_writes_nothing(
    store: CaseStore, receive: Receive, reading: DocumentReading
) -> None:
    case_id = receive()
    _save(store, case_id, reading)
    assert store.decide(Review(case_id, "A", ReviewOutcome.APPROVE), revision=1)
    before = len(store.audit())
    assert not store.decide(Review(case_id, "B", ReviewOutcome.REJECT), revision=1)
    assert len(store.audit()) == before
    assert [r.reviewer for r in store.reviews(case_id)] == ["A"]


_LEGAL = {
    (S.NEEDS_REVIEW, ReviewOutcome.APPROVE): S.READY,
    (S.NEEDS_REVIEW, ReviewOutcome.REJECT): S.REJECTED,
    (S.NEEDS_REVIEW, ReviewOutcome.RETRY): S.RECEIVED,
    (S.FLAGGED, ReviewOutcome.RETRY): S.READY,
    (S.FLAGGED, ReviewOutcome.ENTERED_BY_HAND): S.ENTERED,
    (S.FLAGGED, ReviewOutcome.REJECT): S.REJECTED,
}


@pytest.mark.parametrize("outcome", ReviewOutcome)
@pytest.mark.parametrize("state", [S.RECEIVED, S.NEEDS_REVIEW, S.READY, S.FLAGGED, S.REJECTED])
def test_what_may_be_decided_in_which_state(
    store: CaseStore, receive: Receive, state: CaseState, outcome: ReviewOutcome
) -> None:
    if state is S.FLAGGED:
        case_id = receive(state=S.READY)
        store.change(case_id, {S.READY}, S.FLAGGED, actor="a", event="e", problem=("MB-E406", "疑", "次"))
    else:
        case_id = receive(state=state)
    review, revision = Review(case_id, "職員", outcome), store.get(case_id).revision
    wanted = _LEGAL.get((state, outcome))
    if wanted is None:
        with pytest.raises(IllegalStateChangeError):
            store.decide(review, revision=revision)
        assert store.get(case_id).state is state
        assert store.reviews(case_id) == ()
    else:
        assert store.decide(review, revision=revision)
        assert store.get(case_id).state is wanted
        assert store.get(case_id).problem is None


def test_change_compares_state_and_token(store: CaseStore, receive: Receive) -> None:
    case_id = receive(state=S.READY)

    def change(old: CaseState, new: CaseState, **more: Any) -> bool:
        return store.change(case_id, {old}, new, actor="bot", event="e", **more)

    assert change(S.READY, S.TYPING, token="mine", count_attempt=True)
    assert not change(S.READY, S.TYPING, token="late", count_attempt=True)
    assert not change(S.TYPING, S.SUBMITTING, if_token="late")
    assert change(S.TYPING, S.SUBMITTING, if_token="mine")
    assert change(S.SUBMITTING, S.ENTERED, if_token="mine", clear_token=True, receipt_no="R-1")
    case = store.get(case_id)
    assert (case.state, case.token, case.attempts, case.receipt_no) == (S.ENTERED, None, 1, "R-1")
    assert case.revision == 4
    assert [r.new_state for r in store.audit(case_id)] == ["RECEIVED", "READY", "TYPING", "SUBMITTING", "ENTERED"]


def test_change_from_one_of_several_states_records_which(store: CaseStore, receive: Receive) -> None:
    case_id = receive(state=S.READY)
    assert store.change(case_id, {S.TYPING, S.READY}, S.FLAGGED, actor="a", event="e", detail={"code": "MB-E400"})
    record = store.audit(case_id)[-1]
    assert (record.old_state, record.detail) == ("READY", {"code": "MB-E400"})


def test_illegal_change_writes_nothing(store: CaseStore, receive: Receive) -> None:
    case_id = receive(state=S.READY)
    with pytest.raises(IllegalStateChangeError, match=case_id):
        store.change(case_id, {S.READY}, S.ENTERED, actor="a", event="e")
    assert store.get(case_id).revision == 1


def test_change_without_its_audit_record_does_not_happen(store: CaseStore, receive: Receive) -> None:
    case_id = receive(state=S.READY)
    with pytest.raises(sa.exc.StatementError):
        store.change(case_id, {S.READY}, S.TYPING, actor="a", event="e", detail={"x": object()})
    assert store.get(case_id).state is S.READY


def test_step_times_and_pictures(store: CaseStore, receive: Receive) -> None:
    one, two = receive(1), receive(2)
    store.record_step(one, "read", 0.5)
    store.record_step(two, "read", 1)
    store.record_step(one, "enter", 2.5)
    assert [(s.step, s.seconds) for s in store.steps(one)] == [("read", 0.5), ("enter", 2.5)]
    assert len(store.steps()) == 3
    store.attach(one, "confirm", b"png1", kind="screen")
    store.attach(one, "done", b"png2", kind="screen")
    store.attach(one, "confirm", b"png3", kind="screen")
    assert {a.name for a in store.attachments(one)} == {"confirm", "done"}
    assert store.attachment(one, "confirm") == b"png3"
    assert store.attachments(two) == ()


def test_audit_trail_is_append_only(store: CaseStore, receive: Receive, tmp_path: Path) -> None:
    receive()
    con = sqlite3.connect(tmp_path / "cases.db")
    for statement in ("UPDATE mb_audit SET actor = 'x'", "DELETE FROM mb_audit"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            con.execute(statement)
    con.close()
    assert [r.actor for r in store.audit()] == ["intake"]


def test_value_moved_to_another_case_does_not_open(
    store: CaseStore, receive: Receive, reading: DocumentReading, tmp_path: Path
) -> None:
    one, two = receive(1), receive(2)
    _save(store, one, reading)
    _save(store, two, reading)
    with sqlite3.connect(tmp_path / "cases.db") as con:
        con.execute(
            "UPDATE mb_reading SET reading_sealed = (SELECT reading_sealed FROM mb_reading WHERE case_id = ?)",
            (one,),
        )
        con.execute(
            "UPDATE mb_scan SET picture_sealed = (SELECT picture_sealed FROM mb_scan WHERE case_id = ?)", (two,)
        )
    con.close()
    assert store.reading(one) == reading
    with pytest.raises(StoreKeyError, match=r"mb_reading\.reading"):
        store.reading(two)
    with pytest.raises(StoreKeyError, match=r"mb_scan\.picture"):
        store.scan(one, 1)


def test_nothing_personal_stands_in_the_files(
    store: CaseStore, receive: Receive, reading: DocumentReading, tmp_path: Path
) -> None:
    case_id = receive()
    problem = ("MB-E201", "どの様式か分かりません(霧島_転入.pdf p.1)。", "確かめる")
    _save(store, case_id, dataclasses.replace(reading, problem=problem))
    corrections = (Correction("mover1_name", "霧島訂正済"),)
    store.decide(Review(case_id, "職員", ReviewOutcome.APPROVE, corrections, "理由に霧島と書く"), revision=1)
    store.attach(case_id, "screen", "霧島髙子".encode() * 50, kind="screen")
    files = sorted(p for p in tmp_path.iterdir() if p.name.startswith("cases.db"))
    assert "cases.db-wal" in [p.name for p in files]
    raw = b"".join(p.read_bytes() for p in files)
    assert case_id.encode() in raw  # the search does look at what was written
    for text in PERSONAL:
        escaped = json.dumps(text)[1:-1].encode()
        for form in (text.encode(), text.encode("utf-16-le"), text.encode("cp932"), escaped):
            assert form not in raw
    assert b"PNG scan of" not in raw


def _take_all(dsn: str, name: str, barrier: Any, wins: Any) -> None:
    with CaseStore.open(dsn) as store:
        cases = [c.id for c in store.list()]
        barrier.wait()
        wins.put([c for c in cases if store.change(c, {S.READY}, S.TYPING, actor=name, event="typing", token=name)])


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_of_two_processes_one_wins_each_case(store: CaseStore, receive: Receive, dsn: str) -> None:
    ids = [receive(no, S.READY) for no in range(40)]
    store.close()
    fork = multiprocessing.get_context("fork")
    barrier, wins = fork.Barrier(2), fork.SimpleQueue()
    children = [fork.Process(target=_take_all, args=(dsn, name, barrier, wins)) for name in ("one", "two")]
    for child in children:
        child.start()
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0, 0]
    assert sorted(wins.get() + wins.get()) == sorted(ids)
    for case_id in ids:
        taken = [r.actor for r in store.audit(case_id) if r.event == "typing"]
        assert taken == [store.get(case_id).token]


def test_pages_keep_their_roles_and_a_page_without_picture_its_number(store: CaseStore) -> None:
    roles = (PageRole(PageKind.FORM, 1, doubtful=True), PageRole(PageKind.ATTACHMENT), PageRole(PageKind.BLANK))
    new = NewCase(
        "C-1", "kokuho", "demo", "a.pdf", (4, 5, 6), (b"one", None, b"three"), "d" * 64, page_roles=roles, file_pages=9
    )
    assert store.receive(new)
    case = store.get("C-1")
    assert (case.page_roles, case.file_pages) == (roles, 9)
    assert case.page_nos(PageKind.ATTACHMENT) == (2,)
    assert store.scan_nos("C-1") == (1, 3)


def test_a_case_without_roles_holds_pages_of_a_form(store: CaseStore) -> None:
    store.receive(NewCase("C-1", "juminido", "demo", "a.pdf", (0, 1), (b"one", b"two"), "d" * 64))
    assert [role.code for role in store.get("C-1").page_roles] == ["form", "form"]


def test_a_case_may_be_received_with_its_problem(store: CaseStore) -> None:
    problem = ("MB-E102", "壊れています", "スキャンし直してください")
    store.receive(NewCase("C-1", "juminido", "demo", "a.pdf", (), (), "d" * 64, problem=problem))
    case = store.get("C-1")
    assert (case.state, case.problem) == (CaseState.NEEDS_REVIEW, problem)
    assert [r.event for r in store.audit("C-1")] == ["received", "not-readable"]


def test_a_retry_counts_attempts_anew(store: CaseStore, receive: Receive) -> None:
    case_id = receive(state=S.READY)
    store.change(case_id, {S.READY}, S.TYPING, actor="a", event="e", token="t", count_attempt=True)
    store.change(case_id, {S.TYPING}, S.FLAGGED, actor="a", event="e", clear_token=True)
    assert store.get(case_id).attempts == 1
    assert store.decide(Review(case_id, "職員", ReviewOutcome.RETRY), revision=store.get(case_id).revision)
    assert store.get(case_id).attempts == 0
