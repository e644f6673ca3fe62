"""Rows of cells are counted as they are drawn, digits or not, and two rows side by side stay two."""

from __future__ import annotations

import cv2
import numpy as np

from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.unknown.comb_rows import comb_rows, joined_rows


def _page(*rows: tuple[float, float, int], digits: str = "") -> Paper:
    picture = np.full((800, 1000), 250, np.uint8)
    for x, y, cells in rows:
        for i in range(cells):
            left, right = round((x + 5 * i) * PX_MM), round((x + 5 * i + 5) * PX_MM)
            top, bottom = round(y * PX_MM), round((y + 7) * PX_MM)
            cv2.rectangle(picture, (left, top), (right, bottom), (40,), 2)
            if i < len(digits):
                at = (left + 8, bottom - 14)
                cv2.putText(picture, digits[i], at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, (60,), 2, cv2.LINE_AA)
    return Paper.of(picture)


def test_cells_are_counted_with_digits_in_them() -> None:
    rows = comb_rows(_page((10.0, 10.0, 12), (10.0, 30.0, 4), digits="960533524692"))
    assert [len(r.cells) for r in rows] == [12, 4]
    assert abs(rows[0].box.x_mm - 10.0) < 1.0
    assert abs(rows[0].box.w_mm - 60.0) < 1.5


def test_two_rows_side_by_side_are_two_but_may_be_one_number() -> None:
    rows = comb_rows(_page((10.0, 10.0, 3), (28.0, 10.0, 4)))
    assert [len(r.cells) for r in rows] == [3, 4]
    assert [len(r.cells) for r in joined_rows(rows, 7)] == [7]
    assert joined_rows(rows, 8) == []


def test_a_lone_square_is_no_row() -> None:
    assert comb_rows(_page((10.0, 10.0, 1))) == []
