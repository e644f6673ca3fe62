"""Kana: hiragana and katakana, folding for comparison, and what a name in kana can look like.

The folding raises small kana on demand because bank and older resident systems know none
(ミツビシユ－エフジエイ). ヂ and ジ, ヅ and ズ stay apart: they are different readings in a register.
"""

from __future__ import annotations

import re
import unicodedata

import habachen

from munibots.japanese.width import HYPHENS, to_full_kana

__all__ = ["fold_kana", "is_kana_name", "kana_doubts", "to_hiragana", "to_katakana"]

_SMALL = "ァィゥェォッャュョヮヵヶ"
_LARGE = "アイウエオツヤユヨワカケ"
_RAISE_SMALL = str.maketrans(_SMALL, _LARGE)
# Stand-alone voicing marks become combining ones, which NFC then joins to the kana before them.
_VOICING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
_LONG_MARKS = str.maketrans(dict.fromkeys([*HYPHENS, "-", "─", "━"], "ー"))

_KANA_NAME = re.compile(r"[ァ-ヺー・\s]*[ァ-ヺ][ァ-ヺー・\s]*")
_WORD_BREAK = re.compile(r"[\s・]+")


def to_katakana(text: str) -> str:
    """Hiragana to katakana, all else unchanged."""
    return habachen.hiragana_to_katakana(text)


def to_hiragana(text: str) -> str:
    """Full-width katakana to hiragana where hiragana has the letter, all else unchanged."""
    return habachen.katakana_to_hiragana(text)


def fold_kana(text: str, *, raise_small: bool = False) -> str:
    """Bring kana to one form for comparing: full-width katakana without blanks.

    Hyphens become ー, for in kana a hyphen is a long vowel mark. Blanks and ・ go. Not for display.

    Args:
        text: Kana in any script and width.
        raise_small: Also write small kana large (ッ as ツ), for sources that have no small kana.

    Returns:
        The folded text; folding it again changes nothing.
    """
    folded = _WORD_BREAK.sub("", _joined_katakana(text).translate(_LONG_MARKS))
    if raise_small:
        folded = folded.translate(_RAISE_SMALL)
    # Once more: a voicing mark may only now stand beside its letter (ワ ゛, ヮ゛).
    return unicodedata.normalize("NFC", folded)


def is_kana_name(text: str) -> bool:
    """Whether a text holds only kana of any kind and width, ー, ・ and blanks, as a name in kana does."""
    return _KANA_NAME.fullmatch(_joined_katakana(text)) is not None


def kana_doubts(text: str) -> tuple[str, ...]:
    """What is unusual about a name in kana. A doubt is for a person to look at, never a proof of an error.

    Args:
        text: A name in kana.

    Returns:
        Japanese reasons without the text itself; empty when nothing is unusual.
    """
    doubts = []
    if not is_kana_name(text):
        doubts.append("カナ以外の文字があります")
    words = [word for word in _WORD_BREAK.split(_joined_katakana(text)) if word]
    if any(word[0] in _SMALL for word in words):
        doubts.append("小さいカナで始まります")
    if any(word[0] == "ー" for word in words):
        doubts.append("長音で始まります")
    if any(word[0] == "ン" for word in words):
        doubts.append("「ン」で始まります")
    if any("ーー" in word for word in words):
        doubts.append("長音が続きます")
    if any(word[-1] == "ッ" for word in words):
        doubts.append("「ッ」で終わります")
    return tuple(doubts)


def _joined_katakana(text: str) -> str:
    # Katakana before joining: hiragana has no ヷ.
    return unicodedata.normalize("NFC", to_katakana(to_full_kana(text).translate(_VOICING)))
