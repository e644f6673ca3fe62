"""Single digits: a small network of the project's own, made by ``classifiers/digit_reader/build.py``.

It reads one cell of a comb, or one digit of a date, at a fortieth of the cost of the recogniser of whole lines, and was
taught the digits of real hands. Its eleventh answer is "no single digit": a seal, a line, two digits that touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.classifying.artifacts import checked_files
from munibots.reading.boxes import Cut
from munibots.shipped import shipped_folder

if TYPE_CHECKING:
    from numpy import bool_, float32, float64, uint8
    from numpy.typing import NDArray

__all__ = ["OTHER", "SIDE_PX", "DigitReader", "alone", "load_digit_reader", "prepared", "separate"]

SIDE_PX = 32
"""The network sees pictures of this height and width."""

OTHER = 10
"""The column of "no single digit"; those before it are the digits."""

_FLOOR = 1e-7
# A digit is seldom wider than high; two that touch are.
_WIDEST = 1.15
# Less high than that beside the highest, a mark is a part of a digit: the bar of a 5.
_PART = 0.45


class DigitReader:
    """Reads cut-out single digits. Build one and share it: runs from several threads are safe.

    Args:
        model: The network as ONNX.
    """

    def __init__(self, model: bytes) -> None:
        """Load the network, on one thread."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def read(self, crops: Sequence[NDArray[uint8]]) -> NDArray[float64]:
        """What each crop shows.

        Args:
            crops: Grey, dark on white, trimmed to the ink.

        Returns:
            Log probabilities of the digits 0 to 9 and of :data:`OTHER`, shape (crops, 11).
        """
        import numpy as np

        if not crops:
            return np.zeros((0, OTHER + 1))
        return self.answers(np.stack([prepared(crop) for crop in crops])[:, None])

    def answers(self, pictures: NDArray[float32]) -> NDArray[float64]:
        """The same for pictures that :func:`prepared` made, shape (n, 1, 32, 32)."""
        import numpy as np

        logits = self._session.run(None, {self._input: pictures})[0].astype(np.float64)
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(np.log(np.maximum(p / p.sum(axis=1, keepdims=True), _FLOOR)))


@cache
def load_digit_reader(folder: Path | None = None) -> DigitReader:
    """The shipped network.

    Args:
        folder: Folder of the classifier; the shipped one where none is given.

    Raises:
        ArtifactMismatchError: The artifact is missing, or its SHA-256 is not the one in ``classifier.yaml``.
    """
    return DigitReader(checked_files(folder or shipped_folder("classifiers") / "digit_reader")["digits.onnx"])


def prepared(crop: NDArray[uint8]) -> NDArray[float32]:
    """A crop as the network sees it: in the middle of a square, its proportions kept, its darkest ink 1 and paper 0."""
    import cv2
    import numpy as np

    height, width = crop.shape
    k = SIDE_PX / max(height, width)
    size = max(1, round(width * k)), max(1, round(height * k))
    small = 255.0 - cv2.resize(crop, size, interpolation=cv2.INTER_AREA if k < 1 else cv2.INTER_LINEAR)
    picture = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    top, left = (SIDE_PX - size[1]) // 2, (SIDE_PX - size[0]) // 2
    picture[top : top + size[1], left : left + size[0]] = small / max(1.0, float(small.max()))
    return picture


def separate(cut: Cut) -> tuple[NDArray[uint8], ...]:
    """The digits of a number from left to right, each trimmed; none where they cannot be told apart by their marks."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(cut.ink.astype(np.uint8), connectivity=8)
    highest = int(stats[1:, cv2.CC_STAT_HEIGHT].max(initial=0))
    # Marks that lie above one another, or are too low for a digit, belong together.
    groups: list[tuple[int, int, int, list[int]]] = []
    order = sorted(range(1, count), key=lambda i: -int(stats[i, cv2.CC_STAT_HEIGHT]))
    for mark in order:
        left, width = int(stats[mark, cv2.CC_STAT_LEFT]), int(stats[mark, cv2.CC_STAT_WIDTH])
        right, height = left + width, int(stats[mark, cv2.CC_STAT_HEIGHT])
        gaps = [max(g[0], left) - min(g[1], right) for g in groups]
        nearest = min(range(len(groups)), key=lambda i: gaps[i], default=-1)
        narrow = min(width, groups[nearest][1] - groups[nearest][0]) if nearest >= 0 else 0
        if nearest >= 0 and (height < _PART * highest or -gaps[nearest] > 0.35 * narrow):
            near = groups[nearest]
            groups[nearest] = (min(near[0], left), max(near[1], right), near[2], [*near[3], mark])
        else:
            groups.append((left, right, height, [mark]))
    groups.sort()
    if any(right - left > _WIDEST * height for left, right, height, _ in groups):
        return ()
    return tuple(alone(cut, np.isin(labels, marks)) for _, _, _, marks in groups)


def alone(cut: Cut, mine: NDArray[bool_]) -> NDArray[uint8]:
    """Only these marks of a cut, trimmed."""
    import cv2
    import numpy as np

    near = cv2.dilate(mine.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return Cut(np.where(near, cut.pixels, np.uint8(255)), mine, cut.box_px).trimmed()
