"""Cells around a place and beside it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import Paper
from munibots.reading.unknown.cells import Cells

K = 200 / 25.4


@pytest.fixture(scope="module")
def cells() -> Cells:
    """Two rows: a label cell of 30 mm, a value cell of 60 mm."""
    picture = np.full((1600, 1200), 255, np.uint8)
    for y in (20, 32, 44):
        cv2.line(picture, (round(10 * K), round(y * K)), (round(100 * K), round(y * K)), (0,), 2)
    for x in (10, 40, 100):
        cv2.line(picture, (round(x * K), round(20 * K)), (round(x * K), round(44 * K)), (0,), 2)
    return Cells(Paper.of(picture))


def test_the_cell_around_a_word(cells: Cells) -> None:
    cell = cells.around(BoxMm(18, 24, 14, 4))
    assert cell is not None
    assert tuple(cell) == pytest.approx((10, 20, 30, 12), abs=0.5)


def test_neighbours(cells: Cells) -> None:
    cell = cells.around(BoxMm(18, 24, 14, 4))
    assert cell is not None
    right, below = cells.right_of(cell, 26), cells.below(cell)
    assert right is not None
    assert below is not None
    assert tuple(right) == pytest.approx((40, 20, 60, 12), abs=0.5)
    assert tuple(below) == pytest.approx((10, 32, 30, 12), abs=0.5)
    assert cells.above(below) is cells.around(BoxMm(18, 24, 14, 4))
    assert cells.left_of(right, 26) is cells.around(BoxMm(18, 24, 14, 4))


def test_outside_the_table_there_is_no_cell(cells: Cells) -> None:
    assert cells.around(BoxMm(110, 60, 10, 4)) is None


def test_closed_cells_are_listed(cells: Cells) -> None:
    assert len([c for c in cells.small() if abs(c.w_mm - 30) < 1]) == 2
