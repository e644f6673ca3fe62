from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from munibots.reporting.case_facts import CaseFacts, How, form_of, moment_ja
from munibots.reporting.facts import collect

if TYPE_CHECKING:
    from .conftest import Filled


@pytest.fixture(scope="module")
def cases(filled: Filled) -> tuple[CaseFacts, ...]:
    return collect(filled.store, truth=filled.truth).cases


def test_an_unknown_form_says_code_and_next_step(cases: tuple[CaseFacts, ...]) -> None:
    case = cases[0]
    assert case.form_ja == "不明な様式"
    assert not case.read_ok
    assert case.problem is not None
    assert case.problem[0] == "MB-E201"
    assert "munibots new form" in case.problem[2]


def test_the_timeline_is_the_audit_in_japanese(cases: tuple[CaseFacts, ...]) -> None:
    flagged = cases[1]
    assert [m.text_ja for m in flagged.moments] == ["受け付けた", "読み取った", "入力を始めた", "人に回した"]
    assert flagged.moments[-1].change_ja == "入力中 → 要確認(入力)"
    assert flagged.moments[-1].detail_ja == "コード MB-E401、画面 異動者入力"


def test_blank_slots_of_a_group_are_named_once(cases: tuple[CaseFacts, ...]) -> None:
    case = cases[4]
    assert "異動者5 のすべて" in case.blanks_ja
    assert not any(label.startswith("異動者5 氏名") for label in case.blanks_ja)
    assert case.count(How.BLANK) > len(case.blanks_ja)


def test_errors_come_before_notices_and_hold_no_value(cases: tuple[CaseFacts, ...], filled: Filled) -> None:
    case = cases[4]
    assert [c.severity_ja for c in case.checks] == ["エラー"]
    assert case.checks[0].message_ja == "＊＊＊ はかなではありません。"
    assert case.checks[0].labels_ja == ("異動者1 ふりがな",)


def test_a_file_name_with_a_person_in_it_is_covered(cases: tuple[CaseFacts, ...]) -> None:
    assert cases[3].source == "＊＊＊.pdf"
    assert cases[2].source == "scan_0003.pdf"


def test_confidence_is_never_rounded_up_to_certainty(cases: tuple[CaseFacts, ...]) -> None:
    shown = {f.percent_ja for c in cases for f in c.fields if f.confidence is not None and f.confidence < 1}
    assert "100%" not in shown
    assert "100.0%" not in shown


def test_moments_are_in_japanese_time_and_era() -> None:
    assert moment_ja(datetime(2026, 11, 23, 16, 5, tzinfo=UTC)) == "令和8年11月24日 01:05"


def test_a_form_that_is_not_defined_here_is_no_error() -> None:
    assert form_of("no_such_form") is None
    assert form_of(None) is None


def test_of_a_field_that_waits_for_a_person_nobody_is_told_how_sure_the_machine_was(
    cases: tuple[CaseFacts, ...],
) -> None:
    waiting = [f for c in cases for f in c.fields if f.how is How.WAITING]
    assert waiting
    assert {f.percent_ja for f in waiting} == {"―"}
