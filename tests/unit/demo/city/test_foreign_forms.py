from __future__ import annotations

import random

import numpy as np

from munibots.demo.city.foreign_forms import draw_foreign_form


def test_forms_differ_in_size_and_in_where_the_ink_is() -> None:
    pages = [draw_foreign_form(40, random.Random(seed)) for seed in range(30)]
    assert len({page.shape for page in pages}) > 2
    upright = [page for page in pages if page.shape == pages[0].shape]
    ink = [page.min(axis=2) < 128 for page in upright]
    for i, a in enumerate(ink):
        for b in ink[i + 1 :]:
            assert np.logical_and(a, b).sum() < 0.5 * min(a.sum(), b.sum())
