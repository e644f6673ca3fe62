"""Documents 書類 and pages: what was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the pixels are numpy's; the domain itself runs without it
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["Page", "Word"]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One scanned page, as it left the scanner (it may lie on its side or upside down).

    Attributes:
        source: File name without folders.
        page_index: From 0, within the file.
        dpi: Resolution as stated by the file, or assumed from A4 where the file states none.
        pixels: Grey levels, shape (height, width), 0 black to 255 white.
        notices: What intake did to the page, in Japanese (e.g. 縮小しました).
    """

    source: str
    page_index: int
    dpi: float
    pixels: NDArray[uint8]
    notices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Short text for messages: file name and page number."""
        return f"{self.source} p.{self.page_index + 1}"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text found on a page.

    Attributes:
        box_px: ``(x, y, w, h)`` in pixels from the top-left corner of the page.
        score: 0–1, uncalibrated.
    """

    text: str
    box_px: tuple[int, int, int, int]
    score: float
