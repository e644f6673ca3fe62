"""What counts as nothing on a page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.definitions.form_files import load_layout
from munibots.domain.document import Page
from munibots.reading.blank_sheets import is_blank
from munibots.reading.features import blank_picture

from .conftest import scanned


def white() -> np.ndarray:
    return np.full((2339, 1654), 250, np.uint8)


def dusty() -> np.ndarray:
    page = white()
    for x, y in np.random.default_rng(2).integers(50, 1600, (150, 2)):
        cv2.circle(page, (int(x), int(y)), 1, (90,), -1)
    cv2.line(page, (400, 0), (401, 2338), (170,), 1)
    return page


def shining_through() -> np.ndarray:
    front = blank_picture(load_layout("juminido"), 0)[:, ::-1].astype(np.float32)
    return (250 - (255 - front) * 0.15).astype(np.uint8)


def shadowed() -> np.ndarray:
    page = white()
    page[:, :40] = np.linspace(60, 250, 40)
    return page


@pytest.mark.parametrize("draw", [white, dusty, shining_through, shadowed])
def test_nothing_is_on_it(draw: object) -> None:
    assert is_blank(scanned(draw()))  # type: ignore[operator]


def with_a_word() -> np.ndarray:
    page = white()
    cv2.putText(page, "memo", (800, 1200), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (120,), 2, cv2.LINE_AA)
    return page


def a_form() -> np.ndarray:
    return blank_picture(load_layout("juminido"), 0)


def black() -> np.ndarray:
    return np.zeros((2339, 1654), np.uint8)


@pytest.mark.parametrize("draw", [with_a_word, a_form, black])
def test_something_is_on_it(draw: object) -> None:
    assert not is_blank(scanned(draw()))  # type: ignore[operator]


def test_a_scrap_is_not_called_blank() -> None:
    assert not is_blank(Page("a.png", 0, 200.0, np.full((60, 80), 255, np.uint8)))
