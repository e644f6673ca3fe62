"""Keywords on documents: take scans in, read them."""

from __future__ import annotations

from pathlib import Path

from robot.api import logger
from robot.api.deco import keyword

from munibots.definitions.profile_files import load_profile
from munibots.errors import UsageError
from munibots.keywords.run_context import RunContext
from munibots.pipeline.conductor import read_received
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.inbox import inbox_files, take_in

__all__ = ["DocumentKeywords"]


class DocumentKeywords:
    """From a folder of scans to cases that are approved or wait for a person."""

    def __init__(self, context: RunContext, bot_id: str) -> None:
        self._context = context
        self._bot_id = bot_id
        self._reader: DocumentReader | None = None

    @keyword
    def take_in_documents(self, folder: str) -> int:
        """Take every file of a folder in, each document as a case; returns how many cases are new.

        A pile of pages is cut into documents. What was taken in before is left alone. A file that cannot be opened becomes a
        case that waits for a person; one that may not be read now is left for the next time, with a warning in the log.
        """
        inbox = Path(folder)
        if not inbox.is_dir():
            raise UsageError(problem=f"フォルダ {folder} がありません")
        profile = self._context.settings.profile
        taken = take_in(
            self._context.store,
            inbox_files(inbox),
            look=lambda page: self._loaded().look(page),
            bot_id=self._bot_id,
            profile=profile,
        )
        for error in taken.left:
            logger.warn(str(error))
        return taken.added

    @keyword
    def read_documents(self) -> int:
        """Read every case that was taken in; returns how many were read.

        A sure case is approved, a doubtful one waits for a person.
        """
        profile = self._context.settings.profile
        return read_received(self._context.store, self._loaded(), bot_id=self._bot_id, profile=profile)

    def _loaded(self) -> DocumentReader:
        """The reader; loading it takes seconds, which a run without documents need not spend."""
        if self._reader is None:
            self._reader = DocumentReader(load_profile(self._context.settings.profile))
        return self._reader
