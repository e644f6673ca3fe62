"""The fenced entry: READY → TYPING → SUBMITTING → ENTERED | FLAGGED, so that a case is never entered twice and never lost.

A core system cannot be asked to take an entry once: it has no unique key for us, and its last click cannot be undone. So
every arrow is a committed compare-and-set on the case's state and token; the intent ``SUBMITTING`` is on disk before the
last click; and the core system is searched by the movement's natural key before typing and after the click. What these do
not settle is settled by a person.

What an interrupted case is found in, and what follows:

============== ============================ ===========================================================
state          receipts found               outcome
============== ============================ ===========================================================
``READY``      none                         typing begins
``READY``      one or more                  ``FLAGGED`` AlreadyEntered: entered by hand, or a second form
``TYPING``     none                         typing begins again (a screen that saves early: ``FLAGGED``)
``TYPING``     one, as the case             ``ENTERED``
``TYPING``     one, otherwise               ``FLAGGED`` SavedRecordMismatch
``TYPING``     several                      ``FLAGGED`` EntryDoubt
``SUBMITTING`` one, as the case             ``ENTERED``
``SUBMITTING`` one, otherwise               ``FLAGGED`` SavedRecordMismatch
``SUBMITTING`` none or several              ``FLAGGED`` EntryDoubt
============== ============================ ===========================================================

The natural key must be as narrow as the movement itself (person, kind and date of the movement, not the person alone):
whatever it finds is taken for this movement. Where a city knows two lawful movements with one key, the second is flagged as
already entered and a person enters it; the fence does not count earlier receipts, for a count cannot tell whose they are.

A case found in ``TYPING`` is taken for an orphan. That holds because one process works on a store at a time
(:func:`munibots.stores.store_lock.store_lock`); a worker that is overtaken all the same loses its token, and with it the
right to press.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from munibots.domain.case import Case, CaseState
from munibots.errors import (
    AlreadyEnteredError,
    CaseError,
    EntryDoubtError,
    IllegalStateChangeError,
    SavedRecordMismatchError,
    SessionLostError,
)
from munibots.stores.case_store import CaseStore

__all__ = ["Fence", "Look", "Matches", "Ticket"]

Look = Callable[[], Sequence[str]]
"""Searches the core system by the movement's natural key; the receipt numbers found."""

Matches = Callable[[str], Collection[str]]
"""Opens the record of a receipt number and compares it with the case; labels of the fields that differ."""

_CONCLUDED = (CaseState.ENTERED, CaseState.FLAGGED, CaseState.REJECTED)


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to go on with the entry of one case."""

    case_id: str
    token: str


class Fence:
    """Leads one case at a time through its entry; keeps nothing between calls but what is in the store."""

    def __init__(
        self, store: CaseStore, *, actor: str, saves_before_submit: bool = False, max_attempts: int = 3
    ) -> None:
        """
        Args:
            actor: Who enters, for the audit trail.
            saves_before_submit: The core system keeps something before the last click (a draft, a household made on the way), so an
                interrupted case is never typed again.
            max_attempts: After this many attempts at typing, a lost session flags the case.
        """
        self._store = store
        self._actor = actor
        self._saves_before_submit = saves_before_submit
        self._max_attempts = max_attempts

    def begin(self, case_id: str, look: Look, matches: Matches) -> Ticket | None:
        """Take a case for typing.

        An error of ``look`` or ``matches`` flags the case, except :class:`SessionLostError` and errors that stop the run: these go
        through, the case stays as it is, and the next call looks again.

        Returns:
            ``None`` if there is nothing to type: the case is concluded (the audit trail says why), or somebody else has it.

        Raises:
            IllegalStateChangeError: The case has not been approved.
        """
        case = self._store.get(case_id)
        if case.state in _CONCLUDED:
            return None
        if case.state not in (CaseState.READY, CaseState.TYPING, CaseState.SUBMITTING):
            raise IllegalStateChangeError(case_id=case_id, old=case.state, new=CaseState.TYPING)
        try:
            receipts = _distinct(look())
            if case.state is CaseState.READY:
                if receipts:
                    self._flag(case, AlreadyEnteredError(case_id=case_id), receipts=len(receipts))
                    return None
                return self._take(case, event="typing_begun")
            if case.state is CaseState.TYPING and not receipts and not self._saves_before_submit:
                return self._take(case, event="typing_begun_again")
            self._settle(case, receipts, matches)
        except SessionLostError:
            raise
        except CaseError as error:
            self._flag_for(case, error)
        return None

    def submitting(self, ticket: Ticket, press: Callable[[], None]) -> None:
        """Write down the intent, then press: the only line that cannot be repeated.

        Raises:
            EntryDoubtError: The case is not, or no longer, this ticket's to submit; nothing was pressed.
        """
        if not self._store.change(
            ticket.case_id,
            {CaseState.TYPING},
            CaseState.SUBMITTING,
            actor=self._actor,
            event="submitting",
            if_token=ticket.token,
        ):
            raise EntryDoubtError(case_id=ticket.case_id)
        press()

    def conclude(self, ticket: Ticket, look: Look, matches: Matches) -> CaseState:
        """Read back after the last click: exactly one receipt, equal to the case, is an entry; anything else goes to a person.

        May be called again, also after an error of ``look`` or ``matches``: these go through and leave the case in ``SUBMITTING``.

        Returns:
            ``ENTERED`` or ``FLAGGED``.

        Raises:
            EntryDoubtError: The case is somebody else's.
            IllegalStateChangeError: Nothing has been submitted.
        """
        case = self._store.get(ticket.case_id)
        if case.state in _CONCLUDED:
            return case.state
        if case.token != ticket.token:
            raise EntryDoubtError(case_id=ticket.case_id)
        if case.state is not CaseState.SUBMITTING:
            raise IllegalStateChangeError(case_id=case.id, old=case.state, new=CaseState.ENTERED)
        return self._settle(case, _distinct(look()), matches)

    def give_up(self, ticket: Ticket, error: CaseError) -> CaseState:
        """End an attempt that failed.

        While typing, nothing was sent: a lost session sends the case back to ``READY`` as long as attempts are left, any other error
        flags it. After the intent was written down, it is flagged as doubtful; try :meth:`conclude` first.

        Returns:
            The state of the case; unchanged if it is concluded or somebody else's.
        """
        case = self._store.get(ticket.case_id)
        if case.token != ticket.token or case.state not in (CaseState.TYPING, CaseState.SUBMITTING):
            return case.state
        if (
            case.state is CaseState.TYPING
            and isinstance(error, SessionLostError)
            and not self._saves_before_submit
            and case.attempts < self._max_attempts
        ):
            return self._finish(
                case,
                CaseState.READY,
                event="typing_given_up",
                detail={"code": error.code, "attempts": case.attempts},
            )
        return self._flag_for(case, error)

    def _take(self, case: Case, *, event: str) -> Ticket | None:
        ticket = Ticket(case.id, uuid4().hex)
        won = self._store.change(
            case.id,
            {case.state},
            CaseState.TYPING,
            actor=self._actor,
            event=event,
            if_token=case.token,
            token=ticket.token,
            detail={"attempts": case.attempts + 1},
            count_attempt=True,
        )
        return ticket if won else None

    def _settle(self, case: Case, receipts: Sequence[str], matches: Matches) -> CaseState:
        if len(receipts) != 1:
            return self._flag(case, EntryDoubtError(case_id=case.id), receipts=len(receipts))
        differing = list(matches(receipts[0]))
        if differing:
            error = SavedRecordMismatchError(case_id=case.id, field="、".join(differing))
            return self._flag(case, error, receipts=1, fields=differing)
        return self._finish(
            case,
            CaseState.ENTERED,
            event="entered",
            detail={"after": case.state.value},
            receipt_no=receipts[0],
        )

    def _flag_for(self, case: Case, error: CaseError) -> CaseState:
        """Flag for an error that came from outside the fence: after the intent, whatever it was, it means doubt."""
        sent = case.state is CaseState.SUBMITTING
        draft = case.state is CaseState.TYPING and self._saves_before_submit
        if sent or (draft and isinstance(error, SessionLostError)):
            return self._flag(case, EntryDoubtError(case_id=case.id), cause=error.code)
        return self._flag(case, error)

    def _flag(self, case: Case, error: CaseError, **detail: Any) -> CaseState:
        return self._finish(
            case,
            CaseState.FLAGGED,
            event="flagged",
            detail={"code": error.code, "after": case.state.value, **detail},
            problem=(error.code, error.reason_ja, error.next_step_ja),
        )

    def _finish(
        self,
        case: Case,
        new: CaseState,
        *,
        event: str,
        detail: Mapping[str, Any],
        receipt_no: str | None = None,
        problem: tuple[str, str, str] | None = None,
    ) -> CaseState:
        """End the attempt if the case still is as it was seen; else say what has become of it."""
        won = self._store.change(
            case.id,
            {case.state},
            new,
            actor=self._actor,
            event=event,
            if_token=case.token,
            clear_token=True,
            detail=detail,
            receipt_no=receipt_no,
            problem=problem,
        )
        return new if won else self._store.get(case.id).state


def _distinct(receipts: Sequence[str]) -> Sequence[str]:
    """A search that lists one record once a household member has still found one record."""
    return tuple(dict.fromkeys(receipts))
