"""Cases 案件 and their legal state changes.

::

    RECEIVED ──► NEEDS_REVIEW ──► READY ──► TYPING ──► SUBMITTING ──► ENTERED
        │             │  ▲          │         │  │           │
        └─────────────┼──┼─► READY  │         │  └► FLAGGED ◄┘
                      ▼  │          ▼         └────► READY          (only if nothing was sent: the screen saves on the last click)
                   REJECTED ◄── FLAGGED ──► READY | ENTERED | NEEDS_REVIEW   (a person decides)

``READY`` is an approved case 承認済み. From ``TYPING`` on the entry is fenced: see ``munibots.entering.fence``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from munibots.domain.document import PageKind, PageRole

__all__ = ["CASE_STATES_JA", "Case", "CaseState", "may_change"]


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "RECEIVED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    READY = "READY"
    TYPING = "TYPING"
    SUBMITTING = "SUBMITTING"
    ENTERED = "ENTERED"
    FLAGGED = "FLAGGED"
    REJECTED = "REJECTED"


CASE_STATES_JA: Mapping[CaseState, str] = MappingProxyType(
    {
        CaseState.RECEIVED: "受付",
        CaseState.NEEDS_REVIEW: "確認待ち",
        CaseState.READY: "承認済み",
        CaseState.TYPING: "入力中",
        CaseState.SUBMITTING: "登録中",
        CaseState.ENTERED: "入力済み",
        CaseState.FLAGGED: "要確認(入力)",
        CaseState.REJECTED: "却下",
    }
)

_S = CaseState
_LEGAL: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {
        _S.RECEIVED: frozenset({_S.NEEDS_REVIEW, _S.READY, _S.REJECTED}),
        _S.NEEDS_REVIEW: frozenset({_S.READY, _S.REJECTED, _S.RECEIVED}),
        _S.READY: frozenset({_S.TYPING, _S.FLAGGED, _S.NEEDS_REVIEW}),
        _S.TYPING: frozenset({_S.TYPING, _S.SUBMITTING, _S.READY, _S.FLAGGED, _S.ENTERED}),
        _S.SUBMITTING: frozenset({_S.ENTERED, _S.FLAGGED}),
        _S.FLAGGED: frozenset({_S.READY, _S.ENTERED, _S.NEEDS_REVIEW, _S.REJECTED}),
        _S.ENTERED: frozenset(),
        _S.REJECTED: frozenset(),
    }
)


def may_change(old: CaseState, new: CaseState) -> bool:
    """Whether the law of the case allows ``old`` → ``new``."""
    return new in _LEGAL[old]


@dataclass(frozen=True, slots=True)
class Case:
    """One resident's request with its documents.

    Attributes:
        id: Opaque, safe for logs; carries nothing personal.
        profile: Municipality code.
        page_indexes: Its pages within the file, from 0: the form's pages in the form's order, then attachments, then blank
            backs.
        page_roles: What each of them is.
        file_pages: How many pages its whole file has.
        revision: Counts the state changes; a decision made on an older revision is refused.
        token: Who may go on with the entry, while ``TYPING`` or ``SUBMITTING``.
        attempts: How often typing was begun.
        receipt_no: The core system's own number, once entered.
    """

    id: str
    bot_id: str
    profile: str
    form_id: str | None
    state: CaseState
    source: str
    page_indexes: tuple[int, ...]
    received_at: datetime
    changed_at: datetime
    revision: int = 0
    token: str | None = None
    attempts: int = 0
    receipt_no: str | None = None
    auto_approved: bool = False
    problem: tuple[str, str, str] | None = None
    page_roles: tuple[PageRole, ...] = ()
    file_pages: int | None = None

    def page_nos(self, kind: PageKind) -> tuple[int, ...]:
        """Numbers, from 1 and in the order of ``page_indexes``, of the pages that are of this kind."""
        return tuple(no for no, role in enumerate(self.page_roles, start=1) if role.kind is kind)
