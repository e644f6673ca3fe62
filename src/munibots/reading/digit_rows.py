"""Two opinions on a row of digits: each digit alone by the small network, and the row by the recogniser of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from munibots.reading.digits import OTHER
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.decoding import decode, position_scores

if TYPE_CHECKING:
    from numpy import float64, uint8
    from numpy.typing import NDArray

    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["DigitRow", "digits_text", "judge_row", "side_by_side"]


@dataclass(frozen=True, slots=True, eq=False)
class DigitRow:
    """A row as both see it.

    Attributes:
        scores: Log probabilities of the digits in each place, by both together, shape (digits, 10).
        features: Evidence for the calibration.
        row_text: What the recogniser reads where nobody tells it how many digits there are.
    """

    scores: NDArray[float64]
    features: dict[str, float]
    row_text: str

    @property
    def text(self) -> str:
        """The most probable digits."""
        return digits_text(self.scores)


def judge_row(alone: NDArray[float64], row: Evidence) -> DigitRow:
    """Put both opinions together. They fail on different things, so each counts in full.

    Args:
        alone: What :meth:`DigitReader.read` says of each digit, at least one, shape (digits, 11).
        row: What the recogniser sees in all of them side by side, under the character set of digits.
    """
    import numpy as np

    own = alone[:, :OTHER]
    n = len(own)
    by_row = position_scores(row, n) if n <= len(row.p) else np.zeros_like(own)
    both = own + by_row
    both = both - np.logaddexp.reduce(both, axis=1, keepdims=True)
    best = both.argmax(axis=1)
    ordered = np.sort(both, axis=1)
    free = decode(row).text
    features = {
        "min_char_p": float(np.exp(ordered[:, -1].min())),
        "mean_log_p": float(ordered[:, -1].mean()),
        "margin_second": float((ordered[:, -1] - ordered[:, -2]).min()),
        # How much of the evidence is a digit at all: a seal or a stroke through the cell is not.
        "weakest_cell_p": float(1.0 - np.exp(alone[:, OTHER].max())),
        "cell_min_p": float(np.exp(own[np.arange(n), best].min())),
        "row_min_p": float(np.exp(by_row[np.arange(n), best].min())),
        "agreement": float(free == digits_text(own) == digits_text(both)),
    }
    return DigitRow(np.asarray(both), features, free)


def digits_text(scores: NDArray[float64]) -> str:
    """The best digit of each place."""
    return "".join(DIGITS.symbols[d] for d in scores[:, :OTHER].argmax(axis=1))


def side_by_side(digits: Sequence[NDArray[uint8]]) -> NDArray[uint8]:
    """Digits as a row, closer than on paper: half the width to read, and neighbours to compare with."""
    import cv2
    import numpy as np

    height = max(c.shape[0] for c in digits)
    pieces = []
    for digit in digits:
        above = (height - digit.shape[0]) // 2
        below = height - digit.shape[0] - above
        pieces.append(cv2.copyMakeBorder(digit, above, below, 3, 3, cv2.BORDER_CONSTANT, value=(255,)))
    return np.asarray(np.hstack(pieces), np.uint8)
