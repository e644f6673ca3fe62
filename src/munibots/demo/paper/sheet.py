"""``sheet.yaml`` to pieces that can be drawn, and to the layout that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from munibots.definitions.yaml_file import YamlFile
from munibots.domain.layout import BoxMm, PageSizeMm, Part, Region, RegionStyle

__all__ = ["FieldPiece", "Frame", "Sheet", "Words", "layout_text", "read_sheet"]

# Writing keeps clear of the ruled outline, and the reader must not take the outline for ink.
_INSET_MM = 0.6


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
    """

    region: Region
    outline: BoxMm
    mark: str = "circle"
    printed: Mapping[str, str] | None = field(default=None, hash=False)
    dash_after: int | None = None
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A blank form of one page."""

    id: str
    form_id: str
    page: PageSizeMm
    pieces: tuple[Words | Frame | FieldPiece, ...]

    @property
    def fields(self) -> tuple[FieldPiece, ...]:
        """The writing boxes, in the order of the sheet."""
        return tuple(p for p in self.pieces if isinstance(p, FieldPiece))

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
    pieces: list[Words | Frame | FieldPiece] = []
    for i, raw in enumerate(data["pieces"]):
        try:
            pieces.extend(_pieces(raw, 0.0, {}))
        except KeyError as e:
            raise file.error(("pieces", i), f"{e.args[0]} がありません。") from e
    page = PageSizeMm(data["page"]["w_mm"], data["page"]["h_mm"])
    return Sheet(id=data["id"], form_id=data["form"], page=page, pieces=tuple(pieces))


def _pieces(raw: Mapping[str, Any], dy: float, names: Mapping[str, str]) -> Iterator[Words | Frame | FieldPiece]:
    def box(values: list[float]) -> BoxMm:
        x, y, w, h = values
        return BoxMm(round(x, 2), round(y + dy, 2), round(w, 2), round(h, 2))

    if "group" in raw:
        for no in range(1, raw["repeat"] + 1):
            slot = {"no": str(no), "group": f"{raw['group']}{no}"}
            for below in raw["pieces"]:
                yield from _pieces(below, dy + raw["pitch_mm"] * (no - 1), slot)
    elif "frame" in raw or "rule" in raw:
        yield Frame(box(raw["frame"] if "frame" in raw else raw["rule"]), raw["width_mm"], raw.get("dashed", False))
    elif "field" in raw:
        yield _field(raw, box, names)
    else:
        yield Words(
            text=raw["text"].format_map(names) if names else raw["text"],
            box=box(raw["box"]),
            size_mm=raw["size_mm"],
            align=raw.get("align", "center"),
            bold=raw.get("bold", False),
            upright=raw.get("upright", False),
            shade=raw.get("shade", False),
        )


def _field(raw: Mapping[str, Any], box: Any, names: Mapping[str, str]) -> FieldPiece:
    style = RegionStyle(raw["style"])
    outline: BoxMm = box(raw["box"])
    region = Region(
        field=raw["field"].format_map(names),
        page_index=0,
        box=outline if style is RegionStyle.COMB else _inside(outline),
        style=style,
        cells=raw.get("cells"),
        parts=tuple(Part(name, box(values)) for name, values in raw.get("parts", {}).items()),
        era=raw.get("era"),
    )
    return FieldPiece(
        region=region,
        outline=outline,
        mark=raw.get("mark", "circle"),
        printed=raw.get("printed"),
        dash_after=raw.get("dash_after"),
        ruled=raw.get("ruled", True),
    )


def _inside(box: BoxMm) -> BoxMm:
    d = _INSET_MM
    return BoxMm(round(box.x_mm + d, 2), round(box.y_mm + d, 2), round(box.w_mm - 2 * d, 2), round(box.h_mm - 2 * d, 2))


def layout_text(sheet: Sheet, blank: str) -> str:
    """The text of ``layout.yaml``.

    Args:
        sheet: The drawn sheet.
        blank: Name of the picture of the blank page, beside the layout.
    """
    lines = [
        "# Made from sheet.yaml by `python -m munibots.demo.paper`; do not edit.",
        f"id: {sheet.id}",
        f"form: {sheet.form_id}",
        f"pages: [{{w_mm: {sheet.page.w_mm:g}, h_mm: {sheet.page.h_mm:g}, blank: {blank}}}]",
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
    return "\n".join(lines) + "\n"


def _box(box: BoxMm) -> str:
    return f"[{', '.join(f'{v:g}' for v in box)}]"
