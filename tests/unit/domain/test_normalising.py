"""What people type, to values."""

from __future__ import annotations

import pytest

from munibots.domain.form import Choice, Field, FieldType
from munibots.domain.normalising import UnfitValueError, normalise


def field(kind: FieldType, **more: object) -> Field:
    return Field("f", "項目", kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slot", "typed", "expected"),
    [
        (field(FieldType.DATE), "令和8年4月1日", "2026-04-01"),
        (field(FieldType.DATE), "S64.1.7", "1989-01-07"),
        (field(FieldType.DATE), "2026-04-01", "2026-04-01"),
        (field(FieldType.POSTAL_CODE), "〒5950026", "595-0026"),
        (field(FieldType.POSTAL_CODE), "５９５-００２６", "595-0026"),
        (field(FieldType.PHONE), "09012345678", "090-1234-5678"),
        (field(FieldType.MY_NUMBER), "1234 5678 9018", "123456789018"),
        (field(FieldType.DIGITS, digits=11), "１２３４５６７８９０１", "12345678901"),
        (field(FieldType.NAME), " 髙橋　一郎 ", "髙橋　一郎"),
        (field(FieldType.CHOICE, choices=(Choice("妻"), Choice("夫"))), "妻", "妻"),
        (field(FieldType.CHOICE, choices=(Choice("その他", ("他",)),)), "他", "その他"),
        (field(FieldType.MARKS, choices=(Choice("a"), Choice("b"))), "a|b", ("a", "b")),
        (field(FieldType.DATE), "  ", None),
    ],
)
def test_normalises(slot: Field, typed: str, expected: object) -> None:
    assert normalise(slot, typed) == expected


@pytest.mark.parametrize(
    ("slot", "typed"),
    [
        (field(FieldType.DATE), "昭和64年1月8日"),
        (field(FieldType.POSTAL_CODE), "595-002"),
        (field(FieldType.PHONE), "123"),
        (field(FieldType.MY_NUMBER), "12345678901"),
        (field(FieldType.DIGITS, digits=11), "abc"),
        (field(FieldType.CHOICE, choices=(Choice("妻"),)), "夫"),
        (field(FieldType.CHOICE, choices=(Choice("妻"), Choice("夫"))), "妻|夫"),
    ],
)
def test_refuses_what_does_not_fit_and_never_repeats_it(slot: Field, typed: str) -> None:
    with pytest.raises(UnfitValueError) as caught:
        normalise(slot, typed)
    assert slot.label_ja in str(caught.value)
    assert typed not in str(caught.value)
