"""What a field can hold."""

from __future__ import annotations

import pytest

from munibots.domain.form import FieldType
from munibots.reading.ocr.charsets import DIGITS, Charset, charset_of


@pytest.mark.parametrize("kind", [FieldType.NAME, FieldType.ADDRESS, FieldType.TEXT])
def test_chinese_glyphs_cannot_come_out(kind: FieldType) -> None:
    symbols = set(charset_of(kind).symbols)
    assert not symbols & set("别员况绳乌壳卷说门东马")
    assert symbols >= set("別員況縄烏売巻説門東馬髙﨑邉濵")


def test_kana_holds_kana_only() -> None:
    assert set(charset_of(FieldType.KANA).symbols) <= set(map(chr, range(0x3041, 0x30FF)))
    assert "一" in charset_of(FieldType.KANA).aliases[charset_of(FieldType.KANA).symbols.index("ー")]


def test_a_circle_among_digits_is_a_zero() -> None:
    assert DIGITS.symbols == tuple("0123456789")
    assert set("OＯ〇０") <= set(DIGITS.aliases[0])


def test_only_a_year_can_be_the_first() -> None:
    assert "元" in charset_of(FieldType.DATE, part="year").symbols
    assert "元" not in charset_of(FieldType.DATE, part="day").symbols


@pytest.mark.parametrize("kind", [k for k in FieldType if k not in (FieldType.CHOICE, FieldType.MARKS)])
def test_every_type_has_a_set_without_double_meanings(kind: FieldType) -> None:
    charset = charset_of(kind)
    assert len(set(charset.symbols)) == len(charset.symbols) == len(charset.aliases)
    assert not set("".join(charset.aliases)) & set(charset.symbols)


@pytest.mark.parametrize("kind", [FieldType.CHOICE, FieldType.MARKS])
def test_marks_are_not_read_as_text(kind: FieldType) -> None:
    with pytest.raises(KeyError):
        charset_of(kind)


def test_a_set_refuses_doubles() -> None:
    with pytest.raises(ValueError, match="once"):
        Charset("bad", ("a", "a"), ("", ""))
