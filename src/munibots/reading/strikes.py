"""Writing that is crossed out: one level line, or two, through what stands in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munibots.reading.registration import PICTURE_DPI

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

__all__ = ["is_struck_out"]

_PX_MM = PICTURE_DPI / 25.4
# The longest level stroke of a character is 一, as wide as the character; a line that crosses out is longer than any.
_LEAST_PX, _IN_HEIGHTS = round(8.0 * _PX_MM), 1.5
_SHARE = 0.6  # of the width of the writing
_SLOPE_PX = 1


def is_struck_out(ink: NDArray[bool_]) -> bool:
    """Whether a level line runs through the writing, longer than any stroke of a character.

    Args:
        ink: Writing in one box at 200 dpi.
    """
    import cv2
    import numpy as np

    rows = np.flatnonzero(ink.any(axis=1))
    if not rows.size:
        return False
    columns = np.flatnonzero(ink.any(axis=0))
    height, width = int(rows[-1]) - int(rows[0]) + 1, int(columns[-1]) - int(columns[0]) + 1
    length = max(_LEAST_PX, round(_IN_HEIGHTS * height), round(_SHARE * width))
    if length >= ink.shape[1]:
        return False
    # A line that is not quite level stays whole if it may climb by some pixels.
    thick = cv2.dilate(ink.view(np.uint8), np.ones((2 * _SLOPE_PX + 1, 1), np.uint8))
    return bool(cv2.erode(thick, np.ones((1, length), np.uint8), borderValue=0).any())
