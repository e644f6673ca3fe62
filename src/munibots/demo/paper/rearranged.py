"""Other papers for the same form: a known form's fields under its labels, in an order and a manner that a seed chooses.

Cities ask for the same things on papers of their own. A page made here has no layout in the library, so that reading by
labels can be tried on as many papers as one likes.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from munibots.demo.paper.sheet import FieldPiece, Frame, Piece, Sheet, SheetPage, Words
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm, PageSizeMm, Part, Region, RegionStyle

__all__ = ["rearranged"]

_MARGIN_MM, _TOP_MM, _BOTTOM_MM = 12.0, 32.0, 14.0
_DAY = ("year", "month", "day")
_UPRIGHT_MM = 7.0
_INSET_MM = 0.6
_LEAST_WIDTH = {FieldType.ADDRESS: 92.0, FieldType.TEXT: 58.0, FieldType.NAME: 52.0, FieldType.KANA: 52.0}


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a paper is drawn.

    Attributes:
        labels: ``side`` (a cell left of the value), ``top`` (small, inside the value's cell), ``free`` (no ruling).
        headings: What becomes of a label's first part (納税義務者 氏名): an ``upright`` cell beside its rows, a ``band``
            above them, or ``none``: it is printed with each label.
        tables: Whether repeated groups are tables with a row of labels on top.
    """

    labels: str
    headings: str
    tables: bool
    mark: str
    shade: bool
    spread: bool
    print_mm: float
    cell_mm: float
    landscape: bool


@dataclass(slots=True)
class _Canvas:
    """Pages that fill up from the top."""

    size: PageSizeMm
    title: str
    y: float = _TOP_MM
    pages: list[list[Piece]] = field(default_factory=list)

    def room(self, height: float) -> None:
        """Begin a page if there is none, or if this much does not fit on it."""
        if not self.pages or self.y + height > self.size.h_mm - _BOTTOM_MM:
            self.pages.append([Words(self.title, BoxMm(_MARGIN_MM, 10, self.size.w_mm - 2 * _MARGIN_MM, 10), 6.5)])
            self.y = _TOP_MM

    @property
    def page_index(self) -> int:
        return len(self.pages) - 1

    def draw(self, *pieces: Piece) -> None:
        self.pages[-1].extend(pieces)


def rearranged(form: Form, sheet: Sheet, seed: int) -> Sheet:
    """The fields of a sheet on another paper.

    Args:
        form: The sheet's form; its labels and aliases are what is printed.
        sheet: Tells how each field is filled in: cells of a comb, choices, eras.
        seed: The same seed gives the same paper.
    """
    rng = random.Random(f"paper/{form.id}/{seed}")
    manner = _Manner(
        labels=rng.choice(("side", "side", "top", "free")),
        headings=rng.choice(("upright", "band", "none")),
        tables=rng.random() < 0.7,
        mark=rng.choice(("tick", "circle")),
        shade=rng.random() < 0.6,
        spread=rng.random() < 0.4,
        print_mm=rng.uniform(2.7, 3.3),
        cell_mm=rng.uniform(4.8, 6.0),
        landscape=rng.random() < 0.3,
    )
    width, height = (297.0, 210.0) if manner.landscape else (210.0, 297.0)
    canvas = _Canvas(PageSizeMm(width, height), rng.choice((form.name_ja, *form.aliases)))
    drawer = _Drawer(canvas, manner, {p.region.field: p for p in sheet.fields}, rng)
    fields = [f for f in form.fields if f.name in drawer.given]
    for group, members in groupby(fields, key=lambda f: f.group):
        if group is None:
            for heading, under in groupby(members, key=_heading):
                drawer.section(heading, list(under))
        else:
            slots = [list(slot) for _, slot in groupby(members, key=lambda f: f.group_no)]
            drawer.group(slots)
        canvas.y += rng.choice((0.0, 3.0))
    pages = tuple(SheetPage(canvas.size, tuple(pieces)) for pieces in canvas.pages)
    return Sheet(id=f"{form.id}@paper{seed}", form_id=form.id, pages=pages)


def _heading(slot: Field) -> str:
    parts = slot.label_ja.split()
    return parts[0] if len(parts) > 1 else ""


class _Drawer:
    """Puts fields on a canvas in one manner."""

    def __init__(self, canvas: _Canvas, manner: _Manner, given: Mapping[str, FieldPiece], rng: random.Random) -> None:
        self.canvas = canvas
        self.manner = manner
        self.given = given
        self.rng = rng
        self.width = canvas.size.w_mm - 2 * _MARGIN_MM

    def section(self, heading: str, fields: Sequence[Field]) -> None:
        """Rows of fields with what their labels have in common printed once, if the manner is so."""
        manner, canvas = self.manner, self.canvas
        apart = heading and len(fields) > 1 and manner.headings != "none" and manner.labels != "free"
        labels = {f.name: self._label(f, without=heading if apart else "") for f in fields}
        rows = self._rows(fields, labels, self.width - _UPRIGHT_MM)
        total = sum(height for _, height in rows)
        upright = apart and manner.headings == "upright" and total > 1.2 * manner.print_mm * len(heading)
        left = _MARGIN_MM + (_UPRIGHT_MM if upright else 0.0)
        if apart and not upright:
            canvas.room(6.0 + rows[0][1])
            canvas.draw(Words(heading, BoxMm(_MARGIN_MM, canvas.y, self.width, 6.0), manner.print_mm, shade=True))
            canvas.y += 6.0
        elif upright:
            canvas.room(min(total, canvas.size.h_mm - _TOP_MM - _BOTTOM_MM))
            cell = BoxMm(_MARGIN_MM, canvas.y, _UPRIGHT_MM, total)
            canvas.draw(Words(heading, cell, manner.print_mm, shade=True, upright=True))
        for row, height in rows:
            canvas.room(height)
            x = left
            spare = (self.width - (left - _MARGIN_MM) - sum(w for _, w in row)) / len(row)
            for slot, width in row:
                self._labelled(slot, labels[slot.name], BoxMm(x, canvas.y, width + spare, height))
                x += width + spare
            canvas.y += height

    def group(self, slots: Sequence[Sequence[Field]]) -> None:
        """A table with a slot in each row, or a block of rows for each slot."""
        first = slots[0]
        widths = [max(self._size(f)[0], 3.4 * len(self._label(f)) * 0.9) for f in first]
        number_mm = 8.0
        if not self.manner.tables or sum(widths) + number_mm > self.width:
            for no, slot in enumerate(slots, start=1):
                labels = {f.name: self._label(f) for f in slot}
                rows = self._rows(slot, labels, self.width - number_mm)
                total = sum(h for _, h in rows)
                self.canvas.room(total)
                number = BoxMm(_MARGIN_MM, self.canvas.y, number_mm, total)
                self.canvas.draw(Words(str(no), number, 4.0, shade=True))
                for row, height in rows:
                    x = _MARGIN_MM + number_mm
                    spare = (self.width - number_mm - sum(w for _, w in row)) / len(row)
                    for field_, width in row:
                        self._labelled(field_, labels[field_.name], BoxMm(x, self.canvas.y, width + spare, height))
                        x += width + spare
                    self.canvas.y += height
            return
        spare = (self.width - number_mm - sum(widths)) / len(widths)
        height = max(self._size(f)[1] for f in first)
        self.canvas.room(7.0 + height * len(slots))
        x = _MARGIN_MM
        heads = [("", number_mm), *((self._label(f), w + spare) for f, w in zip(first, widths, strict=True))]
        for text, width in heads:
            self.canvas.draw(Words(text, BoxMm(x, self.canvas.y, width, 7.0), self.manner.print_mm, shade=True))
            x += width
        self.canvas.y += 7.0
        for no, slot in enumerate(slots, start=1):
            cell = BoxMm(_MARGIN_MM, self.canvas.y, number_mm, height)
            self.canvas.draw(Words(str(no), cell, 3.4), Frame(cell, 0.2))
            x = _MARGIN_MM + number_mm
            for field_, width in zip(slot, widths, strict=True):
                self._value(field_, BoxMm(x, self.canvas.y, width + spare, height), ruled=True)
                x += width + spare
            self.canvas.y += height

    def _label(self, slot: Field, *, without: str = "") -> str:
        words = slot.label_ja.split()
        if slot.group is not None:
            words = words[-1:]
        elif without and words[0] == without:
            words = words[1:]
        elif slot.aliases and not without and self.rng.random() < 0.25:
            return self.rng.choice(slot.aliases)
        return "".join(words)

    def _rows(
        self, fields: Sequence[Field], labels: Mapping[str, str], width: float
    ) -> list[tuple[list[tuple[Field, float]], float]]:
        """Fields side by side as far as they fit, with their widths, and the height of the row."""
        rows: list[tuple[list[tuple[Field, float]], float]] = []
        used = 0.0
        for slot in fields:
            need, height = self._size(slot)
            need += self._label_width(labels[slot.name])
            if self.manner.labels == "top":
                height += 4.0
            need = min(need, width)
            if rows and used + need <= width and self.rng.random() < 0.75:
                row, high = rows[-1]
                rows[-1] = ([*row, (slot, need)], max(high, height))
                used += need
            else:
                rows.append(([(slot, need)], height))
                used = need
        return rows

    def _label_width(self, label: str) -> float:
        if self.manner.labels == "top":
            return 0.0
        return min(40.0, max(18.0, len(label) * self.manner.print_mm * 1.12 + 3.0))

    def _labelled(self, slot: Field, label: str, box: BoxMm) -> None:
        manner, width = self.manner, self._label_width(label)
        x, y, w, h = box
        if manner.labels == "top":
            at = BoxMm(x + 0.8, y + 0.5, w - 1.6, 3.6)
            self.canvas.draw(Frame(box, 0.2), Words(label, at, 2.6, align="left"))
            self._value(slot, BoxMm(x, y + 4.0, w, h - 4.0), ruled=False)
        elif manner.labels == "free":
            at = BoxMm(x, y, width, h)
            self.canvas.draw(Words(f"{label}:" if manner.shade else label, at, manner.print_mm, align="left"))
            value = BoxMm(x + width, y, w - width - 3.0, h)
            style = self.given[slot.name].region.style
            if style in (RegionStyle.LINE, RegionStyle.BLOCK):
                self.canvas.draw(Frame(BoxMm(value.x_mm, y + h - 0.6, value.w_mm, 0), 0.2))
            self._value(slot, value, ruled=False)
        else:
            align = "spread" if manner.spread else "center"
            at = BoxMm(x, y, width, h)
            self.canvas.draw(Words(label, at, manner.print_mm, shade=manner.shade, align=align), Frame(at, 0.2))
            self._value(slot, BoxMm(x + width, y, w - width, h), ruled=True)

    def _size(self, slot: Field) -> tuple[float, float]:
        """The width and height that a field needs for its value."""
        region = self.given[slot.name].region
        if region.style is RegionStyle.COMB:
            return (region.cells or 1) * self.manner.cell_mm + 4.0, 9.5
        if region.style is RegionStyle.DATE:
            eras = [p for p in region.parts if p.name not in _DAY]
            return (60.0, 9.5) if not eras else (60.0, 16.0)
        if region.style is RegionStyle.MARKS:
            wide = sum(_choice_width(p.name) for p in region.parts)
            rows = 1 if wide <= 70 else 2 if wide <= 150 else -int(-wide // 85)
            return max(16.0, max(_choice_width(p.name) for p in region.parts) + 2, wide / rows + 10), 8.0 * rows
        return _LEAST_WIDTH.get(slot.type, 44.0), 12.5 if region.style is RegionStyle.BLOCK else 10.0

    def _value(self, slot: Field, box: BoxMm, *, ruled: bool) -> None:
        """The field's own piece in a box."""
        old = self.given[slot.name]
        style = old.region.style
        x, y, w, h = box
        m = _INSET_MM
        region = Region(slot.name, self.canvas.page_index, BoxMm(x + m, y + m, w - 2 * m, h - 2 * m), style)
        piece = replace(old, region=region, outline=box, mark=self.manner.mark, ruled=ruled, printed=None)
        if style is RegionStyle.COMB:
            cells = old.region.cells or 1
            wide = min(self.manner.cell_mm, (w - 2.0) / cells) * cells
            at = BoxMm(x + 1.2, y + 1.2, wide, h - 2.4)
            if ruled:
                self.canvas.draw(Frame(box, 0.2))
            self.canvas.draw(replace(piece, region=replace(region, box=at, cells=cells), outline=at))
        elif style is RegionStyle.MARKS:
            parts = self._choices([p.name for p in old.region.parts], box)
            self.canvas.draw(replace(piece, region=replace(region, parts=parts), size_mm=2.9))
        elif style is RegionStyle.DATE:
            names = [p.name for p in old.region.parts if p.name not in _DAY]
            parts, era = self._date(names, box), old.region.era
            dated = replace(region, parts=parts, era=era)
            self.canvas.draw(replace(piece, region=dated, printed=old.printed, mark="circle"))
        else:
            self.canvas.draw(piece)

    def _choices(self, names: Sequence[str], box: BoxMm) -> tuple[Part, ...]:
        """Words in rows; to be ticked, the square comes before the word."""
        rows: list[list[str]] = [[]]
        used = 0.0
        for name in names:
            if rows[-1] and used + _choice_width(name) > box.w_mm - 1.0:
                rows.append([])
                used = 0.0
            rows[-1].append(name)
            used += _choice_width(name)
        high = box.h_mm / len(rows)
        parts = []
        for i, row in enumerate(rows):
            x = box.x_mm + 1.0
            spare = max(0.0, min(5.0, (box.w_mm - 2.0 - sum(map(_choice_width, row))) / len(row)))
            for name in row:
                wide = _choice_width(name)
                y = box.y_mm + high * i
                if self.manner.mark == "tick":
                    parts.append(Part(name, BoxMm(x, y + high / 2 - 2.4, 4.8, 4.8)))
                else:
                    tall = min(high - 0.4, 7.0)
                    parts.append(Part(name, BoxMm(x, y + (high - tall) / 2, wide - 1.0, tall)))
                x += wide + spare
        return tuple(parts)

    def _date(self, eras: Sequence[str], box: BoxMm) -> tuple[Part, ...]:
        """Year, month and day on one line; eras to be circled stand above it."""
        x, y, w, h = box
        low = h if not eras else h / 2
        step = (w - (12.0 if not eras else 2.0)) / 3
        start = x + (11.0 if not eras else 1.0)
        top = y + h - low + 0.8
        days = [Part(n, BoxMm(start + step * i, top, step - 5.0, low - 1.6)) for i, n in enumerate(_DAY)]
        pitch = (w - 2.0) / max(1, len(eras))
        named = [Part(n, BoxMm(x + 1.0 + pitch * i, y + 0.6, pitch - 0.4, h / 2 - 0.8)) for i, n in enumerate(eras)]
        return (*named, *days)


def _choice_width(name: str) -> float:
    return 8.5 + 3.0 * len(name)
