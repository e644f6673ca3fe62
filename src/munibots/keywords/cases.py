"""The library ``munibots.Cases``."""

from __future__ import annotations

from munibots.keywords.bot_library import BotLibrary
from munibots.keywords.case_keywords import CaseKeywords
from munibots.keywords.run_context import RunContext

__all__ = ["Cases"]


class Cases(BotLibrary):
    """Approved cases: which are to be entered, and what became of them.

    A case is named by its id, which carries nothing personal.
    """

    def _keywords(self, context: RunContext, bot: str) -> CaseKeywords:
        return CaseKeywords(context, bot)
