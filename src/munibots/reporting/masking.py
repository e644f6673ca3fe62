"""Keeps personal data out of the report: what stands for a value, and a net under texts that come from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from munibots.domain.form import FieldType, Form

__all__ = ["MASK", "Masker", "masked_file_name", "masked_value"]

MASK = "＊＊＊"

_KINDS_JA = {
    FieldType.NAME: "氏名",
    FieldType.KANA: "ふりがな",
    FieldType.DATE: "日付",
    FieldType.ADDRESS: "住所",
    FieldType.POSTAL_CODE: "郵便番号",
    FieldType.PHONE: "電話番号",
    FieldType.MY_NUMBER: "個人番号",
    FieldType.CORPORATE_NUMBER: "法人番号",
    FieldType.INSURED_NUMBER: "被保険者番号",
    FieldType.DIGITS: "番号",
    FieldType.ACCOUNT: "口座番号",
    FieldType.YEN: "金額",
    FieldType.CHOICE: "選択",
    FieldType.MARKS: "選択",
    FieldType.TEXT: "文",
}
# Only free writing gets a length: the length of a date or a number says nothing, that of a chosen word says which one.
_WITH_LENGTH = {FieldType.NAME, FieldType.KANA, FieldType.ADDRESS, FieldType.TEXT}
_BANDS = ((4, "1〜4字"), (9, "5〜9字"), (19, "10〜19字"))
_LONGEST_BAND = "20字以上"

_SCANNER_WORDS = {
    "scan",
    "scanned",
    "img",
    "image",
    "doc",
    "document",
    "page",
    "p",
    "case",
    "fax",
    "sheet",
    "batch",
    "t",
}
_SUFFIXES = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"}
# 20261124 and 20261124103000: a telephone, 個人番号 or 住民票コード has 10 to 12 digits.
_DATE_DIGITS = {8, 14}


def masked_value(value: str | tuple[str, ...] | None, kind: FieldType | None) -> str:
    """What stands in the report for a value: stars, its kind and, for free writing, a band of its length.

    Args:
        value: The value; its characters never reach the answer.
        kind: Type of the field; ``None`` where the form is not known.

    Returns:
        E.g. ``＊＊＊(住所、10〜19字)``; ``(空欄)`` for no value.
    """
    if value is None or value in ("", ()):
        return "(空欄)"
    if kind is None:
        return MASK
    if kind not in _WITH_LENGTH or not isinstance(value, str):
        return f"{MASK}({_KINDS_JA[kind]})"
    band = next((text for most, text in _BANDS if len(value) <= most), _LONGEST_BAND)
    return f"{MASK}({_KINDS_JA[kind]}、{band})"


def masked_file_name(name: str, form: Form | None) -> str:
    """A file name that can stand in a report: files often bear a resident's name or number.

    A name is shown if it is made of what scanners write (``scan_0007.pdf``, ``20261124-103000.tif``) and the form's id; of
    any other name only the suffix is left.
    """
    path = PurePath(name)
    known = _SCANNER_WORDS | ({form.id} if form is not None else set())
    words = re.findall(r"[^\W\d_]+", path.stem)
    digits = re.findall(r"\d+", path.stem)
    harmless = path.stem.isascii() and all(w.lower() in known for w in words)
    suffix = path.suffix if path.suffix.lower() in _SUFFIXES else ""
    if harmless and suffix and all(len(d) in _DATE_DIGITS or len(d) < 8 for d in digits):
        return name
    return f"{MASK}{suffix}"


class Masker:
    """Replaces the values of one case in texts that others wrote (reasons, messages).

    Those texts hold no values by their own contract; this is the net under it. Short values (one character, or fewer than
    four digits) are left, they would star out ordinary words and numbers.

    Args:
        values: Everything that was read from the case or decided in it.
        file_name: Name of the scanned file, which messages repeat.
        shown_file_name: What stands for it.
    """

    def __init__(self, values: Iterable[str], *, file_name: str = "", shown_file_name: str = "") -> None:
        pieces: set[str] = set()
        for value in values:
            pieces.update((value, "".join(value.split()), *value.split()))
        self._file_name = (file_name, shown_file_name)
        long_enough = [p for p in pieces if len(p) >= (4 if p.isascii() else 2)]
        alternatives = "|".join(re.escape(p) for p in sorted(long_enough, key=len, reverse=True))
        self._pattern = re.compile(alternatives) if alternatives else None

    def __call__(self, text: str) -> str:
        """``text`` with every value of the case replaced by stars."""
        name, shown = self._file_name
        if name:
            text = text.replace(name, shown)
        return text if self._pattern is None else self._pattern.sub(MASK, text)
