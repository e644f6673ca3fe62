"""One digit a cell: read cell by cell and as a row, and the two compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region
from munibots.japanese.numbers import is_corporate_number, is_my_number
from munibots.japanese.postal import normalise_postal_code
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.decoding import decode_digits, digit_scores
from munibots.reading.ocr.recognizer import LineCrop
from munibots.reading.raw import BLANK, Raw

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter
    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["UnreadComb"]

# Numbers of free length: cells may stay empty before or after them, never between.
_FREE_LENGTH = {FieldType.YEN, FieldType.ACCOUNT}
_CHECKED = {FieldType.MY_NUMBER: is_my_number, FieldType.CORPORATE_NUMBER: is_corporate_number}


class UnreadComb:
    """A field of style ``comb``."""

    def __init__(self, cutter: Cutter, field: Field, region: Region) -> None:
        """Cut each cell that holds ink, and set the digits side by side as a row."""
        import numpy as np

        self._field = field
        cells = region.cells or 1
        cut = cutter.cut(region.box)
        self.crops: tuple[LineCrop, ...] = ()
        self._filled: tuple[bool, ...] = (False,) * cells
        self._ink_share = cut.ink_share
        if cut.blank:
            return
        x, _, w, _ = cut.box_px
        owner = _cell_owner(cut.ink, x, w, cells)
        crops = []
        filled = []
        for cell in range(cells):
            mine = owner == cell
            filled.append(bool(mine.sum() >= 14))
            if filled[-1]:
                near = _near(mine)
                alone = type(cut)(np.where(near, cut.pixels, np.uint8(255)), mine, cut.box_px)
                crops.append(LineCrop(alone.trimmed(), DIGITS))
        self._filled = tuple(filled)
        if crops:
            self.crops = (LineCrop(_row([c.pixels for c in crops]), DIGITS), *crops)

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """Digits where every cell is filled; a text without a value where some are not."""
        import numpy as np

        if not evidence:
            return BLANK
        scores = np.array([digit_scores(e) for e in evidence[1:]])
        # How much of the evidence is a digit at all: a seal or a stroke through the cell is not.
        weak = min(float(e.p[:, 1:].max()) for e in evidence[1:])
        best = scores.argmax(axis=1)
        ordered = np.sort(scores, axis=1)
        by_cell = "".join(DIGITS.symbols[d] for d in best)
        missing = self._filled.count(False)
        row_text = ""
        row_min_p = 0.0
        if len(by_cell) <= len(evidence[0].p):
            row = decode_digits(evidence[0], len(by_cell))
            row_text, row_min_p = row.text, row.min_char_p
        features = {
            "min_char_p": float(np.exp(ordered[:, -1].min())),
            "mean_log_p": float(ordered[:, -1].mean()),
            "margin_second": float((ordered[:, -1] - ordered[:, -2]).min()),
            "weakest_cell_p": weak,
            "row_min_p": row_min_p,
            "agreement": float(by_cell == row_text),
            "n_chars": float(len(by_cell)),
            "ink_ratio": self._ink_share,
        }
        text = "".join(by_cell[sum(self._filled[:i])] if full else "　" for i, full in enumerate(self._filled))
        if self._field.type in _FREE_LENGTH and "　" not in text.strip("　"):
            text, missing = by_cell, 0
        if missing:
            return Raw(text, None, features, (f"{missing} 桁が空いています。",))
        digits, others = by_cell, [row_text] if row_text and row_text != by_cell else []
        valid = _CHECKED.get(self._field.type)
        if valid is not None:
            # The check digit may choose between two readings, but never make a third.
            if not valid(digits) and others and valid(others[0]):
                digits, others = others[0], [digits]
            features["check_digit_ok"] = float(valid(digits))
        value = normalise_postal_code(digits) if self._field.type is FieldType.POSTAL_CODE else digits
        reasons = () if not others else ("ますごとの読みと列の読みが違います。",)
        return Raw(
            value if self._field.type is FieldType.POSTAL_CODE else digits, value, features, reasons, tuple(others)
        )


def _cell_owner(ink: NDArray[bool_], x: int, w: int, cells: int) -> NDArray[int64]:
    """For each inked pixel the cell it belongs to, else -1. A digit that leans over a line stays one mark."""
    import cv2
    import numpy as np

    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    cell_px = w / cells
    owner = np.full(count, -1, np.int64)
    owner[1:] = np.clip((centres[1:, 0] - x) // cell_px, 0, cells - 1).astype(np.int64)
    result = np.asarray(owner[labels])
    # Marks as wide as two cells are digits that touch: divided at the lines.
    columns = np.clip((np.arange(ink.shape[1]) - x) // cell_px, 0, cells - 1).astype(np.int64)
    for mark in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] > 1.25 * cell_px):
        if mark:
            part = labels == mark
            result[part] = np.broadcast_to(columns, ink.shape)[part]
    return result


def _row(cells: Sequence[NDArray[uint8]]) -> NDArray[uint8]:
    """The digits side by side, closer than on paper: half the width to read, and neighbours to compare with."""
    import cv2
    import numpy as np

    height = max(c.shape[0] for c in cells)
    pieces = []
    for cell in cells:
        above = (height - cell.shape[0]) // 2
        below = height - cell.shape[0] - above
        pieces.append(cv2.copyMakeBorder(cell, above, below, 3, 3, cv2.BORDER_CONSTANT, value=(255,)))
    return np.asarray(np.hstack(pieces), np.uint8)


def _near(mask: NDArray[bool_]) -> NDArray[bool_]:
    import cv2
    import numpy as np

    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)
