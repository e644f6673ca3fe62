"""Labels on a page: pieces of print put together cell by cell, with the fields that they may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from munibots.classifying.labels import LabelSeen, TextLabelMatcher, label_text
from munibots.domain.form import FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.words import around
from munibots.reading.unknown.cells import Cells

__all__ = ["Label", "Piece", "find_labels"]

_LONGEST_LABEL = 40
_STEPS = 3  # cells to the left and above that are asked for a heading
_LEAST = 0.55
_ALONE = 0.7  # of a cell's letters; notes in brackets are dropped
_POSTAL_MARK = "〒"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of print or writing."""

    text: str
    box: BoxMm


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of print that names fields.

    Attributes:
        box: Of the print.
        cell: The ruled cell around it, if there is one.
        alone: Nothing but labels stands in the cell.
        nth: From 0, which of several labels it is that share one piece of print (ふりがな/氏名).
        scores: Field names with scores.
    """

    text: str
    box: BoxMm
    cell: BoxMm | None
    alone: bool
    scores: dict[str, float]
    nth: int = 0


def find_labels(pieces: Sequence[Piece], cells: Cells, form: Form, matcher: TextLabelMatcher) -> list[Label]:
    """All labels in reading order.

    A label may be printed in several pieces (spread letters, two lines in a cell), or be the beginning of a piece whose
    rest is written.
    """
    in_cell: dict[BoxMm | None, list[Piece]] = {}
    for piece in pieces:
        in_cell.setdefault(cells.around(piece.box), []).append(piece)
    texts: dict[BoxMm | None, str] = {
        cell: "".join(p.text for p in _reading_order(held)) for cell, held in in_cell.items() if cell
    }
    postal = {f.name: 0.9 for f in form.fields if f.type is FieldType.POSTAL_CODE}
    choice_names = frozenset(label_text(c.name) for f in form.fields for c in f.choices)
    found: list[Label] = []
    for cell, held in in_cell.items():
        context = _headings(cell, cells, texts) if cell else ()
        beneath = cells.below(cell) if cell else None
        below = texts.get(beneath, "") if beneath else ""
        if cell is not None and _are_choices(held, choice_names):
            continue
        chosen = [p for line in _lines(held) if _are_choices(line, choice_names) for p in line]
        mine: list[Label] = []
        alone_best = max(
            (
                s
                for p in held
                for _, scores in _matched(p, matcher, context, below, may_go_on=False)
                for s in scores.values()
            ),
            default=0.0,
        )
        for whole, is_line in _candidates(cell, held):
            if whole in chosen and _is_choice(whole, choice_names):
                continue
            if any(_overlap(label.box, whole.box) for label in mine):
                continue
            before = [p.text for p in held if p is not whole and p.box.y_mm < whole.box.y_mm]
            parts = _matched(whole, matcher, (*context, *before), below, may_go_on=is_line)
            if not is_line and max((s for _, scores in parts for s in scores.values()), default=0.0) < alone_best:
                continue
            if not parts and postal and whole.text.startswith(_POSTAL_MARK):
                width = min(whole.box.w_mm, whole.box.h_mm * 1.1)
                parts = [(Piece(_POSTAL_MARK, whole.box._replace(w_mm=width)), dict(postal))]
            mine += [Label(p.text, p.box, cell, False, scores, nth) for nth, (p, scores) in enumerate(parts)]
        letters = sum(len(label_text(label.text)) for label in mine)
        alone = letters >= _ALONE * len(label_text(texts.get(cell, "")))
        found += [replace(label, alone=alone) for label in mine]
    return sorted(found, key=lambda label: (round(label.box.y_mm / 3), label.box.x_mm))


def _candidates(cell: BoxMm | None, held: Sequence[Piece]) -> list[tuple[Piece, bool]]:
    """What may be one label, the whole cell first, then its lines, then its pieces; and whether it is one piece."""
    ordered = _reading_order(held)
    found = []
    if cell is not None and len(held) > 1:
        found.append(_joined(ordered))
        found.extend(_joined(line) for line in _lines(ordered) if 1 < len(line) < len(ordered))
    return [*((p, False) for p in found if p.text), *((p, True) for p in ordered if p.text)]


def _matched(
    piece: Piece, matcher: TextLabelMatcher, context: Sequence[str], below: str, *, may_go_on: bool
) -> list[tuple[Piece, dict[str, float]]]:
    """The labels in a piece: it is one, or it begins with one, and what follows may be another."""

    def scored(text: str) -> dict[str, float]:
        if not 1 <= len(label_text(text)) <= _LONGEST_LABEL:
            return {}
        return {k: v for k, v in matcher.scores(LabelSeen(text, tuple(context), below)).items() if v >= _LEAST}

    whole = scored(piece.text)
    if whole:
        return [(piece, whole)]
    # Lines of a cell that are put together have no place where a label ends.
    end = matcher.starts(piece.text) if may_go_on else 0
    if not end:
        return []
    share = end / len(piece.text)
    head = Piece(piece.text[:end], piece.box._replace(w_mm=piece.box.w_mm * share))
    rest_x = piece.box.x_mm + head.box.w_mm
    rest = Piece(piece.text[end:], piece.box._replace(x_mm=rest_x, w_mm=piece.box.w_mm - head.box.w_mm))
    found = scored(head.text)
    follows = scored(rest.text)
    return [(head, found), *([(rest, follows)] if follows else [])] if found else []


def _are_choices(held: Sequence[Piece], names: frozenset[str]) -> bool:
    """Two choices or more stand in the cell: 世帯主 beside 妻 is no label."""
    return sum(_is_choice(p, names) for p in held if len(p.text) < 9) >= 2


def _is_choice(piece: Piece, names: frozenset[str]) -> bool:
    text = label_text(piece.text)
    # 生年月日 ends like the choice 日.
    return any(text == name or (len(name) > 1 and text.endswith(name)) for name in names)


def _headings(cell: BoxMm, cells: Cells, texts: dict[BoxMm | None, str]) -> tuple[str, ...]:
    """What stands in the cells before this one and above it."""
    found = []
    for step in (cells.left_of, None):
        here: BoxMm | None = cell
        for _ in range(_STEPS):
            if here is None:
                break
            here = step(here, cell.y_mm + cell.h_mm / 2) if step else cells.above(here)
            text = texts.get(here, "") if here else ""
            if text and len(text) <= _LONGEST_LABEL:
                found.append(text)
    return tuple(found)


def _reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    return [p for line in _lines(pieces) for p in line]


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.box.y_mm + p.box.h_mm / 2):
        middle = piece.box.y_mm + piece.box.h_mm / 2
        last = lines[-1][0].box if lines else None
        if last is not None and last.y_mm <= middle <= last.y_mm + last.h_mm:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.box.x_mm) for line in lines]


def _joined(pieces: Sequence[Piece]) -> Piece:
    return Piece("".join(p.text for p in pieces), around([p.box for p in pieces]))


def _overlap(a: BoxMm, b: BoxMm) -> bool:
    across = min(a.x_mm + a.w_mm, b.x_mm + b.w_mm) - max(a.x_mm, b.x_mm)
    down = min(a.y_mm + a.h_mm, b.y_mm + b.h_mm) - max(a.y_mm, b.y_mm)
    return across > 0.5 and down > 0.5
