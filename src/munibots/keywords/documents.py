"""The library ``munibots.Documents``."""

from __future__ import annotations

from munibots.keywords.bot_library import BotLibrary
from munibots.keywords.document_keywords import DocumentKeywords
from munibots.keywords.run_context import RunContext

__all__ = ["Documents"]


class Documents(BotLibrary):
    """Scanned documents: take in an inbox and read it."""

    def _keywords(self, context: RunContext, bot: str) -> DocumentKeywords:
        return DocumentKeywords(context, bot)
