"""Documents 書類 and pages: what was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the pixels are numpy's; the domain itself runs without it
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["Page", "PageKind", "PageRole", "Word"]


class PageKind(StrEnum):
    """What a page is to its case."""

    FORM = "form"
    """A page of the case's form."""
    ATTACHMENT = "attachment"
    """A page of no known form that came behind the form: a copy of a card, a letter."""
    BLANK = "blank"
    """Nothing is on it; kept, but neither read nor shown."""
    UNKNOWN = "unknown"
    """A page that belongs to no document and was put aside."""


@dataclass(frozen=True, slots=True)
class PageRole:
    """What one page is to its case.

    Attributes:
        layout_page_index: Which page of the form, from 0; only for :attr:`PageKind.FORM`.
        doubtful: It may belong to the document before or behind: pages are missing on both sides.
    """

    kind: PageKind
    layout_page_index: int | None = None
    doubtful: bool = False

    @property
    def code(self) -> str:
        """As the store keeps it: ``form-1`` (from 1; ``form-1?`` if doubtful), ``attachment``, ``blank``, ``unknown``."""
        number = "" if self.layout_page_index is None else f"-{self.layout_page_index + 1}"
        return f"{self.kind.value}{number}{'?' if self.doubtful else ''}"

    @classmethod
    def from_code(cls, code: str) -> PageRole:
        """The role of a :attr:`code`.

        Raises:
            ValueError: No such role.
        """
        kind, _, number = code.removesuffix("?").partition("-")
        return cls(PageKind(kind), int(number) - 1 if number else None, doubtful=code.endswith("?"))

    @property
    def ja(self) -> str:
        """Text shown for it, e.g. 様式の 2 ページ目."""
        if self.kind is PageKind.FORM:
            return "様式" if self.layout_page_index is None else f"様式の {self.layout_page_index + 1} ページ目"
        return {PageKind.ATTACHMENT: "添付", PageKind.BLANK: "白紙", PageKind.UNKNOWN: "不明"}[self.kind]


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
