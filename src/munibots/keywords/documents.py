"""The library ``munibots.Documents``."""

from __future__ import annotations

from munibots.keywords.document_keywords import DocumentKeywords
from munibots.keywords.library import Library
from munibots.keywords.run_context import context_for

__all__ = ["Documents"]


class Documents(Library):
    """Scanned documents: take in an inbox and read it."""

    def __init__(
        self,
        bot: str,
        dsn: str | None = None,
        profile: str | None = None,
        workdir: str | None = None,
        language: str | None = None,
    ) -> None:
        """Take in documents for ``bot``.

        ``dsn``, ``profile`` and ``workdir`` come from MUNIBOTS_DSN, MUNIBOTS_PROFILE and MUNIBOTS_WORKDIR if not given.
        ``language`` is ``ja`` for Japanese keyword names.
        """
        context = context_for(dsn, profile, workdir)
        super().__init__(context, [DocumentKeywords(context, bot)], language)
