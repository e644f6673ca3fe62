"""What every field of a type must be."""

from __future__ import annotations

import pytest

from munibots.checking.field_types import check_field
from munibots.domain.form import Field, FieldType


def problems(kind: FieldType, value: str | None, *, written: bool = True, **more: object) -> list[str]:
    slot = Field("f", "項目", kind, **more)  # type: ignore[arg-type]
    return [c.rule for c in check_field(slot, value, written=written)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.MY_NUMBER, "123456789018"),
        (FieldType.CORPORATE_NUMBER, "7000012050002"),
        (FieldType.KANA, "やまだ　たろう"),
        (FieldType.PHONE, "090-1234-5678"),
        (FieldType.POSTAL_CODE, "595-0026"),
        (FieldType.NAME, "山田"),
    ],
)
def test_sound_values_break_nothing(kind: FieldType, value: str) -> None:
    assert problems(kind, value) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.MY_NUMBER, "123456789017"),
        (FieldType.MY_NUMBER, "000000000000"),
        (FieldType.CORPORATE_NUMBER, "1000012050002"),
        (FieldType.PHONE, "090-1234"),
        (FieldType.POSTAL_CODE, "595-002"),
        (FieldType.KANA, "っあ"),
    ],
)
def test_unsound_values_are_named_without_the_value(kind: FieldType, value: str) -> None:
    slot = Field("f", "項目", kind)
    (check,) = check_field(slot, value, written=True)
    assert check.rule == f"{kind.value}-sound"
    assert "項目" in check.message_ja
    assert value not in check.message_ja


def test_digits_have_their_length() -> None:
    assert problems(FieldType.DIGITS, "12345678901", digits=11) == []
    assert problems(FieldType.DIGITS, "1234567890", digits=11) == ["digits-sound"]


def test_written_but_without_a_value_is_a_fault() -> None:
    assert problems(FieldType.DATE, None) == ["date-readable"]


def test_blank_is_a_fault_only_where_it_is_required() -> None:
    assert problems(FieldType.DATE, None, written=False) == []
    assert problems(FieldType.DATE, None, written=False, required=True) == ["required"]
