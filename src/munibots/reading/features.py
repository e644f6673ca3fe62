"""What can be recognised again on a page: SIFT points at a low resolution, and the pages of blank paper that bear them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from munibots.domain.layout import Layout

if TYPE_CHECKING:
    from numpy import bool_, float32, int64, uint8
    from numpy.typing import NDArray

__all__ = ["PICTURE_DPI", "WORK_DPI", "BlankPage", "Features", "agreeing", "blank_picture", "describe"]

PICTURE_DPI = 200
"""Resolution of the registered picture and of the blanks beside it."""

WORK_DPI = 80
"""Resolution at which points are looked for: at 100 dpi it takes half as long again and lies no truer."""

MOST_POINTS = 2500
LEAST_PX = 16
"""A picture thinner than this, at :data:`WORK_DPI`, holds no form, and OpenCV cannot take it."""
_RATIO = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Points of a page.

    Attributes:
        points: Shape (n, 2), x and y in pixels at :data:`WORK_DPI`.
        descriptors: Shape (n, 128), of length 1: the product of two is 1 for equals.
        strengths: Shape (n,), contrast of each point.
    """

    points: NDArray[float32]
    descriptors: NDArray[float32]
    strengths: NDArray[float32]


@dataclass(frozen=True, slots=True, eq=False)
class BlankPage:
    """A page of a layout, described once.

    Attributes:
        picture: Grey, 200 dpi.
    """

    layout: Layout
    page_index: int
    picture: NDArray[uint8]
    features: Features

    @classmethod
    def of(cls, layout: Layout, page_index: int) -> BlankPage:
        """Load and describe it (about 0.15 s)."""
        picture = blank_picture(layout, page_index)
        return cls(layout, page_index, picture, describe(picture, PICTURE_DPI))

    @property
    def paper(self) -> tuple[str, int]:
        """Form and page: two cities' papers for one page of a form are the same thing to whoever asks what it is."""
        return self.layout.form_id, self.page_index


def blank_picture(layout: Layout, page_index: int) -> NDArray[uint8]:
    """A layout's blank page at 200 dpi, grey, whatever the resolution of its file."""
    import cv2
    import numpy as np
    from PIL import Image

    with Image.open(layout.blanks[page_index]) as file:
        picture = np.array(file.convert("L"), np.uint8)
    size = layout.pages[page_index]
    wanted = round(size.w_mm * PICTURE_DPI / 25.4), round(size.h_mm * PICTURE_DPI / 25.4)
    if picture.shape != (wanted[1], wanted[0]):
        picture = np.asarray(cv2.resize(picture, wanted, interpolation=cv2.INTER_AREA), np.uint8)
    return picture


def describe(picture: NDArray[uint8], dpi: float) -> Features:
    """The strongest points of a picture."""
    import cv2
    import numpy as np

    k = WORK_DPI / dpi
    if min(picture.shape) * k < LEAST_PX:
        return _no_features()
    small = cv2.resize(picture, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    # Without the precise upscale every point lies a quarter pixel off, which shows once a page is turned.
    sift: Any = cv2.SIFT_create(MOST_POINTS, nOctaveLayers=2, enable_precise_upscale=True)  # type: ignore[attr-defined]
    found, descriptors = sift.detectAndCompute(small, None)
    if descriptors is None or len(found) == 0:
        return _no_features()
    # The square root of the normalised histogram: the distance of two such vectors is Hellinger's.
    rooted = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    points = np.array([p.pt for p in found], np.float32)
    return Features(points, rooted.astype(np.float32), np.array([p.response for p in found], np.float32))


def _no_features() -> Features:
    import numpy as np

    return Features(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32), np.zeros(0, np.float32))


def agreeing(wanted: NDArray[float32], scan: NDArray[float32]) -> tuple[NDArray[int64], NDArray[bool_]]:
    """For each wanted descriptor the most alike of the scan, and whether it is clearly more alike than the next.

    Args:
        wanted: Shape (n, 128).
        scan: Shape (m, 128), m at least 2.
    """
    import numpy as np

    alike = wanted @ scan.T
    rows = np.arange(len(alike))
    first = alike.argmax(axis=1)
    top = alike[rows, first]
    alike[rows, first] = -1.0
    # Unit vectors: the squared distance is 2 - 2 times the product.
    clear = (1.0 - top) < _RATIO**2 * (1.0 - alike.max(axis=1))
    return first.astype(np.int64), np.asarray(clear, np.bool_)
