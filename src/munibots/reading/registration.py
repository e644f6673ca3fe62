"""Which form is this page, and where exactly does it lie? SIFT features at 100 dpi, MAGSAC homography.

Blank pages are described once. A scan is matched against each; the one with the most points that agree on one homography
wins, if it wins clearly. Then every printed point is looked for where the homography says it should be, which also finds
the rows that a form repeats and which the first matching must leave out as ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from munibots.domain.document import Page
from munibots.domain.layout import Layout
from munibots.domain.reading import FormMatch
from munibots.errors import LayoutMismatchError, OtherFormError, UnknownFormError

if TYPE_CHECKING:
    from numpy import float32, float64, int64, uint8
    from numpy.typing import NDArray

__all__ = ["PICTURE_DPI", "FormFinder", "Registered", "blank_picture"]

PICTURE_DPI = 200
"""Resolution of the registered picture and of the blanks beside it."""

_WORK_DPI = 100
_MM_PX = _WORK_DPI / 25.4
_BLANK_POINTS, _SCAN_POINTS = 2500, 2500
_RATIO = 0.8
_INLIER_PX = 2.0
# Pages of other forms and photographs reach 12 points; a filled sheet, crumpled and blurred, keeps more than 100.
_UNKNOWN_BELOW, _MISMATCH_BELOW = 25, 60
_RUNNER_UP = 0.8
_RESIDUAL_LIMIT_MM = 2.0
_SEARCH_MM = 3.0
# A sheet that is torn or folded over fits where it is there; its missing fields would pass for blank ones.
_GRID, _POINTS_A_CELL, _COVERED = (4, 6), 8, 0.75
_SIDE_RANGE = (0.45, 2.2)  # of the expected length: a resolution that was assumed may be far off
_SIDE_RATIO = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Registered:
    """A page laid over its blank form.

    Attributes:
        layout_page_index: Which page of the layout it is.
        picture: The upright page, grey, 200 dpi, of the blank's size; white beyond the scan's edge.
        blank: The blank page, same shape.
        inliers: How many points agree.
    """

    match: FormMatch
    layout: Layout
    layout_page_index: int
    picture: NDArray[uint8]
    blank: NDArray[uint8]
    inliers: int


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    points: NDArray[float32]
    descriptors: NDArray[float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Blank:
    layout: Layout
    page_index: int
    picture: NDArray[uint8]
    features: _Features


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    blank: _Blank
    homography: NDArray[float64]
    inliers: int


class FormFinder:
    """Knows the blank pages of some layouts. Build one and share it: :meth:`find` changes nothing.

    Args:
        layouts: All pages of all of them are candidates.
    """

    def __init__(self, layouts: Sequence[Layout]) -> None:
        """Describe every blank page (about 0.2 s each)."""
        self._blanks = tuple(
            _Blank(layout, i, picture, _features(picture, PICTURE_DPI, _BLANK_POINTS))
            for layout in layouts
            for i in range(len(layout.pages))
            for picture in [blank_picture(layout, i)]
        )

    def find(self, page: Page, *, only_form: str | None = None) -> Registered:
        """Find the page's form and lay it over the blank.

        Args:
            page: In any of the four directions.
            only_form: The form that it should be.

        Returns:
            The registered page.

        Raises:
            UnknownFormError: Nothing fits, or two forms fit alike.
            OtherFormError: It is another form than ``only_form``.
            LayoutMismatchError: One form fits, but with too few points or a residual over 2.0 mm.
        """
        scan = _features(page.pixels, page.dpi, _SCAN_POINTS)
        fits = sorted((_fit(blank, scan) for blank in self._blanks), key=lambda fit: -fit.inliers)
        if not fits or fits[0].inliers < _UNKNOWN_BELOW:
            raise UnknownFormError(page=page.label)
        best = fits[0]
        runner_up = next((f.inliers for f in fits[1:] if f.blank.layout.form_id != best.blank.layout.form_id), 0)
        if runner_up > _RUNNER_UP * best.inliers:
            raise UnknownFormError(page=page.label)
        if only_form not in (None, best.blank.layout.form_id):
            raise OtherFormError(page=page.label, found=best.blank.layout.form_id, expected=only_form)
        homography, residual_mm, points, covered = _refine(best.blank, scan, best.homography)
        if best.inliers < _MISMATCH_BELOW or residual_mm > _RESIDUAL_LIMIT_MM or covered < _COVERED:
            raise LayoutMismatchError(
                page=page.label,
                inliers=best.inliers,
                residual_mm=round(residual_mm, 2),
                form=best.blank.layout.form_id,
                profile=best.blank.layout.id.partition("@")[2],
            )
        match = FormMatch(
            form_id=best.blank.layout.form_id,
            confidence=_confidence(best.inliers, runner_up),
            layout_id=best.blank.layout.id,
            registration_error_mm=round(residual_mm, 3),
            turned_deg=_turned_deg(homography),
        )
        picture = _upright(page, homography, best.blank.picture.shape)
        return Registered(match, best.blank.layout, best.blank.page_index, picture, best.blank.picture, points)


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


def _features(picture: NDArray[uint8], dpi: float, most: int) -> _Features:
    import cv2
    import numpy as np

    k = _WORK_DPI / dpi
    small = cv2.resize(picture, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    # Without the precise upscale every point lies a quarter pixel off, which shows once a page is turned.
    sift: Any = cv2.SIFT_create(most, nOctaveLayers=2, enable_precise_upscale=True)  # type: ignore[attr-defined]
    found, descriptors = sift.detectAndCompute(small, None)
    if descriptors is None or len(found) == 0:
        return _Features(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32))
    # The square root of the normalised histogram: the distance of two such vectors is Hellinger's.
    rooted = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    return _Features(np.array([p.pt for p in found], np.float32), rooted.astype(np.float32))


def _fit(blank: _Blank, scan: _Features) -> _Fit:
    """The identity with 0 inliers where nothing fits."""
    import cv2
    import numpy as np

    nothing = _Fit(blank, np.eye(3), 0)
    a, b = blank.features, scan
    if len(a.points) < 8 or len(b.points) < 8:
        return nothing
    alike = a.descriptors @ b.descriptors.T
    rows = np.arange(len(alike))
    first = alike.argmax(axis=1)
    top = alike[rows, first]
    alike[rows, first] = -1.0
    second = alike.max(axis=1)
    # Unit vectors: the squared distance is 2 - 2 times the product.
    good = (1.0 - top) < _RATIO**2 * (1.0 - second)
    if good.sum() < 8:
        return nothing
    homography, mask = cv2.findHomography(
        a.points[good], b.points[first[good]], cv2.USAC_MAGSAC, _INLIER_PX, maxIters=5000, confidence=0.9999
    )
    if homography is None or not _is_sane(np.asarray(homography, np.float64), blank.picture.shape):
        return nothing
    return _Fit(blank, np.asarray(homography, np.float64), int(mask.sum()))


def _corners(homography: NDArray[float64], shape: tuple[int, ...]) -> NDArray[float64]:
    import numpy as np

    h, w = shape[0] * _WORK_DPI / PICTURE_DPI, shape[1] * _WORK_DPI / PICTURE_DPI
    corners = np.array([[0, 0, 1], [w, 0, 1], [w, h, 1], [0, h, 1]], np.float64) @ homography.T
    return np.asarray(corners[:, :2] / corners[:, 2:])


def _is_sane(homography: NDArray[float64], shape: tuple[int, ...]) -> bool:
    """A sheet on a scanner stays a convex figure, is not mirrored, and keeps its size and proportions roughly."""
    import numpy as np

    corners = _corners(homography, shape)
    if not np.isfinite(corners).all():
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    if (sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] <= 0).any():
        return False
    expected = np.array([shape[1], shape[0], shape[1], shape[0]]) * _WORK_DPI / PICTURE_DPI
    lengths = np.linalg.norm(sides, axis=1) / expected
    return bool(
        lengths.min() > _SIDE_RANGE[0]
        and lengths.max() < _SIDE_RANGE[1]
        and lengths.max() < _SIDE_RATIO * lengths.min()
    )


def _refine(blank: _Blank, scan: _Features, homography: NDArray[float64]) -> tuple[NDArray[float64], float, int, float]:
    """Look for every printed point within 3 mm of where it should be; fit again.

    Returns:
        The better homography, the root mean square distance in mm of all points found that way, their number, and the
        share of the page (of its printed parts) in which some were found.
    """
    import cv2
    import numpy as np

    # Every second point is plenty for eight unknowns, at half the time.
    points, descriptors = blank.features.points[::2], blank.features.descriptors[::2]
    placed = np.column_stack([points, np.ones(len(points))]) @ homography.T
    placed = (placed[:, :2] / placed[:, 2:]).astype(np.float32)
    radius = np.float32(_SEARCH_MM * _MM_PX)
    alike = descriptors @ scan.descriptors.T
    near = np.abs(placed[:, :1] - scan.points[None, :, 0]) < radius
    near &= np.abs(placed[:, 1:] - scan.points[None, :, 1]) < radius
    alike[~near] = -1.0
    best = alike.argmax(axis=1)
    found = alike[np.arange(len(alike)), best] > 0.85
    if found.sum() < 8:
        return homography, float("inf"), int(found.sum()), 0.0
    source, target = points[found], scan.points[best[found]]
    better, residual = homography, _residuals(homography, source, target)
    # The first fit is right to a pixel or two; from there least squares over ever closer points needs no search.
    for reach in (2 * _INLIER_PX, _INLIER_PX):
        close = residual < reach
        if close.sum() < _UNKNOWN_BELOW:
            break
        fitted, _ = cv2.findHomography(source[close], target[close], 0)
        if fitted is None or not _is_sane(np.asarray(fitted, np.float64), blank.picture.shape):
            break
        better = np.asarray(fitted, np.float64)
        residual = _residuals(better, source, target)
    # Two thirds of the points count: the rest are neighbours of the same look, which sheets of boxes are full of.
    kept = np.sort(residual)[: max(8, len(residual) * 2 // 3)]
    printed, seen = _cells(points, blank.picture.shape), _cells(source[residual < _INLIER_PX], blank.picture.shape)
    covered = float((seen[printed >= _POINTS_A_CELL] > 0).mean()) if (printed >= _POINTS_A_CELL).any() else 0.0
    error_mm = float(np.sqrt(np.square(kept).mean()) / _MM_PX)
    return better, error_mm, int((residual < _INLIER_PX).sum()), covered


def _cells(points: NDArray[float32], shape: tuple[int, ...]) -> NDArray[int64]:
    """How many points lie in each cell of a grid over the page."""
    import numpy as np

    k = _WORK_DPI / PICTURE_DPI
    across = np.clip(points[:, 0] / (shape[1] * k) * _GRID[0], 0, _GRID[0] - 1).astype(np.int64)
    down = np.clip(points[:, 1] / (shape[0] * k) * _GRID[1], 0, _GRID[1] - 1).astype(np.int64)
    return np.bincount(down * _GRID[0] + across, minlength=_GRID[0] * _GRID[1]).astype(np.int64)


def _residuals(homography: NDArray[float64], source: NDArray[float32], target: NDArray[float32]) -> NDArray[float64]:
    """Distance of each point from where the homography puts it, in pixels at 100 dpi."""
    import numpy as np

    placed = np.column_stack([source, np.ones(len(source))]) @ homography.T
    return np.asarray(np.linalg.norm(placed[:, :2] / placed[:, 2:] - target, axis=1))


def _confidence(inliers: int, runner_up: int) -> float:
    """From the lead over the runner-up and over chance; 25 points of nothing are as good as none."""
    lead = 1.0 - runner_up / inliers
    chance = 1.0 - _UNKNOWN_BELOW / (_UNKNOWN_BELOW + inliers)
    return round(min(0.9999, (1.0 - (1.0 - chance) ** 3) * min(1.0, lead / (1.0 - _RUNNER_UP))), 4)


def _turned_deg(homography: NDArray[float64]) -> int:
    import numpy as np

    angle = np.degrees(np.arctan2(homography[1, 0], homography[0, 0]))
    return int(round(-angle / 90.0) * 90) % 360


def _upright(page: Page, homography: NDArray[float64], shape: tuple[int, ...]) -> NDArray[uint8]:
    import cv2
    import numpy as np

    # Pixel centres: a pixel i at one resolution lies at (i + 0.5) k - 0.5 at another.
    def scaling(k: float) -> NDArray[float64]:
        return np.array([[k, 0, (k - 1) / 2], [0, k, (k - 1) / 2], [0, 0, 1]], np.float64)

    to_page = scaling(page.dpi / _WORK_DPI) @ homography @ scaling(_WORK_DPI / PICTURE_DPI)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(page.pixels, to_page, (shape[1], shape[0]), flags=flags, borderValue=255)
    return np.asarray(warped, np.uint8)
