"""The cells of a comb, found by the ruling lines in its box."""

from __future__ import annotations

from itertools import pairwise

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import Paper

__all__ = ["comb_cells", "find_comb"]

_CELL_MM = (2.5, 14.0)
_EDGE_MM = 1.2
_LEAST_CELLS = 2
_STRIP_MM, _STRIP_STEP_MM, _LOW_BOX_MM = 4.5, 1.5, 10.5
_SURE_SHARE = 0.9  # of the strip's height that a line crosses; few strokes of digits do
_TALLEST_MM = 8.0
_LEAST_GRID, _GRID_CELL_MM, _OFF_SHARE = 5, 3.8, 0.12


def comb_cells(paper: Paper, box: BoxMm, expected: int | None) -> tuple[BoxMm, ...]:
    """The cells from left to right; none if the box is no comb.

    Args:
        paper: The page.
        box: Of the field; it may be ruled itself or lie a little inside the ruling.
        expected: How many digits the number has, if that is known; another number of cells is then no comb.
    """
    lines = paper.verticals_in(box)
    left, right = box.x_mm, box.x_mm + box.w_mm
    # A box measured inside its outline has no line of its own at the edge.
    if not lines or lines[0] > left + _EDGE_MM:
        lines.insert(0, left)
    if lines[-1] < right - _EDGE_MM:
        lines.append(right)
    spaces = [(a, b) for a, b in pairwise(lines) if b - a >= _CELL_MM[0]]
    if not spaces:
        return ()
    widths = sorted(b - a for a, b in spaces)
    usual = widths[len(widths) // 2]
    # Gaps between groups of cells (of a postal code, say) are narrower or wider than a cell.
    even = [(a, b) for a, b in spaces if 0.8 * usual <= b - a <= 1.25 * usual]
    if expected is not None and len(even) == expected + 1 and len(spaces) == len(even):
        even = _without_gap(even, expected)
    if expected is None and (len(even) < _LEAST_CELLS or not _CELL_MM[0] <= usual <= _CELL_MM[1]):
        return ()
    if expected is not None and len(even) != expected:
        # Strokes of digits pass for lines on a page that is filled in: the cells must then lie on an even grid.
        grid = find_comb(paper, box, expected)
        return _divided(grid, expected) if grid is not None else ()
    if sum(b - a for a, b in even) < 0.6 * box.w_mm:
        return ()
    return tuple(BoxMm(round(a, 2), box.y_mm, round(b - a, 2), box.h_mm) for a, b in even)


def _without_gap(spaces: list[tuple[float, float]], expected: int) -> list[tuple[float, float]]:
    """A postal code's hyphen has a space as wide as a cell: the fourth of eight."""
    return [s for i, s in enumerate(spaces) if i != 3] if expected == 7 else spaces


def find_comb(paper: Paper, box: BoxMm, expected: int) -> BoxMm | None:
    """A row of ``expected`` equal cells somewhere in a box; ``None`` if there is none, or if ``expected`` is too few to tell
    a grid from strokes.

    Args:
        paper: The page.
        box: Searched from its top, a strip at a time.
        expected: Number of cells.
    """
    if expected < _LEAST_GRID:
        return None
    # Over the whole height of a low box only its lines run; in a high one the comb must be looked for strip by strip.
    heights = [box.h_mm, _STRIP_MM] if _STRIP_MM < box.h_mm <= _LOW_BOX_MM else [min(box.h_mm, _STRIP_MM)]
    best = next((found for h in heights if (found := _best_strip(paper, box, expected, h)) is not None), None)
    if best is None:
        return None
    comb = _whole_height(paper, best, expected)
    return comb if paper.ruled_along(comb) else None


def _best_strip(paper: Paper, box: BoxMm, expected: int, strip: float) -> BoxMm | None:
    best: tuple[float, BoxMm] | None = None
    y = box.y_mm
    while y + strip <= box.y_mm + box.h_mm + 0.01:
        lines = paper.verticals_in(BoxMm(box.x_mm, y, box.w_mm, strip), share=_SURE_SHARE)
        fit = _grid(lines, expected)
        if fit is not None and (best is None or fit[0] > best[0]):
            best = fit[0], BoxMm(fit[1], y, fit[2] * expected, strip)
        y += _STRIP_STEP_MM
    return None if best is None else best[1]


def _whole_height(paper: Paper, strip: BoxMm, cells: int) -> BoxMm:
    """From the strip in which the grid was seen to the length of its lines, by most of them."""
    middle = strip.y_mm + strip.h_mm / 2
    reach = [paper.vertical_at(strip.x_mm + k * strip.w_mm / cells, middle) for k in range(cells + 1)]
    top = sorted(r[0] for r in reach)[len(reach) // 2]
    bottom = sorted(r[1] for r in reach)[len(reach) // 2]
    top = max(min(top, strip.y_mm), strip.y_mm - _TALLEST_MM)
    bottom = min(max(bottom, strip.y_mm + strip.h_mm), strip.y_mm + strip.h_mm + _TALLEST_MM)
    # The cells' own ruling is no part of their inside, but it does no harm: it is known to be printed.
    return BoxMm(strip.x_mm, max(0.0, top), strip.w_mm, bottom - max(0.0, top))


def _grid(lines: list[float], cells: int) -> tuple[float, float, float] | None:
    """Hits less lines in between, left edge and pitch of the best even grid; at most one line in five may be missing."""
    best: tuple[float, float, float] | None = None
    for i, left in enumerate(lines):
        for right in lines[i + 1 :]:
            pitch = (right - left) / cells
            if not _GRID_CELL_MM <= pitch <= _CELL_MM[1]:
                continue
            off = [min(abs(line - left - k * pitch) for line in lines) / pitch for k in range(cells + 1)]
            hits = [o for o in off if o < _OFF_SHARE]
            if len(hits) < 0.8 * (cells + 1):
                continue
            strange = sum(left < line < right and _off(line - left, pitch) > _OFF_SHARE * pitch for line in lines)
            score = (len(hits) - sum(hits) - 0.5 * strange, left, pitch)
            if best is None or (score[0], pitch) > (best[0], best[2]):
                best = score
    return best


def _off(distance: float, pitch: float) -> float:
    """How far from the nearest mark of the grid."""
    rest = distance % pitch
    return min(rest, pitch - rest)


def _divided(box: BoxMm, cells: int) -> tuple[BoxMm, ...]:
    width = box.w_mm / cells
    return tuple(BoxMm(round(box.x_mm + i * width, 2), box.y_mm, round(width, 2), box.h_mm) for i in range(cells))
