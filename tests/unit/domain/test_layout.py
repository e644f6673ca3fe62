"""Boxes in millimetres."""

from __future__ import annotations

from munibots.domain.layout import BoxMm


def test_neighbouring_boxes_stay_neighbours_in_pixels() -> None:
    left, right = BoxMm(10.0, 5.0, 7.3, 4.0), BoxMm(17.3, 5.0, 7.3, 4.0)
    x, _, w, _ = left.to_px(200)
    assert x + w == right.to_px(200)[0]


def test_an_inch_is_as_many_pixels_as_the_resolution_says() -> None:
    assert BoxMm(25.4, 0, 25.4, 50.8).to_px(200) == (200, 0, 200, 400)
