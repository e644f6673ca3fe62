"""Groups of fields, as the goals speak of them."""

from __future__ import annotations

from enum import StrEnum

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region, RegionStyle

__all__ = ["FieldGroup", "group_of"]


class FieldGroup(StrEnum):
    """What is hard about reading a field, more than what it means."""

    BOXED_DIGITS = "boxed_digits"
    DATES = "dates"
    PHONE = "phone"
    KANA = "kana"
    MARKS = "marks"
    ADDRESSES = "addresses"
    NAMES = "names"
    REST = "rest"

    @property
    def ja(self) -> str:
        """Text shown for it."""
        return _WORDS[self][0]

    @property
    def least(self) -> float | None:
        """The share of fields that must be exactly right on hard scans."""
        return _WORDS[self][1]


_WORDS: dict[FieldGroup, tuple[str, float | None]] = {
    FieldGroup.BOXED_DIGITS: ("ます目の数字(1 列)", 0.97),
    FieldGroup.DATES: ("日付", 0.97),
    FieldGroup.PHONE: ("電話番号", 0.98),
    FieldGroup.KANA: ("ふりがな", 0.97),
    FieldGroup.MARKS: ("選択と印", 0.998),
    FieldGroup.ADDRESSES: ("住所", 0.95),
    FieldGroup.NAMES: ("氏名(異体字も 1 字違えば誤り)", 0.90),
    FieldGroup.REST: ("そのほか(摘要、ます目でない数字)", None),
}

_BY_TYPE = {
    FieldType.DATE: FieldGroup.DATES,
    FieldType.PHONE: FieldGroup.PHONE,
    FieldType.KANA: FieldGroup.KANA,
    FieldType.CHOICE: FieldGroup.MARKS,
    FieldType.MARKS: FieldGroup.MARKS,
    FieldType.ADDRESS: FieldGroup.ADDRESSES,
    FieldType.NAME: FieldGroup.NAMES,
    FieldType.TEXT: FieldGroup.REST,
}


def group_of(field: Field, region: Region) -> FieldGroup:
    """The group of a field on its paper: digits belong to the boxed ones only where there are boxes."""
    boxed = FieldGroup.BOXED_DIGITS if region.style is RegionStyle.COMB else FieldGroup.REST
    return _BY_TYPE.get(field.type, boxed)
