"""Files to readings without a case store: what ``munibots read`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.errors import CaseError, IntakeError, UnexpectedProblemError
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.pipeline.boundary import one_case
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.inbox import readable
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen, plan_documents
from munibots.reading.registration import Located

__all__ = ["HELD_PAGES", "Done", "PagesOf", "Workers", "look_at_page", "read_document", "read_file", "read_files"]

HELD_PAGES = 12
"""A page takes four megabytes: those of a longer file are opened a second time for reading."""

Done = Callable[[int, int], None]
"""Called with pages read and pages found so far."""


@dataclass(frozen=True, slots=True, eq=False)
class PagesOf:
    """A document that waits to be read.

    Attributes:
        pages: Those of its form.
        located: Where they lie on it, by page index.
    """

    planned: PlannedDocument
    pages: tuple[Page, ...]
    located: Mapping[int, Located]


class Workers(Protocol):
    """Where pages are looked at and documents read. Answers come in the order of the questions."""

    def looks(self, pages: Iterator[Page | CaseError]) -> Iterator[Look | CaseError]:
        """Look at each page; what is an error already is passed on."""
        ...

    def readings(self, documents: Iterator[PagesOf | DocumentReading]) -> Iterator[DocumentReading]:
        """Read each document; what is a reading already is passed on."""
        ...


class _Here:
    """Workers that are none: this very thread."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    def looks(self, pages: Iterator[Page | CaseError]) -> Iterator[Look | CaseError]:
        return (look_at_page(self._reader, page) for page in pages)

    def readings(self, documents: Iterator[PagesOf | DocumentReading]) -> Iterator[DocumentReading]:
        return (read_document(self._reader, document) for document in documents)


def look_at_page(reader: DocumentReader, page: Page | CaseError) -> Look | CaseError:
    """A first look; something unforeseen is an answer and stops nobody."""
    if isinstance(page, CaseError):
        return page
    try:
        with one_case(page.label):
            return reader.look(page)
    except UnexpectedProblemError as e:
        return e


def read_document(reader: DocumentReader, document: PagesOf | DocumentReading) -> DocumentReading:
    """The reading of a document; where something unforeseen happens, one that goes to a person."""
    if isinstance(document, DocumentReading):
        return document
    try:
        with one_case(document.pages[0].label):
            return reader.read(document.pages, planned=document.planned, located=document.located).reading
    except UnexpectedProblemError as e:
        return _refused(document.pages[0].source, document.planned, e)


def read_files(
    reader: DocumentReader,
    files: Iterable[Path],
    *,
    max_pages: int = DEFAULT_MAX_PAGES,
    progress: Done = lambda done, found: None,
) -> Iterator[DocumentReading]:
    """Read every document of every file, one after another.

    A file of several pages is cut into documents (see :mod:`munibots.pipeline.stacks`). A file or page that cannot be opened
    is a reading with decision ``reject``, one at which something unforeseen happens is one with decision ``review``.
    """
    here = _Here(reader)
    done = found = 0

    def page_found() -> None:
        nonlocal found
        found += 1
        progress(done, found)

    for file in files:
        for reading in read_file(here, file, max_pages, page_found):
            done += len(reading.page_indexes)
            progress(done, max(done, found))
            yield reading


def read_file(
    workers: Workers, file: Path, max_pages: int, page_found: Callable[[], None] = lambda: None
) -> Iterator[DocumentReading]:
    """Read every document of one file.

    Args:
        page_found: Called for each page before anybody looks at it.
    """
    try:
        yield from _read_file(workers, file, max_pages, page_found)
    except (IntakeError, UnexpectedProblemError) as e:
        yield _refused(file.name, None, e)


def _read_file(
    workers: Workers, file: Path, max_pages: int, page_found: Callable[[], None]
) -> Iterator[DocumentReading]:
    held: list[Page | IntakeError] = []

    def pages() -> Iterator[Page | CaseError]:
        for index, page in enumerate(_opened(file, max_pages)):
            if index < HELD_PAGES:
                held.append(page)
            page_found()
            yield page

    seen: list[PageSeen] = []
    located: dict[int, Located] = {}
    problems: dict[int, CaseError] = {}
    for index, look in enumerate(workers.looks(pages())):
        if isinstance(look, CaseError):
            seen.append(PageSeen(index, Seen.BROKEN))
            problems[index] = look
            continue
        seen.append(look.seen)
        if look.located is not None:
            located[index] = look.located
    again = iter(held) if len(seen) == len(held) else _opened(file, max_pages)
    yield from workers.readings(_documents(file, seen, located, problems, again))


def _opened(file: Path, max_pages: int) -> Iterator[Page | IntakeError]:
    with one_case(file.name), readable(file):
        yield from open_pages(file, max_pages=max_pages)


def _documents(
    file: Path,
    seen: Sequence[PageSeen],
    located: Mapping[int, Located],
    problems: Mapping[int, CaseError],
    again: Iterator[Page | IntakeError],
) -> Iterator[PagesOf | DocumentReading]:
    """The documents of a file with their pages; no more pages are kept than are still asked for."""
    waiting: dict[int, Page | IntakeError] = {}
    passed = 0
    for document in plan_documents(seen):
        wanted = document.read_indexes
        while passed <= max(wanted):
            waiting[passed] = next(again)
            passed += 1
        found = [problems.get(i, waiting[i]) for i in wanted]
        for i in [i for i in waiting if i <= max(document.page_indexes)]:
            del waiting[i]
        good = tuple(p for p in found if isinstance(p, Page))
        if len(good) < len(found):
            yield _refused(file.name, document, next(p for p in found if isinstance(p, CaseError)))
        else:
            mine = MappingProxyType({i: located[i] for i in wanted if i in located})
            yield PagesOf(document, good, mine)


def _refused(source: str, document: PlannedDocument | None, error: CaseError) -> DocumentReading:
    return DocumentReading(
        source=source,
        page_indexes=() if document is None else document.page_indexes,
        page_roles=() if document is None else document.page_roles,
        decision=Decision.REJECT if isinstance(error, IntakeError) else Decision.REVIEW,
        match=FormMatch(form_id=None, confidence=0.0),
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
