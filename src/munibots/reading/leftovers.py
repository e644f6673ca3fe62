"""Writing that no field has taken: over the edge of a box, too pale to be read, or anywhere else on the sheet.

A field that says "blank" is believed, so ink must never vanish on its way. What is neither printed, nor dust, nor taken by a
field, is looked for on the whole page at half its resolution, and far paler than the reading wants ink to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.registration import PICTURE_DPI

if TYPE_CHECKING:
    from numpy import bool_, int32, uint8
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter, Taken

__all__ = ["Leftovers"]

_DPI = PICTURE_DPI / 2
_PX_MM = _DPI / 25.4
# Depth of a stroke below the paper around it, in parts of the contrast of print, after blurring: the palest that is seen at
# all, and what counts anywhere on the page. Print that shows through from the back of the sheet lies below the second.
_PALE_SHARE, _DARK_SHARE = 0.06, 0.16
_LEAST_PALE, _NOISE = 12.0, 6.0
_WIDEST_STROKE_PX = 11  # wider than that is a shadow or a shaded cell
_BLACK = 140
_STROKE_PX = round(1.25 * _PX_MM)  # dust is shorter
_EDGE_PX = round(4.0 * _PX_MM)  # shadows of the paper's own edge begin here
_JOIN_PX = round(3.0 * _PX_MM)
_OVER_PX = round(2.2 * _PX_MM)  # a little farther than a field looks for its ink
# No stroke of a pen runs along three quarters of the page.
_HALO_PX = 7  # the blurred edge of print reaches so far
_STRIPS, _STREAK_STRIPS, _STREAK_SHARE = 16, 12, 0.35
_HOLE_PX = (round(4.0 * _PX_MM), round(8.5 * _PX_MM))


class Leftovers:
    """What is left on a page when the fields have taken their ink.

    Args:
        cutter: The page.
        taken: What the fields that are not blank have taken.
    """

    def __init__(self, cutter: Cutter, taken: Sequence[Taken]) -> None:
        """Find the strokes that are left."""
        import cv2
        import numpy as np

        soft = np.asarray(cv2.GaussianBlur(_half(cutter.soft), (0, 0), 0.8), np.uint8)
        kernel = np.ones((_WIDEST_STROKE_PX, _WIDEST_STROKE_PX), np.uint8)
        closed = np.asarray(cv2.morphologyEx(soft, cv2.MORPH_CLOSE, kernel), np.uint8)
        # What is black and wider than a stroke, such as a word that was blotted out, has no depth but its blackness.
        depth = np.maximum(cv2.subtract(closed, soft), np.where(closed < _BLACK, 255 - closed, 0).astype(np.uint8))
        printed = (_half(cutter.around_print.view(np.uint8)) > 0).view(np.uint8)
        sample = depth[::5, ::5][printed[::5, ::5] == 0].astype(np.float32)
        middle = float(np.median(sample)) if sample.size else 0.0
        spread = float(np.median(np.abs(sample - middle))) * 1.4826 if sample.size else 0.0
        contrast = 255 - cutter.ink_level
        pale = max(_LEAST_PALE, _PALE_SHARE * contrast, middle + _NOISE * spread)
        ink = ((depth > pale) & (printed == 0)).view(np.uint8)
        _without_streaks(ink, (depth > pale / 2).view(np.uint8), printed)
        _without_taken(ink, taken)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        ys, xs = np.nonzero(ink)
        piece = labels[ys, xs]
        edge = cv2.dilate(printed, np.ones((3, 3), np.uint8))[ys, xs] > 0
        extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
        # Neither dust nor the blurred edge of the print.
        stroke = (extent >= _STROKE_PX) & (np.bincount(piece[edge], minlength=count) < 0.6 * stats[:, cv2.CC_STAT_AREA])
        dark = depth[ys, xs] > max(pale, _DARK_SHARE * contrast)
        # A stroke is dark if a good part of it is: its rim never is.
        much = np.bincount(piece[dark], minlength=count) >= 0.25 * stats[:, cv2.CC_STAT_AREA]
        height, width = ink.shape
        left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
        right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
        e = _EDGE_PX
        inner = (left >= e) & (top >= e) & (right <= width - e) & (bottom <= height - e)
        kept = stroke[piece]
        self._shape = ink.shape
        self._y, self._x = ys[kept], xs[kept]
        self._counts = (stroke & much & inner & ~_holes(stats))[piece[kept]]

    def of(self, box: BoxMm) -> float:
        """Ink in a box and two millimetres around it, however pale, in mm²."""
        x, y, w, h = box.to_px(_DPI)
        o = _OVER_PX
        near = (self._x >= x - o) & (self._x < x + w + o) & (self._y >= y - o) & (self._y < y + h + o)
        return float(near.sum()) / _PX_MM**2

    def elsewhere(self, spared: Sequence[BoxMm] = ()) -> tuple[tuple[float, BoxMm], ...]:
        """Ink that is as dark as writing, place by place, the most first: how much in mm², and where.

        Args:
            spared: Boxes that do not count, for they are the office's own.
        """
        return tuple(sorted(self._places(spared), reverse=True))

    def _places(self, spared: Sequence[BoxMm]) -> Iterator[tuple[float, BoxMm]]:
        import cv2
        import numpy as np

        counts = self._counts.copy()
        for box in spared:
            x, y, w, h = box.to_px(_DPI)
            counts &= (self._x < x) | (self._x >= x + w) | (self._y < y) | (self._y >= y + h)
        if not counts.any():
            return
        ys, xs = self._y[counts], self._x[counts]
        ink = np.zeros(self._shape, np.uint8)
        ink[ys, xs] = 1
        near = cv2.dilate(ink, np.ones((2 * _JOIN_PX + 1, 2 * _JOIN_PX + 1), np.uint8))
        count, labels = cv2.connectedComponents(near, connectivity=8)
        place = labels[ys, xs]
        for n in range(1, count):
            mine = place == n
            x0, y0, x1, y1 = xs[mine].min(), ys[mine].min(), xs[mine].max() + 1, ys[mine].max() + 1
            yield (
                float(mine.sum()) / _PX_MM**2,
                BoxMm(*(round(float(v) / _PX_MM, 1) for v in (x0, y0, x1 - x0, y1 - y0))),
            )


def _half(picture: NDArray[uint8]) -> NDArray[uint8]:
    import cv2
    import numpy as np

    size = picture.shape[1] // 2, picture.shape[0] // 2
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _without_taken(ink: NDArray[uint8], taken: Sequence[Taken]) -> None:
    """Take away what fields have taken, and its rims."""
    import cv2
    import numpy as np

    for t in taken:
        ys, xs = np.nonzero(t.ink)
        if not len(ys):
            continue
        y, x = t.y // 2, t.x // 2
        mine = np.zeros((t.ink.shape[0] // 2 + 6, t.ink.shape[1] // 2 + 6), np.uint8)
        mine[(ys + t.y) // 2 - y + 2, (xs + t.x) // 2 - x + 2] = 1
        mine = np.asarray(cv2.dilate(mine, np.ones((5, 5), np.uint8)), np.uint8)
        y0, x0 = max(0, y - 2), max(0, x - 2)
        below = ink[y0 : y - 2 + mine.shape[0], x0 : x - 2 + mine.shape[1]]
        below[mine[y0 - y + 2 :, x0 - x + 2 :][: below.shape[0], : below.shape[1]] > 0] = 0


def _without_streaks(ink: NDArray[uint8], faint: NDArray[uint8], printed: NDArray[uint8]) -> None:
    """Take away pale lines that run through the whole page: dust on the glass, and folds.

    Args:
        ink: What is changed.
        faint: Where it is only half as dark as ink must be.
        printed: Where nothing can be seen.
    """
    import cv2
    import numpy as np

    for axis, kernel in ((0, (1, 3)), (1, (3, 1))):
        # What the print's blurred edge leaves is the same along the whole line: only lines that stand free count.
        unprinted = (cv2.dilate(printed, np.ones((_HALO_PX, _HALO_PX), np.uint8)) == 0).astype(np.uint8)
        wide = np.bitwise_and(cv2.dilate(faint, np.ones(kernel, np.uint8)), unprinted).astype(np.uint8)
        found = np.zeros(ink.shape[1 - axis], np.int32)
        for there, free in zip(
            np.array_split(wide, _STRIPS, axis), np.array_split(unprinted, _STRIPS, axis), strict=True
        ):
            room = _sums(free, axis)
            found += (_sums(there, axis) > _STREAK_SHARE * room) & (room > 0.2 * free.shape[axis])
        for at in np.flatnonzero(found >= _STREAK_STRIPS):
            line = slice(max(0, int(at) - 2), int(at) + 3)
            if axis == 0:
                ink[:, line] = 0
            else:
                ink[line, :] = 0


def _sums(mask: NDArray[uint8], axis: int) -> NDArray[int32]:
    import cv2
    import numpy as np

    return np.asarray(cv2.reduce(np.ascontiguousarray(mask), axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel(), np.int32)


def _holes(stats: NDArray[int32]) -> NDArray[bool_]:
    """Punched holes: round, full, and of their size."""
    import cv2
    import numpy as np

    w, h, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    least, most = _HOLE_PX
    sized = (w >= least) & (w <= most) & (h >= least) & (h <= most)
    return np.asarray(sized & (np.abs(w - h) <= 0.25 * np.maximum(w, h)) & (area > 0.6 * w * h))
