"""Full width and half width, and the many hyphens, as Japanese forms and keyboards mix them.

Unicode NFKC is not used anywhere: it takes か゛ apart into か, a space and a combining mark, and turns ㈱
into three characters. The conversions are those of JIS X 0201 and JIS X 0208, done by ``habachen``.
"""

from __future__ import annotations

import re

import habachen

__all__ = ["digits_only", "fold_width", "to_full_kana", "to_half_digits", "to_half_kana"]

HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
"""Eight characters that people and fonts use for one hyphen: ‐ ‑ ‒ – — ― − －."""

_HYPHEN_TABLE = str.maketrans(dict.fromkeys(HYPHENS, "-"))
# A long vowel mark or a box-drawing line between two digits can only have been meant as a hyphen.
_MARK_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ーｰ─━﹣](?=[0-9])")


def fold_width(text: str) -> str:
    """Bring text to one width: digits, Latin letters and signs half, katakana full, eight hyphens as ``-``.

    A long vowel mark ー stays unless it stands between two digits. Kanji and hiragana are not touched.

    Args:
        text: Any text.

    Returns:
        The folded text; folding it again changes nothing.
    """
    folded = habachen.zenkaku_to_hankaku(text, kana=False).translate(_HYPHEN_TABLE)
    return to_full_kana(_MARK_BETWEEN_DIGITS.sub("-", folded))


def to_full_kana(text: str) -> str:
    """Half-width katakana to full width, voicing marks joined (ｶﾞ becomes ガ); all else stays."""
    return habachen.hankaku_to_zenkaku(text, ascii=False, digit=False)


def to_half_kana(text: str) -> str:
    """Katakana to half width, voicing marks apart (ガ becomes ｶﾞ), as older systems want it; all else stays."""
    return habachen.zenkaku_to_hankaku(text, ascii=False, digit=False)


def to_half_digits(text: str) -> str:
    """Full-width digits to half width; all else stays."""
    return habachen.zenkaku_to_hankaku(text, ascii=False, kana=False)


def digits_only(text: str) -> str:
    """The digits of a text, half width, all else dropped: ``１２-３ ４`` becomes ``1234``.

    Letters are dropped as well, so a caller checks the length afterwards.
    """
    return re.sub(r"[^0-9]", "", to_half_digits(text))
