"""The default engine: rapidocr's detector (PP-OCRv6 small) finds the lines, the recogniser of this package reads them.

The recogniser's answers are limited to Japanese text; rapidocr's own would write 别 for 別 and 况 for 況.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from munibots.domain.document import Word
from munibots.domain.form import FieldType
from munibots.reading.ocr.charsets import charset_of
from munibots.reading.ocr.decoding import decode
from munibots.reading.ocr.recognizer import LineCrop, Recognizer

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["RapidOcrEngine"]

_PAD_PX = 2


class RapidOcrEngine:
    """See :class:`~munibots.reading.ocr.engine.OcrEngine`.

    Args:
        recognizer: One that is loaded already.
    """

    def __init__(self, recognizer: Recognizer | None = None) -> None:
        self._recognizer = recognizer
        self._detector: Any = None
        self._lock = threading.Lock()

    def words(self, picture: NDArray[uint8]) -> tuple[Word, ...]:
        """The lines of a page (about 2 CPU-seconds)."""
        import cv2
        import numpy as np

        # rapidocr keeps what it is doing in its own attributes: one page at a time.
        with self._lock:
            found = self._loaded()(
                cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False
            )
        if found.boxes is None:
            return ()
        height, width = picture.shape
        boxes = []
        for corners in np.asarray(found.boxes):
            x0, y0 = (max(0, int(v) - _PAD_PX) for v in corners.min(axis=0))
            x1, y1 = corners.max(axis=0)
            x1, y1 = min(width, int(x1) + 1 + _PAD_PX), min(height, int(y1) + 1 + _PAD_PX)
            if x1 - x0 >= 4 and y1 - y0 >= 4:
                boxes.append((x0, y0, x1 - x0, y1 - y0))
        texts = self.lines([picture[y : y + h, x : x + w] for x, y, w, h in boxes])
        return tuple(Word(t, box, score) for box, (t, score) in zip(boxes, texts, strict=True) if t)

    def lines(self, crops: Sequence[NDArray[uint8]]) -> list[tuple[str, float]]:
        """The text of each line; its score is the probability of its weakest character."""
        if self._recognizer is None:
            self._recognizer = Recognizer()
        charset = charset_of(FieldType.TEXT)
        read = [decode(e) for e in self._recognizer.read([LineCrop(crop, charset) for crop in crops])]
        return [(d.text, d.min_char_p) for d in read]

    def _loaded(self) -> Any:
        if self._detector is None:
            from rapidocr import RapidOCR

            settings = {
                "Global.use_cls": False,
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            }
            self._detector = RapidOCR(params=settings)
        return self._detector
