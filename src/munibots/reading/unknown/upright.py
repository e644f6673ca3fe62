"""Standing a page upright without a blank to compare it with: by its lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.document import Page, Word
from munibots.reading.features import PICTURE_DPI

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    from munibots.reading.ocr.engine import OcrEngine

__all__ = ["Upright", "stand_upright"]

_SAMPLE = 10  # lines that are read both ways
_TALL_SHARE = 0.5
_MOST_SKEW_DEG, _SKEW_STEP_DEG = 4.0, 0.1
_SKEW_DPI = 75


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """A page at 200 dpi that stands upright.

    Attributes:
        picture: Grey, shape (height, width).
        words: Its text.
        turned_deg: By how much it was turned, clockwise: 0, 90, 180 or 270.
    """

    picture: NDArray[uint8]
    words: tuple[Word, ...]
    turned_deg: int


def stand_upright(page: Page, engine: OcrEngine) -> Upright:
    """Turn a page by quarters so that its text reads best, straighten it by its ruling and lines of text, and read it.

    Args:
        page: As scanned.
        engine: Reads the page; twice where it did not stand upright.
    """
    import cv2
    import numpy as np

    k = PICTURE_DPI / page.dpi
    picture = page.pixels
    if abs(k - 1) > 0.01:
        method = cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC
        picture = np.asarray(cv2.resize(picture, None, fx=k, fy=k, interpolation=method), np.uint8)
    picture = _straightened(picture)
    words = engine.words(picture)
    quarter = 0
    boxes = [w.box_px for w in words]
    if boxes and sum(h > 1.5 * w for _, _, w, h in boxes) > _TALL_SHARE * len(boxes):
        quarter = 1
        boxes = [(picture.shape[0] - y - h, x, h, w) for x, y, w, h in boxes]
        picture = np.ascontiguousarray(np.rot90(picture, -1))
    longest = sorted(boxes, key=lambda b: -b[2])[:_SAMPLE]
    crops = [picture[y : y + h, x : x + w] for x, y, w, h in longest]
    ahead = sum(score for _, score in engine.lines(crops))
    turned = sum(score for _, score in engine.lines([np.ascontiguousarray(c[::-1, ::-1]) for c in crops]))
    if turned > ahead:
        quarter += 2
        picture = np.ascontiguousarray(picture[::-1, ::-1])
    return Upright(picture, words if quarter == 0 else engine.words(picture), 90 * quarter)


def _straightened(picture: NDArray[uint8]) -> NDArray[uint8]:
    """Turned by the small angle at which its rows are told apart most sharply."""
    import cv2
    import numpy as np

    k = _SKEW_DPI / PICTURE_DPI
    small = cv2.resize(picture, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8)).astype(np.float32)
    height, width = dark.shape
    middle = (width / 2, height / 2)

    def sharpness(degrees: float) -> float:
        turned = cv2.warpAffine(dark, cv2.getRotationMatrix2D(middle, degrees, 1.0), (width, height))
        return float((np.diff(turned.sum(axis=1)) ** 2).sum() + (np.diff(turned.sum(axis=0)) ** 2).sum())

    coarse = max(np.arange(-_MOST_SKEW_DEG, _MOST_SKEW_DEG + 0.1, 0.5), key=lambda a: sharpness(float(a)))
    around = np.arange(float(coarse) - 0.5, float(coarse) + 0.51, _SKEW_STEP_DEG)
    best = float(max(around, key=lambda a: sharpness(float(a))))
    if abs(best) < _SKEW_STEP_DEG:
        return picture
    full_height, full_width = picture.shape
    turn = cv2.getRotationMatrix2D((full_width / 2, full_height / 2), best, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (full_width, full_height), flags=cv2.INTER_LINEAR, borderValue=(255,)), np.uint8
    )
