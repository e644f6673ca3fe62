"""How a scanned page lies over a blank one: a homography that many points agree on, made exact by all printed points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.document import Page
from munibots.reading.features import PICTURE_DPI, WORK_DPI, BlankPage, Features, agreeing

if TYPE_CHECKING:
    from numpy import float32, float64, int64, uint8
    from numpy.typing import NDArray

__all__ = ["Fit", "Refined", "fit", "refine", "turned_deg", "upright"]

_MM_PX = WORK_DPI / 25.4
_INLIER_PX = 2.0 * WORK_DPI / 100
_FEWEST = 8
_ENOUGH = 25
_SEARCH_MM = 3.0
_SAME_POINT = 0.85
# A sheet that is torn or folded over fits where it is there; its missing fields would pass for blank ones.
_GRID, _POINTS_A_CELL = (4, 6), 8
_SIDE_RANGE = (0.45, 2.2)  # of the expected length: a resolution that was assumed may be far off
_SIDE_RATIO = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A first fit: from the blank to the scan, both in pixels at the working resolution.

    Attributes:
        inliers: How many points agree; 0: nothing fits, and the homography is the identity.
    """

    blank: BlankPage
    homography: NDArray[float64]
    inliers: int


@dataclass(frozen=True, slots=True, eq=False)
class Refined:
    """The exact fit.

    Attributes:
        residual_mm: Root mean square distance of the better two thirds of the printed points.
        points: How many printed points lie where they should.
        covered: Share of the page's printed parts in which some were found.
    """

    homography: NDArray[float64]
    residual_mm: float
    points: int
    covered: float


def fit(blank: BlankPage, scan: Features) -> Fit:
    """Match the points of a blank page with those of a scan (MAGSAC)."""
    import cv2
    import numpy as np

    nothing = Fit(blank, np.eye(3), 0)
    a, b = blank.features, scan
    if len(a.points) < _FEWEST or len(b.points) < _FEWEST:
        return nothing
    first, clear = agreeing(a.descriptors, b.descriptors)
    if clear.sum() < _FEWEST:
        return nothing
    homography, mask = cv2.findHomography(
        a.points[clear], b.points[first[clear]], cv2.USAC_MAGSAC, _INLIER_PX, maxIters=5000, confidence=0.9999
    )
    if homography is None or not _is_sane(np.asarray(homography, np.float64), blank.picture.shape):
        return nothing
    return Fit(blank, np.asarray(homography, np.float64), int(mask.sum()))


def _corners(homography: NDArray[float64], shape: tuple[int, ...]) -> NDArray[float64]:
    import numpy as np

    h, w = shape[0] * WORK_DPI / PICTURE_DPI, shape[1] * WORK_DPI / PICTURE_DPI
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
    expected = np.array([shape[1], shape[0], shape[1], shape[0]]) * WORK_DPI / PICTURE_DPI
    lengths = np.linalg.norm(sides, axis=1) / expected
    return bool(
        lengths.min() > _SIDE_RANGE[0]
        and lengths.max() < _SIDE_RANGE[1]
        and lengths.max() < _SIDE_RATIO * lengths.min()
    )


def refine(found: Fit, scan: Features) -> Refined:
    """Look for every printed point within 3 mm of where it should be; fit again.

    That also finds the rows that a form repeats, which the first matching must leave out as ambiguous.
    """
    import cv2
    import numpy as np

    blank, homography = found.blank, found.homography
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
    same = alike[np.arange(len(alike)), best] > _SAME_POINT
    if same.sum() < _FEWEST:
        return Refined(homography, float("inf"), int(same.sum()), 0.0)
    source, target = points[same], scan.points[best[same]]
    better, residual = homography, _residuals(homography, source, target)
    # The first fit is right to a pixel or two; from there least squares over ever closer points needs no search.
    for reach in (2 * _INLIER_PX, _INLIER_PX):
        close = residual < reach
        if close.sum() < _ENOUGH:
            break
        fitted, _ = cv2.findHomography(source[close], target[close], 0)
        if fitted is None or not _is_sane(np.asarray(fitted, np.float64), blank.picture.shape):
            break
        better = np.asarray(fitted, np.float64)
        residual = _residuals(better, source, target)
    # Two thirds of the points count: the rest are neighbours of the same look, which sheets of boxes are full of.
    kept = np.sort(residual)[: max(_FEWEST, len(residual) * 2 // 3)]
    printed, seen = _cells(points, blank.picture.shape), _cells(source[residual < _INLIER_PX], blank.picture.shape)
    covered = float((seen[printed >= _POINTS_A_CELL] > 0).mean()) if (printed >= _POINTS_A_CELL).any() else 0.0
    error_mm = float(np.sqrt(np.square(kept).mean()) / _MM_PX)
    return Refined(better, error_mm, int((residual < _INLIER_PX).sum()), covered)


def _cells(points: NDArray[float32], shape: tuple[int, ...]) -> NDArray[int64]:
    """How many points lie in each cell of a grid over the page."""
    import numpy as np

    k = WORK_DPI / PICTURE_DPI
    across = np.clip(points[:, 0] / (shape[1] * k) * _GRID[0], 0, _GRID[0] - 1).astype(np.int64)
    down = np.clip(points[:, 1] / (shape[0] * k) * _GRID[1], 0, _GRID[1] - 1).astype(np.int64)
    return np.bincount(down * _GRID[0] + across, minlength=_GRID[0] * _GRID[1]).astype(np.int64)


def _residuals(homography: NDArray[float64], source: NDArray[float32], target: NDArray[float32]) -> NDArray[float64]:
    """Distance of each point from where the homography puts it, in pixels at the working resolution."""
    import numpy as np

    placed = np.column_stack([source, np.ones(len(source))]) @ homography.T
    return np.asarray(np.linalg.norm(placed[:, :2] / placed[:, 2:] - target, axis=1))


def turned_deg(homography: NDArray[float64]) -> int:
    """By how much the page must be turned clockwise to stand upright: 0, 90, 180 or 270."""
    import numpy as np

    angle = np.degrees(np.arctan2(homography[1, 0], homography[0, 0]))
    return int(round(-angle / 90.0) * 90) % 360


def upright(page: Page, homography: NDArray[float64], shape: tuple[int, ...]) -> NDArray[uint8]:
    """The page laid over its blank: grey, of the blank's ``shape`` at 200 dpi, white beyond the scan's edge."""
    import cv2
    import numpy as np

    # Pixel centres: a pixel i at one resolution lies at (i + 0.5) k - 0.5 at another.
    def scaling(k: float) -> NDArray[float64]:
        return np.array([[k, 0, (k - 1) / 2], [0, k, (k - 1) / 2], [0, 0, 1]], np.float64)

    to_page = scaling(page.dpi / WORK_DPI) @ homography @ scaling(WORK_DPI / PICTURE_DPI)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(page.pixels, to_page, (shape[1], shape[0]), flags=flags, borderValue=255)
    return np.asarray(warped, np.uint8)
