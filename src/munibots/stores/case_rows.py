"""Rows of the case tables and the domain's objects, one from the other; what is personal is sealed on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from munibots.domain.case import Case, CaseState
from munibots.domain.document import PageKind, PageRole
from munibots.domain.review import AuditRecord, Correction, Review, ReviewOutcome
from munibots.stores.reading_codec import value_from_json, value_to_json
from munibots.stores.sealing import Sealer

__all__ = [
    "Attachment",
    "NewCase",
    "StepTime",
    "audit_values",
    "case_from_row",
    "case_values",
    "record_from_row",
    "review_from_row",
    "review_values",
    "sealed_problem",
]

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class NewCase:
    """A document that was taken in.

    Attributes:
        id: From :func:`munibots.stores.case_ids.new_case_id`.
        source: File name without folders; sealed, since file names often hold a resident's name.
        scans: One encoded picture (PNG or JPEG) a page, in the order of ``page_indexes``; ``None`` for a page that cannot be
            opened.
        digest: From :func:`munibots.stores.case_ids.page_digest`.
        page_roles: What each page is to the case; one a page.
        file_pages: How many pages the whole file has.
        problem: Code, reason and next step, if a person must decide before anything can be read.
    """

    id: str
    bot_id: str
    profile: str
    source: str = field(repr=False)
    page_indexes: tuple[int, ...]
    scans: tuple[bytes | None, ...] = field(repr=False)
    digest: str
    page_roles: tuple[PageRole, ...] = ()
    file_pages: int | None = None
    problem: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long one step of one case took, wall clock."""

    case_id: str
    step: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture kept with a case; its bytes are fetched by name."""

    case_id: str
    name: str
    kind: str
    at: datetime


def case_values(new: NewCase, sealer: Sealer, now: datetime) -> dict[str, Any]:
    """The row of a case that has just been received."""
    return {
        "id": new.id,
        "bot_id": new.bot_id,
        "profile": new.profile,
        "form_id": None,
        "state": CaseState.RECEIVED.value,
        "source_sealed": sealer.seal(new.source.encode(), place="mb_case.source", row=new.id),
        "page_indexes": list(new.page_indexes),
        "page_roles": [role.code for role in new.page_roles],
        "file_pages": new.file_pages,
        "digest": new.digest,
        "received_at": now,
        "changed_at": now,
        "revision": 0,
        "attempts": 0,
        "auto_approved": False,
    }


def case_from_row(row: Row, sealer: Sealer) -> Case:
    """The case of a row of ``mb_case``."""
    problem = None
    if row["problem_sealed"] is not None:
        code, reason_ja, next_ja = json.loads(
            sealer.unseal(row["problem_sealed"], place="mb_case.problem", row=row["id"])
        )
        problem = (code, reason_ja, next_ja)
    return Case(
        id=row["id"],
        bot_id=row["bot_id"],
        profile=row["profile"],
        form_id=row["form_id"],
        state=CaseState(row["state"]),
        source=sealer.unseal(row["source_sealed"], place="mb_case.source", row=row["id"]).decode(),
        page_indexes=tuple(row["page_indexes"]),
        # Cases of a store that knew no roles: every page was a form's.
        page_roles=tuple(PageRole.from_code(code) for code in row["page_roles"] or ())
        or tuple(PageRole(PageKind.FORM) for _ in row["page_indexes"]),
        file_pages=row["file_pages"],
        received_at=row["received_at"],
        changed_at=row["changed_at"],
        revision=row["revision"],
        token=row["token"],
        attempts=row["attempts"],
        receipt_no=row["receipt_no"],
        auto_approved=row["auto_approved"],
        problem=problem,
    )


def sealed_problem(problem: tuple[str, str, str] | None, case_id: str, sealer: Sealer) -> bytes | None:
    """Code, reason and next step, sealed: the sentences may hold a file name."""
    if problem is None:
        return None
    return sealer.seal(json.dumps(problem).encode(), place="mb_case.problem", row=case_id)


def review_values(review: Review, revision: int, sealer: Sealer, now: datetime) -> dict[str, Any]:
    """The row of a decision made on ``revision`` of its case."""
    decision = {
        "corrections": [[c.field, value_to_json(c.value)] for c in review.corrections],
        "reason_ja": review.reason_ja,
    }
    return {
        "case_id": review.case_id,
        "revision": revision,
        "at": now,
        "reviewer": review.reviewer,
        "outcome": review.outcome.value,
        "seconds": review.seconds,
        "decision_sealed": sealer.seal(
            json.dumps(decision).encode(), place="mb_review.decision", row=f"{review.case_id}/{revision}"
        ),
    }


def review_from_row(row: Row, sealer: Sealer) -> Review:
    """The review of a row of ``mb_review``."""
    decision = json.loads(
        sealer.unseal(row["decision_sealed"], place="mb_review.decision", row=f"{row['case_id']}/{row['revision']}")
    )
    return Review(
        case_id=row["case_id"],
        reviewer=row["reviewer"],
        outcome=ReviewOutcome(row["outcome"]),
        corrections=tuple(Correction(name, value_from_json(v)) for name, v in decision["corrections"]),
        reason_ja=decision["reason_ja"],
        seconds=row["seconds"],
    )


def audit_values(record: AuditRecord) -> dict[str, Any]:
    """The row of an audit record; its ``seq`` is given by the database."""
    return {
        "case_id": record.case_id,
        "at": record.at,
        "actor": record.actor,
        "event": record.event,
        "old_state": record.old_state,
        "new_state": record.new_state,
        "detail": dict(record.detail),
    }


def record_from_row(row: Row) -> AuditRecord:
    """The audit record of a row of ``mb_audit``."""
    return AuditRecord(
        case_id=row["case_id"],
        at=row["at"],
        actor=row["actor"],
        event=row["event"],
        old_state=row["old_state"],
        new_state=row["new_state"],
        detail=MappingProxyType(row["detail"]),
        seq=row["seq"],
    )
