"""Numbers on a line."""

from __future__ import annotations

import pytest

from munibots.domain.form import Field, FieldType
from munibots.reading.number_lines import number_on_line


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldType.POSTAL_CODE, "411-0031", "411-0031"),
        (FieldType.POSTAL_CODE, "4110031", "411-0031"),
        (FieldType.MY_NUMBER, "1234-5678-9018", "123456789018"),
        (FieldType.INSURED_NUMBER, "0000972851", "0000972851"),
        (FieldType.INSURED_NUMBER, "000972851", None),
        (FieldType.CORPORATE_NUMBER, "1-2345-6789-012", None),
    ],
)
def test_the_count_of_digits_decides(kind: FieldType, text: str, value: str | None) -> None:
    raw = number_on_line(Field("n", "番号", kind), text, {"min_char_p": 0.9})
    assert raw.value == value
    assert raw.text == text
    assert bool(raw.reasons) is (value is None)
    assert raw.features["min_char_p"] == 0.9


def test_the_check_digit_is_evidence() -> None:
    field = Field("n", "番号", FieldType.MY_NUMBER)
    assert number_on_line(field, "123456789018", {}).features["check_digit_ok"] == 1
    assert number_on_line(field, "123456789012", {}).features["check_digit_ok"] == 0
