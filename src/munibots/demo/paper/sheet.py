"""``sheet.yaml`` to pieces that can be drawn, and to the layout that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from munibots.definitions.yaml_file import YamlFile
from munibots.domain.layout import BoxMm, PageSizeMm, Part, Region, RegionStyle

__all__ = ["FieldPiece", "Frame", "Piece", "Sheet", "SheetPage", "Words", "blank_name", "layout_text", "read_sheet"]

# Writing keeps clear of the ruled outline, and the reader must not take the outline for ink.
_INSET_MM = 0.6
_PRINT_MM = 3.2
# Half the side of the place that a receipt stamp may cover: its radius, and how far it is put from the middle.
_STAMP_MM = 15.5


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words; ``shade`` makes a label cell of the box."""

    text: str
    box: BoxMm
    size_mm: float
    align: str = "center"
    bold: bool = False
    upright: bool = False
    shade: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled outline; one of no height or no width is a line."""

    box: BoxMm
    width_mm: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class FieldPiece:
    """A writing box.

    Attributes:
        region: What it becomes in the layout.
        outline: The box as ruled; the region lies a little inside it.
        mark: ``tick`` or ``circle``, for choices.
        printed: The word printed for a part where it is not the part's name (明 for 明治).
        ruled: Whether the outline is drawn with the box.
        dash_after: The cell of a comb after which a hyphen is printed.
        thick_every: Every so many cells of a comb, counted from the right, the line between them is thicker.
        align: ``right`` where a comb is filled from its last cell, as amounts are.
        size_mm: Size of the printed choices, eras and units.
    """

    region: Region
    outline: BoxMm
    mark: str = "circle"
    printed: Mapping[str, str] | None = field(default=None, hash=False)
    dash_after: int | None = None
    thick_every: int | None = None
    align: str = "left"
    ruled: bool = True
    size_mm: float = _PRINT_MM


Piece = Words | Frame | FieldPiece


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page of a blank form; ``receipt_mm`` is the middle of the place for the receipt stamp, if it has one."""

    size: PageSizeMm
    pieces: tuple[Piece, ...]
    receipt_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A blank form of one page or several."""

    id: str
    form_id: str
    pages: tuple[SheetPage, ...]

    @property
    def fields(self) -> tuple[FieldPiece, ...]:
        """The writing boxes, in the order of the sheet."""
        return tuple(p for page in self.pages for p in page.pieces if isinstance(p, FieldPiece))

    def field(self, name: str) -> FieldPiece:
        """The writing box of a field.

        Raises:
            KeyError: The sheet has no such field.
        """
        for piece in self.fields:
            if piece.region.field == name:
                return piece
        raise KeyError(name)


def read_sheet(path: Path) -> Sheet:
    """Read one ``sheet.yaml``.

    Raises:
        DefinitionError: The file is wrong; names file and line.
    """
    file = YamlFile(path, "sheet")
    data = file.data
    pages = []
    for page_index, page in enumerate(data["pages"]):
        pieces: list[Piece] = []
        for i, raw in enumerate(page["pieces"]):
            try:
                pieces.extend(_pieces(raw, _Place(page_index), {}))
            except KeyError as e:
                raise file.error(("pages", page_index, "pieces", i), f"{e.args[0]} がありません。") from e
        receipt = tuple(page["receipt"]) if "receipt" in page else None
        pages.append(SheetPage(PageSizeMm(page["w_mm"], page["h_mm"]), tuple(pieces), receipt))
    return Sheet(id=data["id"], form_id=data["form"], pages=tuple(pages))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where pieces are put: on which page, and how far from where the file says, for the slots of a group."""

    page_index: int
    dx: float = 0.0
    dy: float = 0.0

    def box(self, values: list[float]) -> BoxMm:
        x, y, w, h = values
        return BoxMm(round(x + self.dx, 2), round(y + self.dy, 2), round(w, 2), round(h, 2))


def _pieces(raw: Mapping[str, Any], place: _Place, names: Mapping[str, str]) -> Iterator[Piece]:

    if "group" in raw:
        for no in range(1, raw["repeat"] + 1):
            slot = {"no": str(no), "group": f"{raw['group']}{no}"}
            for below in raw["pieces"]:
                dx, dy = raw.get("pitch_x_mm", 0) * (no - 1), raw.get("pitch_mm", 0) * (no - 1)
                yield from _pieces(below, _Place(place.page_index, place.dx + dx, place.dy + dy), slot)
    elif "frame" in raw or "rule" in raw:
        box = place.box(raw["frame"] if "frame" in raw else raw["rule"])
        yield Frame(box, raw["width_mm"], raw.get("dashed", False))
    elif "grid" in raw:
        yield from _grid(raw, place)
    elif "field" in raw:
        yield _field(raw, place, names)
    else:
        yield Words(
            text=raw["text"].format_map(names) if names else raw["text"],
            box=place.box(raw["box"]),
            size_mm=raw["size_mm"],
            align=raw.get("align", "center"),
            bold=raw.get("bold", False),
            upright=raw.get("upright", False),
            shade=raw.get("shade", False),
        )


def _grid(raw: Mapping[str, Any], place: _Place) -> Iterator[Frame]:
    """A table's outline and the lines between its columns and rows."""
    (x, y), width, height = raw["grid"], sum(raw["cols"]), sum(raw["rows"])
    thin = raw["width_mm"]
    yield Frame(place.box([x, y, width, height]), thin)
    for column in accumulate(raw["cols"][:-1]):
        yield Frame(place.box([x + column, y, 0, height]), thin)
    for row in accumulate(raw["rows"][:-1]):
        yield Frame(place.box([x, y + row, width, 0]), thin)


def _field(raw: Mapping[str, Any], place: _Place, names: Mapping[str, str]) -> FieldPiece:
    style = RegionStyle(raw["style"])
    outline = place.box(raw["box"])
    region = Region(
        field=raw["field"].format_map(names),
        page_index=place.page_index,
        box=outline if style is RegionStyle.COMB else _inside(outline),
        style=style,
        cells=raw.get("cells"),
        parts=tuple(Part(name, place.box(values)) for name, values in raw.get("parts", {}).items()),
        era=raw.get("era"),
    )
    return FieldPiece(
        region=region,
        outline=outline,
        mark=raw.get("mark", "circle"),
        printed=raw.get("printed"),
        dash_after=raw.get("dash_after"),
        thick_every=raw.get("thick_every"),
        align=raw.get("align", "left"),
        ruled=raw.get("ruled", True),
        size_mm=raw.get("size_mm", _PRINT_MM),
    )


def _inside(box: BoxMm) -> BoxMm:
    d = _INSET_MM
    return BoxMm(round(box.x_mm + d, 2), round(box.y_mm + d, 2), round(box.w_mm - 2 * d, 2), round(box.h_mm - 2 * d, 2))


def blank_name(page_index: int) -> str:
    """Name of the picture of a blank page, beside the layout."""
    return f"blank-{page_index + 1}.png"


def layout_text(sheet: Sheet) -> str:
    """The text of ``layout.yaml``."""
    pages = ", ".join(
        f"{{w_mm: {page.size.w_mm:g}, h_mm: {page.size.h_mm:g}, blank: {blank_name(i)}}}"
        for i, page in enumerate(sheet.pages)
    )
    lines = [
        "# Made from sheet.yaml by `python -m munibots.demo.paper`; do not edit.",
        f"id: {sheet.id}",
        f"form: {sheet.form_id}",
        f"pages: [{pages}]",
        "regions:",
    ]
    for region in (p.region for p in sheet.fields):
        entry = [
            f"field: {region.field}",
            f"page_index: {region.page_index}",
            f"box: {_box(region.box)}",
            f"style: {region.style.value}",
        ]
        if region.cells is not None:
            entry.append(f"cells: {region.cells}")
        if region.era is not None:
            entry.append(f"era: {region.era}")
        if region.parts:
            parts = ", ".join(f"{p.name}: {_box(p.box)}" for p in region.parts)
            entry.append(f"parts: {{{parts}}}")
        lines.append(f"  - {{{', '.join(entry)}}}")
    stamped = [(i, page) for i, page in enumerate(sheet.pages) if page.receipt_mm is not None]
    if stamped:
        lines += ["office:", *(f"  - {{page_index: {i}, box: {_box(_stamp_box(page))}}}" for i, page in stamped)]
    return "\n".join(lines) + "\n"


def _stamp_box(page: SheetPage) -> BoxMm:
    assert page.receipt_mm is not None
    x, y = page.receipt_mm
    left, top = max(0.0, x - _STAMP_MM), max(0.0, y - _STAMP_MM)
    right, bottom = min(page.size.w_mm, x + _STAMP_MM), min(page.size.h_mm, y + _STAMP_MM)
    return BoxMm(round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2))


def _box(box: BoxMm) -> str:
    return f"[{', '.join(f'{v:g}' for v in box)}]"
