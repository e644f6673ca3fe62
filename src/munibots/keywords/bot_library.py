"""The base of the libraries that work for one bot."""

from __future__ import annotations

from munibots.keywords.library import Library
from munibots.keywords.run_context import RunContext, context_for

__all__ = ["BotLibrary"]


class BotLibrary(Library):
    """A library of which every keyword is about the cases of one bot."""

    def __init__(
        self,
        bot: str,
        dsn: str | None = None,
        profile: str | None = None,
        workdir: str | None = None,
        language: str | None = None,
    ) -> None:
        """Work for ``bot``.

        ``dsn``, ``profile`` and ``workdir`` come from MUNIBOTS_DSN, MUNIBOTS_PROFILE and MUNIBOTS_WORKDIR if not given.
        ``language`` is ``ja`` for Japanese keyword names.
        """
        context = context_for(dsn, profile, workdir)
        super().__init__(context, [self._keywords(context, bot)], language)

    def _keywords(self, context: RunContext, bot: str) -> object:
        """The keyword class of this library."""
        raise NotImplementedError
