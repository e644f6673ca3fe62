"""Addresses: folding for comparison, the prefecture, and where the building (方書) begins.

The folding is for comparing only. It rewrites 霞が関 and drops 番地; the text of the paper or the register is
what is kept and typed. Kanji numerals become digits only before 丁目 and 条 and in what follows 丁目, so the
name of a building never changes its numbers.
"""

from __future__ import annotations

import re

from munibots.japanese.variants import fold_variants
from munibots.japanese.width import HYPHENS, fold_width

__all__ = ["fold_address", "split_building", "split_prefecture"]

_PREFECTURES = re.compile(
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県"
    "|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県"
    "|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県"
    "|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
)

_KANJI = "[一-鿿々〆\U00020000-\U0003ffff]"
_KANJI_NUMBER = "[一二三四五六七八九十]+"
# A lone 一番 or 二号 belongs to a building or a town (一番館, 一番町); after 丁目 or 番 it is the lot number.
_COUNTED = re.compile(
    rf"{_KANJI_NUMBER}(?=丁目|条)"
    rf"|(?:(?<=丁目)|(?<=番地)|(?<=番)){_KANJI_NUMBER}(?=番(?![町丁館街])|号(?![室棟館車]))"
)
# 霞ヶ関, 霞ケ関, 霞が関; 四ッ谷, 四ツ谷; 丸の内, 丸ノ内: between two kanji only, never in a name in kana.
_SMALL_BETWEEN_KANJI = (
    (re.compile(f"(?<={_KANJI})[ヶケがガ](?={_KANJI})"), "ケ"),
    (re.compile(f"(?<={_KANJI})[ッツっつ](?={_KANJI})"), "ツ"),
    (re.compile(f"(?<={_KANJI})[のノ](?={_KANJI})"), "ノ"),
)
# 3番町 and 2号室 are names, not parts of the lot number.
_NUMBER_WORDS = re.compile(r"(?<=[0-9])-*(?:丁目|番地[のノ]?|番(?![町丁館街])|号(?![室棟館車])|[のノ](?=[0-9]))+-*")

_D = "[0-9０-９]"
_HYPHEN = f"[-{HYPHENS}ー]"
_ANY_NUMBER = f"(?:{_D}+|{_KANJI_NUMBER})"
# One or more of 1丁目 2番地 3番 4号, with digits or kanji numerals, or digits joined by hyphens or の.
_UNIT = (
    rf"(?:{_ANY_NUMBER}\s*(?:丁目|番地(?:[のノ]\s*(?={_D}))?|番(?![町丁館街])|号(?![室棟館車]))"
    rf"|{_D}+(?![0-9０-９]|号?[室棟館]|[FfＦｆ階]|号室|条|線|区|町|番町|丁(?!目)))"
)
_BLOCK = re.compile(rf"{_UNIT}(?:\s*(?:{_HYPHEN}|[のノ])?\s*{_UNIT})*")


def fold_address(text: str) -> str:
    """Bring an address to one form for comparing: ``本町一丁目２番地の３`` and ``本町1-2-3`` become the same.

    丁目, 番地, 番, 号 and の between numbers become hyphens; ヶ, ケ and が between kanji become ケ; width,
    blanks, 大字 and variant characters are levelled.

    Args:
        text: An address with or without prefecture and building.

    Returns:
        The folded address; folding it again changes nothing.
    """
    folded = re.sub(r"\s", "", fold_variants(fold_width(text))).replace("大字", "")
    folded = _COUNTED.sub(lambda match: str(_kanji_number(match[0])), folded)
    for pattern, common in _SMALL_BETWEEN_KANJI:
        folded = pattern.sub(common, folded)
    folded = _NUMBER_WORDS.sub("-", folded)
    # A hyphen that ends the number (号 before a building or the end) says nothing.
    return re.sub(r"-+(?![0-9])", "", folded).upper()


def split_prefecture(address: str) -> tuple[str, str]:
    """The prefecture at the start of an address, and the rest; empty where no prefecture is written."""
    stripped = address.lstrip()
    match = _PREFECTURES.match(stripped)
    return (match[0], stripped[match.end() :].lstrip()) if match else ("", stripped)


def split_building(address: str) -> tuple[str, str]:
    """Divide an address into town with number, and building (方書).

    The building begins after the first run of lot numbers. A fourth number joined by a hyphen (1-2-3-405)
    stays with the lot: whether it is a room cannot be known from the text.

    Args:
        address: An address as written.

    Returns:
        Both parts as written, without blanks at their ends; the building is empty where there is none, or
        where no lot number shows its beginning.
    """
    match = _BLOCK.search(address)
    if match is None:
        return address.strip(), ""
    end = match.end()
    return address[:end].strip(), address[end:].lstrip(f" \u3000-ー、,{HYPHENS}").rstrip()


def _kanji_number(text: str) -> int:
    """A kanji number below 100 (二十一), or digits in a row (二一)."""
    digits = "〇一二三四五六七八九"
    tens, ten, ones = text.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return int("".join(str(digits.index(c)) if c in digits else "10" for c in text))
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)
