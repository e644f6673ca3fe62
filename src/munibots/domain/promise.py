"""The promise 約束: from which confidence a field needs no human eyes, and what people found in the sample that watches it.

A *kind* is a group of accepted fields that share one promise: a field type whose confidence reached its level, or
:data:`REGISTER` for what the resident register confirmed. :data:`OVERALL` stands for all of them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

__all__ = ["NEVER", "OVERALL", "REGISTER", "LevelChange", "LevelOrigin", "LevelsInForce", "SampleTally", "SampledField"]

REGISTER = "register"
"""The kind of what the register confirms."""

OVERALL = "all"
"""All kinds together: the promise as it is published."""

NEVER = 1.01
"""A level that no confidence reaches."""


class LevelOrigin(StrEnum):
    """Who said the level in force."""

    SHIPPED = "shipped"
    PROFILE = "profile"
    TIGHTENED = "tightened"
    RECALIBRATED = "recalibrated"

    @property
    def ja(self) -> str:
        """Text shown for it."""
        return _ORIGINS_JA[self]


_ORIGINS_JA = {
    LevelOrigin.SHIPPED: "同梱",
    LevelOrigin.PROFILE: "団体の定め",
    LevelOrigin.TIGHTENED: "引き上げ(約束が破れた)",
    LevelOrigin.RECALIBRATED: "較正し直し",
}


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A level that the store says instead of the shipped one or the profile's; append-only, the latest of a kind counts.

    Attributes:
        accept_at: Lowest confidence at which a field needs no eyes; :data:`NEVER`: always eyes.
        samples: Fields that people had judged when it was decided.
        errors: Those of them that were wrong.
        e_value: Evidence against the promise, of a tightened level.
        calibration: Hash of the model whose confidences it speaks of.
        seq: Given by the store, from 1.
    """

    profile: str
    kind: str
    accept_at: float
    origin: LevelOrigin
    samples: int
    errors: int
    e_value: float | None = None
    calibration: str = ""
    at: datetime | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class LevelsInForce:
    """What a reading goes by.

    Attributes:
        accept_at: By kind; one that is missing is never accepted by confidence.
        seq: The newest change of the profile that is in it, 0 for none: tells later which samples were drawn under which levels.
    """

    accept_at: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SampledField:
    """An accepted field that was drawn to be looked at all the same.

    Attributes:
        right: What the person found; ``None``: nobody has decided yet.
    """

    field: str
    kind: str
    confidence: float | None
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class SampleTally:
    """Samples of one kind that were drawn under the same levels.

    Attributes:
        judged: Those of the drawn that a person has decided.
        wrong: Those of the judged that the person corrected.
    """

    kind: str
    levels_seq: int
    drawn: int
    judged: int
    wrong: int
