"""Half-width katakana: the only kana this system stores."""

import re
import unicodedata
from typing import Final

_HALF_WIDTH_NAME: Final = re.compile(r"[ｦ-ﾟ]+(?: [ｦ-ﾟ]+)+")
_HALF_WIDTH_SEARCH: Final = re.compile(r"[ｦ-ﾟ]+(?: [ｦ-ﾟ]+)*")


def _half_width_by_full_width() -> dict[str, str]:
    table = {"\u3000": " "}
    for code_point in range(ord("ｦ"), ord("ﾟ") + 1):
        half = chr(code_point)
        for written in (half, half + "ﾞ", half + "ﾟ"):
            full = unicodedata.normalize("NFKC", written)
            if len(full) == 1:
                table.setdefault(full, written)
    return table


_HALF_WIDTH: Final = _half_width_by_full_width()
_HIRAGANA_TO_KATAKANA: Final = {code_point: code_point + 0x60 for code_point in range(0x3041, 0x3097)}


def is_half_width_name(text: str) -> bool:
    """Whether ``text`` is half-width katakana with a half-width space between family and given name."""
    return _HALF_WIDTH_NAME.fullmatch(text) is not None


def is_half_width_search(text: str) -> bool:
    """Whether ``text`` may be searched for: half-width katakana, the given name may be missing."""
    return _HALF_WIDTH_SEARCH.fullmatch(text) is not None


def to_half_width(text: str) -> str:
    """Fold hiragana and full-width katakana to half-width katakana; other characters stay as they are."""
    katakana = unicodedata.normalize("NFC", text).translate(_HIRAGANA_TO_KATAKANA)
    return "".join(_HALF_WIDTH.get(character, character) for character in katakana)
