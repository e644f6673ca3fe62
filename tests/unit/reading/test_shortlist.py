"""Many layouts: each page is told from all the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_layout
from munibots.errors import UnknownFormError
from munibots.reading.features import PICTURE_DPI, BlankPage, blank_picture, describe
from munibots.reading.registration import FormFinder
from munibots.reading.shortlist import Shortlist

from .conftest import scanned

LAYOUTS = [load_layout(name) for name in places.names("forms")]
PAGES = [(layout.form_id, index) for layout in LAYOUTS for index in range(len(layout.pages))]


@pytest.fixture(scope="module")
def finder() -> FormFinder:
    return FormFinder(LAYOUTS)


@pytest.mark.parametrize(("form_id", "page_index"), PAGES)
def test_each_page_of_each_form_is_found_among_all_of_them(finder: FormFinder, form_id: str, page_index: int) -> None:
    layout = next(layout for layout in LAYOUTS if layout.form_id == form_id)
    found = finder.find(scanned(blank_picture(layout, page_index), quarter_turns=page_index % 2))
    assert (found.match.form_id, found.layout_page_index) == (form_id, page_index)
    assert found.match.registration_error_mm is not None
    assert found.match.registration_error_mm < 0.5


def test_a_page_of_noise_is_no_form(finder: FormFinder) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (2339, 1654), dtype=np.uint8)
    with pytest.raises(UnknownFormError):
        finder.find(scanned(noise))


@pytest.fixture(scope="module")
def blanks() -> list[BlankPage]:
    layouts = [load_layout(name) for name in ("juminido", "hoiku", "kokuho", "shuro")]
    return [BlankPage.of(layout, i) for layout in layouts for i in range(len(layout.pages))]


def test_the_right_page_comes_first_whichever_way_up(blanks: list[BlankPage]) -> None:
    shortlist = Shortlist(blanks)
    for turns, blank in enumerate(blanks):
        page = scanned(blank.picture, quarter_turns=turns)
        first, *rest = shortlist.best(describe(page.pixels, page.dpi))
        assert first is blank
        assert len(rest) <= 2


def test_other_papers_of_the_same_page_come_along(blanks: list[BlankPage]) -> None:
    twins = [replace(blanks[0], layout=replace(blanks[0].layout, id=f"juminido@{n}")) for n in range(4)]
    found = Shortlist([*twins, *blanks]).best(blanks[0].features)
    assert [b.layout.id for b in found[:5]] == [*(t.layout.id for t in twins), "juminido@standard"]


def test_nothing_is_worth_matching_where_nothing_is_seen(blanks: list[BlankPage]) -> None:
    nothing = describe(np.full((2339, 1654), 255, np.uint8), PICTURE_DPI)
    assert Shortlist(blanks).best(nothing) == ()
    assert Shortlist([]).best(blanks[0].features) == ()
