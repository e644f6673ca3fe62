"""Keywords that open and close the core system."""

from __future__ import annotations

from robot.api.deco import keyword

from munibots.keywords.entry_session import EntrySession

__all__ = ["SessionKeywords"]


class SessionKeywords:
    """Coming and going."""

    def __init__(self, session: EntrySession) -> None:
        self._session = session

    @keyword
    def open_core_system(self) -> None:
        """Start a browser and sign in to the profile's core system.

        The account comes from MUNIBOTS_USER_<SYSTEM> and MUNIBOTS_PASSWORD_<SYSTEM>. Without an answer, or with an account
        that is refused, the run stops.
        """
        self._session.open()

    @keyword
    def close_core_system(self) -> None:
        """End the browser. Cases that are not concluded stay where they are; the next run goes on with them."""
        self._session.close()
