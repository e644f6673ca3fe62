"""Digits are boxed where there are boxes."""

from __future__ import annotations

import pytest

from munibots.bench.field_groups import FieldGroup, group_of
from munibots.domain.form import Field, FieldType
from munibots.domain.layout import BoxMm, Region, RegionStyle


@pytest.mark.parametrize("kind", list(FieldType))
@pytest.mark.parametrize("style", [RegionStyle.COMB, RegionStyle.LINE])
def test_every_type_has_a_group(kind: FieldType, style: RegionStyle) -> None:
    group = group_of(Field("f", "f", kind), Region("f", 0, BoxMm(0, 0, 1, 1), style))
    digits = kind not in {
        FieldType.NAME, FieldType.KANA, FieldType.DATE, FieldType.ADDRESS, FieldType.PHONE, FieldType.CHOICE,
        FieldType.MARKS, FieldType.TEXT,
    }  # fmt: skip
    assert (group is FieldGroup.BOXED_DIGITS) == (digits and style is RegionStyle.COMB)
    assert group.ja
