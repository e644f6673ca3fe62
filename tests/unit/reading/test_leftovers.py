"""Ink that no field has taken."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munibots.domain.layout import BoxMm
from munibots.reading.boxes import Cutter
from munibots.reading.leftovers import Leftovers

K = 200 / 25.4
BOX = BoxMm(20, 20, 60, 12)


def _blank() -> np.ndarray:
    page = np.full((1200, 900), 255, np.uint8)
    cv2.rectangle(page, (round(20 * K), round(20 * K)), (round(80 * K), round(32 * K)), (0,), 2)
    return page


def _left(scan: np.ndarray) -> Leftovers:
    cutter = Cutter(scan, _blank())
    cutter.cut(BOX)
    return Leftovers(cutter, [t for t in cutter.taken if t.ink.any()])


def test_a_blank_page_leaves_nothing() -> None:
    noisy = np.clip(_blank() * 0.9 + np.random.default_rng(1).normal(0, 8, (1200, 900)), 0, 255).astype(np.uint8)
    assert _left(noisy).of(BOX) == 0
    assert _left(noisy).elsewhere() == ()


def test_what_a_field_has_taken_is_not_left() -> None:
    scan = _blank()
    cv2.putText(scan, "123", (200, 225), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (60,), 3)
    assert _left(scan).of(BOX) == 0
    assert _left(scan).elsewhere() == ()


def test_writing_half_over_the_edge_of_its_box_is_left() -> None:
    scan = _blank()
    cv2.line(scan, (300, 120), (320, 172), (60,), 4)
    assert Cutter(scan, _blank()).cut(BOX).blank
    assert _left(scan).of(BOX) > 1.6


def test_a_blotted_out_word_is_left() -> None:
    scan = _blank()
    cv2.rectangle(scan, (300, 600), (420, 650), (40,), -1)
    ((amount, _),) = _left(scan).elsewhere()
    assert amount > 80


@pytest.mark.parametrize("grey", [130, 180, 210, 225])
def test_pale_writing_is_seen(grey: int) -> None:
    scan = _blank()
    cv2.putText(scan, "123", (200, 225), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (grey,), 3)
    cutter = Cutter(scan, _blank())
    assert not cutter.cut(BOX).blank or Leftovers(cutter, []).of(BOX) > 1.6


def test_a_note_in_the_margin_has_a_place_unless_the_office_wrote_it() -> None:
    scan = _blank()
    cv2.putText(scan, "void", (300, 700), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (60,), 3)
    ((amount, place),) = _left(scan).elsewhere()
    assert amount > 2.5
    assert abs(place.x_mm - 300 / K) < 2
    assert abs(place.y_mm + place.h_mm - 700 / K) < 2
    assert _left(scan).of(BOX) == 0
    assert _left(scan).elsewhere([BoxMm(30, 75, 50, 20)]) == ()


def test_dust_streaks_holes_and_shadows_are_not_writing() -> None:
    scan = _blank()
    rng = np.random.default_rng(3)
    for x, y in zip(rng.integers(0, 900, 40), rng.integers(0, 1200, 40), strict=True):
        cv2.circle(scan, (int(x), int(y)), 1, (60,), -1)
    cv2.line(scan, (600, 0), (602, 1199), (200,), 1)
    cv2.circle(scan, (80, 600), 23, (40,), -1)
    scan = (scan * np.minimum(1, np.linspace(0.5, 3, 900))[None, :]).astype(np.uint8)
    assert _left(scan).of(BOX) < 1.6
    assert all(amount < 2.5 for amount, _ in _left(scan).elsewhere())


@settings(max_examples=25, deadline=None)
@given(
    x=st.integers(60, 700),
    y=st.integers(330, 1100),
    length=st.integers(80, 130),
    thickness=st.integers(2, 6),
    grey=st.integers(20, 140),
)
def test_a_stroke_is_found_wherever_it_is(x: int, y: int, length: int, thickness: int, grey: int) -> None:
    scan = _blank()
    cv2.line(scan, (x, y), (x + length, y + 15), (grey,), thickness)
    ((amount, place),) = _left(scan).elsewhere()
    assert amount >= 2.5
    assert abs(place.w_mm - length / K) < 2
