"""Dates written on a plain line: 令和8年4月1日, R8.4.1, 2026/4/1, around whatever the paper has printed there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from munibots.domain.form import FieldType
from munibots.domain.layout import Region
from munibots.japanese.eras import InvalidEraDateError, parse_date
from munibots.reading.marks import Marking, marking
from munibots.reading.ocr.charsets import charset_of
from munibots.reading.ocr.decoding import Decoded, decode
from munibots.reading.ocr.recognizer import LineCrop
from munibots.reading.raw import BLANK, Raw

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter
    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["UnreadDateLine"]

_WIDER = 1.2


class UnreadDateLine:
    """A date field of style ``line``. Its ``parts`` are eras to be circled, its ``era`` is one that is printed."""

    def __init__(self, cutter: Cutter, region: Region) -> None:
        """Cut the line, once without and once with what is printed in it."""
        self._era = region.era
        self._marking: Marking | None = marking(cutter, region.parts) if region.parts else None
        cut = cutter.cut(region.box)
        self.crops: tuple[LineCrop, ...] = ()
        if cut.blank:
            return
        # A printed 年 stands between the numbers: without it 8 and 11 would become 811.
        whole = cutter.with_print(region.box)
        pixels = cut.trimmed() if whole is None else whole
        charset = charset_of(FieldType.DATE, part="line")
        self.crops = (LineCrop(pixels, charset), LineCrop(_wider(pixels), charset))

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """The ISO date, or no value and the reason."""
        if not evidence:
            return BLANK
        read, again = (decode(e) for e in evidence)
        era = self._era
        if self._marking is not None and len(self._marking.marked) == 1:
            era = self._marking.marked[0]
        text = read.text if era is None or not read.text[:1].isdigit() else era + read.text
        features = _strength(read, again)
        if not text:
            return Raw("□", None, features, ("文字として読めません。",))
        try:
            day = parse_date(text)
        except InvalidEraDateError:
            return Raw(text, None, features, ("日付として読めません。",))
        reasons = () if again.text == read.text else ("二通りに読めます。",)
        return Raw(text, day.isoformat(), features, reasons)


def _strength(read: Decoded, again: Decoded) -> dict[str, float]:
    return {
        "min_char_p": read.min_char_p,
        "mean_log_p": read.mean_log_p,
        "margin_second": read.margin_second,
        "outside_share": read.outside_share,
        "agreement": float(read.text == again.text),
        "again_min_p": again.min_char_p,
        "date_exists": 1.0,
        "date_margin": read.margin_second,
    }


def _wider(pixels: NDArray[uint8]) -> NDArray[uint8]:
    import cv2
    import numpy as np

    size = round(pixels.shape[1] * _WIDER), pixels.shape[0]
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)
