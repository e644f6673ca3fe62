"""The library ``munibots.CoreSystem``."""

from __future__ import annotations

from munibots.keywords.entry_keywords import EntryKeywords
from munibots.keywords.entry_session import EntrySession
from munibots.keywords.library import Library
from munibots.keywords.outcome_keywords import OutcomeKeywords
from munibots.keywords.run_context import context_for
from munibots.keywords.session_keywords import SessionKeywords

__all__ = ["CoreSystem"]


class CoreSystem(Library):
    """A core system: enter approved cases, once each, and read them back.

    Which system it is, and where, stands in the profile; what its screens are, in ``system.yaml``. The last click is behind
    a fence: only Register Case reaches it, after the intent has been written down.
    """

    def __init__(
        self,
        form: str,
        dsn: str | None = None,
        profile: str | None = None,
        workdir: str | None = None,
        language: str | None = None,
    ) -> None:
        """Enter cases of ``form`` into the profile's system that knows it.

        ``dsn``, ``profile`` and ``workdir`` come from MUNIBOTS_DSN, MUNIBOTS_PROFILE and MUNIBOTS_WORKDIR if not given.
        ``language`` is ``ja`` for Japanese keyword names.
        """
        context = context_for(dsn, profile, workdir)
        session = EntrySession(context, form)
        components = [SessionKeywords(session), EntryKeywords(session), OutcomeKeywords(session)]
        super().__init__(context, components, language)
