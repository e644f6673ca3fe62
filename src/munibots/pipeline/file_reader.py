"""Files to readings without a case store: what ``munibots read`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from munibots.domain.document import Page
from munibots.domain.reading import Decision, DocumentReading, FormMatch
from munibots.errors import IntakeError
from munibots.intake.opening import DEFAULT_MAX_PAGES, open_pages
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, PlannedDocument, Seen, plan_documents
from munibots.reading.registration import Located

__all__ = ["HELD_PAGES", "Done", "PagesOf", "Workers", "read_file", "read_files"]

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

    def looks(self, pages: Iterator[Page | None]) -> Iterator[Look | None]:
        """Look at each page; ``None`` for one that cannot be opened."""
        ...

    def readings(self, documents: Iterator[PagesOf | DocumentReading]) -> Iterator[DocumentReading]:
        """Read each document; what is a reading already is passed on."""
        ...


class _Here:
    """Workers that are none: this very thread."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    def looks(self, pages: Iterator[Page | None]) -> Iterator[Look | None]:
        return (None if page is None else self._reader.look(page) for page in pages)

    def readings(self, documents: Iterator[PagesOf | DocumentReading]) -> Iterator[DocumentReading]:
        for d in documents:
            if isinstance(d, DocumentReading):
                yield d
            else:
                yield self._reader.read(d.pages, planned=d.planned, located=d.located).reading


def read_files(
    reader: DocumentReader,
    files: Iterable[Path],
    *,
    max_pages: int = DEFAULT_MAX_PAGES,
    progress: Done = lambda done, found: None,
) -> Iterator[DocumentReading]:
    """Read every document of every file, one after another.

    A file of several pages is cut into documents (see :mod:`munibots.pipeline.stacks`). A file or page that cannot be opened
    is a reading with decision ``reject``.
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
    held: list[Page | IntakeError] = []
    try:
        opened = open_pages(file, max_pages=max_pages)
    except IntakeError as e:
        yield _refused(file, None, e)
        return

    def pages() -> Iterator[Page | None]:
        for index, page in enumerate(opened):
            if index < HELD_PAGES:
                held.append(page)
            page_found()
            yield None if isinstance(page, IntakeError) else page

    seen: list[PageSeen] = []
    located: dict[int, Located] = {}
    for index, look in enumerate(workers.looks(pages())):
        seen.append(PageSeen(index, Seen.BROKEN) if look is None else look.seen)
        if look is not None and look.located is not None:
            located[index] = look.located
    again = iter(held) if len(seen) == len(held) else open_pages(file, max_pages=max_pages)
    yield from workers.readings(_documents(file, seen, located, again))


def _documents(
    file: Path, seen: Sequence[PageSeen], located: Mapping[int, Located], again: Iterator[Page | IntakeError]
) -> Iterator[PagesOf | DocumentReading]:
    """The documents of a file with their pages; no more pages are kept than are still asked for."""
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
        good = tuple(p for p in pages if isinstance(p, Page))
        if len(good) < len(pages):
            yield _refused(file, document, next(p for p in pages if isinstance(p, IntakeError)))
        else:
            mine = MappingProxyType({i: located[i] for i in wanted if i in located})
            yield PagesOf(document, good, mine)


def _refused(file: Path, document: PlannedDocument | None, error: IntakeError) -> DocumentReading:
    return DocumentReading(
        source=file.name,
        page_indexes=() if document is None else document.page_indexes,
        page_roles=() if document is None else document.page_roles,
        decision=Decision.REJECT,
        match=FormMatch(form_id=None, confidence=0.0),
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
