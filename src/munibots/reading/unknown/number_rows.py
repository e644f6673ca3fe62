"""Which row of cells belongs to the label of a number: the one beside it, or the one below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.number_lines import NUMBER_LENGTHS
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.comb_rows import CombRow, joined_rows
from munibots.reading.unknown.labels_on_page import Label
from munibots.reading.unknown.slots import next_slots

__all__ = ["rows_of_labels"]

_COMB_TYPES = frozenset(
    {
        FieldType.POSTAL_CODE, FieldType.MY_NUMBER, FieldType.CORPORATE_NUMBER, FieldType.INSURED_NUMBER,
        FieldType.DIGITS, FieldType.ACCOUNT, FieldType.YEN,
    }
)  # fmt: skip
_LEAST_UNKNOWN = 4  # cells of a number whose length the form does not tell
_FAR_MM, _DEEP_MM, _ASIDE_MM = 130.0, 16.0, 60.0
_BELOW_COSTS, _OTHER_CELL_COSTS = 1.6, 4.0
_SAME_MM = 2.5
_GAP_MM = 12.0
_ROW_MM = 60.0  # the next slot of a group is no farther below


def rows_of_labels(
    form: Form, given: Mapping[str, Label], labels: Sequence[Label], rows: Sequence[CombRow], cells: Cells
) -> dict[str, CombRow]:
    """A row of cells for each number that has a label and a row near it, and for further slots in the rows below.

    Args:
        form: The form.
        given: Labels by field name.
        labels: All labels of the page; a row behind another label is that one's.
        rows: Rows of cells on the page.
        cells: Cells of the page.
    """
    offers = []
    for name, label in given.items():
        field = form.field(name)
        if field.type not in _COMB_TYPES:
            continue
        for row in _fitting(field, rows):
            cost = _cost(label, row.box, labels, cells)
            if cost is not None:
                offers.append((cost, name, row))
    found: dict[str, CombRow] = {}
    used: set[BoxMm] = set()
    for _, name, row in sorted(offers, key=lambda o: o[:2]):
        if name not in found and not used & set(row.cells):
            found[name] = row
            used |= set(row.cells)
    for name in list(found):
        row = found[name]
        for more in next_slots(form, form.field(name), given):
            free = [r for r in rows if not used & set(r.cells)]
            # A label on the left has the next person's number on the right, one on top has it below.
            aside = [r for r in free if _beside(row, r)] if given[name].box.x_mm < row.box.x_mm - _SAME_MM else []
            nexts = aside or [r for r in free if _under(row, r)]
            if more in found or not nexts:
                break
            row = min(nexts, key=lambda r: (r.box.y_mm, r.box.x_mm) if not aside else (r.box.x_mm, 0.0))
            found[more] = row
            used |= set(row.cells)
    return found


def _fitting(field: Field, rows: Sequence[CombRow]) -> list[CombRow]:
    length = NUMBER_LENGTHS.get(field.type, field.digits)
    if length is None:
        return [r for r in rows if len(r.cells) >= _LEAST_UNKNOWN]
    # Papers give a number that has no set length some cells more.
    longer = field.type in (FieldType.ACCOUNT, FieldType.YEN)
    return [*joined_rows(rows, length), *(r for r in rows if longer and len(r.cells) > length)]


def _cost(label: Label, row: BoxMm, labels: Sequence[Label], cells: Cells) -> float | None:
    """How far the row is from the label; ``None`` if it cannot be the label's."""
    box = label.box
    after, under = row.x_mm - box.x_mm - box.w_mm, row.y_mm - box.y_mm - box.h_mm
    level = min(box.y_mm + box.h_mm, row.y_mm + row.h_mm) - max(box.y_mm, row.y_mm)
    mine = label.cell is not None and _holds(label.cell, row)
    extra = 0.0 if mine else _OTHER_CELL_COSTS
    if after > -1.0 and level > 0.45 * min(box.h_mm, row.h_mm):
        between = BoxMm(box.x_mm + box.w_mm, row.y_mm, max(0.1, after), row.h_mm)
        if after > _FAR_MM or any(o is not label and _holds(between, o.box) for o in labels):
            return None
        return after + extra
    if -0.6 < under < _DEEP_MM:
        across = min(box.x_mm + box.w_mm, row.x_mm + row.w_mm) - max(box.x_mm, row.x_mm)
        aside = mine and across > -_ASIDE_MM
        if across < 0.3 * min(box.w_mm, row.w_mm) and not aside:
            return None
        between = BoxMm(row.x_mm, box.y_mm + box.h_mm, row.w_mm, max(0.1, under))
        if any(o is not label and _holds(between, o.box) for o in labels):
            return None
        return under * _BELOW_COSTS + extra + max(0.0, -across) * 0.5
    return None


def _under(first: CombRow, other: CombRow) -> bool:
    a, b = first.box, other.box
    below = 1.0 < b.y_mm - a.y_mm < _ROW_MM
    return below and len(first.cells) == len(other.cells) and abs(a.x_mm - b.x_mm) < _SAME_MM


def _beside(first: CombRow, other: CombRow) -> bool:
    a, b = first.box, other.box
    gap = b.x_mm - a.x_mm - a.w_mm
    return len(first.cells) == len(other.cells) and abs(a.y_mm - b.y_mm) < _SAME_MM and 0 < gap < _GAP_MM


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm
