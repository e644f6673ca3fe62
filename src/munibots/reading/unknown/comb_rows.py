"""Rows of equal little cells on a page, for one digit each: found as white patches that lines enclose.

A digit in a cell leaves the patch around it, and a digit that touches the line only makes the patch smaller; where a cell
is lost, its neighbours tell where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.drafting.words import around

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["CombRow", "comb_rows", "joined_rows"]

_WIDTH_MM, _HEIGHT_MM = (2.4, 12.0), (3.4, 18.0)
_LINE, _BREAK_PX = 30, 5
_FILLED = 0.45
_SAME_MM, _RULE_MM = 0.9, 1.3
_UNEVEN = 0.24
_LEAST = 2
_LOST = 3  # cells that may be missing between two
_GROUP_GAP_MM = 6.0
_LEAST_GAP_PX, _EDGE_PX, _RULED_SHARE = 8, 4, 0.8


@dataclass(frozen=True, slots=True)
class CombRow:
    """A row of cells.

    Attributes:
        cells: From left to right.
    """

    cells: tuple[BoxMm, ...]

    @property
    def box(self) -> BoxMm:
        """Around all cells."""
        return around(self.cells)


def comb_rows(paper: Paper) -> list[CombRow]:
    """All rows of two cells or more, from the top.

    Args:
        paper: The page.
    """
    import cv2
    import numpy as np

    inked = (paper.contrast > _LINE).astype(np.uint8)
    upright = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((_BREAK_PX, 1), np.uint8))
    dark = np.asarray(
        cv2.max(upright, cv2.morphologyEx(upright, cv2.MORPH_CLOSE, np.ones((1, _BREAK_PX), np.uint8))), np.uint8
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats((dark == 0).astype(np.uint8), connectivity=4)
    patches = []
    for x, y, w, h, area in stats[1:count].tolist():
        wide, high = w / PX_MM, h / PX_MM
        fits = _WIDTH_MM[0] < wide < _WIDTH_MM[1] and _HEIGHT_MM[0] < high < _HEIGHT_MM[1]
        if fits and area > _FILLED * w * h and wide < 2.2 * high:
            patches.append(BoxMm(x / PX_MM, y / PX_MM, wide, high))
    rows: list[list[BoxMm]] = []
    for patch in sorted(patches, key=lambda b: b.x_mm):
        row = next((r for r in rows if _follows(r[-1], patch) and _ruled_between(dark, r[-1], patch)), None)
        if row is None:
            rows.append([patch])
        else:
            row.append(patch)
    found = [CombRow(_even(row)) for row in rows if len(row) >= _LEAST]
    return sorted((r for r in found if len(r.cells) >= _LEAST), key=lambda r: (r.box.y_mm, r.box.x_mm))


def joined_rows(rows: Sequence[CombRow], cells: int) -> list[CombRow]:
    """The rows of so many cells, and pairs of rows on one line that have so many together (411-0035)."""
    found = [r for r in rows if len(r.cells) == cells]
    for a in rows:
        for b in rows:
            gap = b.box.x_mm - a.box.x_mm - a.box.w_mm
            if len(a.cells) + len(b.cells) == cells and 0 < gap < _GROUP_GAP_MM and _level(a.cells[0], b.cells[0]):
                found.append(CombRow((*a.cells, *b.cells)))
    return found


def _level(a: BoxMm, b: BoxMm) -> bool:
    return abs(a.y_mm - b.y_mm) < _SAME_MM and abs(a.h_mm - b.h_mm) < _SAME_MM


def _follows(last: BoxMm, patch: BoxMm) -> bool:
    """Whether a patch is the next cell of a row, or one of the next with lost ones between."""
    gap = patch.x_mm - last.x_mm - last.w_mm
    uneven = abs(patch.w_mm - last.w_mm) > _UNEVEN * max(patch.w_mm, last.w_mm) + 0.3
    if not _level(last, patch) or gap < 0 or uneven:
        return False
    pitch = (last.w_mm + patch.w_mm) / 2 + 0.25
    lost = round((gap - 0.25) / pitch)
    return lost <= _LOST and abs(gap - 0.25 - lost * pitch) < (_RULE_MM if lost == 0 else 0.25 * pitch)


def _ruled_between(dark: NDArray[uint8], last: BoxMm, patch: BoxMm) -> bool:
    """Whether the lines above and below a cell go on to the next one: two rows side by side are not one."""
    x0, x1 = round((last.x_mm + last.w_mm) * PX_MM), round(patch.x_mm * PX_MM)
    if x1 - x0 < _LEAST_GAP_PX:
        return True
    for y in (last.y_mm * PX_MM, (last.y_mm + last.h_mm) * PX_MM):
        band = dark[max(0, round(y) - _EDGE_PX) : round(y) + _EDGE_PX + 1, x0:x1]
        if not band.size or float(band.any(axis=0).mean()) < _RULED_SHARE:
            return False
    return True


def _even(row: Sequence[BoxMm]) -> tuple[BoxMm, ...]:
    """The cells with the lost ones put in."""
    cells = [row[0]]
    for cell in row[1:]:
        last = cells[-1]
        step = cell.x_mm - last.x_mm
        pitch = (last.w_mm + cell.w_mm) / 2 + 0.25
        lost = max(0, round(step / pitch) - 1)
        cells.extend(last._replace(x_mm=last.x_mm + step * i / (lost + 1)) for i in range(1, lost + 1))
        cells.append(cell)
    return tuple(cells)
