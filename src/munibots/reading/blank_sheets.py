"""Is there anything at all on a page? Backs of sheets come along with every scan of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from munibots.domain.document import Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["is_blank"]

_DPI = 50
_EDGE_MM = 8.0  # the scanner's own shadow
# Print that shows through from the other side reaches 15 % of its darkness, a pencil leaves 25 % and more.
_CONTRAST = 48
_LIGHT = 150  # the greyest of scanned paper has 190
_SMALLEST_PX = 3
_STREAK_SHARE = 0.4
_MOST_PX = 12  # about 3 mm², one written digit has twice as much


def is_blank(page: Page) -> bool:
    """Whether nothing is written or printed on a page: no more than dust, streaks and what shows through.

    Made so that it errs towards "there is something": a page that is called blank is not looked at by anybody.
    """
    import cv2
    import numpy as np

    k = _DPI / page.dpi
    edge = round(_EDGE_MM * _DPI / 25.4)
    if min(page.pixels.shape) * k <= 4 * edge:
        return False
    small = cv2.resize(page.pixels, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(small, 31)
    if float(np.median(paper)) < _LIGHT:
        return False  # a photograph, or noise
    ink = paper.astype(np.int16) - small > _CONTRAST
    inner = np.ascontiguousarray(ink[edge:-edge, edge:-edge], np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    return _marked(np.asarray(stats[1:count]), inner.shape) <= _MOST_PX


def _marked(stats: NDArray[Any], shape: tuple[int, ...]) -> int:
    """Pixels in pieces that are neither dust nor a streak along the feed."""
    import cv2

    w, h, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    streak = ((h > _STREAK_SHARE * shape[0]) & (w <= 2)) | ((w > _STREAK_SHARE * shape[1]) & (h <= 2))
    return int(area[(area >= _SMALLEST_PX) & ~streak].sum())
