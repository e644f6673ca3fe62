"""One digit a cell: each cell read by the network for digits, the row by the recogniser of lines, and the two compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region
from munibots.japanese.numbers import is_corporate_number, is_my_number
from munibots.japanese.postal import normalise_postal_code
from munibots.reading.digit_rows import digits_text, judge_row, likeliest_valid, side_by_side
from munibots.reading.digits import DigitReader, alone
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.recognizer import LineCrop
from munibots.reading.raw import BLANK, Raw

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter
    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["UnreadComb"]

# Numbers of free length: cells may stay empty before or after them, never between.
_FREE_LENGTH = {FieldType.YEN, FieldType.ACCOUNT}
_LEAST_INK_PX = 14
_CHECKED = {FieldType.MY_NUMBER: is_my_number, FieldType.CORPORATE_NUMBER: is_corporate_number}


class UnreadComb:
    """A field of style ``comb``."""

    def __init__(self, cutter: Cutter, field: Field, region: Region, digits: DigitReader) -> None:
        """Read each cell that holds ink, and set the digits side by side as a row for the recogniser."""
        self._field = field
        cells = region.cells or 1
        cut = cutter.cut(region.box)
        self.crops: tuple[LineCrop, ...] = ()
        self._filled: tuple[bool, ...] = (False,) * cells
        self._ink_share = cut.ink_share
        if cut.blank:
            return
        owner = _cell_owner(cut.ink, _cell_edges(region, cut.box_px[0], cut.box_px[2]))
        marks = [owner == cell for cell in range(cells)]
        self._filled = tuple(bool(mine.sum() >= _LEAST_INK_PX) for mine in marks)
        crops = [alone(cut, mine) for mine, filled in zip(marks, self._filled, strict=True) if filled]
        if crops:
            # The rest of a streak is read as a 1, but it is thinner than any pen's line.
            self._thinnest = min(float(m.sum() / m.any(axis=1).sum()) for m in marks if m.sum() >= _LEAST_INK_PX)
            self._cells = digits.read(crops)
            self.crops = (LineCrop(side_by_side(crops), DIGITS),)

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """Digits where every cell is filled; a text without a value where some are not."""
        if not evidence:
            return BLANK
        row = judge_row(self._cells, evidence[0])
        features = {
            **row.features,
            "n_chars": float(len(self._cells)),
            "ink_ratio": self._ink_share,
            "thinnest_px": self._thinnest,
        }
        digits = row.text
        text = "".join(digits[sum(self._filled[:i])] if full else "　" for i, full in enumerate(self._filled))
        missing = self._filled.count(False)
        if self._field.type in _FREE_LENGTH and "　" not in text.strip("　"):
            text, missing = digits, 0
        if missing:
            return Raw(text, None, features, (f"{missing} 桁が空いています。",))
        others = list(dict.fromkeys(t for t in (digits_text(self._cells), row.row_text) if t != digits))
        others = [t for t in others if len(t) == len(digits)]
        reasons = () if not others else ("ますごとの読みと列の読みが違います。",)
        valid, mended = _CHECKED.get(self._field.type), None
        if valid is not None:
            features["check_digit_ok"] = float(valid(digits))
            mended = None if valid(digits) else likeliest_valid(row.scores, valid)
        if mended is not None:
            others = [digits, *(t for t in others if t != mended)]
            reasons = (*reasons, "検査用数字に合うように読み替えました。")
            return Raw(digits, mended, features, reasons, tuple(others), proposal=True)
        value = normalise_postal_code(digits) if self._field.type is FieldType.POSTAL_CODE else digits
        return Raw(value, value, features, reasons, tuple(others))


def _cell_edges(region: Region, x: int, w: int) -> NDArray[float64]:
    """Where one cell ends and the next begins, in pixels of the cut-out; cells of unequal width are named in ``parts``."""
    import numpy as np

    if not region.parts:
        return np.linspace(x, x + w, (region.cells or 1) + 1)
    boxes = [p.box for p in region.parts]
    middles = [(a.x_mm + a.w_mm + b.x_mm) / 2 for a, b in pairwise(boxes)]
    k = w / region.box.w_mm
    inner = [x + (m - region.box.x_mm) * k for m in middles]
    return np.array([x, *inner, x + w], np.float64)


def _cell_owner(ink: NDArray[bool_], edges: NDArray[float64]) -> NDArray[int64]:
    """For each inked pixel the cell it belongs to, else -1. A digit that leans over a line stays one mark."""
    import cv2
    import numpy as np

    cells = len(edges) - 1
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    owner = np.full(count, -1, np.int64)
    owner[1:] = np.clip(np.searchsorted(edges, centres[1:, 0], side="right") - 1, 0, cells - 1)
    result = np.asarray(owner[labels])
    # Marks as wide as two cells are digits that touch: divided at the lines.
    columns = np.clip(np.searchsorted(edges, np.arange(ink.shape[1]), side="right") - 1, 0, cells - 1)
    widths = np.diff(edges)[np.maximum(owner, 0)]
    for mark in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] > 1.25 * widths):
        if mark:
            part = labels == mark
            result[part] = np.broadcast_to(columns, ink.shape)[part]
    return result
