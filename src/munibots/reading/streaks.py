"""Streaks: a grain of dust on the glass draws a thin line along the whole feed, through every field in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, uint8
    from numpy.typing import NDArray

__all__ = ["streaks", "without_streaks"]

_STRIPS = 64
_DARK_SHARE = 0.6  # of a strip's unprinted rows
# Of the strips. A row of a table is crossed out by a level line of half the page; downwards nobody draws so far.
_LONG_DOWN, _LONG_ACROSS = 0.5, 0.75
_MOST = 4
_HALF_WIDTH_PX = 3


def without_streaks(picture: NDArray[uint8], dark: NDArray[bool_], printed: NDArray[bool_]) -> NDArray[uint8]:
    """Paint over lines that run through the whole page and are not printed.

    Args:
        picture: Registered page, grey.
        dark: Where it is dark, same shape.
        printed: Where the blank is, same shape, widened enough to cover the print's blurred edges.

    Returns:
        The picture itself where there is no streak.
    """
    import cv2
    import numpy as np

    mask = streaks(dark, printed)
    if not mask.any():
        return picture
    return np.asarray(cv2.inpaint(picture, mask, 3, cv2.INPAINT_TELEA), np.uint8)


def streaks(
    dark: NDArray[bool_],
    printed: NDArray[bool_],
    *,
    half_width_px: int = _HALF_WIDTH_PX,
    under_print: bool = False,
) -> NDArray[uint8]:
    """Where lines run through the whole page that are not printed: 1 there, 0 elsewhere.

    Args:
        dark: Where the page is dark.
        printed: Where the blank is, widened.
        half_width_px: Of what is marked.
        under_print: Mark the lines where they cross what is printed as well.
    """
    import numpy as np

    mask = np.zeros(dark.shape, np.uint8)
    _trace(dark, printed, mask, _LONG_DOWN, half_width_px)
    _trace(dark.T, printed.T, mask.T, _LONG_ACROSS, half_width_px)
    if not under_print:
        # Print is left to be taken away with the blank.
        mask[printed] = 0
    return mask


def _trace(
    dark: NDArray[bool_], printed: NDArray[bool_], mask: NDArray[uint8], long_share: float, half_width_px: int
) -> None:
    """Mark streaks that run from top to bottom."""
    import cv2
    import numpy as np

    height, width = dark.shape
    rows = height // _STRIPS
    if rows < 2:
        return
    free = ~printed[: rows * _STRIPS]
    ink = cv2.dilate((dark[: rows * _STRIPS] & free).astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
    ink_rows = (ink & free).reshape(_STRIPS, rows, width).sum(axis=1, dtype=np.int32)
    free_rows = free.reshape(_STRIPS, rows, width).sum(axis=1, dtype=np.int32)
    covered = (ink_rows > _DARK_SHARE * free_rows) & (free_rows > 0.2 * rows)
    for _ in range(_MOST):
        # The longest path downwards that moves by at most a pixel a strip.
        length = np.zeros((_STRIPS, width), np.int32)
        step = np.zeros((_STRIPS, width), np.int8)
        length[0] = covered[0]
        for strip in range(1, _STRIPS):
            before = np.pad(length[strip - 1], 1, constant_values=-1)
            three = np.stack([before[1:-1], before[:-2], before[2:]])
            choice = three.argmax(axis=0)
            step[strip] = np.array([0, -1, 1], np.int8)[choice]
            length[strip] = covered[strip] + three[choice, np.arange(width)]
        x = int(length[-1].argmax())
        if length[-1, x] < long_share * _STRIPS:
            return
        for strip in range(_STRIPS - 1, -1, -1):
            left, right = max(0, x - half_width_px), x + half_width_px + 1
            bottom = height if strip == _STRIPS - 1 else (strip + 1) * rows
            mask[strip * rows : bottom, left:right] = 1
            covered[strip, left:right] = False
            x += int(step[strip, x])
