"""The words printed in a box, letter by letter with their places, and the little squares to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.features import PICTURE_DPI
from munibots.reading.ocr.charsets import charset_of
from munibots.reading.ocr.decoding import decode
from munibots.reading.ocr.recognizer import LineCrop, Recognizer

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

__all__ = ["Letter", "Print", "print_in"]

_ROW_GAP_PX = 3
_LEAST_PX = 7  # a line of print is at least a millimetre high
_SQUARE_MM = (1.8, 6.5)
_PAD_PX = 4
_LETTER_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class Letter:
    """One printed character and the square it stands in."""

    text: str
    box: BoxMm


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed in a box.

    Attributes:
        lines: Letters from left to right, line by line from the top.
        squares: Outlined squares as one prints them to be ticked.
    """

    lines: tuple[tuple[Letter, ...], ...]
    squares: tuple[BoxMm, ...]


def print_in(
    paper: Paper, boxes: Sequence[BoxMm], recognizer: Recognizer, *, pieces: Sequence[BoxMm] | None = None
) -> list[Print]:
    """Read the print in each box; all boxes of a page together, which costs less.

    Args:
        paper: The page.
        boxes: In mm.
        recognizer: Reads the lines.
        pieces: Lines of text on the page, where something better than white gaps has found them (on a page that is filled
            in, a circle joins what it touches).
    """
    ink = paper.ink()
    cut: list[list[tuple[int, int, int, int]]] = []
    squares: list[tuple[BoxMm, ...]] = []
    crops: list[LineCrop] = []
    charset = charset_of(FieldType.TEXT)
    for box in boxes:
        x, y, w, h = box.to_px(PICTURE_DPI)
        x0, y0 = max(0, x), max(0, y)
        part = ink[y0 : y + h, x0 : x + w].copy()
        found = _take_squares(part)
        squares.append(tuple(BoxMm((a + x0) / PX_MM, (b + y0) / PX_MM, c / PX_MM, d / PX_MM) for a, b, c, d in found))
        if pieces is not None:
            mine = [p.to_px(PICTURE_DPI) for p in pieces if _centre_in(p, box)]
        else:
            mine = [(a + x0, b + y0, c, d) for a, b, c, d in _segments(part, 0, 0) if d >= _LEAST_PX or c >= _LEAST_PX]
        cut.append(mine)
        for a, b, c, d in mine:
            p = _PAD_PX
            crop = paper.picture[max(0, b - p) : b + d + p, max(0, a - p) : a + c + p]
            crops.append(LineCrop(crop, charset))
    evidence = iter(recognizer.read(crops))
    answer = []
    for mine, found_squares in zip(cut, squares, strict=True):
        letters: list[list[Letter]] = []
        for a, b, _, d in mine:
            read = decode(next(evidence))
            # A detector's box is higher than its letters.
            high = d if pieces is None else d * _LETTER_SHARE
            size, top = max(high, _LEAST_PX), b + (d - high) / 2
            letters.append(
                [
                    Letter(
                        t,
                        BoxMm((max(0, a - _PAD_PX) + at - size / 2) / PX_MM, top / PX_MM, size / PX_MM, high / PX_MM),
                    )
                    for t, at in zip(read.text, read.char_x_px, strict=True)
                ]
            )
        answer.append(Print(_in_lines([piece for piece in letters if piece]), found_squares))
    return answer


def _centre_in(inner: BoxMm, outer: BoxMm) -> bool:
    x, y = inner.x_mm + inner.w_mm / 2, inner.y_mm + inner.h_mm / 2
    return outer.x_mm <= x <= outer.x_mm + outer.w_mm and outer.y_mm <= y <= outer.y_mm + outer.h_mm


def _take_squares(ink: NDArray[bool_]) -> list[tuple[int, int, int, int]]:
    """Find outlined squares and wipe them out of ``ink``."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    least, most = _SQUARE_MM[0] * PX_MM, _SQUARE_MM[1] * PX_MM
    found = []
    for i in range(1, count):
        x, y, w, h, area = (int(n) for n in stats[i])
        if not (least <= w <= most and least <= h <= most and 0.8 <= w / h <= 1.25):
            continue
        mark = labels[y : y + h, x : x + w] == i
        rim = max(2, round(0.16 * min(w, h)))
        sides = (mark[:rim].any(axis=0), mark[-rim:].any(axis=0), mark[:, :rim].any(axis=1), mark[:, -rim:].any(axis=1))
        hollow = not mark[rim:-rim, rim:-rim].any()
        if hollow and all(side.mean() > 0.9 for side in sides) and area < 0.6 * w * h:
            ink[y : y + h, x : x + w][mark] = False
            found.append((x, y, w, h))
    return found


def _segments(ink: NDArray[bool_], x0: int, y0: int) -> list[tuple[int, int, int, int]]:
    """Cut at white rows, then at wide white columns, then again, until nothing more comes apart."""
    import numpy as np

    rows = _runs(np.asarray(ink.any(axis=1)), _ROW_GAP_PX)
    found: list[tuple[int, int, int, int]] = []
    for top, bottom in rows:
        band = ink[top:bottom]
        height = bottom - top
        columns = _runs(np.asarray(band.any(axis=0)), max(10, round(0.8 * height)))
        for left, right in columns:
            part = band[:, left:right]
            if int(np.count_nonzero(part)) < 12:
                continue
            if len(rows) == 1 and len(columns) == 1:
                found.append((x0 + left, y0 + top, right - left, height))
            else:
                found.extend(_segments(part, x0 + left, y0 + top))
    return found


def _runs(inked: NDArray[bool_], gap: int) -> list[tuple[int, int]]:
    """From and to of inked stretches that lie at least ``gap`` apart."""
    import numpy as np

    at = np.flatnonzero(inked)
    if at.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(at) > gap)
    starts = np.concatenate([at[:1], at[breaks + 1]])
    ends = np.concatenate([at[breaks], at[-1:]]) + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _in_lines(pieces: Sequence[list[Letter]]) -> tuple[tuple[Letter, ...], ...]:
    """Pieces side by side make one line."""
    lines: list[list[Letter]] = []
    for piece in sorted(pieces, key=lambda p: p[0].box.y_mm + p[0].box.h_mm / 2):
        middle = piece[0].box.y_mm + piece[0].box.h_mm / 2
        for line in lines:
            first = line[0].box
            if first.y_mm <= middle <= first.y_mm + first.h_mm:
                line.extend(piece)
                break
        else:
            lines.append(list(piece))
    return tuple(tuple(sorted(line, key=lambda letter: letter.box.x_mm)) for line in lines)
