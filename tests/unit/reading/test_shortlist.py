"""Many layouts: each page is told from all the others."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.definitions import places
from munibots.definitions.form_files import load_layout
from munibots.errors import UnknownFormError
from munibots.reading.features import blank_picture
from munibots.reading.registration import FormFinder

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
