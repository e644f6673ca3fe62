"""Where the writing is that belongs to a label: in the cell beside it, in the cell below, or next to it on the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.combs import find_comb
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.number_lines import NUMBER_LENGTHS
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.labels_on_page import Label
from munibots.reading.unknown.slots import next_slots

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

__all__ = ["ValueBoxes"]

_INSET_MM = 0.5
_COMB_CELL_MM, _COMB_GAP_MM = 14.0, 13.0  # a cell whose ruling is broken is missing from the list
_ALIKE_MM = 2.0
_LEAST_INK_PX, _MUCH_INK_PX = 40, 160
_LEAST_ROOM_MM, _LOWEST_MM = 4.0, 6.5
_LOWEST_LINE_MM, _AT_TOP = 3.6, 0.38
_ROWS_BETWEEN = 3
_LINE_ROOM = 0.7  # above and below a line of print, in parts of its height
_BELOW_MM = 12.0  # a comb that is drawn inside a larger cell
_HEAD_MM, _WIDE_MM = 6.0, 60.0  # from a heading to its cell, and the least width of such a cell
_MARGIN_MM = 8.0  # of a page without ruling
_NUMBERS = frozenset(
    {
        FieldType.POSTAL_CODE, FieldType.MY_NUMBER, FieldType.CORPORATE_NUMBER, FieldType.INSURED_NUMBER,
        FieldType.DIGITS, FieldType.ACCOUNT, FieldType.YEN, FieldType.PHONE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands.

    Attributes:
        neighbour: The whole cell, if the value has one of its own.
        below: It is below the label, else right of it.
        upper: It has only the upper part of the cell (ふりがな above 氏名).
        lower: It has only the lower part.
    """

    box: BoxMm
    neighbour: BoxMm | None = None
    below: bool = False
    upper: bool = False
    lower: bool = False


class ValueBoxes:
    """Finds the boxes of values on one page.

    Args:
        paper: The page.
        cells: Its cells.
        labels: All labels of the page; nothing of another label is taken for a value.
    """

    def __init__(self, paper: Paper, cells: Cells, labels: Sequence[Label]) -> None:
        self._paper = paper
        self._cells = cells
        self._labels = labels
        self._ink: NDArray[bool_] = paper.ink()
        self._small = sorted(cells.small(), key=lambda c: c.x_mm)
        self._label_cells = {label.cell for label in labels if label.cell is not None and label.alone}

    def boxes(self, form: Form, given: Mapping[str, Label], known: Mapping[str, BoxMm]) -> dict[str, BoxMm]:
        """The box of each field that has a label, and of further slots in the columns of a table.

        Args:
            form: The form.
            given: Labels by field name.
            known: Boxes that are found already; they are part of the answer.
        """
        found: dict[str, BoxMm] = {}
        for name, label in given.items():
            if name in known:
                continue
            field = form.field(name)
            place = self._beside(label)
            if place is None:
                continue
            if place.neighbour is None:
                found[name] = place.box
                continue
            found[name] = _inset(self._comb(field, self._part(place, place.neighbour)))
            more = self._column(place.neighbour) if place.below else self._row(place.neighbour)
            for next_name, cell in zip(next_slots(form, field, given), more, strict=False):
                found.setdefault(next_name, _inset(self._comb(field, self._part(place, cell))))
        cut = {name: self._without_labels(box, given.get(name)) for name, box in found.items()}
        return cut | dict(known)

    def _beside(self, label: Label) -> _Place | None:
        if label.cell is None:
            headed = self._headed(label)
            if headed is not None:
                return _Place(headed, headed, below=True)
            box = self._on_line(label)
            return None if box is None else _Place(box)
        middle = label.box.y_mm + label.box.h_mm / 2
        inner = None if label.alone and _shared(label, self._labels) else self._within(label)
        if inner is not None and self._inked(inner) > (_MUCH_INK_PX if label.alone else 0):
            return _Place(inner)
        if label.alone:
            right = self._cells.right_of(label.cell, middle)
            below = self._cells.below(label.cell)
            right_free = right is not None and not self._holds_label(right)
            below_free = below is not None and not self._holds_label(below)
            same_column = below is not None and _same_sides(below, label.cell)
            left = self._cells.left_of(label.cell, middle)
            in_header = left is not None and self._holds_label(left) and _same_height(left, label.cell)
            if below is not None and below_free and same_column and (not right_free or in_header or label.nth):
                return self._in_column(label, below)
            if right is not None and right_free:
                return _Place(right, right)
            if below is not None and below_free:
                return _Place(below, below, below=True)
        return None if inner is None else _Place(inner)

    def _in_column(self, label: Label, first: BoxMm) -> _Place:
        """The cell below a label; of two labels in one cell, each has one of two cells below or a part of one."""
        together = [o for o in self._labels if o.cell == label.cell]
        if len(together) < 2 or not any(o.nth for o in together):
            return _Place(first, first, below=True)
        second = self._cells.below(first)
        if second is not None and _same_sides(second, first) and not self._holds_label(second):
            place = second if label.nth else first
            return _Place(place, place, below=True)
        return _Place(first, first, below=True, lower=bool(label.nth), upper=not label.nth)

    def _part(self, place: _Place, cell: BoxMm) -> BoxMm:
        """The upper or lower part of a cell, if the value has only this one; they part where least is written."""
        if not (place.lower or place.upper):
            return cell
        steps = [cell.h_mm * (0.25 + 0.05 * i) for i in range(6)]
        inks = [self._inked(BoxMm(cell.x_mm + 1, cell.y_mm + s - 0.4, cell.w_mm - 2, 0.8), least=0) for s in steps]
        at = steps[min(range(len(steps)), key=lambda i: (inks[i], abs(i - 3)))]
        if place.upper:
            return cell._replace(h_mm=at)
        return cell._replace(y_mm=cell.y_mm + at, h_mm=cell.h_mm - at)

    def _comb(self, field: Field, cell: BoxMm) -> BoxMm:
        """All cells of a comb, not only the first."""
        if field.type not in _NUMBERS:
            return cell
        length = NUMBER_LENGTHS.get(field.type, field.digits)
        if length is not None:
            page, m = self._cells.page, _INSET_MM
            ahead = [o.box.x_mm for o in self._labels if o.box.x_mm > cell.x_mm + m and _same_line(o.box, cell)]
            # The cell is the whole comb's, or a line between two cells was taken for its end.
            for reach in dict.fromkeys((cell.w_mm + 2 * m, length * _COMB_CELL_MM)):
                stop = min([page.w_mm, cell.x_mm + reach, *ahead])
                search = BoxMm(cell.x_mm - m, cell.y_mm + m, stop - cell.x_mm, cell.h_mm - 2 * m)
                comb = find_comb(self._paper, search, length)
                if comb is not None:
                    return BoxMm(comb.x_mm, cell.y_mm, comb.w_mm, cell.h_mm)
            if cell.h_mm < _LOWEST_MM:
                comb = find_comb(self._paper, cell._replace(h_mm=cell.h_mm + _BELOW_MM), length)
                if comb is not None:
                    return comb
        if cell.w_mm > _COMB_CELL_MM:
            return cell
        right = cell.x_mm + cell.w_mm
        for more in self._small:
            beside = _same_height(more, cell) and right - 1 <= more.x_mm <= right + _COMB_GAP_MM
            if more.w_mm <= _COMB_CELL_MM and beside and not self._holds_label(more):
                right = more.x_mm + more.w_mm
        return cell._replace(w_mm=right - cell.x_mm)

    def _within(self, label: Label) -> BoxMm | None:
        """The rest of the label's own cell: beside the label, or below it where more is written there."""
        cell, box = label.cell, label.box
        if cell is None:
            return None
        right_edge, bottom_edge = cell.x_mm + cell.w_mm, cell.y_mm + cell.h_mm
        after, under = box.x_mm + box.w_mm + 0.6, box.y_mm + box.h_mm + 0.3
        others = [o.box for o in self._labels if o is not label and o.cell == cell]
        stop_x = min([right_edge, *(o.x_mm for o in others if o.x_mm >= after and _same_line(o, box))])
        stop_y = min([bottom_edge, *(o.y_mm for o in others if o.y_mm >= under)])
        beside = BoxMm(after, cell.y_mm, stop_x - after, stop_y - cell.y_mm)
        if others:
            top = max([cell.y_mm, *(o.y_mm + o.h_mm for o in others if o.y_mm + o.h_mm <= box.y_mm + 0.5)])
            beside = BoxMm(after, top, stop_x - after, stop_y - top)
        beneath = BoxMm(cell.x_mm, under, right_edge - cell.x_mm, stop_y - under)
        beside, beneath = _inset(beside), _inset(beneath)
        fits_beside = beside.w_mm > _LEAST_ROOM_MM and beside.h_mm > 2.5
        fits_beneath = beneath.w_mm > _LEAST_ROOM_MM and beneath.h_mm > _LOWEST_LINE_MM
        if not (fits_beside and fits_beneath):
            return beside if fits_beside else beneath if beneath.h_mm > 2.5 and beneath.w_mm > _LEAST_ROOM_MM else None
        # Writing that begins below the label stands beneath it, else it goes on where the label ends.
        first = beneath._replace(w_mm=max(1.0, min(after - beneath.x_mm, beneath.w_mm)))
        level = BoxMm(after, box.y_mm, max(1.0, stop_x - after), box.h_mm)
        if self._inked(first):
            return beneath
        if self._inked(level) or self._inked(beside):
            return beside
        return beneath if box.y_mm + box.h_mm / 2 < cell.y_mm + _AT_TOP * cell.h_mm else beside

    def _headed(self, label: Label) -> BoxMm | None:
        """A wide cell right below a label that stands outside all cells, as its heading."""
        box = label.box
        cell = self._cells.around(BoxMm(box.x_mm + 1.0, box.y_mm + box.h_mm + _HEAD_MM, 3.0, 2.0))
        if cell is None or cell.w_mm < _WIDE_MM or cell.y_mm < box.y_mm + box.h_mm - 1.5:
            return None
        under = abs(cell.x_mm - box.x_mm) < _HEAD_MM and not any(_holds(cell, o.box) for o in self._labels)
        return cell if under else None

    def _on_line(self, label: Label) -> BoxMm | None:
        """No ruling: from the label to the next one on its line, or below it where nothing stands there."""
        page, box = self._cells.page, label.box
        after = box.x_mm + box.w_mm + 0.6
        others = [o.box for o in self._labels if o is not label]
        stop = min([page.w_mm - _MARGIN_MM, *(o.x_mm - 0.5 for o in others if o.x_mm > after and _same_line(o, box))])
        up = [box.y_mm - o.y_mm - o.h_mm for o in others if o.y_mm + o.h_mm <= box.y_mm and _same_column(o, box)]
        down_room = [
            o.y_mm - box.y_mm - box.h_mm for o in others if o.y_mm >= box.y_mm + box.h_mm and _same_column(o, box)
        ]
        high, low = (min([_LINE_ROOM * box.h_mm, *(0.45 * gap for gap in gaps)]) for gaps in (up, down_room))
        beside = BoxMm(after, max(0.0, box.y_mm - high), stop - after, high + box.h_mm + low)
        under = box.y_mm + box.h_mm + 0.5
        down = min([under + 3.0 * box.h_mm, *(o.y_mm for o in others if o.y_mm > under and _same_column(o, box))])
        left = max(0.0, box.x_mm - 2.0)
        beneath = BoxMm(left, under, max(stop - left, box.w_mm), down - under)
        if beside.w_mm > _LEAST_ROOM_MM and self._inked(beside) > _LEAST_INK_PX:
            return beside
        if beneath.h_mm > 3.0 and self._inked(beneath) > _LEAST_INK_PX:
            return beneath
        return beside if beside.w_mm > _LEAST_ROOM_MM else None

    def _column(self, first: BoxMm) -> Iterator[BoxMm]:
        """The cells below a first one that have its sides and about its height; other rows of a slot lie between them."""
        start: BoxMm = first
        cell: BoxMm | None = first
        strange = 0
        while cell is not None and strange <= _ROWS_BETWEEN:
            cell = self._cells.below(cell._replace(x_mm=start.x_mm, w_mm=start.w_mm))
            if cell is None:
                return
            alike = _same_sides(cell, start) and 0.6 < cell.h_mm / start.h_mm < 1.7
            if alike and not self._holds_label(cell):
                strange = 0
                yield cell
            else:
                strange += 1

    def _row(self, first: BoxMm) -> Iterator[BoxMm]:
        """The cells right of a first one that have its size: tables with a person in each column."""
        start = cell = first
        while True:
            more = self._cells.right_of(cell, start.y_mm + start.h_mm / 2)
            if more is None or not _same_height(more, start) or not 0.85 < more.w_mm / start.w_mm < 1.18:
                return
            if self._holds_label(more):
                return
            yield more
            cell = more

    def _holds_label(self, cell: BoxMm) -> bool:
        """Whether a cell is a label's: it is one, or a label stands at its top left."""
        if cell in self._label_cells:
            return True
        return any(_holds(cell, label.box) and not label.text.startswith("〒") for label in self._labels)

    def _without_labels(self, box: BoxMm, own: Label | None) -> BoxMm:
        """What remains of a box once the labels of others are cut away, at the side where least is lost."""
        for label in self._labels:
            if label is own or not _holds(box, label.box):
                continue
            b = label.box
            right, bottom = box.x_mm + box.w_mm, box.y_mm + box.h_mm
            rests = (
                BoxMm(box.x_mm, box.y_mm, b.x_mm - 0.3 - box.x_mm, box.h_mm),
                BoxMm(b.x_mm + b.w_mm + 0.3, box.y_mm, right - b.x_mm - b.w_mm - 0.3, box.h_mm),
                BoxMm(box.x_mm, box.y_mm, box.w_mm, b.y_mm - 0.3 - box.y_mm),
                BoxMm(box.x_mm, b.y_mm + b.h_mm + 0.3, box.w_mm, bottom - b.y_mm - b.h_mm - 0.3),
            )
            usable = [r for r in rests if r.w_mm > _LEAST_ROOM_MM and r.h_mm > 3.0]
            if usable:
                box = max(usable, key=lambda r: (self._inked(r), r.w_mm * r.h_mm))
        return box

    def _inked(self, box: BoxMm, *, least: int = _LEAST_INK_PX) -> int:
        x0, y0 = max(0, round(box.x_mm * PX_MM)), max(0, round(box.y_mm * PX_MM))
        x1, y1 = round((box.x_mm + box.w_mm) * PX_MM), round((box.y_mm + box.h_mm) * PX_MM)
        amount = int(self._ink[y0:y1, x0:x1].sum())
        return amount if amount > least else 0


def _shared(label: Label, labels: Sequence[Label]) -> bool:
    """Another label stands in the same cell, and nothing else."""
    return any(o is not label and o.cell == label.cell for o in labels)


def _inset(box: BoxMm) -> BoxMm:
    m = _INSET_MM
    return BoxMm(box.x_mm + m, box.y_mm + m, max(0.5, box.w_mm - 2 * m), max(0.5, box.h_mm - 2 * m))


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm


def _same_line(a: BoxMm, b: BoxMm) -> bool:
    return abs(a.y_mm + a.h_mm / 2 - b.y_mm - b.h_mm / 2) < 0.7 * max(a.h_mm, b.h_mm)


def _same_column(a: BoxMm, b: BoxMm) -> bool:
    return a.x_mm < b.x_mm + b.w_mm + 20 and a.x_mm + a.w_mm > b.x_mm


def _same_sides(a: BoxMm, b: BoxMm) -> bool:
    return abs(a.x_mm - b.x_mm) < _ALIKE_MM and abs(a.w_mm - b.w_mm) < 2 * _ALIKE_MM


def _same_height(a: BoxMm, b: BoxMm) -> bool:
    return abs(a.y_mm - b.y_mm) < _ALIKE_MM and abs(a.h_mm - b.h_mm) < _ALIKE_MM
