"""Keywords that enter one case, in the order of the story."""

from __future__ import annotations

from robot.api.deco import keyword

from munibots.domain.case import CASE_STATES_JA, CaseState
from munibots.keywords.entry_session import EntrySession

__all__ = ["EntryKeywords"]


class EntryKeywords:
    """From the approved case to the record that was read back."""

    def __init__(self, session: EntrySession) -> None:
        self._session = session

    @keyword
    def begin_entry(self, case_id: str) -> bool:
        """Take a case for typing, after looking whether the core system already holds it.

        Returns false if there is nothing to type: it was entered before, or it has gone to a person. A case that an earlier
        run left in the middle is settled here.
        """
        session = self._session
        session.take(case_id)
        with session.timed("look_up"):
            session.ticket = session.fence.begin(case_id, session.look_up, session.saved_differences)
        if session.ticket is None:
            session.context.settle(case_id)
        return session.ticket is not None

    @keyword
    def open_entry_screen(self) -> None:
        """Open the first entry screen, empty, signing in again if need be."""
        self._session.current_ticket()
        self._session.core.sign_in()
        self._session.core.start(self._session.flow, self._session.entry)

    @keyword
    def fill_case(self) -> None:
        """Fill screen after screen up to the confirm screen; every field is read back before the next screen.

        Fails if a field does not hold what was typed, or if the core system shows an error of its own.
        """
        with self._session.timed("type"):
            self._session.core.fill(self._session.flow, self._session.entry)

    @keyword
    def compare_confirm_screen(self) -> None:
        """Compare everything that the confirm screen shows with the case; fails naming the fields that differ."""
        with self._session.timed("confirm"):
            self._session.core.compare_confirmation(self._session.flow, self._session.entry)

    @keyword
    def register_case(self) -> str:
        """Press the last button, once: the intent is written down before. Returns the receipt number shown.

        There is no other way to the last button.
        """
        session = self._session
        with session.timed("submit"):
            return session.core.commit(session.flow, session.entry, session.fence, session.current_ticket())

    @keyword
    def read_back_case(self) -> str:
        """Look the case up in the core system and compare the saved record field by field.

        Returns the state of the case in words. Anything but one record that agrees goes to a person.
        """
        session = self._session
        with session.timed("read_back"):
            state: CaseState = session.fence.conclude(
                session.current_ticket(), session.look_up, session.saved_differences
            )
        session.context.settle(session.entry.case_id)
        return CASE_STATES_JA[state]
