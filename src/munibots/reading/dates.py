"""Dates in parts: era (printed or circled), year, month, day, judged together.

The best reading of the parts stands. Only where the writing itself is ambiguous does the calendar choose: a clear 2月30日
is a date that does not exist, and is never moved to one that does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from munibots.domain.form import FieldType
from munibots.domain.layout import Region
from munibots.japanese.eras import Era, InvalidEraDateError, era_date
from munibots.reading.digit_rows import judge_row, side_by_side
from munibots.reading.digits import OTHER, DigitReader, separate
from munibots.reading.marks import Marking, marking
from munibots.reading.ocr.charsets import DIGITS, charset_of
from munibots.reading.ocr.decoding import position_scores
from munibots.reading.ocr.recognizer import LineCrop
from munibots.reading.raw import BLANK, Raw

if TYPE_CHECKING:
    from numpy import float64, uint8
    from numpy.typing import NDArray

    from munibots.reading.boxes import Cutter
    from munibots.reading.ocr.recognizer import Evidence

__all__ = ["NumberReading", "UnreadDate", "number_readings"]

_NUMBERS = ("year", "month", "day")
_NAMES_JA = {"year": "年", "month": "月", "day": "日"}
_GREGORIAN = "西暦"
_ERA_OF = {era.kanji: era for era in Era}
# The calendar may choose only among readings of which the paper makes one no more than three times likelier.
_AMBIGUOUS = math.log(3.0)
_KEPT = 4
_NO_DIGIT = math.log(0.5)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One way to read a number of a date.

    Attributes:
        text: As on paper: ``08`` stays, 元 stays.
        number: 1 for 元.
        log_p: Natural logarithm of its probability.
    """

    text: str
    number: int
    log_p: float


def number_readings(evidence: Evidence) -> tuple[NumberReading, ...]:
    """All numbers of one or two digits (and 元) that the evidence can be, best first; each number once.

    The probability of a text is CTC's: the sum over all paths that give it.
    """
    import numpy as np

    p = np.maximum(evidence.p.astype(np.float64), 1e-9)
    blank, symbols = p[:, 0], p[:, 1:]
    n = symbols.shape[1]
    # one[d]: d is out; two[d, e]: d and then e. `rest_*`: the step after it was blank.
    start, one, rest_one = 1.0, np.zeros(n), np.zeros(n)
    two, rest_two = np.zeros((n, n)), np.zeros((n, n))
    different = 1.0 - np.eye(n)
    for t in range(len(p)):
        into_two = rest_one[:, None] + one[:, None] * different
        two, rest_two, one, rest_one, start = (
            (two + into_two) * symbols[t][None, :],
            (two + rest_two) * blank[t],
            (one + start) * symbols[t],
            (one + rest_one) * blank[t],
            start * blank[t],
        )
    by_number: dict[int, list[tuple[str, float]]] = {}
    names = evidence.charset.symbols
    for d, p_one in enumerate((one + rest_one).tolist()):
        text = names[d]
        by_number.setdefault(1 if text == "元" else int(text), []).append((text, p_one))
    for d, row in enumerate((two + rest_two).tolist()):
        for e, p_two in enumerate(row):
            if names[d] != "元" and names[e] != "元":
                by_number.setdefault(int(names[d] + names[e]), []).append((names[d] + names[e], p_two))
    readings = [
        NumberReading(max(ways, key=lambda way: way[1])[0], number, math.log(max(1e-30, sum(q for _, q in ways))))
        for number, ways in by_number.items()
    ]
    return tuple(sorted(readings, key=lambda r: -r.log_p))


class UnreadDate:
    """A field of style ``date``."""

    def __init__(self, cutter: Cutter, region: Region, digits: DigitReader) -> None:
        """Cut year, month and day, read their digits one by one, and measure the eras."""
        eras = [p for p in region.parts if p.name not in _NUMBERS]
        self._marking: Marking | None = marking(cutter, eras) if eras else None
        self._marked = self._marking.marked if self._marking is not None and self._marking.touched else ()
        self._era = region.era or (self._marked[0] if len(self._marked) == 1 else None)
        # Parts whose digits can be told apart go into one row; the others are read alone, each as a line.
        self._alone: dict[str, NDArray[float64]] = {}
        self._whole: list[str] = []
        row: list[NDArray[uint8]] = []
        lines = []
        for name in _NUMBERS:
            part = region.part(name)
            cut = cutter.cut(part.box) if part is not None else None
            if cut is None or cut.blank:
                continue
            found = separate(cut)
            scores = digits.read(found) if len(found) in self._lengths(name) else None
            if scores is None or scores[:, OTHER].max() > _NO_DIGIT:
                self._whole.append(name)
                lines.append(LineCrop(cut.trimmed(), charset_of(FieldType.DATE, part=name)))
            else:
                self._alone[name] = scores
                row += found
        self.crops: tuple[LineCrop, ...] = (*([LineCrop(side_by_side(row), DIGITS)] if row else []), *lines)

    def finish(self, evidence: Sequence[Evidence]) -> Raw:
        """The ISO date, or no value and the reason."""
        if not evidence and not self._marked:
            return BLANK
        features = {} if self._marking is None else {
            "era_best": min(self._marking.best, 1.5), "era_margin": self._marking.margin
        }  # fmt: skip
        readings = self._readings(evidence, features)
        text = _text(self._era, {name: found[0].text for name, found in readings.items() if found})
        missing = [name for name in _NUMBERS if not readings.get(name)]
        if missing:
            what = "・".join(_NAMES_JA[name] for name in missing)
            return Raw(text, None, features, (f"{what}が書かれていません。",))
        features |= _strength(evidence, readings)
        if self._era is None:
            reason = "元号が選ばれていません。" if not self._marked else "元号が二つ以上選ばれています。"
            return Raw(text, None, features, (reason,))
        return _judge(self._era, readings, text, features)

    def _lengths(self, name: str) -> tuple[int, ...]:
        return (4,) if name == "year" and self._era == _GREGORIAN else (1, 2)

    def _readings(
        self, evidence: Sequence[Evidence], features: dict[str, float]
    ) -> dict[str, tuple[NumberReading, ...]]:
        """Each part that is written; the features of the row are added to ``features``."""
        import numpy as np

        readings: dict[str, tuple[NumberReading, ...]] = {}
        lines = list(evidence)
        if self._alone:
            row = judge_row(np.vstack(list(self._alone.values())), lines.pop(0))
            features |= row.features
            at = 0
            for name, scores in self._alone.items():
                readings[name] = _numbers(row.scores[at : at + len(scores)])
                at += len(scores)
        for name, line in zip(self._whole, lines, strict=True):
            gregorian = name == "year" and self._era == _GREGORIAN
            readings[name] = _gregorian_years(line) if gregorian else number_readings(line)
        if self._whole:
            # Nobody has told its digits apart: that is no agreement.
            features |= {"weakest_cell_p": 0.0, "agreement": 0.0}
        return readings


def _numbers(scores: NDArray[float64]) -> tuple[NumberReading, ...]:
    """Numbers of digits whose count is known, from log probabilities of shape (digits, 10); the likeliest, best first."""
    ways = [("", 0.0)]
    for place in scores.tolist():
        ways = [(text + str(digit), log_p + more) for text, log_p in ways for digit, more in enumerate(place)]
        ways = sorted(ways, key=lambda way: -way[1])[:100]
    return tuple(NumberReading(text, int(text), log_p) for text, log_p in ways)


def _judge(era: str, readings: dict[str, tuple[NumberReading, ...]], text: str, features: dict[str, float]) -> Raw:
    raw_score = sum(readings[name][0].log_p for name in _NUMBERS)
    real: list[tuple[float, date, str]] = []
    for y in readings["year"][:_KEPT]:
        for m in readings["month"][:_KEPT]:
            for d in readings["day"][:_KEPT]:
                day = _date(era, y.number, m.number, d.number)
                if day is not None:
                    texts = {"year": y.text, "month": m.text, "day": d.text}
                    real.append((y.log_p + m.log_p + d.log_p, day, _text(era, texts)))
    real.sort(key=lambda r: -r[0])
    exact = bool(real) and real[0][0] >= raw_score - 1e-9
    features |= {
        "date_exists": float(exact),
        "date_margin": real[0][0] - real[1][0] if len(real) > 1 else 20.0,
    }
    if exact or (real and raw_score - real[0][0] < _AMBIGUOUS):
        others = tuple(t for _, _, t in real[1:3])
        reasons = () if exact else ("最もそれらしい読みは存在しない日付です。",)
        return Raw(real[0][2], real[0][1].isoformat(), features, reasons, others)
    return Raw(text, None, features, ("存在しない日付です。",), tuple(t for _, _, t in real[:2]))


def _date(era: str, year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if era == _GREGORIAN else era_date(_ERA_OF[era], year, month, day)
    except (InvalidEraDateError, ValueError):
        return None


def _gregorian_years(evidence: Evidence) -> tuple[NumberReading, ...]:
    """The four digits of a Gregorian year; the 元 of the set cannot be one of them."""
    import numpy as np

    if len(evidence.p) < 4:
        return ()
    scores = position_scores(evidence, 4)[:, : len(DIGITS.symbols)]
    return _numbers(np.asarray(scores))


def _text(era: str | None, numbers: dict[str, str]) -> str:
    """As one would write it in a line; a part that is not there leaves its place empty."""
    prefix = era if era not in (None, _GREGORIAN) else ""
    return prefix + "".join(f"{numbers.get(name, '　')}{_NAMES_JA[name]}" for name in _NUMBERS)


def _strength(evidence: Sequence[Evidence], readings: dict[str, tuple[NumberReading, ...]]) -> dict[str, float]:
    best = [readings[name][0].log_p for name in _NUMBERS]
    gaps = [readings[name][0].log_p - readings[name][1].log_p if len(readings[name]) > 1 else 20.0 for name in _NUMBERS]
    strange = max(float(e.outside.mean()) for e in evidence)
    return {
        "min_char_p": math.exp(min(best)),
        "mean_log_p": sum(best) / len(best),
        "margin_second": min(gaps),
        "outside_share": strange,
    }
