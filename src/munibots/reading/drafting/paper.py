"""What is printed on a page: ruling lines and ink, on white, grey or shaded paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.features import PICTURE_DPI

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

__all__ = ["PX_MM", "Paper"]

PX_MM = PICTURE_DPI / 25.4
"""Pixels of a page's picture in a millimetre."""

_BACKGROUND_PX = 25  # a stroke of print is thinner
_FAINT, _DARK = 22, 50  # contrast of the palest ruling line, and of print
_BREAK_PX, _LONGEST_GAP_PX = 3, 9  # in a ruling that a scan has damaged, and between dashes
_DASH_PX, _BESIDE_PX = 5, 7
_ALONG_MM, _MARGIN_MM = 1.0, 5.0
_TILT_PX, _STREAK_PX = 30, 3
_WHOLE = 0.7  # from this share of a height only whole lines count, no ticks
_RULING_MM = 8.0  # strokes of letters are shorter


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A page at 200 dpi with its lines and its ink told apart.

    Attributes:
        picture: Grey, shape (height, width).
        contrast: By how much each pixel is darker than the paper around it, 0 to 255.
        across: Pixels of horizontal ruling lines.
        down: Pixels of vertical ruling lines.
    """

    picture: NDArray[uint8]
    contrast: NDArray[uint8]
    across: NDArray[bool_]
    down: NDArray[bool_]

    @classmethod
    def of(cls, picture: NDArray[uint8]) -> Paper:
        """Take a page apart.

        Args:
            picture: Upright, grey, 200 dpi.
        """
        import cv2
        import numpy as np

        size = np.ones((_BACKGROUND_PX, _BACKGROUND_PX), np.uint8)
        contrast = cv2.subtract(cv2.morphologyEx(picture, cv2.MORPH_CLOSE, size), picture)
        faint = (contrast > _FAINT).astype(np.uint8)
        length = round(_RULING_MM * PX_MM)
        return cls(
            picture=picture,
            contrast=np.asarray(contrast, np.uint8),
            across=_lines(faint, length, across=True),
            down=_lines(faint, length, across=False),
        )

    @property
    def ruled(self) -> NDArray[bool_]:
        """Pixels of ruling lines with their blurred edges."""
        import cv2
        import numpy as np

        lines = (self.across | self.down).astype(np.uint8)
        return np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0)

    def ink(self) -> NDArray[bool_]:
        """What is printed or written without the ruling lines."""
        import numpy as np

        return np.asarray((self.contrast > _DARK) & ~self.ruled)

    def verticals_in(self, box: BoxMm, *, share: float = 0.45) -> list[float]:
        """Where vertical lines cross a box, in mm from the page's left edge; short ticks of a comb count too.

        A line is there if this share of the box's height is inked in a column, or a quarter of it at the foot of the box.
        """
        import cv2
        import numpy as np

        x, y, w, h = box.to_px(PICTURE_DPI)
        margin = round(1.2 * PX_MM)
        x0 = max(0, x - margin)
        part = self.contrast[max(0, y) : y + h, x0 : x + w + margin] > _FAINT
        if not part.size:
            return []
        gap = _LONGEST_GAP_PX if share < _WHOLE else _BREAK_PX
        closed = cv2.morphologyEx(part.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
        tall = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((max(8, round(share * h)), 1), np.uint8))
        foot = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((max(6, round(0.22 * h)), 1), np.uint8))[
            -max(6, h // 3) :
        ]
        ticks = foot.sum(axis=0) >= 0.2 * h if share < _WHOLE else np.zeros(part.shape[1], np.bool_)
        columns = np.flatnonzero(tall.any(axis=0) | ticks)
        found: list[list[int]] = []
        for column in columns.tolist():
            if found and column - found[-1][-1] <= 3:
                found[-1].append(column)
            else:
                found.append([column])
        return [(x0 + (run[0] + run[-1]) / 2) / PX_MM for run in found]

    def ruled_along(self, box: BoxMm) -> bool:
        """Whether a ruling line runs along the top or the bottom of a box."""
        x, y, w, h = box.to_px(PICTURE_DPI)
        near = round(_ALONG_MM * PX_MM)
        for edge in (y, y + h):
            band = self.across[max(0, edge - near) : edge + near + 1, max(0, x) : x + w]
            if band.size and float(band.any(axis=0).mean()) > _WHOLE:
                return True
        return False

    def vertical_at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """How far a vertical line reaches up and down from a point on it: top and bottom in mm."""
        import numpy as np

        x, y = round(x_mm * PX_MM), round(y_mm * PX_MM)
        column = np.asarray((self.contrast[:, max(0, x - 2) : x + 3] > _FAINT).any(axis=1))
        top = bottom = y
        while top > 0 and column[max(0, top - _BREAK_PX) : top].any():
            top -= 1
        while bottom < len(column) - 1 and column[bottom : bottom + _BREAK_PX].any():
            bottom += 1
        return top / PX_MM, bottom / PX_MM


def _lines(ink: NDArray[uint8], length: int, *, across: bool) -> NDArray[bool_]:
    import cv2
    import numpy as np

    def bar(n: int) -> NDArray[uint8]:
        return np.ones((1, n) if across else (n, 1), np.uint8)

    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bar(_BREAK_PX))
    solid = cv2.morphologyEx(whole, cv2.MORPH_OPEN, bar(length))
    # A line of print that a low resolution has run together is thicker than any ruling.
    thick = np.ones((11, 1) if across else (1, 11), np.uint8)
    solid[cv2.morphologyEx(solid, cv2.MORPH_OPEN, thick) > 0] = 0
    joined = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bar(_LONGEST_GAP_PX)), cv2.MORPH_OPEN, bar(length))
    joined[cv2.dilate(solid, np.ones((5, 5), np.uint8)) > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for i in range(1, count):
        x, y, w, h = (int(n) for n in stats[i, :4])
        # Strokes of letters join like dashes, but they have other strokes close beside them.
        m = _BESIDE_PX
        outer = ink[max(0, y - m) : y + h + m, x : x + w] if across else ink[y : y + h, max(0, x - m) : x + w + m]
        own = ink[y : y + h, x : x + w]
        thin = (h if across else w) <= _DASH_PX
        if thin and int(outer.sum()) - int(own.sum()) < 0.04 * (outer.size - own.size):
            solid[labels == i] = 1
    _wipe_streaks(ink if not across else ink.T, np.asarray(solid if not across else solid.T, np.uint8))
    return np.asarray(solid > 0)


def _wipe_streaks(ink: NDArray[uint8], lines: NDArray[uint8]) -> None:
    """Take out lines that run over both margins of the page: no ruling does, but the streak of a dirty scanner."""
    import cv2
    import numpy as np

    band = round(_MARGIN_MM * PX_MM)
    wide = cv2.dilate(np.ascontiguousarray(ink), np.ones((1, 3), np.uint8))
    first, last = (np.flatnonzero(part.mean(axis=0) > _WHOLE) for part in (wide[:band], wide[-band:]))
    height = ink.shape[0]
    rows = np.arange(height)
    for x0 in first.tolist():
        for x1 in last[np.abs(last - x0) < _TILT_PX].tolist():
            xs = np.rint(x0 + (x1 - x0) * rows / height).astype(np.int64)
            for off in range(-_STREAK_PX, _STREAK_PX + 1):
                lines[rows, np.clip(xs + off, 0, ink.shape[1] - 1)] = 0
