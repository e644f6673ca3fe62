"""What was read from a document, and what the checks say of it: the evidence that walks from room to room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from munibots.domain.document import PageRole
from munibots.domain.form import Severity
from munibots.domain.layout import BoxMm

__all__ = ["CheckResult", "Decision", "DocumentReading", "FieldValue", "FormMatch"]


class Decision(StrEnum):
    """What happens to a document after the checks."""

    APPROVE = "approve"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class FormMatch:
    """Which form a page is.

    Attributes:
        form_id: ``None``: "I do not know".
        confidence: Calibrated, 0–1.
        layout_id: The layout that was laid over the page.
        registration_error_mm: Root mean square distance of the matched points after registration.
        turned_deg: By how much the page was turned to stand upright: 0, 90, 180 or 270, clockwise.
    """

    form_id: str | None
    confidence: float
    layout_id: str | None = None
    registration_error_mm: float | None = None
    turned_deg: int = 0


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What was read in a field.

    ``text`` keeps what the paper says (髙 stays 髙); ``value`` is the normalised form: dates ISO 8601, digits half-width,
    telephone and postal code with hyphens, a choice as its name, marks as a tuple of names. A blank field is ``text=""``,
    ``value=None``, ``confidence=None``: never dropped, never guessed.

    Attributes:
        confidence: Calibrated probability 0–1 that ``value`` is right.
        accepted: Needs no human eyes.
        confirmed: The resident register says the same.
        reasons: Why it is not accepted, or what made it acceptable; Japanese, without values.
        candidates: Other readings, best first.
        features: Raw evidence for the calibration (scores, margins), by name.
    """

    name: str
    label_ja: str
    text: str = field(repr=False)
    value: str | tuple[str, ...] | None = field(repr=False)
    confidence: float | None
    page_index: int
    box: BoxMm
    accepted: bool = False
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = field(default=(), repr=False)
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    confirmed: bool = False

    @property
    def blank(self) -> bool:
        """Nothing is written in the field."""
        return self.text == "" and self.value is None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one rule says of a document; ``message_ja`` names fields, never values."""

    rule: str
    fields: tuple[str, ...]
    ok: bool
    message_ja: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """All that is known of one document after reading and checking.

    Attributes:
        page_indexes: Pages of ``source`` that make up the document: the form's pages in the form's order, then attachments,
            then blank backs.
        page_roles: What each of them is.
        values: One a field of the form, in the form's order.
        seconds: Time by step, wall clock.
        problem: Code, reason and next step of a case error, where the document could not be read.
    """

    source: str
    page_indexes: tuple[int, ...]
    decision: Decision
    match: FormMatch
    values: tuple[FieldValue, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[str, ...] = ()
    problem: tuple[str, str, str] | None = None
    page_roles: tuple[PageRole, ...] = ()

    def value(self, name: str) -> FieldValue:
        """The value of this field.

        Raises:
            KeyError: The document has no such field.
        """
        for v in self.values:
            if v.name == name:
                return v
        raise KeyError(name)

    def to_json(self) -> dict[str, Any]:
        """The answer of ``munibots read`` for this document (see the interface description in ``docs/reference``)."""
        m = self.match
        form = None
        if m.form_id is not None:
            form = {
                "id": m.form_id,
                "confidence": round(m.confidence, 4),
                "layout": m.layout_id,
                "registration_error_mm": m.registration_error_mm,
                "turned_deg": m.turned_deg,
            }
        answer: dict[str, Any] = {
            "source": self.source,
            "page_indexes": list(self.page_indexes),
            "page_roles": [role.code for role in self.page_roles],
            "decision": self.decision.value,
            "form": form,
            "fields": [
                {
                    "name": v.name,
                    "label_ja": v.label_ja,
                    "text": v.text,
                    "value": list(v.value) if isinstance(v.value, tuple) else v.value,
                    "confidence": None if v.confidence is None else round(v.confidence, 4),
                    "accepted": v.accepted,
                    "reasons": list(v.reasons),
                    "page_index": v.page_index,
                    "box_mm": [round(n, 2) for n in v.box],
                }
                for v in self.values
            ],
            "checks": [
                {
                    "rule": c.rule,
                    "fields": list(c.fields),
                    "ok": c.ok,
                    "severity": c.severity.value,
                    "message_ja": c.message_ja,
                }
                for c in self.checks
            ],
            "notices": list(self.notices),
            "seconds": {k: round(s, 4) for k, s in self.seconds.items()},
        }
        if self.problem is not None:
            code, reason_ja, next_ja = self.problem
            answer["problem"] = {"code": code, "message_ja": reason_ja, "next_ja": next_ja}
        return answer
