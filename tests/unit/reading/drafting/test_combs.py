"""Cells by their ruling."""

from __future__ import annotations

import pytest

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.combs import comb_cells, find_comb
from munibots.reading.drafting.paper import Paper

from .conftest import Sheet


@pytest.mark.parametrize(("cells", "width"), [(7, 38.5), (10, 60), (12, 72), (13, 65)])
@pytest.mark.parametrize("grey", [0, 190])
def test_cells_are_counted(sheet: Sheet, cells: int, width: float, grey: int) -> None:
    box = BoxMm(30, 40, width, 7)
    sheet.comb(box, cells, grey)
    found = comb_cells(Paper.of(sheet.picture), box, cells)
    assert len(found) == cells
    assert found[3].x_mm == pytest.approx(30 + 3 * width / cells, abs=0.3)


def test_a_box_a_little_inside_the_ruling_has_the_same_cells(sheet: Sheet) -> None:
    sheet.comb(BoxMm(30, 40, 72, 7), 12)
    assert len(comb_cells(Paper.of(sheet.picture), BoxMm(30.6, 40.6, 70.8, 5.8), 12)) == 12


def test_an_unknown_number_of_cells_is_read_off_the_ruling(sheet: Sheet) -> None:
    sheet.comb(BoxMm(30, 40, 54, 7), 9)
    assert len(comb_cells(Paper.of(sheet.picture), BoxMm(30, 40, 54, 7), None)) == 9


def test_a_postal_code_in_two_groups(sheet: Sheet) -> None:
    sheet.comb(BoxMm(30, 40, 18, 7), 3)
    sheet.comb(BoxMm(52, 40, 24, 7), 4)
    found = comb_cells(Paper.of(sheet.picture), BoxMm(30, 40, 46, 7), 7)
    assert len(found) == 7
    assert found[3].x_mm == pytest.approx(52, abs=0.3)


def test_an_open_box_is_no_comb(sheet: Sheet) -> None:
    box = BoxMm(30, 40, 72, 7)
    sheet.box(box)
    assert comb_cells(Paper.of(sheet.picture), box, 12) == ()
    assert comb_cells(Paper.of(sheet.picture), box, None) == ()


def test_a_comb_is_found_in_a_larger_box_and_under_digits(sheet: Sheet) -> None:
    comb = BoxMm(43, 53, 38.5, 6)
    sheet.comb(comb, 7)
    for i, digit in enumerate("4117114"):
        sheet.digits(BoxMm(43 + 5.5 * i, 53, 5.5, 6), digit)
    found = find_comb(Paper.of(sheet.picture), BoxMm(38, 52, 100, 18), 7)
    assert found is not None
    assert found.x_mm == pytest.approx(43, abs=0.4)
    assert found.w_mm == pytest.approx(38.5, abs=0.6)


def test_few_cells_are_not_looked_for(sheet: Sheet) -> None:
    assert find_comb(Paper.of(sheet.picture), BoxMm(10, 10, 100, 20), 2) is None
