"""A store with synthetic people in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from munibots.domain.case import CaseState
from munibots.domain.form import Severity
from munibots.domain.layout import BoxMm
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase


@pytest.fixture
def dsn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("MUNIBOTS_KEY_FILE", raising=False)
    return f"sqlite:///{tmp_path / 'cases.db'}"


@pytest.fixture
def store(dsn: str) -> Iterator[CaseStore]:
    with CaseStore.open(dsn) as opened:
        yield opened


@pytest.fixture
def reading() -> DocumentReading:
    box = BoxMm(10.0, 20.5, 30.0, 8.0)
    return DocumentReading(
        source="霧島_転入.pdf",
        page_indexes=(0,),
        decision=Decision.REVIEW,
        match=FormMatch("juminido", 0.991, "juminido@standard", 0.12),
        values=(
            FieldValue("mover1_name", "氏名", "霧島 髙子", "霧島髙子", 0.8, 0, box, candidates=("霧島 高子",)),
            FieldValue("mover1_my_number", "個人番号", "123456789018", "123456789018", 0.99, 0, box, accepted=True),
            FieldValue("mover1_sex", "性別", "女", "女", 0.99, 0, box, accepted=True),
            FieldValue("attached", "添付", "A B", ("A", "B"), 0.9, 0, box),
            FieldValue("phone", "電話", "", None, None, 0, box),
        ),
        checks=(CheckResult("postal_code", ("new_address",), False, "住所を確かめてください", Severity.NOTICE),),
        seconds={"total": 0.75},
    )


@pytest.fixture
def receive(store: CaseStore) -> Callable[..., str]:
    def _receive(no: int = 1, state: CaseState = CaseState.RECEIVED) -> str:
        digest = page_digest(f"{no:064x}", 0)
        new = NewCase(
            id=new_case_id(digest),
            bot_id="juminido",
            profile="demo",
            source="霧島_転入.pdf",
            page_indexes=(0,),
            scans=(b"\x89PNG scan of \xe9\x9c\xa7\xe5\xb3\xb6" * 20,),
            digest=digest,
        )
        assert store.receive(new)
        if state is not CaseState.RECEIVED:
            assert store.change(new.id, {CaseState.RECEIVED}, state, actor="test", event="test")
        return new.id

    return _receive
