"""Which form is this page, and where exactly does it lie?

Blank pages are described once. A scan's points first choose a shortlist of them (:mod:`.shortlist`); those are matched fully
(:mod:`.alignment`), and the one with the most points that agree on one homography wins, if it wins clearly. So the time a
page takes hardly grows with the number of forms, and a page of none of them is turned down at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.document import Page
from munibots.domain.layout import Layout
from munibots.domain.reading import FormMatch
from munibots.errors import LayoutMismatchError, OtherFormError, UnknownFormError
from munibots.reading import alignment
from munibots.reading.features import PICTURE_DPI, BlankPage, blank_picture, describe
from munibots.reading.shortlist import Shortlist

if TYPE_CHECKING:
    from numpy import float64, uint8
    from numpy.typing import NDArray

__all__ = ["PICTURE_DPI", "FormFinder", "Located", "Registered", "blank_picture"]

# Filled sheets under the hardest scans keep 300 points and more, all over the page. Another office's form reaches 70, but
# in one corner of the page, where it has the same few words in the same print.
_UNKNOWN_BELOW, _MISMATCH_BELOW = 25, 60
_UNKNOWN_COVERED, _MISMATCH_COVERED = 0.35, 0.8
_RUNNER_UP = 0.8
_RESIDUAL_LIMIT_MM = 2.0
# How often a wrong pair of page and paper agrees in n points: see _confidence.
_CHANCE_AT_20, _CHANCE_FALLS_BY = 0.003, 15.0
_MOST_CERTAIN = 0.9999


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A page whose form and place are known, without its picture: a few hundred bytes.

    Attributes:
        layout_page_index: Which page of the layout it is.
        homography: From the blank to the scan, in pixels at the working resolution.
        points: How many printed points lie where they should.
    """

    match: FormMatch
    layout: Layout
    layout_page_index: int
    homography: NDArray[float64]
    points: int


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


class FormFinder:
    """Knows the blank pages of some layouts. Build one and share it: finding changes nothing in it.

    Args:
        layouts: All pages of all of them are candidates. Layouts of one form (a city's own paper beside the standard one)
            stand for the same form.
    """

    def __init__(self, layouts: Sequence[Layout]) -> None:
        """Describe every blank page (about 0.15 s each)."""
        self._blanks = tuple(BlankPage.of(layout, i) for layout in layouts for i in range(len(layout.pages)))
        self._shortlist = Shortlist(self._blanks)

    def locate(self, page: Page) -> Located:
        """Find the page's form and where it lies, without making the picture.

        Args:
            page: In any of the four directions.

        Raises:
            UnknownFormError: Nothing fits, or two forms fit alike (then ``detail["alike"]`` names both).
            LayoutMismatchError: One form fits, but with too few points or a residual over 2.0 mm; ``detail`` says in
                ``form``, ``page_index`` and ``pages`` which page of which form, of how many pages, it seems to be.
        """
        scan = describe(page.pixels, page.dpi)
        fits = sorted(
            (alignment.fit(blank, scan) for blank in self._shortlist.best(scan)), key=lambda fit: -fit.inliers
        )
        if not fits or fits[0].inliers < _UNKNOWN_BELOW:
            raise UnknownFormError(page=page.label)
        best = fits[0]
        layout = best.blank.layout
        found = alignment.refine(best, scan)
        if found.covered < _UNKNOWN_COVERED:
            raise UnknownFormError(page=page.label)
        others = [f for f in fits[1:] if f.blank.paper != best.blank.paper]
        runner_up = others[0].inliers if others else 0
        if runner_up > _RUNNER_UP * best.inliers:
            raise UnknownFormError(page=page.label, alike=(layout.form_id, others[0].blank.layout.form_id))
        if (
            best.inliers < _MISMATCH_BELOW
            or found.residual_mm > _RESIDUAL_LIMIT_MM
            or found.covered < _MISMATCH_COVERED
        ):
            raise LayoutMismatchError(
                page=page.label,
                inliers=best.inliers,
                residual_mm=round(found.residual_mm, 2),
                form=layout.form_id,
                profile=layout.id.partition("@")[2],
                page_index=best.blank.page_index,
                pages=len(layout.pages),
            )
        match = FormMatch(
            form_id=layout.form_id,
            confidence=_confidence(best.inliers, runner_up, len(self._blanks)),
            layout_id=layout.id,
            registration_error_mm=round(found.residual_mm, 3),
            turned_deg=alignment.turned_deg(found.homography),
        )
        return Located(match, layout, best.blank.page_index, found.homography, found.points)

    def lay(self, page: Page, located: Located) -> Registered:
        """Lay a located page over its blank."""
        blank = next(
            b
            for b in self._blanks
            # By name, not by identity: another process may have looked at the page.
            if b.layout.id == located.layout.id and b.page_index == located.layout_page_index
        )
        picture = alignment.upright(page, located.homography, blank.picture.shape)
        return Registered(
            located.match, located.layout, located.layout_page_index, picture, blank.picture, located.points
        )

    def find(self, page: Page, *, only_form: str | None = None) -> Registered:
        """Find the page's form and lay it over the blank.

        Args:
            page: In any of the four directions.
            only_form: The form that it should be.

        Raises:
            UnknownFormError: Nothing fits, or two forms fit alike.
            OtherFormError: It is another form than ``only_form``.
            LayoutMismatchError: One form fits, but with too few points or a residual over 2.0 mm.
        """
        located = self.locate(page)
        if only_form not in (None, located.layout.form_id):
            raise OtherFormError(page=page.label, found=located.layout.form_id, expected=only_form)
        return self.lay(page, located)


def _confidence(inliers: int, runner_up: int, blanks: int) -> float:
    """How sure it is that the page is this one: 1 less the chance that a wrong blank page would lead by as many points.

    Of 5,576 wrong pairs (filled sheets of 14 forms and 200 pages of none, each with all blank pages of other forms), 0.3 %
    agreed in 20 points or more, and e times fewer with every 15 points beyond. Every blank page is one more chance. The
    lead over the runner-up counts, not the points themselves. No measurement of this size can vouch for more than 0.9999.
    """
    lead = inliers - runner_up
    chance = blanks * _CHANCE_AT_20 * math.exp(-(lead - 20) / _CHANCE_FALLS_BY)
    return round(min(_MOST_CERTAIN, max(0.0, 1.0 - chance)), 4)
