"""What a person may decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from munibots.domain.case import CaseState
from munibots.domain.reading import Decision
from munibots.domain.review import ReviewOutcome
from munibots.errors import UsageError
from munibots.pipeline.conductor import read_received
from munibots.pipeline.inbox import inbox_files, take_in
from munibots.pipeline.reviewing import decide_case, doubtful_fields, for_review
from munibots.stores.case_store import CaseStore

from .conftest import a_form, sheet
from .test_conductor import IDENTITY, Reader, reading

SOUND = IDENTITY | {
    "notification_date": "2026-04-05",
    "notifier_name": "山田　太郎",
    "notifier_relation": "本人",
    "notifier_phone": "090-1234-5678",
    "new_address": "大阪府泉大津市東雲町1-1",
    "new_householder": "山田　太郎",
    "old_address": "大阪府泉大津市東雲町2-2",
    "mover1_name": "山田　太郎",
    "mover1_sex": "男",
    "mover1_relationship": "世帯主",
}


@pytest.fixture
def waiting(store: CaseStore, inbox: Path) -> str:
    """A case that waits for a person, sound but for what a test makes of it."""
    from numpy import uint8, zeros

    from munibots.domain.document import Page

    page = Page("a.png", 0, 200, zeros((2, 2), uint8))
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    answers = {"a.png": reading(page, Decision.REVIEW, **SOUND)}
    read_received(store, Reader(answers), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    return case_id


def approve(store: CaseStore, case_id: str, **more: object) -> bool:
    return decide_case(store, case_id, reviewer="tanaka", outcome=ReviewOutcome.APPROVE, **more)  # type: ignore[arg-type]


def test_corrections_are_normalised_and_win(store: CaseStore, waiting: str) -> None:
    assert approve(
        store,
        waiting,
        corrections={"movement_date": "令和8年4月2日", "new_postal_code": "５９５００１３"},
        reason_ja="見た",
    )
    values = store.values(waiting)
    assert (values["movement_date"], values["new_postal_code"]) == ("2026-04-02", "595-0013")
    assert values["mover1_name"] == "山田　太郎"
    assert store.get(waiting).state is CaseState.READY
    assert not store.get(waiting).auto_approved


def test_a_broken_rule_needs_a_reason(store: CaseStore, waiting: str) -> None:
    with pytest.raises(UsageError, match="続柄と性別"):
        approve(store, waiting, corrections={"mover1_relationship": "妻"})
    assert store.get(waiting).state is CaseState.NEEDS_REVIEW
    assert approve(store, waiting, corrections={"mover1_relationship": "妻"}, reason_ja="本人に確認した")


@pytest.mark.parametrize(
    "corrections",
    [{"nobody": "x"}, {"movement_date": "昭和64年1月8日"}, {"mover1_my_number": "12"}],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    store: CaseStore, waiting: str, corrections: dict[str, str]
) -> None:
    revision = store.get(waiting).revision
    with pytest.raises(UsageError):
        approve(store, waiting, corrections=corrections, reason_ja="見た")
    assert store.get(waiting).revision == revision


def test_rejecting_needs_a_reason(store: CaseStore, waiting: str) -> None:
    with pytest.raises(UsageError, match="理由"):
        decide_case(store, waiting, reviewer="tanaka", outcome=ReviewOutcome.REJECT)
    assert decide_case(store, waiting, reviewer="tanaka", outcome=ReviewOutcome.REJECT, reason_ja="二度目")
    assert store.get(waiting).state is CaseState.REJECTED


def test_a_decision_on_an_older_revision_is_not_written(store: CaseStore, waiting: str) -> None:
    seen = store.get(waiting).revision
    assert not approve(store, waiting, revision=seen - 1, reason_ja="見た")
    assert store.get(waiting).state is CaseState.NEEDS_REVIEW


def test_a_case_that_waits_for_nobody_cannot_be_decided(store: CaseStore, waiting: str) -> None:
    approve(store, waiting, reason_ja="見た")
    with pytest.raises(UsageError, match="待っていません"):
        approve(store, waiting, reason_ja="見た")


def test_an_unreadable_case_can_only_be_rejected(store: CaseStore, inbox: Path) -> None:
    (inbox / "empty.pdf").touch()
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    with pytest.raises(UsageError, match="読み取れていない"):
        approve(store, case_id, reason_ja="見た")
    assert decide_case(store, case_id, reviewer="t", outcome=ReviewOutcome.REJECT, reason_ja="空")


def test_the_audit_names_fields_and_never_values(store: CaseStore, waiting: str) -> None:
    approve(store, waiting, corrections={"mover1_name": "山田　次郎"}, reason_ja="原本と照合した")
    text = " ".join(str(record) for record in store.audit(waiting))
    assert "mover1_name" in text
    assert "tanaka" in text
    assert "次郎" not in text


def flag(store: CaseStore, case_id: str, code: str) -> None:
    assert approve(store, case_id, reason_ja="見た")
    for old, new in ((CaseState.READY, CaseState.TYPING), (CaseState.TYPING, CaseState.FLAGGED)):
        assert store.change(case_id, {old}, new, actor="robot", event="x", problem=(code, "理由", "次"))


def retry(store: CaseStore, case_id: str, **more: object) -> bool:
    return decide_case(store, case_id, reviewer="tanaka", outcome=ReviewOutcome.RETRY, **more)  # type: ignore[arg-type]


def test_what_is_corrected_for_a_retry_is_checked_as_well(store: CaseStore, waiting: str) -> None:
    flag(store, waiting, "MB-E401")
    with pytest.raises(UsageError, match="検査用数字"):
        retry(store, waiting, corrections={"mover1_my_number": "123456789012"})
    assert store.get(waiting).state is CaseState.FLAGGED
    assert retry(store, waiting, corrections={"mover1_my_number": "123456789018"})
    assert store.get(waiting).state is CaseState.READY


def test_a_retry_sees_what_earlier_reviews_decided(store: CaseStore, waiting: str) -> None:
    assert approve(store, waiting, corrections={"mover1_relationship": "妻"}, reason_ja="本人に確認した")
    for old, new in ((CaseState.READY, CaseState.TYPING), (CaseState.TYPING, CaseState.FLAGGED)):
        assert store.change(waiting, {old}, new, actor="robot", event="x", problem=("MB-E401", "理由", "次"))
    with pytest.raises(UsageError, match="続柄と性別"):
        retry(store, waiting, corrections={"remarks": "x"})


@pytest.mark.parametrize("code", ["MB-E405", "MB-E406"])
def test_what_may_be_saved_is_not_typed_again_under_another_key(store: CaseStore, waiting: str, code: str) -> None:
    flag(store, waiting, code)
    with pytest.raises(UsageError, match="登録されているかもしれない"):
        retry(store, waiting, corrections={"movement_date": "令和8年4月2日"}, reason_ja="見た")
    assert store.get(waiting).state is CaseState.FLAGGED


def test_a_field_that_could_not_be_read_is_never_entered_as_blank(store: CaseStore, inbox: Path) -> None:
    from dataclasses import replace

    from numpy import uint8, zeros

    from munibots.domain.document import Page

    page = Page("b.png", 0, 200, zeros((2, 2), uint8))
    read = reading(page, Decision.REVIEW, **SOUND)
    unread = tuple(replace(v, text="□") if v.name == "old_householder" else v for v in read.values)
    sheet(2).save(inbox / "b.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    answers = {"b.png": replace(read, values=unread)}
    read_received(store, Reader(answers), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="旧世帯主"):
        approve(store, case_id, reason_ja="14日超過は確認済み")
    assert approve(store, case_id, corrections={"old_householder": ""}, reason_ja="空欄とする")


def failed(store: CaseStore, inbox: Path) -> str:
    """A case at whose reading something unforeseen happened."""
    sheet(1).save(inbox / "a.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    read_received(store, Reader({"a.png": ValueError()}), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    return case_id


def test_what_could_not_be_read_is_read_again(store: CaseStore, inbox: Path) -> None:
    case_id = failed(store, inbox)
    assert decide_case(store, case_id, reviewer="tanaka", outcome=ReviewOutcome.RETRY)
    assert (store.get(case_id).state, store.get(case_id).problem) == (CaseState.RECEIVED, None)
    read_received(store, Reader({"a.png": Decision.APPROVE}), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    assert store.get(case_id).state is CaseState.READY


def test_what_was_read_is_not_read_again(store: CaseStore, waiting: str) -> None:
    with pytest.raises(UsageError, match="読み取れています"):
        decide_case(store, waiting, reviewer="tanaka", outcome=ReviewOutcome.RETRY)


def test_without_a_scan_nothing_is_read_again(store: CaseStore, inbox: Path) -> None:
    (inbox / "a.pdf").touch()
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    with pytest.raises(UsageError, match="スキャンし直して"):
        decide_case(store, case_id, reviewer="tanaka", outcome=ReviewOutcome.RETRY)


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\x07"])
def test_a_character_that_nobody_sees_is_refused(store: CaseStore, waiting: str, hidden: str) -> None:
    with pytest.raises(UsageError, match="目に見えない文字") as raised:
        approve(store, waiting, corrections={"mover1_name": f"山田{hidden} 太郎"}, reason_ja="見た")
    assert "山田" not in str(raised.value)


def test_a_variation_selector_is_part_of_a_name(store: CaseStore, waiting: str) -> None:
    assert approve(store, waiting, corrections={"mover1_name": "葛\U000e0100城 太郎"}, reason_ja="見た")


@pytest.fixture
def sampled(store: CaseStore, inbox: Path) -> str:
    """A sound case of which every written field was drawn."""
    from numpy import uint8, zeros

    from munibots.domain.document import Page

    page = Page("c.png", 0, 200, zeros((2, 2), uint8))
    sheet(3).save(inbox / "c.png", dpi=(200, 200))
    (case_id,) = take_in(store, inbox_files(inbox), look=a_form, bot_id="juminido", profile="demo").case_ids
    answers = {"c.png": reading(page, Decision.APPROVE, **SOUND)}
    read_received(store, Reader(answers, audit_share=1.0), bot_id="juminido", profile="demo")  # type: ignore[arg-type]
    return case_id


def test_what_a_person_keeps_is_right_and_what_is_corrected_wrong(store: CaseStore, sampled: str) -> None:
    typed = {
        "movement_date": "令和8年4月2日",
        "notification_date": "令和8年4月5日",
        "new_address": "大阪府 泉大津市東雲町1-1",
    }
    assert approve(store, sampled, corrections=typed, reason_ja="見た")
    found = {name: s.right for name, s in store.sample(sampled).items()}
    assert set(found) == set(SOUND)
    # The same date typed again and a gap in an address are no corrections.
    assert [name for name, right in found.items() if not right] == ["movement_date"]
    assert store.level_changes("demo") == ()


def test_a_promise_that_a_decision_breaks_is_acted_upon_at_once(store: CaseStore, sampled: str) -> None:
    typed = {"movement_date": "令和8年4月2日", "notification_date": "令和8年4月6日"}
    assert approve(store, sampled, corrections=typed, reason_ja="見た")
    assert [c.kind for c in store.level_changes("demo")] == ["date"]


def test_a_rejected_case_says_nothing_of_its_sample(store: CaseStore, sampled: str) -> None:
    assert decide_case(store, sampled, reviewer="t", outcome=ReviewOutcome.REJECT, reason_ja="二度目")
    assert {s.right for s in store.sample(sampled).values()} == {None}


def test_nobody_is_shown_how_sure_the_machine_was(store: CaseStore, sampled: str) -> None:
    from dataclasses import replace

    read = store.reading(sampled)
    assert read is not None
    sure = replace(read, values=tuple(replace(v, confidence=None if v.blank else 0.99) for v in read.values))
    assert {v.name for v in doubtful_fields(sure)} == set(SOUND)
    assert {v.confidence for v in doubtful_fields(sure)} == {None}
    assert {v.confidence for v in for_review(sure).values} == {None}
    assert {v.name for v in for_review(sure).values} == {v.name for v in read.values}
