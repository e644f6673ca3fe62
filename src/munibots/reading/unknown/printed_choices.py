"""Choices that are printed without a label in front of them: 男・女, 転入・転居・転出."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from munibots.classifying.labels import label_text
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.words import around
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.labels_on_page import Piece

__all__ = ["choice_boxes"]

_SHARE = 0.6  # of the choices that must be readable: a circle hides one
_ROOM_MM = 2.0


def choice_boxes(form: Form, pieces: Sequence[Piece], cells: Cells, *, known: Mapping[str, BoxMm]) -> dict[str, BoxMm]:
    """Boxes of choice fields that have no label, by the choices themselves, slots of a group in reading order.

    Args:
        form: The form.
        pieces: Text of the page.
        cells: Cells of the page.
        known: Boxes that are found already; they are taken.
    """
    groups: dict[BoxMm, list[Piece]] = {}
    for piece in pieces:
        cell = cells.around(piece.box)
        groups.setdefault(piece.box if cell is None else cell, []).append(piece)
    taken = list(known.values())
    found: dict[str, BoxMm] = {}
    for field in form.fields:
        if field.type not in (FieldType.CHOICE, FieldType.MARKS) or field.name in known or len(field.choices) < 2:
            continue
        for cell, held in sorted(groups.items(), key=lambda g: (round(g[0].y_mm / 3), g[0].x_mm)):
            if any(_meet(cell, box) for box in taken) or not _are_choices(field, held):
                continue
            box = around([p.box for p in held])
            grown = BoxMm(
                max(cell.x_mm if cell != box else 0.0, box.x_mm - _ROOM_MM),
                max(0.0, box.y_mm - _ROOM_MM),
                box.w_mm + 2 * _ROOM_MM,
                box.h_mm + 2 * _ROOM_MM,
            )
            found[field.name] = grown
            taken.append(cell)
            break
    return found


def _are_choices(field: Field, held: Sequence[Piece]) -> bool:
    text = "".join(label_text(p.text) for p in held)
    names = [label_text(c.name) for c in field.choices]
    seen = [n for n in names if n in text]
    # The choices are nearly all that is printed there.
    return len(seen) >= max(2, _SHARE * len(names)) and sum(map(len, seen)) >= 0.5 * len(text)


def _meet(a: BoxMm, b: BoxMm) -> bool:
    across = min(a.x_mm + a.w_mm, b.x_mm + b.w_mm) - max(a.x_mm, b.x_mm)
    down = min(a.y_mm + a.h_mm, b.y_mm + b.h_mm) - max(a.y_mm, b.y_mm)
    return across > 1.0 and down > 1.0
