"""The library ``munibots.Cases``."""

from __future__ import annotations

from munibots.keywords.case_keywords import CaseKeywords
from munibots.keywords.library import Library
from munibots.keywords.run_context import context_for

__all__ = ["Cases"]


class Cases(Library):
    """Approved cases: which are to be entered, and what became of them.

    A case is named by its id, which carries nothing personal.
    """

    def __init__(
        self,
        bot: str,
        dsn: str | None = None,
        profile: str | None = None,
        workdir: str | None = None,
        language: str | None = None,
    ) -> None:
        """Work on the cases of ``bot``.

        ``dsn``, ``profile`` and ``workdir`` come from MUNIBOTS_DSN, MUNIBOTS_PROFILE and MUNIBOTS_WORKDIR if not given.
        ``language`` is ``ja`` for Japanese keyword names.
        """
        context = context_for(dsn, profile, workdir)
        super().__init__(context, [CaseKeywords(context, bot)], language)
