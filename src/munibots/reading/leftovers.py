"""Writing that no field has taken: over the edge of a box, too pale to be read, or anywhere else on the sheet.

A field that says "blank" is believed, so ink must never vanish on its way. What is neither printed, nor dust, nor taken by a
field, is looked for on the whole page at half its resolution, and far paler than the reading wants ink to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.registration import PICTURE_DPI
from munibots.reading.streaks import streaks

if TYPE_CHECKING:
    from numpy import bool_, int32, intp, uint8
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
_HALO_PX = 7  # the blurred edge of print reaches so far
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
        _without_taken(ink, taken)
        edge = np.asarray(cv2.dilate(printed, np.ones((3, 3), np.uint8)), np.uint8)
        ys, xs, piece, stroke, stats = _strokes(ink, edge)
        if stroke.any():
            # A streak that is half as dark as ink is ink wherever the noise adds to it. Near print all is blurred.
            near_print = cv2.dilate(printed, np.ones((_HALO_PX, _HALO_PX), np.uint8)) > 0
            ink[streaks(depth > pale / 2, near_print, half_width_px=2, under_print=True) > 0] = 0
            ys, xs, piece, stroke, stats = _strokes(ink, edge)
        dark = depth[ys, xs] > max(pale, _DARK_SHARE * contrast)
        # A stroke is dark if a good part of it is: its rim never is.
        much = np.bincount(piece[dark], minlength=len(stats)) >= 0.25 * stats[:, cv2.CC_STAT_AREA]
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

    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    # Exactly by two OpenCV is four times as fast.
    even = picture[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _strokes(
    ink: NDArray[uint8], edge: NDArray[uint8]
) -> tuple[NDArray[intp], NDArray[intp], NDArray[int32], NDArray[bool_], NDArray[int32]]:
    """Every inked pixel (y, x), the number of its piece, and of each piece whether it is a stroke, and its measures."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    ys, xs = np.nonzero(ink)
    piece = labels[ys, xs]
    hugging = np.bincount(piece[edge[ys, xs] > 0], minlength=count)
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    # Neither dust nor the blurred edge of the print.
    stroke = (extent >= _STROKE_PX) & (hugging < 0.6 * stats[:, cv2.CC_STAT_AREA])
    stroke[0] = False
    return ys, xs, np.asarray(piece, np.int32), stroke, np.asarray(stats, np.int32)


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


def _holes(stats: NDArray[int32]) -> NDArray[bool_]:
    """Punched holes: round, full, and of their size."""
    import cv2
    import numpy as np

    w, h, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    least, most = _HOLE_PX
    sized = (w >= least) & (w <= most) & (h >= least) & (h <= most)
    return np.asarray(sized & (np.abs(w - h) <= 0.25 * np.maximum(w, h)) & (area > 0.6 * w * h))
