"""Cutting out what was written."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.domain.layout import BoxMm
from munibots.reading.boxes import Cutter
from munibots.reading.seals import without_seal
from munibots.reading.streaks import without_streaks

K = 200 / 25.4
BOX = BoxMm(20, 20, 60, 12)


@pytest.fixture
def blank() -> np.ndarray:
    page = np.full((600, 900), 255, np.uint8)
    cv2.rectangle(page, (round(20 * K), round(20 * K)), (round(80 * K), round(32 * K)), (0,), 2)
    cv2.line(page, (round(50 * K), round(20 * K)), (round(50 * K), round(32 * K)), (0,), 2)
    return page


def _cut_width(scan: np.ndarray, blank: np.ndarray) -> tuple[int, int]:
    cut = Cutter(scan, blank).cut(BOX)
    return cut.trimmed().shape[:2]


@pytest.mark.parametrize("shift", [(0, 0), (2, -1), (-2, 2)])
def test_print_alone_is_nothing(blank: np.ndarray, shift: tuple[int, int]) -> None:
    scan = np.roll(blank, shift, (0, 1))
    scan = np.clip(scan * 0.9 + np.random.default_rng(1).normal(0, 10, scan.shape), 0, 255).astype(np.uint8)
    assert Cutter(scan, blank).cut(BOX).blank


def test_a_stroke_across_a_line_stays_whole(blank: np.ndarray) -> None:
    scan = blank.copy()
    cv2.line(scan, (350, 205), (440, 205), (60,), 4)
    height, width = _cut_width(scan, blank)
    assert abs(width - 97) <= 6
    assert height <= 24
    _, count = cv2.connectedComponents(Cutter(scan, blank).cut(BOX).ink.astype(np.uint8))
    assert count.max() == 1


def test_a_neighbour_that_reaches_in_is_left_out(blank: np.ndarray) -> None:
    scan = blank.copy()
    cv2.putText(scan, "9", (300, 225), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60,), 3)
    cv2.line(scan, (420, 90), (420, 170), (60,), 4)
    assert _cut_width(scan, blank)[1] < 50


def test_specks_far_from_writing_do_not_widen_it(blank: np.ndarray) -> None:
    scan = blank.copy()
    cv2.putText(scan, "9", (200, 225), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60,), 3)
    cv2.circle(scan, (560, 230), 2, (40,), -1)
    assert _cut_width(scan, blank)[1] < 50


def test_a_shadow_is_not_ink(blank: np.ndarray) -> None:
    scan = (blank * np.linspace(1.0, 0.6, blank.shape[1])[None, :]).astype(np.uint8)
    assert Cutter(scan, blank).cut(BOX).blank


def test_nothing_to_trim(blank: np.ndarray) -> None:
    with pytest.raises(ValueError, match="no ink"):
        Cutter(blank, blank).cut(BOX).trimmed()


def test_a_free_seal_goes_and_a_touching_one_stays(blank: np.ndarray) -> None:
    blank = np.full_like(blank, 255)
    scan = blank.copy()
    cv2.putText(scan, "AB", (190, 225), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60,), 3)
    free = scan.copy()
    cv2.circle(free, (400, 205), 36, (110,), 3)
    cut, sealed = without_seal(Cutter(free, blank).cut(BOX))
    assert sealed
    assert cut.trimmed().shape[1] < 70
    touching = scan.copy()
    cv2.circle(touching, (265, 205), 36, (110,), 3)
    cut, _ = without_seal(Cutter(touching, blank).cut(BOX))
    assert cut.trimmed().shape[1] > 90
    assert without_seal(Cutter(scan, blank).cut(BOX))[1] is False


def test_a_level_line_of_half_the_page_is_a_pens_and_a_longer_one_a_streak() -> None:
    page = np.full((640, 1280), 255, np.uint8)
    cv2.line(page, (200, 100), (950, 104), (80,), 2)
    cv2.line(page, (0, 500), (1279, 503), (80,), 2)
    clean = without_streaks(page, page < 200, np.zeros(page.shape, bool))
    assert (clean[95:110].min(axis=0) < 100).sum() > 700
    assert clean[490:515].min() > 200


def test_a_streak_is_painted_over_and_a_stroke_is_not() -> None:
    page = np.full((1280, 400), 255, np.uint8)
    cv2.line(page, (120, 0), (124, 1279), (80,), 1)
    cv2.line(page, (300, 200), (300, 500), (80,), 3)
    clean = without_streaks(page, page < 200, np.zeros(page.shape, bool))
    assert clean[:, 100:140].min() > 200
    assert (clean[220:480, 300] < 100).all()
    untouched = np.full((1280, 400), 255, np.uint8)
    assert without_streaks(untouched, untouched < 200, np.zeros(page.shape, bool)) is untouched
