"""Blank pages at several resolutions."""

from __future__ import annotations

import cv2
import numpy as np

from munibots.definitions import places
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.sheet import read_sheet


def test_print_lies_in_the_same_place_at_every_resolution() -> None:
    page = read_sheet(places.find("forms", "juminido") / "sheet.yaml").pages[0]
    coarse = np.asarray(draw_blank(page, 200))
    fine = cv2.resize(np.asarray(draw_blank(page, 300)), coarse.shape[::-1], interpolation=cv2.INTER_AREA)
    around = cv2.dilate((coarse < 215).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    assert not ((fine < 200) & ~around).any()
