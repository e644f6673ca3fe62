"""From received to approved, or to a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from munibots.definitions.form_files import load_form
from munibots.domain.case import CaseState
from munibots.domain.document import Page
from munibots.domain.layout import BoxMm
from munibots.domain.profile import Profile
from munibots.domain.promise import LevelChange, LevelOrigin, LevelsInForce
from munibots.domain.reading import Decision, DocumentReading, FieldValue, FormMatch
from munibots.errors import BrokenFileError, StoreUnreachableError
from munibots.pipeline.conductor import REGISTERED_PICTURE, SAME_SHEET, identity_of, read_received
from munibots.pipeline.document_reader import Evidence
from munibots.pipeline.inbox import inbox_files, take_in
from munibots.pipeline.stacks import PlannedDocument
from munibots.stores.case_store import CaseStore

from .conftest import a_form, sheet

IDENTITY = {
    "movement_kind": "転居",
    "movement_date": "2026-04-01",
    "mover1_kana": "やまだ　たろう",
    "mover1_birth_date": "1980-01-01",
}


def reading(page: Page, decision: Decision, **values: str) -> DocumentReading:
    form = load_form("juminido")
    return DocumentReading(
        source=page.source,
        page_indexes=(page.page_index,),
        decision=decision,
        match=FormMatch("juminido", 0.99, "juminido@standard", 0.05),
        values=tuple(
            FieldValue(
                f.name,
                f.label_ja,
                values.get(f.name, ""),
                values.get(f.name),
                None,
                0,
                BoxMm(0, 0, 1, 1),
                accepted=True,
            )
            for f in form.fields
        ),
        seconds={"total": 0.5},
    )


class Reader:
    """Reads what it is told to read, by file name.

    Args:
        audit_share: Which share of the accepted fields is drawn.
    """

    def __init__(self, answers: dict[str, DocumentReading | Decision | Exception], *, audit_share: float = 0.0) -> None:
        self.answers = answers
        self.profile = Profile("demo", "デモ市", audit_share=audit_share)
        self.in_force: list[LevelsInForce] = []

    def read(self, pages: Sequence[Page], *, planned: PlannedDocument, in_force: LevelsInForce) -> Evidence:
        self.in_force.append(in_force)
        (page,) = pages
        assert planned.page_indexes == (page.page_index,)
        answer = self.answers[page.source]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Decision):
            answer = reading(page, answer, **IDENTITY)
        return Evidence(answer, {0: page.pixels})


def run(store: CaseStore, inbox: Path, answers: dict[str, DocumentReading | Decision | Exception]) -> list[CaseState]:
    for n, name in enumerate(answers):
        sheet(n).save(inbox / name, dpi=(200, 200))
    ids = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    read_received(store, Reader(answers), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    return [store.get(case_id).state for case_id in ids]


def test_a_sure_document_is_approved_and_a_doubtful_one_waits(store: CaseStore, inbox: Path) -> None:
    page = Page("b.png", 0, 200, np.zeros((2, 2), np.uint8))
    doubtful = reading(page, Decision.REVIEW)
    assert run(store, inbox, {"a.png": Decision.APPROVE, "b.png": doubtful}) == [
        CaseState.READY,
        CaseState.NEEDS_REVIEW,
    ]
    approved = store.list(states=(CaseState.READY,))[0]
    assert approved.auto_approved
    assert approved.form_id == "juminido"
    assert [a.name for a in store.attachments(approved.id)] == [REGISTERED_PICTURE.format(page_no=1)]
    assert {s.step for s in store.steps(approved.id)} == {"read.total"}


def test_the_second_scan_of_a_sheet_goes_to_a_person(store: CaseStore, inbox: Path) -> None:
    states = run(store, inbox, {"a.png": Decision.APPROVE, "b.png": Decision.APPROVE})
    assert states == [CaseState.READY, CaseState.NEEDS_REVIEW]
    first, second = store.list()
    read = store.reading(second.id)
    assert read is not None
    (check,) = [c for c in read.checks if c.rule == SAME_SHEET]
    assert first.id in check.message_ja


def test_reading_again_changes_nothing(store: CaseStore, inbox: Path) -> None:
    run(store, inbox, {"a.png": Decision.APPROVE})
    revision = store.list()[0].revision
    assert read_received(store, Reader({}), bot_id="juminido", profile="demo") == 0  # type: ignore[arg-type]
    assert store.list()[0].revision == revision


def test_another_bots_cases_are_left_alone(store: CaseStore, inbox: Path) -> None:
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    take_in(store, inbox_files(inbox), look=a_form, bot_id="other", profile="demo")
    assert read_received(store, Reader({}), bot_id="juminido", profile="demo") == 0  # type: ignore[arg-type]


def test_one_bad_page_goes_to_a_person_and_the_others_go_on(store: CaseStore, inbox: Path) -> None:
    states = run(
        store,
        inbox,
        {"a.png": ValueError("榎戸 久美"), "b.png": Decision.APPROVE, "c.png": BrokenFileError(file="c.png")},
    )
    assert states == [CaseState.NEEDS_REVIEW, CaseState.READY, CaseState.NEEDS_REVIEW]
    unforeseen, _, broken = store.list()
    assert unforeseen.problem is not None
    assert unforeseen.problem[0] == "MB-E001"
    assert "ValueError" in unforeseen.problem[1]
    assert "榎戸" not in str(unforeseen.problem) + str(store.audit(unforeseen.id))
    assert broken.problem is not None
    assert broken.problem[0] == "MB-E102"


def test_what_stops_the_run_still_stops_it(store: CaseStore, inbox: Path) -> None:
    with pytest.raises(StoreUnreachableError):
        run(store, inbox, {"a.png": StoreUnreachableError(url="x")})
    assert [c.state for c in store.list()] == [CaseState.RECEIVED]


def test_identity_folds_ways_of_writing_kana() -> None:
    page = Page("a", 0, 200, np.zeros((2, 2), np.uint8))
    katakana = IDENTITY | {"mover1_kana": "ヤマダ タロウ"}
    assert identity_of(reading(page, Decision.APPROVE, **IDENTITY)) == identity_of(
        reading(page, Decision.APPROVE, **katakana)
    )


def test_without_all_identity_fields_there_is_no_identity() -> None:
    page = Page("a", 0, 200, np.zeros((2, 2), np.uint8))
    missing = {k: v for k, v in IDENTITY.items() if k != "movement_date"}
    assert identity_of(reading(page, Decision.APPROVE, **missing)) is None


def read_one(store: CaseStore, inbox: Path, *, audit_share: float) -> str:
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    reader = Reader({"a.png": Decision.APPROVE}, audit_share=audit_share)
    read_received(store, reader, bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    return case_id


def test_a_sure_case_of_which_a_field_was_drawn_goes_to_a_person_with_that_field_unmarked(
    store: CaseStore, inbox: Path
) -> None:
    case_id = read_one(store, inbox, audit_share=1.0)
    case, read = store.get(case_id), store.reading(case_id)
    assert case.state is CaseState.NEEDS_REVIEW
    assert not case.auto_approved
    assert read is not None
    assert read.decision is Decision.REVIEW
    written = {v.name for v in read.values if not v.blank}
    assert {v.name for v in read.values if not v.accepted} == written == set(store.sample(case_id))
    assert {v.reasons for v in read.values if not v.accepted} == {("確信度が基準に届きません",)}
    # The trail counts as the reading does: nothing in it tells a sampled field from a doubtful one.
    (record,) = [r for r in store.audit(case_id) if r.event == "read"]
    assert record.detail["accepted"] == sum(v.accepted for v in read.values)


def test_without_a_share_nothing_is_drawn(store: CaseStore, inbox: Path) -> None:
    case_id = read_one(store, inbox, audit_share=0.0)
    assert store.get(case_id).state is CaseState.READY
    assert store.sample(case_id) == {}


def test_the_levels_of_the_store_are_read_by(store: CaseStore, inbox: Path) -> None:
    change = LevelChange("demo", "date", 0.9999, LevelOrigin.TIGHTENED, 100, 3, 50.0)
    assert store.change_level(change, after_seq=0, former=0.9, actor="promise")
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    reader = Reader({"a.png": Decision.APPROVE})
    read_received(store, reader, bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    (in_force,) = reader.in_force
    assert in_force.seq == store.levels_seq(case_id) == 1
    assert in_force.accept_at["date"] == 0.9999
