"""Layouts: where the fields of a form sit on one city's paper, in millimetres from the page's top-left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

__all__ = ["BoxMm", "Layout", "OfficeBox", "PageSizeMm", "Part", "Region", "RegionStyle"]


class BoxMm(NamedTuple):
    """An upright rectangle; ``x_mm``/``y_mm`` is its top-left corner."""

    x_mm: float
    y_mm: float
    w_mm: float
    h_mm: float

    def to_px(self, dpi: float) -> tuple[int, int, int, int]:
        """``(x, y, w, h)`` in whole pixels at ``dpi``."""
        k = dpi / 25.4
        x0, y0 = round(self.x_mm * k), round(self.y_mm * k)
        x1, y1 = round((self.x_mm + self.w_mm) * k), round((self.y_mm + self.h_mm) * k)
        return x0, y0, x1 - x0, y1 - y0


class PageSizeMm(NamedTuple):
    """Size of one page of paper."""

    w_mm: float
    h_mm: float


class RegionStyle(StrEnum):
    """How a field is filled in on paper."""

    LINE = "line"
    """Free writing on one line in the box."""
    BLOCK = "block"
    """Free writing on one to three lines in the box."""
    COMB = "comb"
    """One character a cell, ``cells`` cells of equal width."""
    MARKS = "marks"
    """Circled or ticked; each choice has a box of its own in ``parts``."""
    DATE = "date"
    """A date in parts: ``era`` circled (``parts`` named 明治, 大正 … 西暦) or pre-printed (``era``), ``year``, ``month``, ``day``."""


@dataclass(frozen=True, slots=True)
class Part:
    """A box inside a region: a choice to be marked, or the year, month or day of a date."""

    name: str
    box: BoxMm


@dataclass(frozen=True, slots=True)
class Region:
    """Where one field sits.

    Attributes:
        field: Name of the field in the form.
        page_index: From 0.
        box: The whole region; for ``comb`` the outline of all cells.
        cells: Number of cells of a comb.
        parts: Choices of ``marks``; eras, year, month, day of ``date``.
        era: The era printed before a date (令和), if any.
    """

    field: str
    page_index: int
    box: BoxMm
    style: RegionStyle
    cells: int | None = None
    parts: tuple[Part, ...] = ()
    era: str | None = None

    def part(self, name: str) -> Part | None:
        """The part of this name, or ``None``."""
        return next((p for p in self.parts if p.name == name), None)


@dataclass(frozen=True, slots=True)
class OfficeBox:
    """A place on the paper that is the office's own: receipt stamps and notes there are nobody's field and need no eyes."""

    page_index: int
    box: BoxMm


@dataclass(frozen=True, slots=True)
class Layout:
    """Regions of one form on one paper, and pictures of the blank paper.

    Attributes:
        id: e.g. ``juminido@standard``; the part after ``@`` is ``standard`` or a profile code.
        pages: Size of each page.
        blanks: PNG of each blank page, grey, any resolution; its pixels span the page exactly.
        office: Where the office stamps and writes. Writing anywhere else that no field takes goes to a person.
    """

    id: str
    form_id: str
    pages: tuple[PageSizeMm, ...]
    blanks: tuple[Path, ...]
    regions: tuple[Region, ...]
    office: tuple[OfficeBox, ...] = ()

    def region(self, field: str) -> Region:
        """The region of this field.

        Raises:
            KeyError: The layout does not place this field.
        """
        for r in self.regions:
            if r.field == field:
                return r
        raise KeyError(field)
