"""The recogniser: PP-OCRv6 small (Apache-2.0), as it lies inside the rapidocr wheel, run without rapidocr itself.

Its answer is a probability for each of 18,710 classes at each time step (8 pixels of a line 48 pixels high). Only what a
field's character set needs of it is kept.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.errors import ArtifactMismatchError
from munibots.reading.ocr.charsets import Charset

if TYPE_CHECKING:
    from numpy import float32, int64, uint8
    from numpy.typing import NDArray

__all__ = ["FRAME_PX", "HEIGHT_PX", "Evidence", "LineCrop", "Recognizer"]

MODEL_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
HEIGHT_PX = 48
"""Every line is brought to this height."""

FRAME_PX = 8
"""Width of one time step at that height."""

# Crops of one padded width share a run. The network's time is proportional to that width, so it is rounded up finely.
_WIDTH_STEP_PX, _LEAST_WIDTH_PX, _MOST_WIDTH_PX = 32, 64, 1600
_MAX_CROPS = 16


@dataclass(frozen=True, slots=True, eq=False)
class LineCrop:
    """One line of writing to be read.

    Attributes:
        pixels: Grey, dark on white, shape (height, width), trimmed to the ink.
        charset: What it may hold.
    """

    pixels: NDArray[uint8]
    charset: Charset


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the network sees in one line.

    Attributes:
        p: Probability of the blank (column 0) and of each symbol of ``charset``, shape (time steps, 1 + symbols).
        best: Highest probability of any class at each step, also of those outside the set, shape (time steps,).
        outside: The best class at each step is outside the set, shape (time steps,).
        step_px: Width of one time step in pixels of the crop.
    """

    charset: Charset
    p: NDArray[float32]
    best: NDArray[float32]
    outside: NDArray[int64]
    step_px: float


class Recognizer:
    """Reads cut-out lines. Build one and share it: runs from several threads are safe.

    Raises:
        ArtifactMismatchError: The model file is missing or is not the one this library was measured with.
    """

    def __init__(self) -> None:
        """Load the network, on one thread: two pages at once use two cores better than one page can."""
        import onnxruntime

        data = _model_bytes()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._class_of: dict[str, int] = {}
        for i, c in enumerate([*characters, " "], start=1):
            self._class_of.setdefault(c, i)
        self._columns: dict[str, tuple[NDArray[int64], list[tuple[int, int]], NDArray[int64]]] = {}
        self._lock = threading.Lock()

    def read(self, crops: Sequence[LineCrop]) -> list[Evidence]:
        """The evidence of each crop, in their order. Crops of similar width are run together."""
        import numpy as np

        answers: list[Evidence | None] = [None] * len(crops)
        lines = [_to_height(crop.pixels) for crop in crops]
        by_width: dict[int, list[int]] = {}
        for i, line in enumerate(lines):
            padded = -(-line.shape[1] // _WIDTH_STEP_PX) * _WIDTH_STEP_PX
            by_width.setdefault(max(_LEAST_WIDTH_PX, padded), []).append(i)
        for width, members in sorted(by_width.items()):
            for at in range(0, len(members), _MAX_CROPS):
                batch = members[at : at + _MAX_CROPS]
                x = np.zeros((len(batch), 3, HEIGHT_PX, width), np.float32)
                for row, i in enumerate(batch):
                    x[row, :, :, : lines[i].shape[1]] = lines[i].astype(np.float32) / 127.5 - 1
                p = self._session.run(None, {self._input: x})[0]
                for row, i in enumerate(batch):
                    answers[i] = self._evidence(p[row], crops[i], lines[i].shape[1])
        return [a for a in answers if a is not None]

    def _evidence(self, p: NDArray[float32], crop: LineCrop, line_width: int) -> Evidence:
        import numpy as np

        first, more, inside = self._columns_of(crop.charset)
        # Steps that lie wholly in the padding say nothing.
        p = p[: min(len(p), line_width // FRAME_PX + 2)]
        kept = np.where(first[None, :] >= 0, p[:, np.maximum(first, 0)], np.float32(0))
        for column, other in more:
            kept[:, column] += p[:, other]
        top = p.argmax(axis=1)
        return Evidence(
            charset=crop.charset,
            p=np.minimum(kept, np.float32(1)),
            best=p[np.arange(len(p)), top],
            outside=1 - inside[top],
            step_px=FRAME_PX * crop.pixels.shape[1] / max(1, line_width),
        )

    def _columns_of(self, charset: Charset) -> tuple[NDArray[int64], list[tuple[int, int]], NDArray[int64]]:
        """For a set: the class of each symbol (-1: the network has none), further classes, and which classes are inside."""
        import numpy as np

        with self._lock:
            if charset.name not in self._columns:
                first = [0, *(self._class_of.get(s, -1) for s in charset.symbols)]
                more = [
                    (column, self._class_of[a])
                    for column, aliases in enumerate(charset.aliases, start=1)
                    for a in aliases
                    if a in self._class_of
                ]
                inside = np.zeros(1 + max(self._class_of.values()), np.int64)
                inside[[c for c in first if c >= 0]] = 1
                inside[[c for _, c in more]] = 1
                self._columns[charset.name] = (np.array(first, np.int64), more, inside)
            return self._columns[charset.name]


def _model_bytes() -> bytes:
    # Not imported: rapidocr's own package would load its engine and its logging.
    spec = importlib.util.find_spec("rapidocr")
    path = Path(spec.origin).parent / "models" / "PP-OCRv6_rec_small.onnx" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ArtifactMismatchError(artifact="rapidocr 3.10.0 / PP-OCRv6_rec_small.onnx")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise ArtifactMismatchError(artifact=path.name)
    return data


def _to_height(pixels: NDArray[uint8]) -> NDArray[uint8]:
    import cv2
    import numpy as np

    height, width = pixels.shape
    new = min(_MOST_WIDTH_PX, max(1, round(width * HEIGHT_PX / height)))
    return np.asarray(cv2.resize(pixels, (new, HEIGHT_PX), interpolation=cv2.INTER_LINEAR), np.uint8)
