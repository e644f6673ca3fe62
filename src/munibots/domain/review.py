"""Reviews: what people decide, and audit records: what happened, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = ["AuditRecord", "Correction", "Review", "ReviewOutcome"]


class ReviewOutcome(StrEnum):
    """What a person may decide of a case."""

    APPROVE = "approve"
    REJECT = "reject"
    RETRY = "retry"
    """Of a flagged case: nothing was saved, enter it again. Of one that could not be read: read it again."""
    ENTERED_BY_HAND = "entered"
    """Of a flagged case: the core system holds it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field as a person decided it; ``value`` as in :class:`~munibots.domain.reading.FieldValue`."""

    field: str
    value: str | tuple[str, ...] | None = dataclass_field(repr=False)


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one person on one case."""

    case_id: str
    reviewer: str
    outcome: ReviewOutcome
    corrections: tuple[Correction, ...] = ()
    reason_ja: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An append-only fact: who did what to which case, when. ``detail`` holds codes, counts and field names, never values.

    ``case_id`` is empty for what concerns no single case, such as a broken promise.
    """

    case_id: str
    at: datetime
    actor: str
    event: str
    old_state: str | None = None
    new_state: str | None = None
    detail: Mapping[str, Any] = dataclass_field(default_factory=lambda: MappingProxyType({}))
    seq: int | None = None
