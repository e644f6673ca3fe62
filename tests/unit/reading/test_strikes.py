"""Writing that is crossed out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munibots.reading.strikes import is_struck_out


def _written(text: str) -> np.ndarray:
    ink = np.zeros((100, 500), np.uint8)
    cv2.putText(ink, text, (40, 66), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (1,), 3)
    return ink


@pytest.mark.parametrize("text", ["090-1234-5678", "A-B--C", "1", "TEEL"])
def test_writing_is_not_struck_out(text: str) -> None:
    assert not is_struck_out(_written(text) > 0)
    assert not is_struck_out(np.zeros((50, 90), bool))
    assert not is_struck_out(np.ones((50, 40), bool))


@settings(max_examples=40, deadline=None)
@given(y=st.integers(45, 62), slope=st.floats(-0.02, 0.02), thickness=st.integers(2, 4))
def test_a_line_through_it_is_found(y: int, slope: float, thickness: int) -> None:
    ink = _written("090-1234-5678")
    columns = np.flatnonzero(ink.any(axis=0))
    x0, x1 = int(columns[0]) - 5, int(columns[-1]) + 5
    cv2.line(ink, (x0, y), (x1, round(y + slope * (x1 - x0))), (1,), thickness)
    assert is_struck_out(ink > 0)
