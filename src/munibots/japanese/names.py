"""Names of people: folding for comparison, and the characters that reading machines get wrong.

The text of a name stays what paper or register says. What is folded here is only ever compared.
"""

from __future__ import annotations

import re
import unicodedata

from munibots.japanese.variants import SELECTORS, VARIANTS, fold_variants
from munibots.japanese.width import fold_width

__all__ = ["fold_name", "has_variant", "may_hide_variant"]

# Common characters of names whose variant is itself frequent in registers: a reading machine gives the common
# one, with a high confidence, for either.
_HIDING = frozenset(
    "高崎辺浜吉橋昇柳桑館土渕徳瀬斎斉沢広国桜条恵真竜島富峰滝関学栄寿凛尭桧槙遥鶴船磯曽園蔵鉄隆朗晴祐祥福神都塚黒黄彦"
)


def fold_name(text: str) -> str:
    """Bring a name to one form for comparing: one width, common characters, no blanks, no selectors.

    Args:
        text: A name in kanji, kana or Latin letters.

    Returns:
        The folded name, Latin letters in capitals; folding it again changes nothing.
    """
    return re.sub(r"\s", "", fold_variants(fold_width(text))).upper()


def has_variant(text: str) -> bool:
    """Whether a name holds a variant (髙 﨑 𠮷), a compatibility ideograph or a variation selector.

    Such a character is often read wrongly with a high confidence, and older core systems cannot store it: a
    name with one wants a person's eyes or a register.
    """
    return any(
        char in VARIANTS or SELECTORS.match(char) is not None or ord(char) > 0xFFFF or _is_compatibility_ideograph(char)
        for char in text
    )


def may_hide_variant(text: str) -> bool:
    """Whether a name that was *read* may have another spelling on paper: 高 for 髙, 崎 for 﨑, 吉 for 𠮷.

    Many models have no 﨑 or 𠮷 at all and answer 崎 or 吉 with full confidence.
    """
    return has_variant(text) or not _HIDING.isdisjoint(text)


def _is_compatibility_ideograph(char: str) -> bool:
    # The twelve characters of this block that are unified ideographs (such as 﨑) have no decomposition: they
    # are characters of their own, and those that are variants stand in the table.
    return "\uf900" <= char <= "\ufaff" and unicodedata.normalize("NFC", char) != char
