"""Which form, and where it lies."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from munibots.domain.document import Page
from munibots.domain.layout import Layout
from munibots.errors import LayoutMismatchError, OtherFormError, UnknownFormError
from munibots.reading.registration import FormFinder, blank_picture

from .conftest import scanned


@pytest.fixture(scope="module")
def finder(layout: Layout) -> FormFinder:
    return FormFinder([layout])


@pytest.mark.parametrize(("quarter_turns", "turned_deg"), [(0, 0), (1, 90), (2, 180), (3, 270)])
def test_a_page_is_laid_over_its_blank(finder: FormFinder, layout: Layout, quarter_turns: int, turned_deg: int) -> None:
    blank = blank_picture(layout, 0)
    found = finder.find(scanned(blank, quarter_turns=quarter_turns))
    assert found.match.form_id == "juminido"
    assert found.match.turned_deg == turned_deg
    assert found.match.confidence > 0.9
    assert found.match.registration_error_mm is not None
    assert found.match.registration_error_mm < 0.1
    assert found.picture.shape == blank.shape
    middle = (slice(100, -100), slice(100, -100))
    shift, _ = cv2.phaseCorrelate(found.picture[middle].astype(np.float32), blank[middle].astype(np.float32))
    assert np.hypot(*shift) < 0.3


def test_another_resolution_is_no_hindrance(finder: FormFinder, layout: Layout) -> None:
    large = cv2.resize(blank_picture(layout, 0), None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    found = finder.find(Page("a.png", 0, 300.0, large))
    assert found.picture.shape == (2339, 1654)
    # A resolution that was only assumed, and wrongly.
    assert finder.find(Page("a.png", 0, 240.0, large)).match.form_id == "juminido"


def _photo() -> np.ndarray:
    rng = np.random.default_rng(3)
    small = rng.integers(0, 255, (60, 45)).astype(np.uint8)
    return cv2.resize(small, (1240, 1654), interpolation=cv2.INTER_CUBIC)


def _other_form() -> np.ndarray:
    page = np.full((2339, 1654), 255, np.uint8)
    for i in range(14):
        cv2.rectangle(page, (150, 300 + i * 120), (1500, 420 + i * 120), (0,), 3)
        cv2.putText(page, f"ITEM {i} USE OF HALL", (170, 380 + i * 120), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0,), 2)
    return page


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((2339, 1654), 252, np.uint8),
        np.zeros((2339, 1654), np.uint8),
        np.random.default_rng(1).integers(0, 255, (1200, 900)).astype(np.uint8),
        _photo(),
        _other_form(),
    ],
    ids=["blank", "black", "noise", "photo", "other form"],
)
def test_what_is_no_known_form(finder: FormFinder, pixels: np.ndarray) -> None:
    with pytest.raises(UnknownFormError, match="MB-E201"):
        finder.find(Page("a.jpg", 0, 200.0, pixels))


def test_another_form_than_the_one_asked_for(finder: FormFinder, layout: Layout) -> None:
    with pytest.raises(OtherFormError, match="juminido"):
        finder.find(scanned(blank_picture(layout, 0)), only_form="inkan")


def test_two_forms_that_look_alike_are_not_guessed(layout: Layout) -> None:
    twin = replace(layout, id="twin@standard", form_id="twin")
    with pytest.raises(UnknownFormError):
        FormFinder([layout, twin]).find(scanned(blank_picture(layout, 0)))


def test_two_papers_of_one_form_may_look_alike(layout: Layout) -> None:
    twin = replace(layout, id="juminido@221000")
    assert FormFinder([layout, twin]).find(scanned(blank_picture(layout, 0))).match.form_id == "juminido"


def test_a_torn_off_corner_is_not_enough(finder: FormFinder, layout: Layout) -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    page[60:330, 80:700] = blank_picture(layout, 0)[60:330, 80:700]
    with pytest.raises((LayoutMismatchError, UnknownFormError)):
        finder.find(Page("a.png", 0, 200.0, page))
