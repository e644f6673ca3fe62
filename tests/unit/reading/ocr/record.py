"""Records ``digits.npz``: ``python tests/unit/reading/ocr/record.py``."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.recognizer import LineCrop, Recognizer


def drawn(text: str) -> np.ndarray:
    """Digits in the strokes of OpenCV's own plotter font, trimmed."""
    picture = np.full((80, 40 * len(text) + 40), 255, np.uint8)
    cv2.putText(picture, text, (10, 55), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (30,), 3, cv2.LINE_AA)
    ys, xs = np.nonzero(picture < 200)
    return picture[ys.min() - 3 : ys.max() + 4, xs.min() - 3 : xs.max() + 4]


if __name__ == "__main__":
    columns = {}
    reader = Recognizer()
    for text in ("0", "7", "42", "1234567890"):
        (seen,) = reader.read([LineCrop(drawn(text), DIGITS)])
        columns |= {f"p_{text}": seen.p, f"best_{text}": seen.best, f"outside_{text}": seen.outside}
    np.savez_compressed(Path(__file__).parent / "digits.npz", **columns)
