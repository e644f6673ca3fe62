"""A drawn page without fonts, and the recogniser."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from munibots.domain.layout import BoxMm
from munibots.reading.ocr.recognizer import Recognizer

K = 200 / 25.4


class Sheet:
    """White A4 paper at 200 dpi to draw on, in millimetres."""

    def __init__(self) -> None:
        self.picture = np.full((round(297 * K), round(210 * K)), 255, np.uint8)

    def line(self, x0: float, y0: float, x1: float, y1: float, grey: int = 0, width: int = 2) -> None:
        a, b = (round(x0 * K), round(y0 * K)), (round(x1 * K), round(y1 * K))
        cv2.line(self.picture, a, b, (grey,), width)

    def box(self, box: BoxMm, grey: int = 0, width: int = 2, fill: int | None = None) -> None:
        x, y, w, h = box.to_px(200)
        if fill is not None:
            self.picture[y : y + h, x : x + w] = fill
        cv2.rectangle(self.picture, (x, y), (x + w, y + h), (grey,), width)

    def comb(self, box: BoxMm, cells: int, grey: int = 0) -> None:
        self.box(box, grey)
        for i in range(1, cells):
            x = box.x_mm + i * box.w_mm / cells
            self.line(x, box.y_mm, x, box.y_mm + box.h_mm, grey)

    def digits(self, box: BoxMm, text: str) -> None:
        (w, h), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 2)
        at = round((box.x_mm + box.w_mm / 2) * K - w / 2), round((box.y_mm + box.h_mm / 2) * K + h / 2)
        cv2.putText(self.picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, (40,), 2, cv2.LINE_AA)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


@pytest.fixture(scope="session")
def recognizer() -> Recognizer:
    return Recognizer()
