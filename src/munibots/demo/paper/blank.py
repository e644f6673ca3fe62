"""Draws the blank pages of a sheet, at any resolution."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.demo.paper.fonts import load_font, printed_font
from munibots.demo.paper.sheet import FieldPiece, Frame, SheetPage, Words
from munibots.domain.layout import BoxMm, RegionStyle

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

__all__ = ["draw_blank", "write_blank_png"]

_INK = 20
_SHADE = 226
_THIN_MM = 0.2
_TICK_BOX_MM = 3.4
# Print does not change with the scanner: letters stand on the grid of this resolution at every other one too.
_GRID_PX_MM = 200 / 25.4


class _Letters:
    """The printed font at one size: as large and as wide apart as whole pixels of the grid allow, at every resolution."""

    def __init__(self, grid_px: int, bold: bool, k: float) -> None:
        path = printed_font(bold=bold)
        self._grid = load_font(path, grid_px)
        self._scale = k / _GRID_PX_MM
        self.size_px = grid_px * self._scale
        self.font = load_font(path, self.size_px)
        _, top, _, bottom = self.font.getbbox("国", anchor="ls")
        # How far below the drawing point the middle of a full character lies.
        self.middle = (top + bottom) / 2

    def length(self, text: str) -> float:
        """In pixels of the picture."""
        return self._grid.getlength(text) * self._scale


@cache
def _letters(grid_px: int, bold: bool, k: float) -> _Letters:
    return _Letters(grid_px, bold, k)


def draw_blank(page: SheetPage, dpi: int) -> Image.Image:
    """A blank page in grey.

    Args:
        page: What to draw.
        dpi: Resolution; the picture spans the page exactly.

    Returns:
        Mode ``L``, 255 for white paper.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    from PIL import Image, ImageDraw

    k = dpi / 25.4
    picture = Image.new("L", (round(page.size.w_mm * k), round(page.size.h_mm * k)), 255)
    pen = _Pen(ImageDraw.Draw(picture), k)
    # Grounds first, so that no outline is painted over.
    for piece in page.pieces:
        if isinstance(piece, Words) and piece.shade:
            pen.ground(piece.box)
    for piece in page.pieces:
        if isinstance(piece, Words):
            if piece.shade:
                pen.frame(piece.box, _THIN_MM)
            pen.words(piece)
        elif isinstance(piece, Frame):
            pen.frame(piece.box, piece.width_mm, piece.dashed)
        else:
            pen.field(piece)
    return picture


def write_blank_png(page: Image.Image, path: Path, dpi: int) -> None:
    """Write the page as a small PNG of 16 grey levels with its resolution."""
    # Sixteen levels keep the edges soft enough for feature points and make the file smaller.
    page.point([round(v / 17) * 17 for v in range(256)]).save(path, optimize=True, dpi=(dpi, dpi))


class _Pen:
    """Draws with millimetres."""

    def __init__(self, draw: ImageDraw.ImageDraw, k: float) -> None:
        self.draw = draw
        self.k = k

    def px(self, mm: float) -> int:
        return round(mm * self.k)

    def ground(self, box: BoxMm) -> None:
        x, y, w, h = box
        self.draw.rectangle((self.px(x), self.px(y), self.px(x + w), self.px(y + h)), fill=_SHADE)

    def frame(self, box: BoxMm, width_mm: float, dashed: bool = False) -> None:
        x, y, w, h = box
        corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        sides = [(corners[0], corners[1]), (corners[1], corners[2]), (corners[3], corners[2]), (corners[0], corners[3])]
        for (x0, y0), (x1, y1) in sides[: 1 if h == 0 else 4]:
            self.line(x0, y0, x1, y1, width_mm, dashed)

    def line(self, x0: float, y0: float, x1: float, y1: float, width_mm: float, dashed: bool = False) -> None:
        """An upright or level line, centred on its path; its ends are square."""
        width = max(1, self.px(width_mm))
        if dashed:
            length = max(x1 - x0, y1 - y0)
            along = ((x1 - x0) / length, (y1 - y0) / length)
            for step in range(int(length / 2)):
                a, b = step * 2.0, step * 2.0 + 1.1
                self.line(x0 + along[0] * a, y0 + along[1] * a, x0 + along[0] * b, y0 + along[1] * b, width_mm)
            return
        left, top = self.px(min(x0, x1)) - width // 2, self.px(min(y0, y1)) - width // 2
        right, bottom = self.px(max(x0, x1)) - width // 2 + width - 1, self.px(max(y0, y1)) - width // 2 + width - 1
        self.draw.rectangle((left, top, right, bottom), fill=_INK)

    def words(self, words: Words) -> None:
        if not words.text:
            return
        x, y, w, h = words.box
        room = (h if words.upright else w) - (1.0 if words.shade else 0.0)
        letters = _letters(max(4, round(words.size_mm * _GRID_PX_MM)), words.bold, self.k)
        if not words.upright and letters.length(words.text) > room * self.k:
            fitting = words.size_mm * room * self.k / letters.length(words.text)
            letters = _letters(max(4, int(fitting * _GRID_PX_MM)), words.bold, self.k)
        length = letters.length(words.text)
        centre_y = (y + h / 2) * self.k
        if words.upright:
            pitch = min(words.size_mm * 1.15, room / len(words.text)) * self.k
            top = centre_y - pitch * len(words.text) / 2
            for i, c in enumerate(words.text):
                self._text((x + w / 2) * self.k, top + pitch * (i + 0.5), c, letters, "m")
        elif words.align == "spread" and len(words.text) > 1:
            spare = room * self.k * 0.88 - length
            gap = max(0.0, min(spare / (len(words.text) - 1), letters.size_px * 1.2))
            at = (x + w / 2) * self.k - (length + gap * (len(words.text) - 1)) / 2
            for c in words.text:
                self._text(at, centre_y, c, letters, "l")
                at += letters.length(c) + gap
        elif words.align == "left":
            self._text(x * self.k, centre_y, words.text, letters, "l")
        elif words.align == "right":
            self._text((x + w) * self.k, centre_y, words.text, letters, "r")
        else:
            self._text((x + w / 2) * self.k, centre_y, words.text, letters, "m")

    def _text(self, x: float, y: float, text: str, letters: _Letters, side: str) -> None:
        # Letter by letter, for a font's own steps are whole pixels, which at another resolution add up to a millimetre.
        at = round(x) - letters.length(text) * {"l": 0.0, "m": 0.5, "r": 1.0}[side]
        for c in text:
            # Fonts disagree on ascent: the middle of a full character is what all of them share.
            place = math.ceil(at - 0.5), round(y - letters.middle)
            self.draw.text(place, c, font=letters.font, fill=_INK, anchor="ls")
            at += letters.length(c)

    def field(self, piece: FieldPiece) -> None:
        region = piece.region
        if region.style is RegionStyle.COMB:
            self._comb(piece)
            return
        if piece.ruled:
            self.frame(piece.outline, _THIN_MM)
        if region.style is RegionStyle.MARKS:
            for part in region.parts:
                self._choice(piece, part.name, part.box)
        elif region.style is RegionStyle.DATE:
            self._date(piece)

    def _comb(self, piece: FieldPiece) -> None:
        x, y, w, h = piece.outline
        cells = piece.region.cells or 1
        self.frame(piece.outline, 0.3)
        for i in range(1, cells):
            at = x + w * i / cells
            self.line(at, y, at, y + h, 0.4 if piece.thick_every and (cells - i) % piece.thick_every == 0 else 0.15)
        if piece.dash_after is not None:
            at = x + w * piece.dash_after / cells
            self.line(at - 0.6, y + h / 2, at + 0.6, y + h / 2, 0.5)

    def _choice(self, piece: FieldPiece, name: str, box: BoxMm) -> None:
        word = (piece.printed or {}).get(name, name)
        if piece.mark == "tick":
            cx, cy = box.x_mm + box.w_mm / 2, box.y_mm + box.h_mm / 2
            half = _TICK_BOX_MM / 2
            self.frame(BoxMm(cx - half, cy - half, 2 * half, 2 * half), 0.25)
            after = BoxMm(box.x_mm + box.w_mm + 0.4, box.y_mm, 30, box.h_mm)
            self.words(Words(word, after, piece.size_mm + 0.3, align="left"))
        else:
            self.words(Words(word, box, piece.size_mm))

    def _date(self, piece: FieldPiece) -> None:
        after = {"year": "年", "month": "月", "day": "日"}
        for part in piece.region.parts:
            box = part.box
            if part.name in after:
                beside = BoxMm(box.x_mm + box.w_mm + 0.6, box.y_mm, 4, box.h_mm)
                self.words(Words(after[part.name], beside, piece.size_mm, align="left"))
            else:
                self._choice(piece, part.name, box)
        if piece.region.era is not None:
            year = next(p.box for p in piece.region.parts if p.name == "year")
            before = BoxMm(piece.outline.x_mm, year.y_mm, year.x_mm - piece.outline.x_mm - 1, year.h_mm)
            self.words(Words(piece.region.era, before, piece.size_mm + 0.3, align="right"))
