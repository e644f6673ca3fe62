"""Files to readings without a case store: what ``munibots read`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.errors import IntakeError
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.pipeline.document_reader import DocumentReader

__all__ = ["read_files"]


def read_files(
    reader: DocumentReader, files: Iterable[Path], *, max_pages: int = DEFAULT_MAX_PAGES
) -> Iterator[DocumentReading]:
    """Read every document of every file; a file or page that cannot be opened is a reading with decision ``reject``."""
    for file in files:
        try:
            pages = open_pages(file, max_pages=max_pages)
        except IntakeError as e:
            yield _refused(file, (), e)
            continue
        for index, page in enumerate(pages):
            if isinstance(page, IntakeError):
                yield _refused(file, (index,), page)
            else:
                yield reader.read(page).reading


def _refused(file: Path, page_indexes: tuple[int, ...], error: IntakeError) -> DocumentReading:
    return DocumentReading(
        source=file.name,
        page_indexes=page_indexes,
        decision=Decision.REJECT,
        match=FormMatch(form_id=None, confidence=0.0),
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
