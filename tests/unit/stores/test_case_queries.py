from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import pytest

from munibots.domain.case import CaseState
from munibots.domain.reading import DocumentReading
from munibots.errors import UsageError
from munibots.stores.case_ids import page_digest
from munibots.stores.case_store import CaseStore

S = CaseState
Receive = Callable[..., str]


def test_list_is_oldest_first_and_filters(store: CaseStore, receive: Receive) -> None:
    one, two, three = receive(1), receive(2, S.READY), receive(3)
    assert [c.id for c in store.list()] == [one, two, three]
    assert [c.id for c in store.list(states=[S.RECEIVED])] == [one, three]
    assert [c.id for c in store.list(states=[S.RECEIVED, S.READY], limit=2)] == [one, two]
    assert store.list(bot_id="other") == ()
    assert store.list(profile="other") == ()
    assert len(store.list(bot_id="juminido", profile="demo")) == 3


def test_counts(store: CaseStore, receive: Receive) -> None:
    assert store.counts() == {}
    receive(1)
    receive(2)
    receive(3, S.READY)
    assert store.counts() == {("juminido", S.RECEIVED): 2, ("juminido", S.READY): 1}
    assert store.counts(profile=store.list()[0].profile) == store.counts()
    assert store.counts(profile="other") == {}


def test_case_comes_back_whole(store: CaseStore, receive: Receive) -> None:
    case = store.get(receive())
    assert (case.bot_id, case.profile, case.source, case.page_indexes) == (
        "juminido",
        "demo",
        "霧島_転入.pdf",
        (0,),
    )
    assert case.received_at.tzinfo is UTC
    assert case.received_at == case.changed_at
    assert (case.revision, case.token, case.attempts, case.problem) == (0, None, 0, None)


def test_what_is_not_there_is_named(store: CaseStore, receive: Receive) -> None:
    case_id = receive()
    with pytest.raises(UsageError, match="C-NONE"):
        store.get("C-NONE")
    with pytest.raises(UsageError, match=case_id):
        store.scan(case_id, 2)
    with pytest.raises(UsageError, match="confirm"):
        store.attachment(case_id, "confirm")
    assert store.reading(case_id) is None
    assert store.values(case_id) == {}


def test_known_digest(store: CaseStore, receive: Receive) -> None:
    case_id = receive(7)
    assert store.known_digest(page_digest(f"{7:064x}", 0)) == case_id
    assert store.known_digest(page_digest(f"{7:064x}", 1)) is None


def test_fingerprint_finds_the_oldest_other_case_that_was_not_rejected(
    store: CaseStore, receive: Receive, reading: DocumentReading
) -> None:
    ids = [receive(no) for no in (1, 2, 3)]
    same = store.fingerprint(["1990-01-01", "転入"])
    for case_id in ids:
        assert store.save_reading(case_id, reading, S.NEEDS_REVIEW, actor="r", fingerprint=same, auto_approved=False)
    assert store.find_fingerprint(same, other_than=ids[2]) == ids[0]
    assert store.find_fingerprint(same, other_than=ids[0]) == ids[1]
    store.change(ids[0], {S.NEEDS_REVIEW}, S.REJECTED, actor="a", event="rejected")
    assert store.find_fingerprint(same, other_than=ids[2]) == ids[1]
    assert store.find_fingerprint(store.fingerprint(["other"]), other_than=ids[0]) is None
