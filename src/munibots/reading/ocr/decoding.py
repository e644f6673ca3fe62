"""From evidence to text: connectionist temporal classification (CTC) under a character set.

The best symbol at each step (free writing), and for numbers whose length is known the exact probability of each symbol at
each place. All log probabilities are natural.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["Decoded", "decode", "position_scores"]

_FLOOR = 1e-6
_TINY = 1e-250


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how sure each part of it is.

    Attributes:
        text: Symbols of the character set only.
        char_p: Probability of each character at its best step.
        char_x_px: Where each character is centred, in pixels of the crop.
        second: For each character the best other one.
        margin_second: The least, over characters, of log p(character) - log p(best other answer there).
        margin_unconstrained: log p(best path of any characters) - log p(best path in the set), per step; 0 when the set
            took nothing away.
        insertion_p: The highest probability of a character at a step that was read as blank.
        outside_share: Share of the written steps at which a character outside the set was best.
    """

    text: str
    char_p: tuple[float, ...]
    char_x_px: tuple[float, ...]
    second: tuple[str, ...]
    margin_second: float
    margin_unconstrained: float
    insertion_p: float
    outside_share: float

    @property
    def min_char_p(self) -> float:
        """The probability of the weakest character; 0 without one."""
        return min(self.char_p, default=0.0)

    @property
    def mean_log_p(self) -> float:
        """Mean log probability of the characters; ``log 1e-6`` without one."""
        logs = [math.log(max(p, _FLOOR)) for p in self.char_p]
        return sum(logs) / len(logs) if logs else math.log(_FLOOR)


def decode(evidence: Evidence) -> Decoded:
    """The best symbol of the set at each step; repeats joined, blanks dropped.

    Never returns a character outside ``evidence.charset``.
    """
    p = evidence.p
    best = p.argmax(axis=1)
    runs: list[tuple[int, int, int]] = []
    for step, symbol in enumerate(best.tolist()):
        if symbol == 0:
            continue
        if runs and runs[-1][0] == symbol and runs[-1][2] == step:
            runs[-1] = (symbol, runs[-1][1], step + 1)
        else:
            runs.append((symbol, step, step + 1))
    return _decoded(evidence, runs)


def position_scores(evidence: Evidence, length: int) -> NDArray[float64]:
    """Which symbol stands at each place of a text of exactly ``length`` symbols.

    Args:
        evidence: At least ``length`` time steps, else symbols would have to share one.
        length: From 1.

    Returns:
        Log probabilities that sum to one over the symbols of the set, shape (length, symbols): the sum over all paths of
        CTC that give a text of that length with the symbol in that place.

    Raises:
        ValueError: Too few time steps for that many symbols.
    """
    import numpy as np

    if not 1 <= length <= len(evidence.p):
        raise ValueError("fewer time steps than symbols")
    p = np.maximum(evidence.p.astype(np.float64), _FLOOR)
    # Every path takes one answer a step: the same factor for all of them, and the likely ones stay far from underflow.
    p /= p.max(axis=1, keepdims=True)
    enters, _ = _forward(p, length)
    # From the end the paths of CTC look the same: what follows a place is what comes before it in the row read backwards.
    _, backward = _forward(p[::-1], length)
    onward = backward[::-1, ::-1] / p[:, None, 1:]
    total = np.einsum("tks,tks->ks", enters, onward) + _TINY
    return np.asarray(np.log(total / total.sum(axis=1, keepdims=True)))


def _forward(p: NDArray[float64], length: int) -> tuple[NDArray[float64], NDArray[float64]]:
    """Sums over the paths that reach step t with symbol s as the k-th, in that step or still: shape (steps, length, symbols)."""
    import numpy as np

    steps, symbols = len(p), p.shape[1] - 1
    enters, holds = np.zeros((steps, length, symbols)), np.zeros((steps, length, symbols))
    hold = np.zeros((length, symbols))
    # rest[k]: k symbols are out and the step before was blank. The k-th symbol follows rest[k - 1] or another symbol.
    rest = np.zeros(length + 1)
    rest[0] = 1.0
    for t in range(steps):
        before = hold.sum(axis=1)
        enter = np.repeat(rest[:-1, None], symbols, axis=1)
        enter[1:] += before[:-1, None] - hold[:-1]
        enter *= p[t, 1:]
        rest[1:] += before
        rest *= p[t, 0]
        hold = hold * p[t, 1:] + enter
        enters[t], holds[t] = enter, hold
    return enters, holds


def _decoded(evidence: Evidence, runs: Sequence[tuple[int, int, int]]) -> Decoded:
    """Describe a path given as (column, first step, end step) of each character."""
    import numpy as np

    p = np.maximum(evidence.p.astype(np.float64), _FLOOR)
    steps = len(p)
    path = np.zeros(steps, np.int64)
    chars: list[str] = []
    char_p: list[float] = []
    xs: list[float] = []
    seconds: list[str] = []
    margins: list[float] = []
    for column, start, end in runs:
        path[start:end] = column
        peak = start + int(p[start:end, column].argmax())
        chars.append(evidence.charset.symbols[column - 1])
        char_p.append(float(p[peak, column]))
        xs.append((peak + 0.5) * evidence.step_px)
        rest = p[peak].copy()
        rest[column] = 0.0
        other = int(rest.argmax())
        seconds.append("" if other == 0 else evidence.charset.symbols[other - 1])
        margins.append(float(np.log(p[peak, column]) - np.log(max(rest[other], _FLOOR))))
    blank = path == 0
    insertion = p[blank, 1:].max() if blank.any() and p.shape[1] > 1 else 0.0
    chosen = np.log(p[np.arange(steps), path]).sum()
    free = np.log(np.maximum(evidence.best.astype(np.float64), _FLOOR)).sum()
    written = max(1, int((~blank).sum()))
    return Decoded(
        text="".join(chars),
        char_p=tuple(char_p),
        char_x_px=tuple(xs),
        second=tuple(seconds),
        margin_second=min(margins, default=0.0),
        margin_unconstrained=float(free - chosen) / max(1, steps),
        insertion_p=float(insertion),
        outside_share=float(evidence.outside.sum()) / written,
    )
