"""Files to readings without a case store: what ``munibots read`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.errors import IntakeError
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen, plan_documents
from munibots.reading.registration import Located

__all__ = ["read_files"]

_HELD_PAGES = 12
"""A page takes four megabytes: those of a longer file are opened a second time for reading."""


def read_files(
    reader: DocumentReader, files: Iterable[Path], *, max_pages: int = DEFAULT_MAX_PAGES
) -> Iterator[DocumentReading]:
    """Read every document of every file.

    A file of several pages is cut into documents (see :mod:`munibots.pipeline.stacks`). A file or page that cannot be opened
    is a reading with decision ``reject``.
    """
    for file in files:
        try:
            yield from _read_file(reader, file, max_pages)
        except IntakeError as e:
            yield _refused(file, None, e)


def _read_file(reader: DocumentReader, file: Path, max_pages: int) -> Iterator[DocumentReading]:
    seen: list[PageSeen] = []
    located: dict[int, Located] = {}
    held: list[Page | IntakeError] = []
    for index, page in enumerate(open_pages(file, max_pages=max_pages)):
        if index < _HELD_PAGES:
            held.append(page)
        if isinstance(page, IntakeError):
            seen.append(PageSeen(index, Seen.BROKEN))
            continue
        look = reader.look(page)
        seen.append(look.seen)
        if look.located is not None:
            located[index] = look.located
    again = iter(held) if len(seen) == len(held) else open_pages(file, max_pages=max_pages)
    waiting: dict[int, Page | IntakeError] = {}
    passed = 0
    for document in plan_documents(seen):
        wanted = document.read_indexes
        while passed <= max(wanted):
            waiting[passed] = next(again)
            passed += 1
        pages = [waiting[i] for i in wanted]
        for i in [i for i in waiting if i <= max(document.page_indexes)]:
            del waiting[i]
        good = [p for p in pages if isinstance(p, Page)]
        if len(good) < len(pages):
            yield _refused(file, document, next(p for p in pages if isinstance(p, IntakeError)))
        else:
            yield reader.read(good, planned=document, located=located).reading


def _refused(file: Path, document: PlannedDocument | None, error: IntakeError) -> DocumentReading:
    return DocumentReading(
        source=file.name,
        page_indexes=() if document is None else document.page_indexes,
        page_roles=() if document is None else document.page_roles,
        decision=Decision.REJECT,
        match=FormMatch(form_id=None, confidence=0.0),
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
