"""Two opinions on a row of digits: each digit alone by the small network, and the row by the recogniser of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from munibots.reading.digits import OTHER
from munibots.reading.ocr.charsets import DIGITS
from munibots.reading.ocr.decoding import decode, position_scores

if TYPE_CHECKING:
    from numpy import float64, uint8
    from numpy.typing import NDArray

    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["DigitRow", "digits_text", "judge_row", "likeliest_valid", "side_by_side"]

# How much less probable than the best reading (in nats: one in 3,000) a valid one may be; beyond that the paper says otherwise.
_WITHIN = 8.0
_MOST_TRIED = 500


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


def likeliest_valid(scores: NDArray[float64], valid: Callable[[str], bool]) -> str | None:
    """The most probable row of digits that a number can be: a check digit tells that a reading is wrong, and mostly which is meant.

    Args:
        scores: Log probabilities of the digits in each place, shape (digits, 10).
        valid: Whether a number's check digit is right.

    Returns:
        ``None`` where no valid row is about as probable as the best one.
    """
    order = (-scores).argsort(axis=1)
    loss = [[float(row[best[0]] - row[d]) for d in best] for row, best in zip(scores, order, strict=True)]
    # Rows in the order of what they lose against the best: a heap of how far each place has gone down its own list.
    start = (0,) * len(scores)
    heap, seen = [(0.0, start)], {start}
    for _ in range(_MOST_TRIED):
        if not heap:
            return None
        lost, at = heappop(heap)
        if lost > _WITHIN:
            return None
        text = "".join(DIGITS.symbols[order[place, rank]] for place, rank in enumerate(at))
        if valid(text):
            return text
        for place, rank in enumerate(at):
            onward = (*at[:place], rank + 1, *at[place + 1 :])
            if rank + 1 < order.shape[1] and onward not in seen:
                seen.add(onward)
                heappush(heap, (lost + loss[place][rank + 1] - loss[place][rank], onward))
    return None


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
