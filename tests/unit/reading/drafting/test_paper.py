"""Lines and ink are told apart."""

from __future__ import annotations

import pytest

from munibots.domain.layout import BoxMm
from munibots.reading.drafting.paper import Paper

from .conftest import K, Sheet


@pytest.mark.parametrize("grey", [0, 120, 200])
def test_dark_and_pale_rulings_are_lines(sheet: Sheet, grey: int) -> None:
    sheet.box(BoxMm(20, 30, 80, 20), grey=grey, width=1)
    paper = Paper.of(sheet.picture)
    assert paper.across[round(30 * K), round(60 * K)]
    assert paper.down[round(40 * K), round(20 * K)]
    assert not paper.ink().any()


def test_dashes_are_a_line(sheet: Sheet) -> None:
    for i in range(20):
        sheet.line(20 + 3 * i, 50, 22 + 3 * i, 50)
    paper = Paper.of(sheet.picture)
    assert paper.across[round(50 * K) - 1 : round(50 * K) + 2, round(40 * K)].any()


def test_writing_is_ink_also_on_grey(sheet: Sheet) -> None:
    box = BoxMm(20, 30, 80, 14)
    sheet.box(box, fill=200)
    sheet.digits(box, "482")
    ink = Paper.of(sheet.picture).ink()
    assert ink[round(32 * K) : round(42 * K), round(50 * K) : round(70 * K)].any()
    assert not ink[round(32 * K) : round(42 * K), round(22 * K) : round(40 * K)].any()


def test_verticals_are_found_with_their_place(sheet: Sheet) -> None:
    box = BoxMm(40, 60, 48, 7)
    sheet.comb(box, 8)
    found = Paper.of(sheet.picture).verticals_in(box)
    assert found == pytest.approx([40 + 6 * i for i in range(9)], abs=0.2)


def test_a_line_is_followed_to_its_ends(sheet: Sheet) -> None:
    sheet.line(50, 100, 50, 112)
    top, bottom = Paper.of(sheet.picture).vertical_at(50, 105)
    assert (top, bottom) == pytest.approx((100, 112), abs=0.5)
