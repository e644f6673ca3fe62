"""Tables with words at the top and at the left: the value of 通数 戸籍謄本 stands below the one and beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from munibots.classifying.labels import label_text
from munibots.domain.form import Field, Form
from munibots.domain.layout import BoxMm
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.labels_on_page import Label, Piece

__all__ = ["crossings"]

_LEAST_MM = 4.0
_UNIT = 2  # letters of a unit printed at the end of a cell
_INSET_MM = 0.4


def crossings(form: Form, given: Mapping[str, Label], pieces: Sequence[Piece], cells: Cells) -> dict[str, BoxMm]:
    """Boxes of fields whose label has its first word above a column and its last one before a row.

    Args:
        form: The form.
        given: Labels by field name; the label of such a field is the one before the row.
        pieces: Text of the page.
        cells: Cells of the page.
    """
    found: dict[str, BoxMm] = {}
    for name, label in given.items():
        head = _head(form.field(name), label, pieces)
        if head is None or label.cell is None:
            continue
        middle = label.box.y_mm + label.box.h_mm / 2
        cell = cells.around(BoxMm(head.box.x_mm + head.box.w_mm / 2 - 1.0, middle - 1.0, 2.0, 2.0))
        if cell is None or cell == label.cell or cell.y_mm < head.box.y_mm + head.box.h_mm / 2:
            continue
        if any(_holds(cell, other.box) for other in given.values()):
            continue
        found[name] = _without_unit(cell, pieces)
    return found


def _head(field: Field, label: Label, pieces: Sequence[Piece]) -> Piece | None:
    words = field.label_ja.split()
    if len(words) != 2 or field.group is not None or label_text(label.text) == label_text(field.label_ja):
        return None
    wanted = label_text(words[0])
    return next(
        (
            p
            for p in pieces
            if label_text(p.text) == wanted
            and p.box.y_mm + p.box.h_mm <= label.box.y_mm + 1.0
            and p.box.x_mm > label.box.x_mm + label.box.w_mm
        ),
        None,
    )


def _without_unit(cell: BoxMm, pieces: Sequence[Piece]) -> BoxMm:
    """The cell up to a unit (通, 人, 円) printed at its right end."""
    m = _INSET_MM
    right = cell.x_mm + cell.w_mm - m
    for piece in pieces:
        text = label_text(piece.text)
        late = piece.box.x_mm > cell.x_mm + cell.w_mm / 2
        if _holds(cell, piece.box) and late and 0 < len(text) <= _UNIT and not text.isdigit():
            right = min(right, piece.box.x_mm)
    wide = right - cell.x_mm - m
    return BoxMm(cell.x_mm + m, cell.y_mm + m, wide if wide > _LEAST_MM else cell.w_mm - 2 * m, cell.h_mm - 2 * m)


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm
