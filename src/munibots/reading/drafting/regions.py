"""From a field and its plain box to a region: line or block, comb with its cells, date with its parts, choices with their boxes.

A person who measures a form with a ruler gives one box a field. What the reader needs beyond that is printed on the blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from types import MappingProxyType

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import BoxMm, Part, Region, RegionStyle
from munibots.reading.drafting.combs import comb_cells
from munibots.reading.drafting.paper import Paper
from munibots.reading.drafting.print_in_box import Print, print_in
from munibots.reading.drafting.words import around, find_words
from munibots.reading.number_lines import NUMBER_LENGTHS
from munibots.reading.ocr.recognizer import Recognizer

__all__ = ["Draft", "Slot", "draft_regions"]

_COMB_TYPES = frozenset(
    {
        FieldType.POSTAL_CODE,
        FieldType.MY_NUMBER,
        FieldType.CORPORATE_NUMBER,
        FieldType.INSURED_NUMBER,
        FieldType.DIGITS,
        FieldType.ACCOUNT,
        FieldType.YEN,
    }
)
_BLOCK_TYPES = frozenset({FieldType.ADDRESS, FieldType.TEXT})
_BLOCK_FROM_MM = 7.5  # two lines of small writing fit
_ERAS = ("明治", "大正", "昭和", "平成", "令和", "西暦")
# Short forms, and what is left of a name around which a circle is drawn.
_ERA_LETTERS = {
    "明": "明治", "治": "明治", "大": "大正", "正": "大正", "昭": "昭和", "平": "平成", "成": "平成", "令": "令和",
    "M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和",
}  # fmt: skip
_GREGORIAN = "西暦"
_DATE_UNITS = {"year": "年", "month": "月", "day": "日"}
_CIRCLE_MM = 2.2  # a circle is drawn this far around a word
_TICK_MM = 0.8
_LEAST_PART_MM = 3.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A field with its plain box, and boxes of its parts (choices, parts of a date, cells) as far as they were given."""

    field: Field
    page_index: int
    box: BoxMm
    own_boxes: Mapping[str, BoxMm] = attribute(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Draft:
    """A region, and what was found printed in its box (nothing where that did not matter)."""

    region: Region
    printed: Print


def draft_regions(
    paper: Paper, slots: Sequence[Slot], recognizer: Recognizer, *, pieces: Sequence[BoxMm] | None = None
) -> list[Draft]:
    """A region a slot; all slots lie on the one page.

    Args:
        paper: The page: a blank, or one that is filled in (then writing in the way costs some precision).
        slots: Fields with their boxes.
        recognizer: Reads what is printed in the boxes of dates and choices.
        pieces: See :func:`~munibots.reading.drafting.print_in_box.print_in`.
    """
    asks = [s for s in slots if _needs_print(s)]
    prints = dict(
        zip((id(s) for s in asks), print_in(paper, [s.box for s in asks], recognizer, pieces=pieces), strict=True)
    )
    nothing = Print((), ())
    return [Draft(_region(paper, s, prints.get(id(s), nothing)), prints.get(id(s), nothing)) for s in slots]


def _needs_print(slot: Slot) -> bool:
    kind = slot.field.type
    if kind is FieldType.DATE:
        return not set(_DATE_UNITS) <= set(slot.own_boxes)
    return kind in (FieldType.CHOICE, FieldType.MARKS) and any(c.name not in slot.own_boxes for c in slot.field.choices)


def _region(paper: Paper, slot: Slot, printed: Print) -> Region:
    kind = slot.field.type
    if kind is FieldType.DATE:
        return _date(slot, printed)
    if kind in (FieldType.CHOICE, FieldType.MARKS):
        return Region(slot.field.name, slot.page_index, slot.box, RegionStyle.MARKS, parts=_choices(slot, printed))
    if kind in _COMB_TYPES:
        given = tuple(slot.own_boxes.values())
        cells = given or comb_cells(paper, slot.box, NUMBER_LENGTHS.get(kind, slot.field.digits))
        if cells:
            even = _even(cells)
            parts = () if even else tuple(Part(str(i), cell) for i, cell in enumerate(cells, start=1))
            box = around(cells)
            return Region(slot.field.name, slot.page_index, box, RegionStyle.COMB, cells=len(cells), parts=parts)
    tall = slot.box.h_mm >= _BLOCK_FROM_MM and kind in _BLOCK_TYPES
    style = RegionStyle.BLOCK if tall else RegionStyle.LINE
    return Region(slot.field.name, slot.page_index, slot.box, style)


def _even(cells: Sequence[BoxMm]) -> bool:
    """Cells of one width without gaps, which a plain number of cells describes."""
    width = sum(c.w_mm for c in cells) / len(cells)
    left = cells[0].x_mm
    return all(abs(c.x_mm - left - i * width) < 0.12 * width for i, c in enumerate(cells))


def _date(slot: Slot, printed: Print) -> Region:
    own = slot.own_boxes
    if set(_DATE_UNITS) <= set(own):
        parts = tuple(Part(name, box) for name, box in own.items() if name in _DATE_UNITS or name in _ERAS)
        return Region(slot.field.name, slot.page_index, slot.box, RegionStyle.DATE, parts=parts)
    eras = _printed_eras(printed)
    if len(eras) > 1:
        standard = _ERAS[1:5] if "明治" not in eras else _ERAS[:5]
        eras = _completed(standard, eras, slot.box, ends=False)
    units = _units(printed)
    if units is None:
        return Region(slot.field.name, slot.page_index, slot.box, RegionStyle.LINE)
    numbers = _number_boxes(slot.box, units, eras)
    if numbers is None or not eras:
        # Without an era on paper the writer puts it before the year: the line is read as a whole.
        return Region(slot.field.name, slot.page_index, slot.box, RegionStyle.LINE)
    era = next(iter(eras)) if len(eras) == 1 else None
    parts = tuple(Part(name, box) for name, box in numbers.items())
    if era is None:
        parts = (*(Part(name, box) for name, box in _grown(eras, slot.box).items()), *parts)
    return Region(slot.field.name, slot.page_index, slot.box, RegionStyle.DATE, parts=parts, era=era)


def _printed_eras(printed: Print) -> dict[str, BoxMm]:
    """Eras by their names or single letters of them; one letter alone is an era only if there are other eras, too."""
    found = find_words(printed, _ERAS)
    letters = {letter: era for letter, era in _ERA_LETTERS.items() if era not in found}
    singles: dict[str, BoxMm] = {}
    for letter, box in find_words(printed, tuple(letters)).items():
        singles.setdefault(letters[letter], box)
    whole = len(set(found) - {_GREGORIAN})
    by_era = found if whole == 1 and not singles else {**singles, **found}
    return {era: by_era[era] for era in _ERAS if era in by_era} if len(by_era) > 1 or whole else {}


def _units(printed: Print) -> dict[str, BoxMm] | None:
    """年, 月 and 日 in this order on one line, the last line that has them; one that could not be read is put between."""
    for line in reversed(printed.lines):
        found: dict[str, BoxMm] = {}
        end = len(line)
        for name, unit in reversed(_DATE_UNITS.items()):
            at = next((i for i in range(end - 1, -1, -1) if line[i].text == unit), None)
            if at is not None:
                found[name], end = line[at].box, at
        if len(found) == len(_DATE_UNITS):
            return found
        if len(found) == len(_DATE_UNITS) - 1:
            return _with_third(found)
    return None


def _with_third(found: dict[str, BoxMm]) -> dict[str, BoxMm] | None:
    """The missing unit, as far from its neighbour as the two that were read lie apart."""
    if "year" not in found:
        step = found["day"].x_mm - found["month"].x_mm
        return {**found, "year": found["month"]._replace(x_mm=found["month"].x_mm - step)}
    if "month" not in found:
        return {**found, "month": found["year"]._replace(x_mm=(found["year"].x_mm + found["day"].x_mm) / 2)}
    step = found["month"].x_mm - found["year"].x_mm
    return {**found, "day": found["month"]._replace(x_mm=found["month"].x_mm + step)}


def _number_boxes(box: BoxMm, units: Mapping[str, BoxMm], eras: Mapping[str, BoxMm]) -> dict[str, BoxMm] | None:
    """The writing space before each of 年, 月 and 日."""
    line_y = units["year"].y_mm + units["year"].h_mm / 2
    beside = [e for e in eras.values() if e.y_mm - 1 <= line_y <= e.y_mm + e.h_mm + 1]
    above = [e for e in eras.values() if e.y_mm + e.h_mm <= units["year"].y_mm]
    below = [e for e in eras.values() if e.y_mm >= units["year"].y_mm + units["year"].h_mm]
    left = max((e.x_mm + e.w_mm for e in beside), default=box.x_mm)
    top = max(((e.y_mm + e.h_mm + units["year"].y_mm) / 2 for e in above), default=box.y_mm)
    bottom = min((e.y_mm - 0.3 for e in below), default=box.y_mm + box.h_mm)
    numbers = {}
    for name in ("year", "month", "day"):
        right = units[name].x_mm
        if right - left < _LEAST_PART_MM:
            return None
        numbers[name] = BoxMm(left + 0.3, top, right - left - 0.6, bottom - top)
        left = units[name].x_mm + units[name].w_mm
    return numbers


def _completed(
    order: Sequence[str], found: Mapping[str, BoxMm], limit: BoxMm, *, ends: bool = True
) -> dict[str, BoxMm]:
    """Words that could not be read, put where the row of the others has a gap: a circle hides the word it is drawn around."""
    known = [(i, found[name]) for i, name in enumerate(order) if name in found]
    answer = dict(found)
    if len(known) < 2:
        return answer
    first, last = known[0], known[-1]
    level = max(abs(b.y_mm - first[1].y_mm) for _, b in known) < first[1].h_mm
    if not level or last[1].x_mm <= first[1].x_mm:
        return answer
    pitch = (last[1].x_mm - first[1].x_mm) / (last[0] - first[0])
    for i, name in enumerate(order):
        if name in found:
            continue
        before = [k for k in known if k[0] < i]
        near_i, near = before[-1] if before else known[0]
        after = next((k for k in known if k[0] > i), None)
        if not ends and (after is None or not before):
            continue
        step = pitch if after is None or not before else (after[1].x_mm - near.x_mm) / (after[0] - near_i)
        x = near.x_mm + (i - near_i) * step
        if limit.x_mm <= x + near.w_mm / 2 <= limit.x_mm + limit.w_mm:
            answer[name] = near._replace(x_mm=x)
    return answer


def _choices(slot: Slot, printed: Print) -> tuple[Part, ...]:
    names = [c.name for c in slot.field.choices]
    words = {word: c.name for c in slot.field.choices for word in (c.name, *c.aliases)}
    found: dict[str, BoxMm] = {}
    for word, box in find_words(printed, [w for w in words if words[w] not in slot.own_boxes]).items():
        found.setdefault(words[word], box)
    found = _completed(names, found, slot.box)
    ticked = _squares_of(found, printed.squares)
    boxes = _grown(found, slot.box)
    if len(ticked) == len(found):
        boxes = ticked
    boxes = {**boxes, **slot.own_boxes}
    if len(printed.squares) == len(names) and len(boxes) < len(names):
        ordered = sorted(printed.squares, key=lambda b: (round(b.y_mm / 4), b.x_mm))
        boxes = dict(zip(names, ordered, strict=True)) | dict(slot.own_boxes)
    divided = _divided(slot.box, names)
    return tuple(Part(name, boxes.get(name, divided[name])) for name in names)


def _squares_of(words: Mapping[str, BoxMm], squares: Sequence[BoxMm]) -> dict[str, BoxMm]:
    """The square before each word; one that a tick has made unrecognisable lies as far from its word as the others do."""
    found: dict[str, BoxMm] = {}
    for name, word in words.items():
        near = [
            s
            for s in squares
            if s.y_mm - 1.5 <= word.y_mm + word.h_mm / 2 <= s.y_mm + s.h_mm + 1.5
            and -2.0 <= word.x_mm - (s.x_mm + s.w_mm) <= 8.0
        ]
        if near:
            found[name] = min(near, key=lambda s: word.x_mm - s.x_mm)
    if len(found) * 2 >= len(words) and found:
        across, down = (sorted(words[n][i] - s[i] for n, s in found.items()) for i in (0, 1))
        dx, dy = across[len(across) // 2], down[len(down) // 2]
        usual = next(iter(found.values()))
        for name, word in words.items():
            found.setdefault(name, usual._replace(x_mm=word.x_mm - dx, y_mm=word.y_mm - dy))
    m = _TICK_MM
    return {n: BoxMm(s.x_mm - m, s.y_mm - m, s.w_mm + 2 * m, s.h_mm + 2 * m) for n, s in found.items()}


def _grown(words: Mapping[str, BoxMm], limit: BoxMm) -> dict[str, BoxMm]:
    """Room for a circle around each word, but no more than half of the way to the next word."""
    answer = {}
    for name, b in words.items():
        others = [o for n, o in words.items() if n != name]
        row = [o for o in others if o.y_mm < b.y_mm + b.h_mm and o.y_mm + o.h_mm > b.y_mm]
        column = [o for o in others if o.x_mm < b.x_mm + b.w_mm and o.x_mm + o.w_mm > b.x_mm]
        right, bottom = b.x_mm + b.w_mm, b.y_mm + b.h_mm
        x0 = b.x_mm - min([_CIRCLE_MM, *(max(0.1, (b.x_mm - o.x_mm - o.w_mm) / 2) for o in row if o.x_mm < b.x_mm)])
        x1 = right + min([_CIRCLE_MM, *(max(0.1, (o.x_mm - right) / 2) for o in row if o.x_mm > b.x_mm)])
        y0 = b.y_mm - min([_CIRCLE_MM, *(max(0.1, (b.y_mm - o.y_mm - o.h_mm) / 2) for o in column if o.y_mm < b.y_mm)])
        y1 = bottom + min([_CIRCLE_MM, *(max(0.1, (o.y_mm - bottom) / 2) for o in column if o.y_mm > b.y_mm)])
        x0, y0 = max(x0, limit.x_mm), max(y0, limit.y_mm)
        x1, y1 = min(x1, limit.x_mm + limit.w_mm), min(y1, limit.y_mm + limit.h_mm)
        answer[name] = BoxMm(x0, y0, max(1.0, x1 - x0), max(1.0, y1 - y0))
    return answer


def _divided(box: BoxMm, names: Sequence[str]) -> dict[str, BoxMm]:
    """Nothing is printed: equal shares, side by side in a wide box and below one another in a tall one."""
    n = len(names)
    if box.w_mm >= box.h_mm:
        return {k: BoxMm(box.x_mm + i * box.w_mm / n, box.y_mm, box.w_mm / n, box.h_mm) for i, k in enumerate(names)}
    return {k: BoxMm(box.x_mm, box.y_mm + i * box.h_mm / n, box.w_mm, box.h_mm / n) for i, k in enumerate(names)}
