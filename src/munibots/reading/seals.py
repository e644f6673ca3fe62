"""Name seals 印: a ring of 8 to 16 mm beside or over a name, which is not part of the name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from munibots.reading.registration import PICTURE_DPI

if TYPE_CHECKING:
    from munibots.reading.boxes import Cut

__all__ = ["without_seal"]

_LEAST_PX, _MOST_PX = round(7 * PICTURE_DPI / 25.4), round(17 * PICTURE_DPI / 25.4)
_FREE_PX = round(0.7 * PICTURE_DPI / 25.4)
_SECTORS = 48
_CLOSED = 0.85  # share of the directions from the middle in which a ring has ink


def without_seal(cut: Cut) -> tuple[Cut, bool]:
    """A name without the seal that stands free of it.

    Returns:
        The cut without the seal, and whether there was one. A seal over the last character touches it and stays, for it
        cannot be taken away without taking strokes; a name so covered is read badly and has low confidence.
    """
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(cut.ink.astype(np.uint8), connectivity=8)
    for mark in range(1, count):
        x, y, w, h, _ = stats[mark]
        if not (_LEAST_PX <= w <= _MOST_PX and _LEAST_PX <= h <= _MOST_PX and 0.8 < w / h < 1.25):
            continue
        ys, xs = np.nonzero(labels == mark)
        across, down = (xs - x - w / 2) / (w / 2), (ys - y - h / 2) / (h / 2)
        on_ring = np.abs(np.hypot(across, down) - 0.95) < 0.12
        sectors = ((np.arctan2(down, across)[on_ring] + np.pi) / (2 * np.pi) * _SECTORS).astype(np.int64) % _SECTORS
        if len(np.unique(sectors)) < _CLOSED * _SECTORS:
            continue
        ink = cut.ink.copy()
        ink[y : y + h, x : x + w] = False
        # Seals stand at the end of a name. All ink inside a free ring is its own; a ring that touches the name holds
        # strokes of the name as well.
        if ink.any() and int(np.flatnonzero(ink.any(axis=0))[-1]) < x - _FREE_PX:
            return replace(
                cut,
                ink=ink,
                pixels=np.where(
                    cv2.dilate(ink.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0, cut.pixels, np.uint8(255)
                ),
            ), True
        return cut, True
    return cut, False
