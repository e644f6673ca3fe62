"""Keywords for what goes wrong, and for pictures."""

from __future__ import annotations

from robot.api.deco import keyword

from munibots.domain.case import CASE_STATES_JA, CaseState
from munibots.errors import CaseError, RunError, SessionLostError
from munibots.keywords.entry_session import EntrySession

__all__ = ["OutcomeKeywords"]

_AGAIN = (CaseState.READY, CaseState.TYPING, CaseState.SUBMITTING)


class OutcomeKeywords:
    """Handing a case to a person, and recording a screen."""

    def __init__(self, session: EntrySession) -> None:
        self._session = session

    @keyword
    def hand_to_person(self, case_id: str) -> str:
        """Deal with the failure of a case, so that the run can go on with the next; returns the state of the case in words.

        The case keeps the code, the reason and the next step. If only the session was lost before anything was sent, the case
        is approved again and will be tried again. If the last button had been pressed, the core system is looked up first.
        A failure that concerns the whole run (no core system, no database, a mistake in the story) stops the run.
        """
        error = self._session.context.last_error
        self._session.context.last_error = None
        if not isinstance(error, CaseError):
            # Going on would only repeat it; the case stays where it is, and the next run looks it up first.
            raise error if error is not None else RunError()
        state = self._conclude(case_id, error)
        if state not in _AGAIN:
            self._session.context.settle(case_id)
        return CASE_STATES_JA[state]

    def _conclude(self, case_id: str, error: CaseError) -> CaseState:
        session = self._session
        case = session.context.store.get(case_id)
        ticket = session.ticket
        if ticket is None or ticket.case_id != case_id:
            return case.state
        if case.state is CaseState.SUBMITTING:
            try:
                return session.fence.conclude(ticket, session.look_up, session.saved_differences)
            except SessionLostError:
                return case.state
            except CaseError as failed_look:
                return session.fence.give_up(ticket, failed_look)
        return session.fence.give_up(ticket, error)

    @keyword
    def record_screen(self, name: str) -> None:
        """Keep a picture of the screen with the case, everything personal covered."""
        from robot.api import logger

        path = self._session.shoot(name)
        if path is None:
            return
        logger.info(f'<img src="screens/{path.name}" width="600">', html=True)
