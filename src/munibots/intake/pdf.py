"""PDF to pages, rendered at 200 dpi in grey by PDFium.

PDFium is not thread-safe, not even for two documents: one lock for the whole process guards every call, and no page is
rendered ahead.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from munibots.domain.document import Page
from munibots.errors import BrokenFileError, IntakeError, PasswordProtectedError, TooManyPagesError
from munibots.intake.headers import pdf_is_whole
from munibots.intake.sizing import check_size, page_dpi

__all__ = ["RENDER_DPI", "open_pdf", "pdf_page_count"]

RENDER_DPI = 200
"""Recognition works on this resolution, whatever the scanner used."""

_PDFIUM = threading.Lock()
_FORM_DEPTH = 3  # scanners put their picture on the page or one form below it


def open_pdf(path: Path, *, max_pages: int) -> Iterator[Page | IntakeError]:
    """The pages of a PDF, one at a time; a page that cannot be rendered comes as its error.

    Raises:
        BrokenFileError: Truncated, or no PDF inside.
        PasswordProtectedError: It needs a password.
        TooManyPagesError: More than ``max_pages``.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    with path.open("rb") as file:
        if not pdf_is_whole(file):
            raise BrokenFileError(file=path.name)
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
            count = len(document)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                raise PasswordProtectedError(file=path.name) from None
            raise BrokenFileError(file=path.name) from None
        if not 1 <= count <= max_pages:
            document.close()
            if count == 0:
                raise BrokenFileError(file=path.name)
            raise TooManyPagesError(file=path.name, pages=count, limit=max_pages)

    def pages() -> Iterator[Page | IntakeError]:
        try:
            for i in range(count):
                yield _page(document, path.name, i)
        finally:
            with _PDFIUM:
                document.close()

    return pages()


def pdf_page_count(path: Path) -> int:
    """How many pages a PDF has; 0 for one that cannot be opened."""
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def _page(document: Any, source: str, page_index: int) -> Page | IntakeError:
    import numpy as np
    import pypdfium2

    label = f"{source} p.{page_index + 1}"
    with _PDFIUM:
        try:
            page = document[page_index]
            try:
                for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH):
                    check_size(label, *thing.get_px_size())
                width_pt, height_pt = page.get_size()
                at_render = (width_pt / 72 * RENDER_DPI, height_pt / 72 * RENDER_DPI)
                # A page of 2 m is one whose maker took pixels for points: then it counts as A4.
                dpi, _, known = page_dpi((RENDER_DPI, RENDER_DPI), round(at_render[0]), round(at_render[1]))
                scale = RENDER_DPI / 72 * (1.0 if known else RENDER_DPI / dpi)
                bitmap = page.render(scale=scale, grayscale=True)
                pixels = np.array(bitmap.to_numpy(), np.uint8)
                bitmap.close()
            finally:
                page.close()
        except pypdfium2.PdfiumError:
            return BrokenFileError(file=label)
        except IntakeError as error:
            return error
    if pixels.ndim == 3:
        pixels = pixels[:, :, 0]
    notices = () if known else ("用紙の大きさが実際と違うため、A4 とみなしました。",)
    return Page(source, page_index, float(RENDER_DPI), pixels, notices)
