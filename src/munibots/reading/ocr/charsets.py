"""Which characters a field can hold.

The recogniser knows 18,708 characters, most of them Chinese. Where the paper shows 別 it sometimes answers 别. A field's
character set leaves it no such answer: Japanese text is JIS X 0208 (levels 1 and 2) and the variant characters of names.
A set also says which answers mean the same on paper: a circle in a row of digits is a zero, a full-width １ is a 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from munibots.domain.form import FieldType
from munibots.japanese.variants import VARIANTS

__all__ = ["DIGITS", "Charset", "charset_of"]

# In JIS level 2, but read for 況 and 巻 and not used in today's Japanese (measured on printed labels).
_NOT_USED = frozenset("况卷")

_FULL_WIDTH = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
_HYPHENS = "‐‑‒–—―−─━"
_DIGIT_LIKE = {
    "0": "OoＯ〇○◯Q",
    "1": "lIi|｜丨Ｉ",
    "2": "Zz",
    "5": "Ss",
    "6": "bG",
    "8": "B",
    "9": "gq",
}
# Letters of kana that the kanji beside them cannot be told from; へべぺ, りリ and ー are settled by their neighbours.
_KANA_LIKE = {
    "ニ": "二", "ハ": "八", "ロ": "口囗", "カ": "力", "タ": "夕", "エ": "工", "ト": "卜", "ー": "一-‐−–—―─",
    "チ": "千", "オ": "才", "ヒ": "匕", "ミ": "三", "メ": "乂", "ム": "厶", "ヌ": "又",
}  # fmt: skip
_HIRAGANA = "".join(chr(c) for c in range(0x3041, 0x3094))
_KATAKANA = "".join(chr(c) for c in range(0x30A1, 0x30F7))
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Charset:
    """What one kind of text may hold.

    Attributes:
        name: For messages and recordings.
        symbols: The answers, each once, in the order of the evidence's columns (column 0 is the blank of CTC).
        aliases: For each symbol, characters of the recogniser that mean the same in such a text.
    """

    name: str
    symbols: tuple[str, ...]
    aliases: tuple[str, ...]

    def __post_init__(self) -> None:
        """Keep the two columns together."""
        if len(self.symbols) != len(self.aliases) or len(set(self.symbols)) != len(self.symbols):
            raise ValueError(f"charset {self.name}: one alias text a symbol, each symbol once")


def _charset(name: str, symbols: str, like: dict[str, str] | None = None) -> Charset:
    like = like or {}
    kept = tuple(dict.fromkeys(symbols))
    known = set(kept)
    aliases = tuple(
        "".join(dict.fromkeys(a for a in _FULL_WIDTH.get(s, "") + like.get(s, "") if a not in known)) for s in kept
    )
    return Charset(name, kept, aliases)


DIGITS = _charset("digits", "0123456789", _DIGIT_LIKE)
"""A row of digits and nothing else."""

_PHONE = _charset("phone", "0123456789-()+", {**_DIGIT_LIKE, "-": _HYPHENS + "ー一~～", "(": "（", ")": "）"})
_YEAR = _charset("year", "0123456789元", _DIGIT_LIKE)
_NUMBER_LINE = _charset("number-line", "0123456789-", {**_DIGIT_LIKE, "-": _HYPHENS + "ー一"})
_DATE_LINE = _charset(
    "date-line",
    "0123456789元年月日生明治大正昭和平成令西暦MTSHR./-",
    {
        **{k: v for k, v in _DIGIT_LIKE.items() if k != "5"},
        "-": _HYPHENS + "ー一",
        ".": "・,、。",
        "日": "曰",
        "令": "今合",
    },
)
_YEN = _charset("yen", "0123456789,¥円-", {**_DIGIT_LIKE, "¥": "￥", "-": _HYPHENS + "ー一"})


# Written on a line, these numbers are divided into groups by hyphens.
_HYPHENED = frozenset(
    {FieldType.POSTAL_CODE, FieldType.MY_NUMBER, FieldType.CORPORATE_NUMBER, FieldType.INSURED_NUMBER}
)


@cache
def _kanji() -> str:
    """JIS X 0208 rows 16 to 84: level 1 (16-47) and level 2."""
    rows = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 85) for cell in range(1, 95))
    text = "".join(code.decode("euc_jp", errors="ignore") for code in rows)
    return "".join(c for c in text + "".join(VARIANTS) if c not in _NOT_USED)


@cache
def _name() -> Charset:
    return _charset("name", _kanji() + _HIRAGANA + _KATAKANA + "々〆ヶー・" + _LATIN)


@cache
def _text() -> Charset:
    marks = "々〆〇ー・、。,.()「」/:-〒～=&+%@#*?!℃㎡№"
    like = {"-": _HYPHENS, "(": "（", ")": "）", "～": "~〜", ",": "，", ".": "．"}
    return _charset("text", _kanji() + _HIRAGANA + _KATAKANA + marks + "0123456789" + _LATIN, like)


@cache
def _kana() -> Charset:
    return _charset("kana", _HIRAGANA + _KATAKANA + "ー・", _KANA_LIKE)


def charset_of(kind: FieldType, *, part: str | None = None) -> Charset:
    """The character set of a field type.

    Args:
        kind: The type.
        part: ``year``, ``month`` or ``day`` of a date; ``line`` for a date or a number that is written on a line, where
            units and hyphens stand between the digits.

    Raises:
        KeyError: ``choice`` and ``marks`` are not read as text.
    """
    if kind is FieldType.DATE:
        return _DATE_LINE if part == "line" else _YEAR if part == "year" else DIGITS
    if part == "line" and kind in _HYPHENED:
        return _NUMBER_LINE
    if kind is FieldType.NAME:
        return _name()
    if kind is FieldType.KANA:
        return _kana()
    if kind in (FieldType.ADDRESS, FieldType.TEXT):
        return _text()
    return {
        FieldType.POSTAL_CODE: DIGITS,
        FieldType.PHONE: _PHONE,
        FieldType.MY_NUMBER: DIGITS,
        FieldType.CORPORATE_NUMBER: DIGITS,
        FieldType.INSURED_NUMBER: DIGITS,
        FieldType.DIGITS: DIGITS,
        FieldType.ACCOUNT: DIGITS,
        FieldType.YEN: _YEN,
    }[kind]
