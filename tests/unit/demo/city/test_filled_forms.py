"""Filled forms of every kind."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.city.filled_forms import make_filled_forms, residents_of, writers


@pytest.mark.parametrize("form_id", places.names("forms"))
def test_every_form_is_filled_and_has_its_pages_and_truth(form_id: str) -> None:
    (filled,) = make_filled_forms(form_id, 1, 3)
    assert len(filled.pages) == len(load_layout(form_id).pages)
    assert set(filled.truth) == {f.name for f in load_form(form_id).fields}
    assert any(filled.truth.values())
    assert all(page.pixels.ndim == 2 for page in filled.pages)


def test_the_same_seed_makes_the_same_form() -> None:
    (one,), (again,) = make_filled_forms("inkan", 1, 5), make_filled_forms("inkan", 1, 5)
    assert one.truth == again.truth
    assert np.array_equal(one.pages[0].pixels, again.pages[0].pixels)


def test_parts_share_no_writer() -> None:
    first, second = writers(0, 2), writers(1, 2)
    assert first
    assert not set(first) & set(second) or len({*first, *second}) == 1


def test_only_the_given_writers_write() -> None:
    fonts = writers(0, 2)
    forms = list(make_filled_forms("inkan", 3, 6, fonts=fonts))
    assert {f.font for f in forms} <= {p.stem for p in fonts}


def test_the_register_knows_the_persons_of_the_forms() -> None:
    forms = list(make_filled_forms("kokuho", 2, 7))
    residents = residents_of(forms, others=10)
    link = load_form("kokuho").register
    assert link is not None
    names = {r.name for r in residents}
    assert forms[0].truth[f"{link.group}1_{link.name}"] in names
    assert len(residents) >= 11
