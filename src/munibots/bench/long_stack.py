"""A pile that is read from its file, as a city does: does a page cost the same at the end, how much memory, how many processes.

The pages are those of some twenty scans of all forms over and over, so that the first pages and the last are the same.
"""

from __future__ import annotations

import io
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.bench.figures import Progress
from munibots.bench.memory import peak_memory_mb
from munibots.definitions import places
from munibots.definitions.profile_files import load_profile
from munibots.demo.city.filled_forms import make_filled_forms
from munibots.domain.document import Page
from munibots.domain.reading import DocumentReading
from munibots.errors import EnvironmentNotReadyError
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.file_reader import read_files
from munibots.pipeline.looking import Look
from munibots.pipeline.reading_processes import ReadingProcesses

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["CYCLE_PAGES", "StackCost", "make_scans", "read_long_stack", "speed_of_two"]

CYCLE_PAGES = 20
PROFILE = "demo"


@dataclass(frozen=True, slots=True)
class StackCost:
    """What reading the pile took, in a process of its own.

    Attributes:
        first_s: CPU-seconds a page in the first fifth: decoding, the look, and its share of reading its document.
        last_s: The same in the last fifth.
        mean_s: The same over all pages.
        peak_mb: Most memory that the process ever held; ``None`` where the system does not tell.
    """

    pages: int
    documents: int
    first_s: float
    last_s: float
    mean_s: float
    peak_mb: float | None


def make_scans(seed: int) -> list[tuple[Page, ...]]:
    """Documents of every form, :data:`CYCLE_PAGES` pages in all, mild and hard scans in turn."""
    made = (
        filled.pages
        for no in range(CYCLE_PAGES)
        for place, name in enumerate(places.names("forms"))
        for filled in make_filled_forms(name, 1, f"{seed}/stack/{no}", levels=("hard" if place % 2 else "mild",))
    )
    documents: list[tuple[Page, ...]] = []
    left = CYCLE_PAGES
    while left:
        document = next(made)
        if len(document) <= left:
            documents.append(document)
            left -= len(document)
    return documents


def read_long_stack(scans: Sequence[Sequence[Page]], pages: int, folder: Path, progress: Progress) -> StackCost:
    """Read one file of ``pages`` pages in a fresh process.

    Args:
        scans: Of :func:`make_scans`.
        pages: A multiple of five times :data:`CYCLE_PAGES`, so that the fifths are alike.
        folder: For the files.

    Raises:
        EnvironmentNotReadyError: The process ended by itself; usually for want of memory.
    """
    first, stack = folder / "first.pdf", folder / "stack.pdf"
    _write(scans[:1], len(scans[0]), first)
    _write(scans, pages, stack)
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read_stack, args=(first, stack, pages, theirs))
    process.start()
    theirs.close()
    try:
        while not isinstance(told := mine.recv(), StackCost):
            progress(told, pages)
    except EOFError:
        raise EnvironmentNotReadyError(missing="1,000 ページを読むプロセスのメモリー") from None
    finally:
        process.join()
    return told


class _Clocked(DocumentReader):
    """Notes the processor time when each look is over, and tells how many there were."""

    def clock(self, told: Connection) -> None:
        """Begin to note."""
        self.told = told
        self.looked = [time.process_time()]

    def look(self, page: Page) -> Look:
        answer = super().look(page)
        if hasattr(self, "told"):
            self.looked.append(time.process_time())
        return answer


def _read_stack(first: Path, stack: Path, pages: int, told: Connection) -> None:
    """In the child: read a document, so that everything is loaded, then the pile."""
    reader = _Clocked(load_profile(PROFILE))
    list(read_files(reader, [first]))
    reader.clock(told)
    cost = [0.0] * pages
    before: float | None = None
    documents = 0
    for reading in read_files(reader, [stack], max_pages=pages):
        now = time.process_time()
        # The first answer comes when all pages have been looked at.
        _spread(cost, reading, now - (reader.looked[-1] if before is None else before))
        before = now
        documents += 1
        told.send(max(reading.page_indexes) + 1)
    for index, (begun, done) in enumerate(pairwise(reader.looked)):
        cost[index] += done - begun
    fifth = pages // 5
    told.send(
        StackCost(
            pages, documents, sum(cost[:fifth]) / fifth, sum(cost[-fifth:]) / fifth, sum(cost) / pages, peak_memory_mb()
        )
    )


def _spread(cost: list[float], reading: DocumentReading, seconds: float) -> None:
    for index in reading.page_indexes:
        cost[index] += seconds / len(reading.page_indexes)


def speed_of_two(scans: Sequence[Sequence[Page]], files: int, folder: Path) -> tuple[float, float]:
    """Seconds that one process and two need for the same files, each with one thread a process, after loading.

    One, two, one: what else the machine does weighs on both alike. The two runs of one process are averaged.

    Args:
        files: How many, of one document each.
    """
    paths = []
    for no in range(files):
        paths.append(folder / f"document-{no:03d}.pdf")
        document = scans[no % len(scans)]
        _write([document], len(document), paths[-1])
    one, two, one_again = (_seconds(jobs, paths) for jobs in (1, 2, 1))
    return (one + one_again) / 2, two


def _seconds(jobs: int, paths: Sequence[Path]) -> float:
    with ReadingProcesses(PROFILE, jobs) as processes:
        # Loading takes a process as long as a few pages: until then the others do all the work.
        list(processes.read_files(paths[: 6 * jobs]))
        begun = time.perf_counter()
        list(processes.read_files(paths))
        return time.perf_counter() - begun


def _write(documents: Sequence[Sequence[Page]], pages: int, file: Path) -> None:
    """A PDF of so many pages, the documents over and over; a picture is in the file once, however often its page comes."""
    from pypdf import PdfWriter

    readers = [_one_page(page) for document in documents for page in document]
    writer = PdfWriter()
    for index in range(pages):
        writer.add_page(readers[index % len(readers)].pages[0])
    writer.write(file)


def _one_page(page: Page) -> PdfReader:
    from PIL import Image
    from pypdf import PdfReader

    out = io.BytesIO()
    Image.fromarray(page.pixels).save(out, "PDF", resolution=page.dpi, quality=80)
    return PdfReader(out)
