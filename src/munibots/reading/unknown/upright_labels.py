"""Labels printed upright, one letter below another, in narrow cells: no detector of lines finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.labels_on_page import Piece

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

    from munibots.reading.ocr.engine import OcrEngine

__all__ = ["with_upright_labels"]

_WIDEST_MM, _SLENDER = 12.0, 1.2
_LETTERS = (2, 10)
_GAP_PX, _PAD_PX = 2, 4


def with_upright_labels(paper: Paper, cells: Cells, pieces: Sequence[Piece], engine: OcrEngine) -> list[Piece]:
    """The pieces of a page, with the text of narrow tall cells put together; its letters are set side by side to be read."""
    import numpy as np

    ink = paper.ink()
    found: list[BoxMm] = []
    crops: list[NDArray[uint8]] = []
    for cell in cells.small():
        if cell.w_mm > _WIDEST_MM or cell.h_mm < _SLENDER * cell.w_mm:
            continue
        # A detector sees single letters of such a cell at most.
        if any(_in(p.box, cell) and len(p.text) > 2 and p.box.w_mm > p.box.h_mm for p in pieces):
            continue
        x0, y0 = round(cell.x_mm * PX_MM), round(cell.y_mm * PX_MM)
        x1, y1 = round((cell.x_mm + cell.w_mm) * PX_MM), round((cell.y_mm + cell.h_mm) * PX_MM)
        letters = _letters(ink[y0:y1, x0:x1])
        if not _LETTERS[0] <= len(letters) <= _LETTERS[1]:
            continue
        part = paper.picture[y0:y1, x0:x1]
        height = max(b - a for a, b, _, _ in letters)
        row = []
        for top, bottom, left, right in letters:
            letter = np.full((height + 2 * _PAD_PX, right - left + 2 * _PAD_PX), 255, np.uint8)
            letter[_PAD_PX : _PAD_PX + bottom - top, _PAD_PX : _PAD_PX + right - left] = part[top:bottom, left:right]
            row.append(letter)
        crops.append(np.asarray(np.hstack(row), np.uint8))
        left, right = min(lt[2] for lt in letters), max(lt[3] for lt in letters)
        top, bottom = letters[0][0], letters[-1][1]
        found.append(BoxMm((x0 + left) / PX_MM, (y0 + top) / PX_MM, (right - left) / PX_MM, (bottom - top) / PX_MM))
    texts = engine.lines(crops) if crops else []
    read = [Piece(text, box) for box, (text, _) in zip(found, texts, strict=True) if len(text) >= _LETTERS[0]]
    return [*(p for p in pieces if not any(_in(p.box, whole.box) for whole in read)), *read]


def _letters(ink: NDArray[bool_]) -> list[tuple[int, int, int, int]]:
    """Top, bottom, left, right of each letter: rows of ink, joined until they are about as high as wide."""
    import numpy as np

    columns = np.flatnonzero(ink.any(axis=0))
    if columns.size == 0:
        return []
    left, right = int(columns[0]), int(columns[-1]) + 1
    width = right - left
    rows = np.flatnonzero(ink.any(axis=1))
    breaks = np.flatnonzero(np.diff(rows) > _GAP_PX)
    starts = [int(rows[0]), *(int(rows[i + 1]) for i in breaks)]
    ends = [*(int(rows[i]) + 1 for i in breaks), int(rows[-1]) + 1]
    found: list[list[int]] = []
    for start, end in zip(starts, ends, strict=True):
        # The strokes of 三 and 言 lie apart, but together they are no higher than the letter is wide.
        if found and end - found[-1][0] <= 1.1 * width:
            found[-1][1] = end
        else:
            found.append([start, end])
    return [(a, b, left, right) for a, b in found if b - a >= 0.2 * width]


def _in(inner: BoxMm, outer: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm
