"""Cutting a field out of a registered page: what was printed is taken away, what was written is kept.

The blank says where ink is printed. Around a field it is laid over the scan once more, to the pixel, because paper is never
quite flat. Then printed ink is painted over from its surroundings, so that a stroke that crosses a line stays whole, and
only marks whose centre lies in the field's own box are kept: neighbours that reach in are not the field's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.layout import BoxMm
from munibots.reading.registration import PICTURE_DPI
from munibots.reading.streaks import without_streaks

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

__all__ = ["Cut", "Cutter", "Taken"]

_PX_MM = PICTURE_DPI / 25.4
_GROW_PX = round(1.6 * _PX_MM)  # how far writing may leave its box
_CONTEXT_PX = round(3.0 * _PX_MM)  # printed surroundings that the local alignment sees
_SHIFT_PX = 3
_PRINTED_BELOW = 215  # grey of the blank; label cells are shaded lighter than that
# Boxes printed grey all over: wider than any stroke, and darker than the light shade that reads as paper.
_FILL_PX, _FILL_BELOW, _DARKEST_FILL = 33, 219, 110
_OUTLINE_MM = 0.7
_INK_SHARE = 0.2  # of the contrast of print: a pencil's line is that faint
_DARKEST_THRESHOLD, _LIGHTEST_THRESHOLD = 140.0, 215.0
_SPECK_PX = 5
_STROKE_PX = round(0.9 * _PX_MM)  # nothing that is written is shorter in both directions
_STROKE_AREA = 14
_DOT_PX = round(1.4 * _PX_MM)  # dots of voiced kana and of 心 lie closer to their character
_PAD_PX = 3
_LEAST_HEIGHT_PX, _LEAST_WIDTH_PX = 22, 14


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The writing in one box.

    Attributes:
        pixels: Grey, white paper, only what was written, shape (height, width): the box grown by 1.6 mm.
        ink: Where it was written, same shape.
        box_px: The box itself within ``pixels``: ``(x, y, w, h)``.
    """

    pixels: NDArray[uint8]
    ink: NDArray[bool_]
    box_px: tuple[int, int, int, int]

    @property
    def blank(self) -> bool:
        """Nothing was written."""
        return not bool(self.ink.any())

    @property
    def ink_share(self) -> float:
        """Inked share of the box, 0–1."""
        return float(self.ink.sum()) / max(1, self.box_px[2] * self.box_px[3])

    def trimmed(self, y0: int = 0, y1: int | None = None) -> NDArray[uint8]:
        """The writing between these rows, cut tightly to its ink and padded by 3 px.

        Raises:
            ValueError: There is no ink there.
        """
        import cv2
        import numpy as np

        part = self.ink[y0:y1]
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if rows.size == 0:
            raise ValueError("no ink to trim to")
        top, bottom = y0 + int(rows[0]), y0 + int(rows[-1]) + 1
        left, right = int(columns[0]), int(columns[-1]) + 1
        # A hyphen or a 1 alone, blown up to the height of a line, would be taken for something else.
        more_y = max(_PAD_PX, (_LEAST_HEIGHT_PX - (bottom - top) + 1) // 2)
        more_x = max(_PAD_PX, (_LEAST_WIDTH_PX - (right - left) + 1) // 2)
        line = self.pixels[top:bottom, left:right]
        padded = cv2.copyMakeBorder(line, more_y, more_y, more_x, more_x, cv2.BORDER_CONSTANT, value=(255,))
        return np.asarray(padded, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What one cut took from the page.

    Attributes:
        x: Left edge of ``ink`` on the page in pixels.
        y: Its top edge.
        ink: What was kept as writing of the box.
        repaired: Printed lines were painted over, as it is done for writing and not for marks.
    """

    x: int
    y: int
    ink: NDArray[bool_]
    repaired: bool


class Cutter:
    """Cuts fields out of one registered page, and remembers what it took.

    Args:
        picture: Registered page, grey, 200 dpi.
        blank: The blank page, same shape.

    Attributes:
        blank: The blank page, its grey areas made white.
        soft: The page in even light, without streaks, slightly blurred.
        threshold: Grey of ``soft`` below which there is ink.
        ink_level: Grey of print.
        around_print: Where the blank is printed, and three pixels around it.
        taken: What every call of :meth:`cut` took, in turn.
    """

    def __init__(self, picture: NDArray[uint8], blank: NDArray[uint8]) -> None:
        """Even out the light over the page, and find out how dark ink is on it and how noisy it is."""
        import cv2
        import numpy as np

        fill, rim = _filled_areas(blank)
        if rim.any():
            picture = np.asarray(cv2.divide(picture, fill, scale=255), np.uint8)
            blank = np.asarray(cv2.divide(blank, fill, scale=255), np.uint8)
        self.blank = blank
        self.taken: list[Taken] = []
        self._printed = (blank < _PRINTED_BELOW) | rim
        even = _even_light(picture)
        soft = np.asarray(cv2.GaussianBlur(even, (0, 0), 0.8), np.uint8)
        sample = soft[::7, ::7]
        paper = sample[~self._printed[::7, ::7]].astype(np.float32)
        printed = sample[blank[::7, ::7] < 64]
        self.ink_level = float(np.percentile(printed, 25)) if printed.size else 60.0
        middle = float(np.median(paper)) if paper.size else 255.0
        spread = float(np.median(np.abs(paper - middle))) * 1.4826 if paper.size else 0.0
        wanted = 255 - _INK_SHARE * (255 - self.ink_level)
        self.threshold = min(max(wanted, _DARKEST_THRESHOLD), _LIGHTEST_THRESHOLD, middle - 4.5 * spread)
        self.around_print = cv2.dilate(self._printed.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        self._scan = without_streaks(even, soft < self.threshold, self.around_print)
        self.soft = soft if self._scan is even else np.asarray(cv2.GaussianBlur(self._scan, (0, 0), 0.8), np.uint8)

    def cut(self, box: BoxMm, *, repair: bool = True) -> Cut:
        """The writing in a box of the layout.

        Args:
            box: In mm from the page's top-left corner.
            repair: Paint over printed lines so that strokes across them stay whole; without it they are only left out.
        """
        import cv2
        import numpy as np

        x, y, w, h = box.to_px(PICTURE_DPI)
        height, width = self._scan.shape
        x0, y0 = max(0, x - _GROW_PX), max(0, y - _GROW_PX)
        x1, y1 = min(width, x + w + _GROW_PX), min(height, y + h + _GROW_PX)
        dx, dy = self._shift(x0, y0, x1, y1)
        near = np.zeros((y1 - y0, x1 - x0), np.uint8)
        sx0, sy0, sx1, sy1 = max(0, x0 - dx), max(0, y0 - dy), min(width, x1 - dx), min(height, y1 - dy)
        near[sy0 + dy - y0 : sy1 + dy - y0, sx0 + dx - x0 : sx1 + dx - x0] = self._printed[sy0:sy1, sx0:sx1]
        printed = cv2.dilate(near, np.ones((5, 5), np.uint8))
        pixels, soft = self._scan[y0:y1, x0:x1], self.soft[y0:y1, x0:x1]
        own = (x - x0, y - y0, w, h)
        dark = (soft < self.threshold) & (printed == 0)
        kept = _own_marks(dark, own, printed > 0)
        if repair and kept.any() and (kept & (cv2.dilate(printed, np.ones((5, 5), np.uint8)) > 0)).any():
            pixels = np.asarray(cv2.inpaint(pixels, printed, 3, cv2.INPAINT_TELEA), np.uint8)
            soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.8), np.uint8)
            kept = _own_marks(soft < self.threshold, own, printed > 0)
        around = cv2.dilate(kept.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        self.taken.append(Taken(x0, y0, kept, repair))
        return Cut(np.where(around, pixels, np.uint8(255)), kept, own)

    def with_print(self, box: BoxMm) -> NDArray[uint8] | None:
        """A box as it is on paper, with the words printed in it but without its outline; ``None`` if nothing is printed.

        Args:
            box: In mm from the page's top-left corner.
        """
        import cv2
        import numpy as np

        x, y, w, h = box.to_px(PICTURE_DPI)
        m = round(_OUTLINE_MM * _PX_MM)
        x0, y0, x1, y1 = x + m, y + m, x + w - m, y + h - m
        if x1 <= x0 or y1 <= y0 or not self._printed[y0:y1, x0:x1].any():
            return None
        dark = self.soft[y0:y1, x0:x1] < self.threshold
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        if not rows.size:
            return None
        part = self._scan[y0 + rows[0] : y0 + rows[-1] + 1, x0 + columns[0] : x0 + columns[-1] + 1]
        p = _PAD_PX
        return np.asarray(cv2.copyMakeBorder(part, p, p, p, p, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)

    def _shift(self, x0: int, y0: int, x1: int, y1: int) -> tuple[int, int]:
        """By how many pixels the print around a box lies off its place: right, down."""
        import cv2
        import numpy as np

        height, width = self._scan.shape
        m = _CONTEXT_PX - _GROW_PX
        x0, y0 = max(_SHIFT_PX, x0 - m), max(_SHIFT_PX, y0 - m)
        x1, y1 = min(width - _SHIFT_PX, x1 + m), min(height - _SHIFT_PX, y1 + m)
        pattern = self.blank[y0:y1, x0:x1]
        if self._printed[y0:y1, x0:x1].mean() < 0.005:
            return 0, 0
        window = self.soft[y0 - _SHIFT_PX : y1 + _SHIFT_PX, x0 - _SHIFT_PX : x1 + _SHIFT_PX]
        found = cv2.matchTemplate(window, pattern, cv2.TM_CCOEFF_NORMED)
        best = np.unravel_index(int(found.argmax()), found.shape)
        # A place that is only slightly better than no shift is noise of the writing.
        if found[best] < found[_SHIFT_PX, _SHIFT_PX] + 0.01:
            return 0, 0
        return int(best[1]) - _SHIFT_PX, int(best[0]) - _SHIFT_PX


def _filled_areas(blank: NDArray[uint8]) -> tuple[NDArray[uint8], NDArray[bool_]]:
    """How bright the paper is where it is printed grey all over (255 elsewhere), and the rims of these areas."""
    import cv2
    import numpy as np

    ground = cv2.morphologyEx(blank, cv2.MORPH_CLOSE, np.ones((_FILL_PX, _FILL_PX), np.uint8))
    filled = ground < _FILL_BELOW
    if not filled.any():
        return np.full_like(blank, 255), np.zeros(blank.shape, np.bool_)
    fill = np.where(filled, np.maximum(ground, _DARKEST_FILL), 255).astype(np.uint8)
    rim = cv2.morphologyEx(fill, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)) > 0
    return fill, np.asarray(rim, np.bool_)


def _even_light(picture: NDArray[uint8]) -> NDArray[uint8]:
    """Divide by the brightness of the paper around, so that shadows and yellowed edges become white."""
    import cv2
    import numpy as np

    height, width = picture.shape
    small = cv2.resize(picture, (width // 8, height // 8), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 6)
    paper = cv2.resize(np.maximum(paper, 40), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, paper, scale=255), np.uint8)


def _own_marks(dark: NDArray[bool_], own: tuple[int, int, int, int], printed: NDArray[bool_]) -> NDArray[bool_]:
    """Of all dark marks, those that are writing and belong to the box."""
    import cv2
    import numpy as np

    count, labels, stats, centres = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    x, y, w, h = own
    area = stats[:, cv2.CC_STAT_AREA]
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    inside = (centres[:, 0] >= x - 1) & (centres[:, 0] <= x + w) & (centres[:, 1] >= y - 1) & (centres[:, 1] <= y + h)
    # What runs out of the cut-out is known only in part, and its centre is not its own: most of it must be inside.
    height, width = dark.shape
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    runs_out = (left == 0) | (top == 0) | (right == width) | (bottom == height)
    within = np.bincount(labels[y : y + h, x : x + w].ravel(), minlength=count)
    keep = (area >= _SPECK_PX) & inside & (~runs_out | (within > 0.6 * area))
    keep[0] = False
    # What hugs the print is its own blurred edge.
    edge = cv2.dilate(printed.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    hugging = np.bincount(labels[edge], minlength=count)
    keep &= hugging < 0.8 * area
    # A field holds at least one stroke; dots alone are dirt, and so are dots far from any stroke.
    strokes = keep & (extent >= _STROKE_PX) & (area >= _STROKE_AREA)
    if not strokes.any():
        return np.zeros_like(dark)
    if (keep & ~strokes).any():
        reach = cv2.dilate(strokes[labels].astype(np.uint8), np.ones((2 * _DOT_PX + 1, 2 * _DOT_PX + 1), np.uint8))
        near = np.bincount(labels[reach > 0], minlength=count) > 0
        keep &= strokes | near
    return np.asarray(keep[labels])
