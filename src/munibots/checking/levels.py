"""Moving the level from which a field needs no eyes: up at once where the promise is broken, down only on evidence.

A city's own evidence has a bias that must be taken out: below the level people have seen every field, above it only the sample.
So the two are strata. Each has its own exact bound (Clopper and Pearson, Biometrika 26, 1934), and they are put together by how
many fields each stratum really holds, which is known; among equals this is the weighting by the inverse of the sampling
probability, and it stays valid where a stratum has seen no error at all.

Levels are tried from the top down in an order that does not depend on what people found, and the first that fails ends the
search. So trying many does not use up the 95 % (fixed-sequence testing: Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then
Test", Annals of Applied Statistics 2025).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from munibots.checking.bounds import error_rate_upper_bound
from munibots.domain.promise import NEVER

__all__ = ["LEVELS", "Proposal", "SeenBelow", "Stratum", "error_upper_bound", "propose_level", "raised_level"]

LEVELS = (0.9999, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, 0.95, 0.9)
"""The levels that are tried, from the top; below 0.9 a field is never accepted."""

_MARGIN = 1.0
"""How far above the most confident error a raised level lies, in log odds: as when the shipped levels were chosen."""

_HIGHEST = 0.99999
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Stratum:
    """Fields of one kind that were seen with one probability.

    Attributes:
        read: All of them.
        seen: Those that a person has judged.
        wrong: Errors known among them.
    """

    read: int = 0
    seen: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class SeenBelow:
    """A field that went to a person for its confidence alone; ``right`` is ``None`` while nobody has decided."""

    confidence: float
    right: bool | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the evidence says of the level of one kind.

    Attributes:
        accept_at: The level; the current one where the evidence does not carry another.
        bound: 95 % upper bound of the error among what this level accepts, 1 without evidence.
        seen: Fields that people judged among them.
        wrong: Errors among those.
        reason_ja: Why.
    """

    accept_at: float
    bound: float
    seen: int
    wrong: int
    reason_ja: str


def raised_level(accept_at: float, worst_error: float | None) -> float:
    """The level after a broken promise: clear of the most confident error that people found.

    Args:
        accept_at: The level in force.
        worst_error: Confidence of that error; ``None``: confidence had no part in it, so that no level helps.

    Returns:
        A higher level, or :data:`~munibots.domain.promise.NEVER`.
    """
    if worst_error is None or accept_at >= _HIGHEST:
        return NEVER
    top = min(max(accept_at, worst_error), 1 - 1e-9)
    level = 1 / (1 + math.exp(-(math.log(top / (1 - top)) + _MARGIN)))
    return NEVER if level > _HIGHEST else round(level, _PLACES)


def error_upper_bound(strata: Sequence[Stratum], *, level: float = 0.95) -> float:
    """One-sided upper bound of the error over several strata together.

    The chance of missing is split evenly over the strata that hold fields, so that all their bounds hold at once.

    Returns:
        1 where there are no fields.
    """
    held = [s for s in strata if s.read]
    total = sum(s.read for s in held)
    each = 1 - (1 - level) / max(1, len(held))
    return sum(s.read / total * error_rate_upper_bound(s.wrong, s.seen, level=each) for s in held) if held else 1.0


def propose_level(current: float, promised: float, accepted: Stratum, below: Sequence[SeenBelow]) -> Proposal:
    """The lowest level that the evidence carries.

    Args:
        current: The level in force; :data:`~munibots.domain.promise.NEVER` where all goes to people.
        promised: Highest share of errors among the accepted fields.
        accepted: What the current level accepts, with what the sample found; errors that people met outside the sample may be
            counted in ``wrong``, which makes the bound more careful.
        below: What lies below the current level.

    Returns:
        A level of :data:`LEVELS` under the current one for which the bound holds, else the current one.
    """
    best = _proposal(current, (accepted,), "")
    for level in LEVELS:
        if level >= current:
            continue
        strata = (accepted, _stratum([b for b in below if b.confidence >= level]))
        # Nobody was seen between this level and the one before, or too few for it to pass whatever was found: neither looks at the
        # findings.
        if (
            sum(s.seen for s in strata) <= best.seen
            or error_upper_bound([replace(s, wrong=0) for s in strata]) > promised
        ):
            continue
        if error_upper_bound(strata) > promised:
            break
        best = _proposal(level, strata, "誤り率の 95 % 上限が約束に収まるところまで下げられます。")
    return best if best.accept_at < current else replace(best, reason_ja=_why_not_ja(current, accepted, below))


def _why_not_ja(current: float, accepted: Stratum, below: Sequence[SeenBelow]) -> str:
    if current <= LEVELS[-1]:
        return "これより低い基準はありません。"
    if accepted.wrong or any(b.right is False for b in below):
        return "誤りがあるので下げられません。"
    return "人が確かめた項目がまだ足りません。"


def _stratum(fields: Sequence[SeenBelow]) -> Stratum:
    return Stratum(len(fields), sum(f.right is not None for f in fields), sum(f.right is False for f in fields))


def _proposal(level: float, strata: Sequence[Stratum], reason_ja: str) -> Proposal:
    seen, wrong = sum(s.seen for s in strata), sum(s.wrong for s in strata)
    return Proposal(level, error_upper_bound(strata), seen, wrong, reason_ja)
