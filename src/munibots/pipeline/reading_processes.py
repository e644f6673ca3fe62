"""Several processes that read: ``munibots read --jobs 4``.

A short file is the work of one process from beginning to end. The pages of a stack are opened here and looked at, then read,
by all of them. No process is ever given more than two pieces of work ahead, so memory does not grow with the pile; answers
come in the order of the files.
"""

from __future__ import annotations

import copyreg
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, TypeVar

from munibots.definitions.form_files import load_form
from munibots.definitions.profile_files import load_profile
from munibots.domain.document import Page
from munibots.domain.reading import DocumentReading
from munibots.errors import CaseError, EnvironmentNotReadyError
from munibots.intake.opening import DEFAULT_MAX_PAGES, page_count
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.file_reader import HELD_PAGES, Done, PagesOf, look_at_page, read_document, read_file, read_files
from munibots.pipeline.looking import Look

__all__ = ["ReadingProcesses"]

_AHEAD = 2
"""Pieces of work a process: the one it does, and the next."""

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")


class ReadingProcesses:
    """Worker processes, each with a reader of its own and one thread.

    Use it in a ``with`` block, which ends the processes. As everywhere with :mod:`multiprocessing`, the main module of the
    program must be importable without effect (``if __name__ == "__main__":``).

    Args:
        profile: The city's code.
        jobs: How many processes.
        only_form: Accept this form only.

    Raises:
        DefinitionNotFoundError: There is no such city or form.
    """

    def __init__(self, profile: str, jobs: int, *, only_form: str | None = None) -> None:
        # Said here and now: what goes wrong while a process begins reaches nobody.
        load_profile(profile)
        if only_form is not None:
            load_form(only_form)
        self._ahead = _AHEAD * jobs
        # Spawned everywhere, as on Windows: a fork would copy locks that a thread of this process holds.
        self._pool = ProcessPoolExecutor(
            jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(profile, only_form)
        )

    def __enter__(self) -> ReadingProcesses:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read_files(
        self,
        files: Iterable[Path],
        *,
        max_pages: int = DEFAULT_MAX_PAGES,
        progress: Done = lambda done, found: None,
    ) -> Iterator[DocumentReading]:
        """As :func:`munibots.pipeline.file_reader.read_files`: the same readings in the same order.

        Raises:
            EnvironmentNotReadyError: A process ended by itself; usually the system ended it for want of memory.
        """
        done = found = 0

        def pages_found(pages: int) -> None:
            nonlocal found
            found += pages
            progress(done, found)

        try:
            for reading in self._in_turn(files, max_pages, pages_found):
                done += len(reading.page_indexes)
                progress(done, max(done, found))
                yield reading
        except BrokenProcessPool as e:
            raise EnvironmentNotReadyError(missing="読み取りのプロセスのメモリー(--jobs を小さくしてください)") from e

    def _in_turn(
        self, files: Iterable[Path], max_pages: int, pages_found: Callable[[int], None]
    ) -> Iterator[DocumentReading]:
        def short(file: Path, pages: int) -> Future[list[DocumentReading]]:
            pages_found(pages)
            return self._pool.submit(_read_short, file, max_pages)

        counted = ((file, _count(file)) for file in files)
        waiting: deque[Future[list[DocumentReading]]] = deque()
        for file, pages in counted:
            if pages > HELD_PAGES:
                yield from chain.from_iterable(f.result() for f in _emptied(waiting))
                yield from read_file(self, file, max_pages, partial(pages_found, 1))
                continue
            waiting.append(short(file, pages))
            if len(waiting) >= self._ahead:
                yield from waiting.popleft().result()
        yield from chain.from_iterable(f.result() for f in _emptied(waiting))

    def looks(self, pages: Iterator[Page | CaseError]) -> Iterator[Look | CaseError]:
        """See :class:`munibots.pipeline.file_reader.Workers`."""
        return self._in_order(_look, pages)

    def readings(self, documents: Iterator[PagesOf | DocumentReading]) -> Iterator[DocumentReading]:
        """See :class:`munibots.pipeline.file_reader.Workers`."""
        return self._in_order(_read, documents)

    def _in_order(self, answer: Callable[[_Question], _Answer], questions: Iterator[_Question]) -> Iterator[_Answer]:
        waiting: deque[Future[_Answer]] = deque()
        for question in questions:
            waiting.append(self._pool.submit(answer, question))
            if len(waiting) >= self._ahead:
                yield waiting.popleft().result()
        for future in _emptied(waiting):
            yield future.result()


def _count(file: Path) -> int:
    try:
        return page_count(file)
    except OSError:
        return 0  # opening it says why


def _emptied(waiting: deque[Future[_Answer]]) -> Iterator[Future[_Answer]]:
    while waiting:
        yield waiting.popleft()


# --- in the worker process ------------------------------------------------------------------------------------------

_readers: list[DocumentReader] = []


def _begin(profile: str, only_form: str | None) -> None:
    import cv2

    cv2.setNumThreads(1)
    _readers.append(DocumentReader(load_profile(profile), only_form=only_form))


def _read_short(file: Path, max_pages: int) -> list[DocumentReading]:
    return list(read_files(_readers[0], [file], max_pages=max_pages))


def _look(page: Page | CaseError) -> Look | CaseError:
    return look_at_page(_readers[0], page)


def _read(document: PagesOf | DocumentReading) -> DocumentReading:
    return read_document(_readers[0], document)


def _thaw(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


# Readings hold read-only mappings, which pickle does not know.
copyreg.pickle(MappingProxyType, lambda proxy: (_thaw, (dict(proxy),)))
