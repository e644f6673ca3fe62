"""Fills in a blank form: writing, digits in boxes, circles, ticks, seals and the office's receipt stamp."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.hand import Hand, draw_circle, draw_line, draw_tick, wide_mm
from munibots.demo.paper.seals import draw_name_seal, draw_receipt_stamp
from munibots.demo.paper.sheet import FieldPiece, Sheet, SheetPage
from munibots.domain.layout import BoxMm, RegionStyle

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["Entry", "Seal", "WrittenDate", "fill_sheet"]

_SEAL_RED = (200, 40, 40)
_OFFICE_INKS = ((60, 50, 130), (185, 45, 50))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as somebody writes it, right or wrong; ``era`` is a part's name (昭和, 西暦)."""

    era: str
    year: str
    month: str
    day: str

    @property
    def text(self) -> str:
        """As one would read it aloud, e.g. 昭和63年2月30日."""
        return f"{'' if self.era == '西暦' else self.era}{self.year}年{self.month}月{self.day}日"


Entry = str | tuple[str, ...] | WrittenDate
"""What is written for a field: text, digits for the cells of a comb, the name of a choice or of several, or a date."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A name seal beside or over the name in a field."""

    field: str
    text: str


def fill_sheet(
    sheet: Sheet,
    entries: Mapping[str, Entry],
    hand: Hand,
    dpi: int,
    rng: random.Random,
    *,
    seal: Seal | None = None,
    receipt: tuple[str, str] | None = None,
) -> tuple[NDArray[uint8], ...]:
    """Write the entries onto the blank.

    Args:
        sheet: The blank form.
        entries: By field name; a field without one stays blank.
        hand: Who writes.
        dpi: Resolution of the pages.
        rng: Where all unsteadiness comes from; the same state gives the same pages.
        seal: A name seal, if one is put.
        receipt: Office's name and date text of the receipt stamp, if one is put; on every page with a place for it.

    Returns:
        Colour pages in their order, each of shape (height, width, 3), RGB.

    Raises:
        FontNotFoundError: No Japanese font is installed.
        KeyError: The sheet has no field of a given name.
    """
    pages = [_Page(_blank(page, dpi).copy(), dpi / 25.4) for page in sheet.pages]
    for name, entry in entries.items():
        piece = sheet.field(name)
        _write(pages[piece.region.page_index], piece, entry, hand, rng)
    if seal is not None:
        piece = sheet.field(seal.field)
        _put_seal(pages[piece.region.page_index], piece, entries.get(seal.field, ""), seal, hand, rng)
    if receipt is not None:
        for page, printed in zip(pages, sheet.pages, strict=True):
            if printed.receipt_mm is not None:
                _put_receipt(page, printed.receipt_mm, receipt, rng)
    return tuple(page.pixels for page in pages)


@lru_cache(maxsize=8)
def _blank(page: SheetPage, dpi: int) -> NDArray[uint8]:
    import numpy as np

    return np.asarray(draw_blank(page, dpi).convert("RGB"))


class _Page:
    """Pixels that take ink as paper does: what is printed below stays visible."""

    def __init__(self, pixels: NDArray[uint8], k: float) -> None:
        self.pixels = pixels
        self.k = k

    def ink(self, mask: NDArray[uint8], x: int, y: int, colour: tuple[int, int, int], strength: float = 0.95) -> None:
        """Multiply ink into the page; ``x``/``y`` is where the mask's corner goes, in pixels."""
        import numpy as np

        height, width = self.pixels.shape[:2]
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(width, x + mask.shape[1]), min(height, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        part = mask[y0 - y : y1 - y, x0 - x : x1 - x, None].astype(np.float32) * (strength / 255)
        darker = 1 - part * (1 - np.array(colour, np.float32) / 255)
        below = self.pixels[y0:y1, x0:x1]
        below[:] = (below * darker).astype(np.uint8)

    def ink_centred(
        self, mask: NDArray[uint8], x_mm: float, y_mm: float, colour: tuple[int, int, int], strength: float = 0.95
    ) -> None:
        """The same, with the mask's centre at a place in millimetres."""
        x, y = round(x_mm * self.k) - mask.shape[1] // 2, round(y_mm * self.k) - mask.shape[0] // 2
        self.ink(mask, x, y, colour, strength)


def _write(page: _Page, piece: FieldPiece, entry: Entry, hand: Hand, rng: random.Random) -> None:
    region = piece.region
    if isinstance(entry, WrittenDate):
        _write_date(page, piece, entry, hand, rng)
    elif region.style is RegionStyle.MARKS:
        for choice in (entry,) if isinstance(entry, str) else entry:
            _mark(page, piece, choice, hand, rng)
    elif isinstance(entry, tuple):
        raise TypeError(f"{region.field}: several entries for one box")
    elif region.style is RegionStyle.COMB:
        x, y, w, h = region.box
        cells = region.cells or 1
        cell = w / cells
        for i, c in enumerate(entry, start=cells - len(entry) if piece.align == "right" else 0):
            _centred(page, c, BoxMm(x + cell * i, y, cell, h), 0.72, hand, rng)
    else:
        usual = min(region.box.h_mm * 0.78, 3.7 if region.box.h_mm < 5 else 5.6)
        lines = _lines(entry, region.box, hand, region.style is RegionStyle.BLOCK)
        room = region.box.h_mm / len(lines)
        for i, line in enumerate(lines):
            x, y, w, _ = region.box
            size = min(usual, room * 0.82) * hand.size
            _line(page, line, BoxMm(x, y + room * i, w, room), size, hand, rng)


def _lines(text: str, box: BoxMm, hand: Hand, may_break: bool) -> list[str]:
    """One line if it fits in a size that one would write; else two, broken where the building begins or in half."""
    if not may_break or wide_mm(hand, text, 4.6 * hand.size) <= box.w_mm - 2:
        return [text]
    head, gap, tail = text.rpartition("\u3000")
    if gap and wide_mm(hand, head, 3.6 * hand.size) <= box.w_mm - 2:
        return [head, tail]
    cut = len(text) // 2 + 2
    # A number is not torn apart.
    while 1 < cut < len(text) and text[cut - 1].isdigit() and text[cut].isdigit():
        cut += 1
    return [text[:cut], text[cut:]]


def _line(page: _Page, text: str, box: BoxMm, size_mm: float, hand: Hand, rng: random.Random) -> None:
    room = box.w_mm - 3.5
    size = min(size_mm, size_mm * room / max(wide_mm(hand, text, size_mm), 0.1))
    mask, left, middle = draw_line(hand, text, size, page.k, rng)
    spare = max(0.0, room - wide_mm(hand, text, size))
    x_mm = box.x_mm + 0.8 + min(spare, abs(rng.gauss(0.8, 0.8)))
    y_mm = box.y_mm + box.h_mm / 2 + rng.gauss(0, min(0.35, box.h_mm * 0.04))
    page.ink(mask, round(x_mm * page.k - left), round(y_mm * page.k - middle), hand.ink)


def _centred(page: _Page, text: str, box: BoxMm, fill: float, hand: Hand, rng: random.Random) -> None:
    size = box.h_mm * fill * hand.size
    size = min(size, size * (box.w_mm - 0.6) / max(wide_mm(hand, text, size) - 1.0, 0.1))
    mask, left, middle = draw_line(hand, text, size, page.k, rng)
    x_mm = box.x_mm + (box.w_mm - wide_mm(hand, text, size) + 1.0) / 2 + rng.gauss(0, 0.2)
    y_mm = box.y_mm + box.h_mm / 2 + rng.gauss(0, 0.2)
    page.ink(mask, round(x_mm * page.k - left), round(y_mm * page.k - middle), hand.ink)


def _write_date(page: _Page, piece: FieldPiece, entry: WrittenDate, hand: Hand, rng: random.Random) -> None:
    if piece.region.era is None:
        _mark(page, piece, entry.era, hand, rng)
    for name, text in (("year", entry.year), ("month", entry.month), ("day", entry.day)):
        part = piece.region.part(name)
        if part is not None:
            _centred(page, text, part.box, 0.66, hand, rng)


def _mark(page: _Page, piece: FieldPiece, choice: str, hand: Hand, rng: random.Random) -> None:
    part = piece.region.part(choice)
    if part is None:
        raise KeyError(choice)
    box = part.box
    if piece.mark == "tick":
        mask = draw_tick(hand, box.w_mm * 0.8, page.k, rng)
    else:
        mask = draw_circle(hand, box.w_mm, box.h_mm, page.k, rng)
    x_mm = box.x_mm + box.w_mm / 2 + rng.gauss(0, 0.25)
    page.ink_centred(mask, x_mm, box.y_mm + box.h_mm / 2 + rng.gauss(0, 0.25), hand.ink)


def _put_seal(page: _Page, piece: FieldPiece, name: Entry, seal: Seal, hand: Hand, rng: random.Random) -> None:
    box = piece.region.box
    written = name if isinstance(name, str) else ""
    size = min(box.h_mm * 0.78, 5.6) * hand.size
    end = box.x_mm + wide_mm(hand, written, size) + 2
    # A quarter of the seals lie on the last letters of the name.
    x_mm = end - 2.5 if rng.random() < 0.25 else min(end + 8 + rng.uniform(0, 10), box.x_mm + box.w_mm - 6)
    mask = draw_name_seal(seal.text, page.k, rng)
    page.ink_centred(mask, x_mm, box.y_mm + box.h_mm / 2 + rng.gauss(0, 0.5), _SEAL_RED, 0.8)


def _put_receipt(page: _Page, at_mm: tuple[float, float], receipt: tuple[str, str], rng: random.Random) -> None:
    mask = draw_receipt_stamp(*receipt, page.k, rng)
    x_mm, y_mm = at_mm[0] + rng.gauss(0, 1.5), at_mm[1] + rng.gauss(0, 1.0)
    page.ink_centred(mask, x_mm, y_mm, rng.choice(_OFFICE_INKS), 0.75)
