"""Circles and ticks: ink that is not in the blank, by choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import BoxMm, Part, Region
from munibots.reading.raw import BLANK, Raw
from munibots.reading.registration import PICTURE_DPI

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter
    from munibots.reading.ocr.recognizer import Evidence, LineCrop

__all__ = ["Marking", "UnreadMarks", "marking"]

# Inked length along the outline of a choice's box, in parts of that outline: a circle reaches 1, a short tick
# that runs along the printed frame 0.2.
_MARKED, _TOUCHED = 0.12, 0.05
_PEN_PX = 3.0


@dataclass(frozen=True, slots=True)
class Marking:
    """How strongly each choice is marked.

    Attributes:
        names: Choices, the most strongly marked first.
        scores: 0 without ink; 0.5 and more for a whole circle or tick.
    """

    names: tuple[str, ...]
    scores: tuple[float, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """Choices that are clearly marked, compared with the strongest."""
        least = max(_MARKED, 0.4 * self.scores[0])
        return tuple(n for n, s in zip(self.names, self.scores, strict=True) if s >= least)

    @property
    def best(self) -> float:
        """Score of the strongest."""
        return self.scores[0]

    @property
    def second(self) -> float:
        """Score of the next."""
        return self.scores[1] if len(self.scores) > 1 else 0.0

    @property
    def margin(self) -> float:
        """1 when only one has ink, 0 when two have the same."""
        return (self.best - self.second) / self.best if self.best > 0 else 0.0

    @property
    def touched(self) -> bool:
        """There is some ink, though perhaps no whole mark."""
        return self.best >= _TOUCHED


def marking(cutter: Cutter, parts: Sequence[Part]) -> Marking:
    """Measure the ink of each choice.

    Every inked pixel near the choices counts for the choice whose box it is in or nearest to, so that a wide circle around
    one does not mark its neighbour; a mark counts as a whole for the choice around which it lies.
    """
    import cv2
    import numpy as np

    left, top = min(p.box.x_mm for p in parts), min(p.box.y_mm for p in parts)
    right = max(p.box.x_mm + p.box.w_mm for p in parts)
    bottom = max(p.box.y_mm + p.box.h_mm for p in parts)
    cut = cutter.cut(BoxMm(left, top, right - left, bottom - top), repair=False)
    scores = np.zeros(len(parts))
    if not cut.blank:
        k = PICTURE_DPI / 25.4
        ox, oy = cut.box_px[0] - left * k, cut.box_px[1] - top * k
        boxes = np.array([[p.box.x_mm * k + ox, p.box.y_mm * k + oy, p.box.w_mm * k, p.box.h_mm * k] for p in parts])
        # The print is left out, which breaks a circle where it crosses it: join the pieces before taking marks as wholes.
        joined = cv2.dilate(cut.ink.astype(np.uint8), np.ones((9, 9), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        for mark in range(1, count):
            ys, xs = np.nonzero((labels == mark) & cut.ink)
            if not len(xs):
                continue
            x0, y0, w, h = stats[mark, :4]
            distance = _distance(boxes, x0 + w / 2, y0 + h / 2)
            wide = w > 1.9 * boxes[:, 2].max() or h > 1.9 * boxes[:, 3].max()
            if wide:  # two marks that touch: pixel by pixel
                nearest = np.argmin(np.stack([_distance_many(b, xs, ys) for b in boxes]), axis=0)
                scores += np.bincount(nearest, minlength=len(parts))
            else:
                scores[int(distance.argmin())] += len(xs)
        scores /= _PEN_PX * 2 * (boxes[:, 2] + boxes[:, 3])
    order = np.argsort(-scores, kind="stable")
    return Marking(tuple(parts[i].name for i in order), tuple(float(scores[i]) for i in order))


def _distance(boxes: NDArray[float64], x: float, y: float) -> NDArray[float64]:
    """Of a mark's middle from the middle of each box, in box sizes."""
    import numpy as np

    across = (x - boxes[:, 0] - boxes[:, 2] / 2) / boxes[:, 2]
    down = (y - boxes[:, 1] - boxes[:, 3] / 2) / boxes[:, 3]
    return np.asarray(np.hypot(across, down))


def _distance_many(box: NDArray[float64], xs: NDArray[int64], ys: NDArray[int64]) -> NDArray[float64]:
    """Of pixels from one box, in pixels; 0 inside it."""
    import numpy as np

    x, y, w, h = box
    across = np.maximum(np.maximum(x - xs, xs - (x + w)), 0)
    down = np.maximum(np.maximum(y - ys, ys - (y + h)), 0)
    return np.asarray(np.hypot(across, down))


class UnreadMarks:
    """A field of style ``marks``; it needs no recogniser."""

    def __init__(self, cutter: Cutter, field: Field, region: Region) -> None:
        """Measure at once."""
        self._field = field
        self._marking = marking(cutter, region.parts)
        self.crops: tuple[LineCrop, ...] = ()

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """The marked choice of a ``choice`` field, or all of a ``marks`` field."""
        found = self._marking
        if not found.touched:
            return BLANK
        features = {
            "mark_best": min(found.best, 1.5),
            "mark_second": min(found.second, 1.5),
            "mark_margin": found.margin,
        }
        marked = found.marked
        order = tuple(p for p in self._field.choices if p.name in marked)
        text = "・".join(c.name for c in order)
        if self._field.type is FieldType.MARKS:
            names = tuple(c.name for c in order)
            return Raw(text or found.names[0], names or None, features, () if names else ("印が薄いか小さすぎます。",))
        if len(marked) == 1:
            return Raw(text, marked[0], features, candidates=(found.names[1],) if found.second >= _TOUCHED else ())
        if not marked:
            return Raw(found.names[0], None, features, ("印が薄いか小さすぎます。",), (found.names[0],))
        return Raw(text, None, features, ("二つ以上に印があります。",), marked)
