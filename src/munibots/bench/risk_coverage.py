"""How many fields may skip human eyes, and how many of them are wrong, at every threshold that could have been chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from munibots.checking.bounds import error_rate_upper_bound
from munibots.domain.form import FieldType

__all__ = ["Curve", "Point", "Scored", "risk_coverage"]

_POINTS = 80


class Scored(NamedTuple):
    """One filled field that was read and compared with the truth.

    Attributes:
        confidence: ``None`` for writing that cannot be a value: no threshold ever accepts it.
        accept_at: The threshold in force for its type; ``None``: this type is never accepted by its confidence.
    """

    form_id: str
    kind: FieldType
    confidence: float | None
    accept_at: float | None
    right: bool

    @property
    def accepted(self) -> bool:
        """Whether its confidence reaches the threshold in force."""
        return self.accept_at is not None and self.confidence is not None and self.confidence >= self.accept_at


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold: of ``fields`` it accepts ``accepted``, of which ``wrong`` are wrong."""

    fields: int
    accepted: int
    wrong: int

    @property
    def coverage(self) -> float:
        """Share of the fields that are accepted."""
        return self.accepted / max(1, self.fields)

    @property
    def error(self) -> float:
        """Share of the accepted fields that are wrong."""
        return self.wrong / max(1, self.accepted)

    @property
    def bound(self) -> float:
        """95 % upper bound of the error rate among accepted fields (Clopper and Pearson)."""
        return error_rate_upper_bound(self.wrong, self.accepted)


@dataclass(frozen=True, slots=True)
class Curve:
    """A risk–coverage curve.

    Attributes:
        points: From the strictest threshold to the one that accepts all it can.
        in_force: What the thresholds in force do; ``None`` where no type among the fields has one.
    """

    fields: int
    points: tuple[Point, ...]
    in_force: Point | None


def risk_coverage(fields: Sequence[Scored], *, by_one_threshold: bool = False) -> Curve:
    """The curve of these fields.

    Fields of several types have several thresholds. All of them are raised and lowered together, by the same log odds, so
    that the curve passes through what is in force; a type without threshold is never accepted, yet counts among the fields.

    Args:
        by_one_threshold: Fields of one type: the confidence alone counts, also of a type that has no threshold.
    """
    ranked = sorted(
        (
            (_log_odds(f.confidence) - (_log_odds(f.accept_at or 0.5)), f.right)
            for f in fields
            if f.confidence is not None and (by_one_threshold or f.accept_at is not None)
        ),
        key=lambda scored: -scored[0],
    )
    step = max(1, len(ranked) // _POINTS)
    points: list[Point] = []
    wrong = 0
    for n, (margin, right) in enumerate(ranked, start=1):
        wrong += not right
        last = n == len(ranked)
        # Fields of equal confidence come together: no threshold parts them.
        if last or (n >= (points[-1].accepted if points else 0) + step and ranked[n][0] < margin):
            points.append(Point(len(fields), n, wrong))
    accepted = [f for f in fields if f.accepted]
    known = any(f.accept_at is not None for f in fields)
    in_force = Point(len(fields), len(accepted), sum(not f.right for f in accepted)) if known else None
    return Curve(len(fields), tuple(points), in_force)


def _log_odds(p: float) -> float:
    p = min(1 - 1e-12, max(1e-12, p))
    return math.log(p / (1 - p))
