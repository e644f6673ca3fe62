"""Who may skip human eyes."""

from __future__ import annotations

import pytest

from munibots.checking.promise import accept_fields, decide
from munibots.domain.form import Field, FieldType, Form, Severity
from munibots.domain.layout import BoxMm
from munibots.domain.reading import CheckResult, Decision, FieldValue

FORM = Form(
    id="f",
    name_ja="様式",
    section_ja="課",
    fields=(
        Field("name", "氏名", FieldType.NAME),
        Field("phone", "電話", FieldType.PHONE),
        Field("remarks", "摘要", FieldType.TEXT),
    ),
)
LEVELS = {"phone": 0.9, "name": 0.0}


def value(name: str, text: str, confidence: float | None) -> FieldValue:
    return FieldValue(name, name, text, text or None, confidence, 0, BoxMm(0, 0, 1, 1))


def accepted(*values: FieldValue, checks: tuple[CheckResult, ...] = (), confirmed: tuple[str, ...] = ()) -> list[bool]:
    answer = accept_fields(FORM, values, checks, accept_at=LEVELS, confirmed=confirmed)
    return [v.accepted for v in answer]


def test_a_name_is_never_accepted_by_its_confidence() -> None:
    assert accepted(value("name", "あ", 1.0)) == [False]


def test_a_name_that_the_register_confirms_is_accepted() -> None:
    assert accepted(value("name", "あ", 0.2), confirmed=("name",)) == [True]


@pytest.mark.parametrize(("confidence", "expected"), [(0.899, False), (0.9, True), (None, False)])
def test_the_level_of_the_type_decides(confidence: float | None, expected: bool) -> None:
    assert accepted(value("phone", "1", confidence)) == [expected]


def test_a_type_without_a_level_is_never_accepted() -> None:
    assert accepted(value("remarks", "x", 1.0)) == [False]


def test_a_blank_field_needs_no_eyes() -> None:
    assert accepted(value("remarks", "", None)) == [True]


def test_a_broken_error_rule_sends_its_field_to_a_person_and_says_why() -> None:
    broken = CheckResult("r", ("phone",), ok=False, message_ja="おかしい。")
    (v,) = accept_fields(FORM, [value("phone", "1", 0.99)], [broken], accept_at=LEVELS)
    assert not v.accepted
    assert v.reasons == ("おかしい。",)


def test_even_a_confirmed_field_yields_to_a_broken_rule() -> None:
    broken = CheckResult("r", ("name",), ok=False, message_ja="おかしい。")
    assert accepted(value("name", "あ", 0.9), checks=(broken,), confirmed=("name",)) == [False]


def test_a_notice_does_not_stop_a_document() -> None:
    late = CheckResult("late", ("phone",), ok=False, message_ja="遅い。", severity=Severity.NOTICE)
    values = accept_fields(FORM, [value("phone", "1", 0.99)], [late], accept_at=LEVELS)
    assert decide(values, [late]) is Decision.APPROVE


def test_one_doubtful_field_sends_the_document_to_a_person() -> None:
    values = accept_fields(FORM, [value("phone", "1", 0.99), value("name", "あ", 0.99)], [], accept_at=LEVELS)
    assert decide(values, []) is Decision.REVIEW


def test_a_broken_rule_without_fields_sends_the_document_to_a_person() -> None:
    broken = CheckResult("r", (), ok=False, message_ja="おかしい。")
    assert decide((), [broken]) is Decision.REVIEW
