"""Cells of ruled tables: the space around a point up to the next ruling line in each direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import PX_MM, Paper

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

__all__ = ["Cells"]

_BROKEN_PX = 15  # of a line that a scan has damaged
_SKIP_PX = 2
_STRAY_PX = 250
_SAME_MM = 1.3
_SIDE_SHARE, _END_SHARE = 0.8, 0.93


class Cells:
    """Looks for the cell at a place.

    Args:
        paper: The page.
    """

    def __init__(self, paper: Paper) -> None:
        import cv2
        import numpy as np

        across, down = paper.across.astype(np.uint8), paper.down.astype(np.uint8)
        self._across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, _BROKEN_PX), np.uint8)) > 0
        self._down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((_BROKEN_PX, 1), np.uint8)) > 0
        self._height, self._width = paper.picture.shape
        self._seen: list[BoxMm] = []

    def small(self) -> list[BoxMm]:
        """All closed cells that are narrower than a third of the page, from the top."""
        import cv2
        import numpy as np

        lines = cv2.dilate((self._across | self._down).astype(np.uint8), np.ones((3, 3), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats((lines == 0).astype(np.uint8), connectivity=4)
        found = []
        for x, y, w, h, area in stats[1:count].tolist():
            if 2.5 * PX_MM < w < self._width / 3 and h > 3.0 * PX_MM and area > 0.8 * w * h:
                found.append(BoxMm(x / PX_MM, y / PX_MM, w / PX_MM, h / PX_MM))
        return sorted(found, key=lambda b: (b.y_mm, b.x_mm))

    @property
    def page(self) -> BoxMm:
        """The whole page."""
        return BoxMm(0.0, 0.0, self._width / PX_MM, self._height / PX_MM)

    def around(self, box: BoxMm) -> BoxMm | None:
        """The cell that holds a box; ``None`` where a side of it is not ruled. One cell is always the same box."""
        import numpy as np

        x0, y0 = round(box.x_mm * PX_MM), round(box.y_mm * PX_MM)
        x1, y1 = round((box.x_mm + box.w_mm) * PX_MM), round((box.y_mm + box.h_mm) * PX_MM)
        third_y, third_x = max(1, (y1 - y0) // 3), max(1, (x1 - x0) // 4)
        rows = slice(max(0, y0 + third_y), max(1, y1 - third_y))
        columns = slice(max(0, x0 + third_x), max(1, x1 - third_x))
        # Measured from the middle: the box may touch the ruling.
        middle_x, middle_y = (x0 + x1) // 2, (y0 + y1) // 2
        hit = self._down[rows]
        first_left, first_right = _before(hit, middle_x, axis=1), _after(hit, middle_x, axis=1)
        if first_left is None or first_right is None:
            return None
        ends = _whole_rows(
            self._across[:, first_left + _SKIP_PX : max(first_left + _SKIP_PX + 1, first_right - _SKIP_PX)]
        )
        level = np.asarray(self._across[:, columns].any(axis=1)) & ends
        above, beneath = (
            np.flatnonzero(level[: max(0, middle_y - _SKIP_PX)]),
            np.flatnonzero(level[middle_y + _SKIP_PX :]),
        )
        if not above.size or not beneath.size:
            return None
        top, bottom = int(above[-1]) + 1, middle_y + _SKIP_PX + int(beneath[0])
        # A stroke of a circle or of a letter is no side of a cell: a side runs from its one end to the other.
        sides = _whole_columns(self._down[top + _SKIP_PX : max(top + _SKIP_PX + 1, bottom - _SKIP_PX)])
        near = np.asarray(hit.any(axis=0)) & sides
        left_hits, right_hits = (
            np.flatnonzero(near[: max(0, middle_x - _SKIP_PX)]),
            np.flatnonzero(near[middle_x + _SKIP_PX :]),
        )
        if not left_hits.size or not right_hits.size:
            return None
        left, right = int(left_hits[-1]) + 1, middle_x + _SKIP_PX + int(right_hits[0])
        cell = BoxMm(left / PX_MM, top / PX_MM, (right - left) / PX_MM, (bottom - top) / PX_MM)
        # A line that runs a little askew ends the cell some pixels earlier or later, as one looks higher or lower.
        known = next((c for c in self._seen if all(abs(a - b) < _SAME_MM for a, b in zip(c, cell, strict=True))), None)
        if known is None:
            self._seen.append(cell)
        return known or cell

    def right_of(self, cell: BoxMm, at_y_mm: float) -> BoxMm | None:
        """The neighbouring cell on the right, at the height of ``at_y_mm``."""
        x = cell.x_mm + cell.w_mm
        return self._next_to(cell, BoxMm(x + 1.4, at_y_mm - 0.9, 1.6, 1.8))

    def left_of(self, cell: BoxMm, at_y_mm: float) -> BoxMm | None:
        """The neighbouring cell on the left."""
        return self._next_to(cell, BoxMm(cell.x_mm - 3.0, at_y_mm - 0.9, 1.6, 1.8))

    def below(self, cell: BoxMm) -> BoxMm | None:
        """The neighbouring cell below, under the middle of this one."""
        y, x = cell.y_mm + cell.h_mm, cell.x_mm + cell.w_mm / 2
        return self._next_to(cell, BoxMm(x - 0.9, y + 1.2, 1.8, 1.6))

    def above(self, cell: BoxMm) -> BoxMm | None:
        """The neighbouring cell above."""
        x = cell.x_mm + cell.w_mm / 2
        return self._next_to(cell, BoxMm(x - 0.9, cell.y_mm - 2.8, 1.8, 1.6))

    def _next_to(self, cell: BoxMm, probe: BoxMm) -> BoxMm | None:
        page = self.page
        inside = probe.x_mm >= 0 and probe.y_mm >= 0 and probe.x_mm + probe.w_mm < page.w_mm
        if not inside or probe.y_mm + probe.h_mm >= page.h_mm:
            return None
        return self.around(probe)


def _askew(length: int) -> int:
    """How far a line of this length may stray, in pixels both ways together: a scan is never quite straight."""
    return 5 + 2 * (length // _STRAY_PX)


def _whole_columns(lines: NDArray[bool_]) -> NDArray[bool_]:
    """Columns beside which (two pixels either way, more along a long one) a line runs nearly from top to bottom."""
    import cv2
    import numpy as np

    wide = cv2.dilate(lines.astype(np.uint8), np.ones((1, _askew(lines.shape[0])), np.uint8))
    return np.asarray(wide.mean(axis=0) > _SIDE_SHARE)


def _whole_rows(lines: NDArray[bool_]) -> NDArray[bool_]:
    """Rows beside which a line runs nearly from left to right; the top of a comb inside a cell does not."""
    import cv2
    import numpy as np

    wide = cv2.dilate(lines.astype(np.uint8), np.ones((_askew(lines.shape[1]), 1), np.uint8))
    return np.asarray(wide.mean(axis=1) > _END_SHARE)


def _before(lines: NDArray[bool_], at: int, *, axis: int) -> int | None:
    import numpy as np

    hits = np.flatnonzero(np.asarray(lines.any(axis=1 - axis))[: max(0, at - _SKIP_PX)])
    return int(hits[-1]) + 1 if hits.size else None


def _after(lines: NDArray[bool_], at: int, *, axis: int) -> int | None:
    import numpy as np

    start = at + _SKIP_PX
    hits = np.flatnonzero(np.asarray(lines.any(axis=1 - axis))[start:])
    return start + int(hits[0]) if hits.size else None
