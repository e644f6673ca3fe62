"""Where a column's heading and a row's label cross, the value stands; a unit at the cell's end is no part of it."""

from __future__ import annotations

import cv2
import numpy as np

from munibots.definitions.form_files import load_form
from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import PX_MM, Paper
from munibots.reading.unknown.cells import Cells
from munibots.reading.unknown.labels_on_page import Label, Piece
from munibots.reading.unknown.tables import crossings


def test_a_number_of_copies_stands_below_copies_and_beside_the_certificate() -> None:
    picture = np.full((600, 1000), 250, np.uint8)
    for x in (10, 50, 80, 100):
        cv2.line(picture, (round(x * PX_MM), round(10 * PX_MM)), (round(x * PX_MM), round(34 * PX_MM)), (40,), 2)
    for y in (10, 18, 26, 34):
        cv2.line(picture, (round(10 * PX_MM), round(y * PX_MM)), (round(100 * PX_MM), round(y * PX_MM)), (40,), 2)
    cells = Cells(Paper.of(picture))
    row = BoxMm(12, 20, 25, 4)
    label = Label("除籍謄本", row, cells.around(row), True, {"copies_removed_full": 0.72})
    pieces = [Piece("通数", BoxMm(86, 12, 8, 4)), Piece("通", BoxMm(95, 20, 4, 4)), Piece("除籍謄本", row)]
    found = crossings(load_form("koseki"), {"copies_removed_full": label}, pieces, cells)
    box = found["copies_removed_full"]
    assert 80 <= box.x_mm < 82
    assert 94 < box.x_mm + box.w_mm <= 95
    assert 18 <= box.y_mm < 20
    assert crossings(load_form("koseki"), {"copies_removed_full": label}, pieces[1:], cells) == {}
