"""From evidence to text: connectionist temporal classification (CTC) under a character set.

Three decoders: the best symbol at each step (free writing), and exact dynamic programming for numbers whose length is known
and for a row that has one digit a cell. All log probabilities are natural.
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

__all__ = ["Decoded", "decode", "decode_digits", "digit_scores"]

_FLOOR = 1e-6


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


def decode_digits(evidence: Evidence, length: int) -> Decoded:
    """The most probable text of exactly ``length`` symbols (Viterbi over the paths of CTC).

    Args:
        evidence: At least ``length`` time steps, else symbols would have to share one.
        length: From 1.

    Returns:
        Exactly ``length`` symbols.

    Raises:
        ValueError: Too few time steps for that many symbols.
    """
    import numpy as np

    steps, width = evidence.p.shape
    if not 1 <= length <= steps:
        raise ValueError("fewer time steps than symbols")
    logs = np.log(np.maximum(evidence.p.astype(np.float64), _FLOOR))
    symbols = width - 1
    # score_b[k]: k symbols are out and the step is blank; score_s[k, s]: the k-th symbol (from 1) is s and still lasts.
    score_b = np.full(length + 1, -np.inf)
    score_s = np.full((length + 1, symbols), -np.inf)
    score_b[0] = 0.0
    # What came before, for walking back: for blanks -1 (blank) or the symbol; for symbols -2 (same), -1 (blank), else it.
    from_b = np.full((steps, length + 1), -1, np.int64)
    from_s = np.full((steps, length + 1, symbols), -2, np.int64)
    rows = np.arange(length + 1)
    for t in range(steps):
        top = score_s.argmax(axis=1)
        top_score = score_s[rows, top]
        others = score_s.copy()
        others[rows, top] = -np.inf
        runner = others.argmax(axis=1)
        runner_score = others[rows, runner]

        new_b = np.where(top_score > score_b, top_score, score_b) + logs[t, 0]
        from_b[t] = np.where(top_score > score_b, top, -1)

        enter = np.full((length + 1, symbols), -np.inf)
        enter_from = np.full((length + 1, symbols), -1, np.int64)
        # A new symbol follows a blank, or another symbol without a blank between.
        before = np.repeat(top_score[:-1, None], symbols, axis=1)
        before_from = np.repeat(top[:-1, None], symbols, axis=1)
        before[rows[:-1], top[:-1]] = runner_score[:-1]
        before_from[rows[:-1], top[:-1]] = runner[:-1]
        from_blank = np.repeat(score_b[:-1, None], symbols, axis=1)
        enter[1:] = np.where(from_blank >= before, from_blank, before)
        enter_from[1:] = np.where(from_blank >= before, -1, before_from)
        stay = score_s >= enter
        score_s = np.where(stay, score_s, enter) + logs[t][None, 1:]
        from_s[t] = np.where(stay, -2, enter_from)
        score_b = new_b

    k = length
    last = int(score_s[k].argmax())
    symbol = last if score_s[k, last] >= score_b[k] else -1
    runs: list[tuple[int, int, int]] = []
    end = steps
    for t in range(steps - 1, -1, -1):
        if symbol == -1:
            symbol = int(from_b[t, k])
            end = t
        else:
            came = int(from_s[t, k, symbol])
            if came != -2:
                runs.append((symbol + 1, t, end))
                end, k, symbol = t, k - 1, came
    return _decoded(evidence, runs[::-1])


def digit_scores(evidence: Evidence) -> NDArray[float64]:
    """How well each symbol explains a crop that holds exactly one character.

    Returns:
        Log probabilities that sum to one over the symbols of the set, shape (symbols,): the forward sum of CTC over all
        paths that give the one symbol.
    """
    import numpy as np

    p = np.maximum(evidence.p.astype(np.float64), _FLOOR)
    blank, symbols = p[:, :1], p[:, 1:]
    before, during, after = np.ones(symbols.shape[1]), np.zeros(symbols.shape[1]), np.zeros(symbols.shape[1])
    for t in range(len(p)):
        # All three at once: the right side is still the step before.
        before, during, after = (
            before * blank[t],
            (before + during) * symbols[t],
            (during + after) * blank[t],
        )
    total = np.maximum(during + after, 1e-300)
    return np.asarray(np.log(total / total.sum()))


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
