"""Resolutions: stated, doubted, assumed."""

from __future__ import annotations

import numpy as np
import pytest

from munibots.errors import ImageTooLargeError
from munibots.intake.sizing import check_size, page_dpi, settle


@pytest.mark.parametrize(
    ("stated", "size", "expected"),
    [
        ((200.0, 200.0), (1654, 2339), (200.0, 200.0, True)),
        ((204.0, 98.0), (1728, 1145), (204.0, 98.0, True)),
        ((72.0, 72.0), (1654, 2339), (200.0, 200.0, False)),
        ((300.0, 300.0), (400, 300), (34.2, 34.2, False)),
        (None, (2339, 1654), (200.0, 200.0, False)),
    ],
)
def test_a_stated_resolution_counts_where_it_gives_paper(
    stated: tuple[float, float] | None, size: tuple[int, int], expected: tuple[float, float, bool]
) -> None:
    across, down, known = page_dpi(stated, *size)
    assert (across, down) == pytest.approx(expected[:2], abs=0.1)
    assert known is expected[2]


def test_limits_of_size() -> None:
    check_size("a.png", 9921, 7016)
    for size in ((10001, 10), (9500, 9500)):
        with pytest.raises(ImageTooLargeError):
            check_size("a.png", *size)


def test_a_page_within_the_limits_is_left_alone() -> None:
    pixels = np.zeros((20, 10), np.uint8)
    same, dpi, notices = settle(pixels, (300.0, 300.0), stated=True)
    assert same is pixels
    assert dpi == 300.0
    assert notices == ()
