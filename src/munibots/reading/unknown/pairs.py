"""From … to …: the label stands before the first of two values, and the second has none of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.comb_rows import CombRow
from munibots.reading.unknown.labels_on_page import Label, Piece

__all__ = ["second_rows", "with_second_ends"]

_BETWEEN = ("~", "から", "至", "-", "ー")
_CELLS_ON, _DATE_MM = 3, 30.0
_FAR_MM, _LEVEL_MM = 45.0, 3.0


def with_second_ends(
    form: Form, boxes: Mapping[str, BoxMm], labels: Sequence[Label], pieces: Sequence[Piece], cells: Cells
) -> dict[str, BoxMm]:
    """Add the boxes of second dates: the rest of the first one's box behind 〜, or the next cell that is wide enough.

    Args:
        form: The form; a second end is the next field, with the first words of its label the same.
        boxes: Boxes found so far.
        labels: Labels of the page.
        pieces: Text of the page.
        cells: Cells of the page.
    """
    answer = dict(boxes)
    for first, second in _ends(form, answer):
        if first.type is not FieldType.DATE:
            continue
        box = answer[first.name]
        split = next((p.box for p in pieces if _between(p, box)), None)
        if split is not None:
            end = split.x_mm + split.w_mm
            answer[first.name] = box._replace(w_mm=split.x_mm - box.x_mm)
            answer[second.name] = box._replace(x_mm=end, w_mm=box.x_mm + box.w_mm - end)
            continue
        cell = cells.around(box._replace(w_mm=min(box.w_mm, 4.0)))
        for _ in range(_CELLS_ON):
            cell = cells.right_of(cell, box.y_mm + box.h_mm / 2) if cell is not None else None
            if cell is None or any(_holds(cell, label.box) for label in labels):
                break
            if cell.w_mm >= _DATE_MM:
                if not any(_holds(cell, b) for b in answer.values()):
                    answer[second.name] = cell
                break
    return answer


def second_rows(form: Form, found: Mapping[str, CombRow], rows: Sequence[CombRow]) -> dict[str, CombRow]:
    """The same for numbers: the next row of as many cells on the line."""
    answer = dict(found)
    for first, second in _ends(form, answer):
        row = answer[first.name]
        used = {c for r in answer.values() for c in r.cells}
        right = row.box.x_mm + row.box.w_mm
        near = [
            r
            for r in rows
            if len(r.cells) == len(row.cells)
            and abs(r.box.y_mm - row.box.y_mm) < _LEVEL_MM
            and 0 < r.box.x_mm - right < _FAR_MM
            and not used & set(r.cells)
        ]
        if near:
            answer[second.name] = min(near, key=lambda r: r.box.x_mm)
    return answer


def _ends(form: Form, found: Mapping[str, object]) -> list[tuple[Field, Field]]:
    pairs = []
    for a, b in zip(form.fields, form.fields[1:], strict=False):
        words_a, words_b = a.label_ja.split(), b.label_ja.split()
        together = len(words_a) > 1 and words_a[:-1] == words_b[:-1] and a.type is b.type and a.digits == b.digits
        if together and a.group == b.group and a.group_no == b.group_no and a.name in found and b.name not in found:
            pairs.append((a, b))
    return pairs


def _between(piece: Piece, box: BoxMm) -> bool:
    """A word between two dates, not at an end of the box."""
    text = unicodedata.normalize("NFKC", piece.text).replace("〜", "~")
    inside = _holds(box, piece.box)
    return inside and text in _BETWEEN and 0.3 < (piece.box.x_mm - box.x_mm) / box.w_mm < 0.7


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm
