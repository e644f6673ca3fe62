"""Pages that are of no known form."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from munibots.demo.city.foreign import FOREIGN_KINDS, draw_foreign, make_foreign_pages

DPI = 50


def test_all_kinds_come_and_half_are_forms_of_other_offices() -> None:
    kinds = Counter(draw_foreign(1, no, DPI)[0] for no in range(24))
    assert set(kinds) == set(FOREIGN_KINDS)
    assert kinds["form"] == 12


@pytest.mark.parametrize("kind", FOREIGN_KINDS)
def test_a_page_is_rgb_and_each_is_another(kind: str) -> None:
    pages = [p for k, p in (draw_foreign(2, no, DPI) for no in range(36)) if k == kind]
    assert len(pages) > 1
    assert all(p.dtype == np.uint8 and p.ndim == 3 and p.shape[2] == 3 for p in pages)
    assert len({p.tobytes() for p in pages}) == len(pages)


def test_the_same_seed_draws_the_same_page() -> None:
    for no in range(12):
        assert np.array_equal(draw_foreign(3, no, DPI)[1], draw_foreign(3, no, DPI)[1])
    assert not np.array_equal(draw_foreign(3, 0, DPI)[1], draw_foreign(4, 0, DPI)[1])


def test_scanned_pages_are_grey_and_named_in_order() -> None:
    pages = list(make_foreign_pages(3, 5))
    assert [page.source for page, _ in pages] == ["foreign-0001.png", "foreign-0002.png", "foreign-0003.png"]
    assert all(page.pixels.ndim == 2 and page.pixels.shape[0] > 1000 for page, _ in pages)
