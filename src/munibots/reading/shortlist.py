"""Which blank pages are worth a full match: a few hundred strong points of each, pooled, vote in one product of matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from munibots.reading.features import BlankPage, Features, agreeing

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

__all__ = ["Shortlist"]

_POINTS_A_PAGE = 200
_LONGEST = 3
# A page with fewer than half of the leader's votes has never been the right one.
_NEAR_LEADER = 0.5


class Shortlist:
    """A pool of the strongest points of every blank page. Nothing in it changes once it is built.

    The cost of a look grows by about a millisecond with each blank page, that of a full match by more than ten.
    """

    def __init__(self, blanks: Sequence[BlankPage]) -> None:
        import numpy as np

        self._blanks = tuple(blanks)
        pools = [np.argsort(-b.features.strengths, kind="stable")[:_POINTS_A_PAGE] for b in self._blanks]
        none = [np.zeros((0, 128), np.float32)]
        self._pool = np.concatenate(
            none + [b.features.descriptors[p] for b, p in zip(self._blanks, pools, strict=True)]
        )
        self._owners = np.repeat(np.arange(len(self._blanks)), [len(p) for p in pools]).astype(np.int64)

    def votes(self, scan: Features) -> NDArray[int64]:
        """How many of each blank page's points are clearly found on a scan, in the order of the blank pages."""
        import numpy as np

        if len(scan.points) < 2 or not len(self._pool):
            return np.zeros(len(self._blanks), np.int64)
        _, clear = agreeing(self._pool, scan.descriptors)
        return np.bincount(self._owners[clear], minlength=len(self._blanks)).astype(np.int64)

    def best(self, scan: Features) -> tuple[BlankPage, ...]:
        """The blank pages to match fully, the likeliest first: at most three, and fewer where one leads clearly.

        Layouts of other cities for the leader's paper do not take a place away from other papers.
        """
        import numpy as np

        votes = self.votes(scan)
        order = [int(i) for i in np.argsort(-votes, kind="stable")]
        if not order or votes[order[0]] == 0:
            return ()
        near = [self._blanks[i] for i in order if votes[i] >= max(1.0, _NEAR_LEADER * votes[order[0]])]
        papers = list(dict.fromkeys(b.paper for b in near))[:_LONGEST]
        return tuple(b for b in near if b.paper in papers)
