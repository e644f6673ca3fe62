"""One door for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from munibots.domain.document import Page
from munibots.errors import EmptyFileError, IntakeError, UnsupportedFileError
from munibots.intake.headers import FileKind, HeaderError, file_kind, tiff_frames
from munibots.intake.pdf import open_pdf, pdf_page_count
from munibots.intake.pictures import open_picture, open_tiff

__all__ = ["DEFAULT_MAX_PAGES", "open_pages", "page_count"]

DEFAULT_MAX_PAGES = 100


def open_pages(path: Path, *, max_pages: int = DEFAULT_MAX_PAGES) -> Iterator[Page | IntakeError]:
    """The pages of a file in their order, decoded one at a time.

    What is wrong with the whole file is raised by the call itself; what is wrong with one page takes that page's place in
    the iterator, and the others still come.

    Args:
        path: PDF, TIFF (many pages, any compression), JPEG or PNG; the name's ending does not matter.
        max_pages: More are refused before any is decoded.

    Returns:
        Pages in grey, at most 300 dpi, turned as the file itself asks (EXIF); or the error of the page.

    Raises:
        EmptyFileError: No bytes.
        UnsupportedFileError: Another kind of file.
        BrokenFileError: Truncated or damaged.
        PasswordProtectedError: A PDF that needs a password.
        TooManyPagesError: More than ``max_pages`` pages.
        ImageTooLargeError: A side over 10,000 px, by the header and before decoding.
        FileNotFoundError: No such file.
    """
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise EmptyFileError(file=path.name)
    kind = file_kind(start)
    if kind is None:
        raise UnsupportedFileError(file=path.name)
    if kind is FileKind.PDF:
        return open_pdf(path, max_pages=max_pages)
    if kind is FileKind.TIFF:
        return open_tiff(path, max_pages=max_pages)
    return open_picture(path, kind)


def page_count(path: Path) -> int:
    """How many pages a file has, without decoding any; 0 where that cannot be told (opening it then says why)."""
    with path.open("rb") as file:
        kind = file_kind(file.read(1024))
        if kind is FileKind.TIFF:
            try:
                return len(tiff_frames(file, limit=100_000)[0])
            except HeaderError:
                return 0
    if kind is None:
        return 0
    return pdf_page_count(path) if kind is FileKind.PDF else 1
