"""Free writing on one line or a few: names, kana, addresses, telephone numbers, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region, RegionStyle
from munibots.japanese.addresses import split_prefecture
from munibots.japanese.kana import kana_doubts, to_hiragana, to_katakana
from munibots.japanese.names import has_variant, may_hide_variant
from munibots.japanese.phones import InvalidPhoneError, normalise_phone
from munibots.japanese.variants import fold_variants
from munibots.japanese.width import digits_only
from munibots.reading.number_lines import NUMBER_LENGTHS, number_on_line
from munibots.reading.ocr.charsets import charset_of
from munibots.reading.ocr.decoding import Decoded, decode
from munibots.reading.ocr.recognizer import LineCrop
from munibots.reading.raw import BLANK, Raw
from munibots.reading.registration import PICTURE_DPI
from munibots.reading.seals import without_seal

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cut, Cutter
    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["Towns", "UnreadLines", "divide_lines"]

Towns = Callable[[], Sequence[str]]
"""Gives the towns (with prefecture) of the postal code beside an address; called when the postal code has been read."""

_LEAST_LINE_PX = round(1.8 * PICTURE_DPI / 25.4)
_BEFORE_SMALL_Y = frozenset("きしちにひみりぎじぢびぴいふでてうゔキシチニヒミリギジヂビピイフデテウヴ")
_AFTER_SMALL_TSU = frozenset(
    "かきくけこさしすせそたちつてとぱぴぷぺぽカキクケコサシスセソタチツテトパピプペポガギグゲゴザジズゼゾダヂヅデドバビブベボハヒフヘホ"
)
# Between the names, and between a town's block and a building.
_SPACED = frozenset({FieldType.NAME, FieldType.KANA, FieldType.ADDRESS})
_DIGIT_CONTEXT = str.maketrans({"ー": "-", "一": "-", "O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"})
_ONE_IN_KATAKANA = re.compile("(?<=[ァ-ヺー])[一-](?=[ァ-ヺー])|(?<=[ァ-ヺー]{2})[一-](?=[ァ-ヺー]|$)")
_SMALL_TSU = re.compile("ッ(?![カ-ドバ-ボパ-ポハ-ホ])")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ー一OoIl〇]+(?=[-0-9])|(?<=[-][0-9])[ー一OoIl〇]+(?=[0-9-])")


class UnreadLines:
    """A field of style ``line`` or ``block``."""

    def __init__(self, cutter: Cutter, field: Field, region: Region, *, towns: Towns | None = None) -> None:
        """Cut the lines."""
        self._field = field
        self._towns = towns
        cut = cutter.cut(region.box)
        self._sealed = False
        if field.type is FieldType.NAME:
            cut, self._sealed = without_seal(cut)
        self._ink_share = cut.ink_share
        # These are compared with a register or seen by a person in any case; all else is looked at twice.
        self._twice = field.type not in (FieldType.NAME, FieldType.KANA, FieldType.TEXT)
        charset = charset_of(field.type, part="line")
        bands = divide_lines(cut.ink) if region.style is RegionStyle.BLOCK else [(0, cut.ink.shape[0])]
        self._gaps: list[tuple[float, ...]] = []
        crops = []
        if not cut.blank:
            for top, bottom in bands:
                line = cut.trimmed(y0=top, y1=bottom)
                crops.append(LineCrop(line, charset))
                if self._twice:
                    crops.append(LineCrop(_looser(line), charset))
                self._gaps.append(_gaps(cut, top, bottom))
        self.crops: tuple[LineCrop, ...] = tuple(crops)

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """The text with its value; a text that cannot be a value has none."""
        if not evidence:
            return BLANK
        read = [decode(e) for e in (evidence[::2] if self._twice else evidence)]
        texts = [
            _with_gap(line, gaps) if self._field.type in _SPACED else line.text
            for line, gaps in zip(read, self._gaps, strict=True)
        ]
        text = ("　" if self._field.type is FieldType.ADDRESS and len(texts) > 1 else "").join(t for t in texts if t)
        features = _features(read, self._ink_share)
        if self._twice:
            again = [decode(e) for e in evidence[1::2]]
            features["agreement"] = float([d.text for d in again] == [d.text for d in read])
            features["again_min_p"] = min(d.min_char_p for d in again)
        if self._field.type is FieldType.NAME:
            features["sealed"] = float(self._sealed)
        if not text:
            # There is ink, but none of the characters the field can hold: never a blank field.
            return Raw("□", None, features, ("文字として読めません。",))
        if self._field.type in NUMBER_LENGTHS:
            return number_on_line(self._field, text, features)
        return _VALUES.get(self._field.type, _plain)(text, features, self._towns)


def _looser(line: NDArray[uint8]) -> NDArray[uint8]:
    """The same line a fifth wider and less tightly cut: strokes fall on other time steps, so errors differ."""
    import cv2
    import numpy as np

    margin = max(2, round(0.12 * line.shape[0]))
    padded = cv2.copyMakeBorder(line, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255,))
    size = round(padded.shape[1] * 1.2), padded.shape[0]
    return np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def divide_lines(ink: NDArray[bool_]) -> list[tuple[int, int]]:
    """Rows from and to of each line of writing in a box, from the top; one line where no clear gap lies between."""
    import numpy as np

    rows = ink.sum(axis=1).astype(np.float64)
    inked = np.flatnonzero(rows)
    if inked.size == 0:
        return []
    top, bottom = int(inked[0]), int(inked[-1]) + 1
    if bottom - top < 2 * _LEAST_LINE_PX:
        return [(top, bottom)]
    smooth = np.convolve(rows, np.ones(3) / 3, mode="same")
    middle = slice(top + _LEAST_LINE_PX, bottom - _LEAST_LINE_PX + 1)
    valley = int(smooth[middle].argmin()) + middle.start
    # Two lines that were written apart: hardly any ink in the valley, compared with both sides.
    upper, lower = smooth[top:valley].mean(), smooth[valley:bottom].mean()
    if smooth[valley] > 0.18 * min(upper, lower):
        return [(top, bottom)]
    return [*divide_lines(_only(ink, top, valley)), *divide_lines(_only(ink, valley, bottom))]


def _only(ink: NDArray[bool_], top: int, bottom: int) -> NDArray[bool_]:
    import numpy as np

    part = np.zeros_like(ink)
    part[top:bottom] = ink[top:bottom]
    return part


def _gaps(cut: Cut, top: int, bottom: int) -> tuple[float, ...]:
    """Middles of the one wide gap of a line in pixels of its trimmed crop; empty where no gap stands out."""
    import numpy as np

    part = cut.ink[top:bottom]
    columns = np.flatnonzero(part.any(axis=0))
    rows = np.flatnonzero(part.any(axis=1))
    if columns.size < 2:
        return ()
    height = int(rows[-1] - rows[0]) + 1
    steps = np.diff(columns)
    widest = int(steps.argmax())
    others = np.delete(steps, widest)
    second = int(others.max()) if others.size else 1
    if steps[widest] < 0.38 * height or steps[widest] < 1.6 * second:
        return ()
    pad = (cut.trimmed(y0=top, y1=bottom).shape[1] - int(columns[-1] - columns[0] + 1)) / 2
    return (float(columns[widest] + columns[widest + 1]) / 2 - float(columns[0]) + pad,)


def _with_gap(line: Decoded, gaps: Sequence[float]) -> str:
    if not gaps:
        return line.text
    chars = list(line.text)
    for i, (left, right) in enumerate(pairwise(line.char_x_px)):
        if left < gaps[0] <= right:
            return "".join(chars[: i + 1]) + "　" + "".join(chars[i + 1 :])
    return line.text


def _features(read: Sequence[Decoded], ink_share: float) -> dict[str, float]:
    return {
        "min_char_p": min(d.min_char_p for d in read),
        "mean_log_p": sum(d.mean_log_p for d in read) / len(read),
        "margin_second": min(d.margin_second for d in read),
        "margin_unconstrained": max(d.margin_unconstrained for d in read),
        "insertion_p": max(d.insertion_p for d in read),
        "outside_share": max(d.outside_share for d in read),
        "n_chars": float(sum(len(d.text) for d in read)),
        "ink_ratio": ink_share,
    }


def _plain(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    return Raw(text, text, features)


def _name(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    features |= {
        "has_variant": float(has_variant(text)),
        "may_hide_variant": float(may_hide_variant(text)),
        "has_gap": float("　" in text),
    }
    return Raw(text, text, features)


def _kana(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    text = _possible_small(_one_script(text))
    doubts = kana_doubts(text)
    features |= {"doubts": float(len(doubts)), "has_gap": float("　" in text)}
    return Raw(text, text, features, doubts)


def _one_script(text: str) -> str:
    """Hiragana or katakana throughout, as most of it is: へ and ヘ cannot be told apart by their look."""
    hiragana = sum("ぁ" <= c <= "ゖ" and c not in "へべぺり" for c in text)
    katakana = sum("ァ" <= c <= "ヶ" and c not in "ヘベペリ" for c in text)
    return to_hiragana(text) if hiragana >= katakana else to_katakana(text)


def _possible_small(text: str) -> str:
    """Raise small kana that Japanese cannot have where they stand: ゃゅょ follow the い column, っ stands before か, さ, た and ぱ."""
    chars = list(text)
    for i, c in enumerate(chars):
        before = chars[i - 1] if i else "　"
        after = chars[i + 1] if i + 1 < len(chars) else "　"
        if (c in "ゃゅょャュョ" and before not in _BEFORE_SMALL_Y) or (
            c in "っッ" and (before == "　" or after not in _AFTER_SMALL_TSU)
        ):
            chars[i] = chr(ord(c) + 1)  # each small letter stands just before its large one
    return "".join(chars)


def _phone(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    features["n_digits"] = float(len(digits_only(text)))
    try:
        value = normalise_phone(text)
    except InvalidPhoneError:
        return Raw(text, None, features, ("電話番号として桁数が合いません。",))
    return Raw(text, value, features)


def _yen(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    digits = digits_only(text)
    return Raw(text, digits or None, features, () if digits else ("金額として読めません。",))


def _address(text: str, features: dict[str, float], towns: Towns | None) -> Raw:
    text = _ONE_IN_KATAKANA.sub("ー", text)
    text = _SMALL_TSU.sub("ツ", text)
    text = _BETWEEN_DIGITS.sub(lambda m: m[0].translate(_DIGIT_CONTEXT), text)
    known = tuple(towns()) if towns is not None else ()
    spelt = _as_spelt(text, known)
    features["lexicon_known"] = float(bool(known))
    features["lexicon_match"] = float(spelt is not None)
    # The paper's spelling stays in the text: a town is 恵 or 惠 by law, whatever somebody writes.
    return Raw(text, spelt or text, features, candidates=() if spelt is not None else _nearest(text, known))


def _as_spelt(text: str, towns: Sequence[str]) -> str | None:
    """The address with its town as the list spells it, where it begins with one of these towns; the longest counts."""
    prefecture, rest = split_prefecture(text)
    names = [split_prefecture(town)[1] for town in towns]
    fitting = [n for n in names if len(n) <= len(rest) and all(map(_same_letter, n, rest))]
    if not fitting:
        return None
    name = max(fitting, key=len)
    return prefecture + name + rest[len(name) :]


def _same_letter(a: str, b: str) -> bool:
    return a == b or fold_variants(a) == fold_variants(b) or (a in "ヶケがガ" and b in "ヶケがガ")


def _nearest(text: str, towns: Sequence[str]) -> tuple[str, ...]:
    """The address with its town replaced by one that differs in at most two characters of the same length."""
    prefecture, rest = split_prefecture(text)
    found = []
    for town in towns:
        name = split_prefecture(town)[1]
        wrong = sum(a != b for a, b in zip(name, rest[: len(name)], strict=False))
        if len(rest) >= len(name) and wrong <= min(2, len(name) // 3):
            found.append((wrong, prefecture + name + rest[len(name) :]))
    return tuple(address for _, address in sorted(found)[:2])


_VALUES: dict[FieldType, Callable[[str, dict[str, float], Towns | None], Raw]] = {
    FieldType.NAME: _name,
    FieldType.KANA: _kana,
    FieldType.PHONE: _phone,
    FieldType.YEN: _yen,
    FieldType.ADDRESS: _address,
}
