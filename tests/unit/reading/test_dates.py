"""Year, month and day judged together, from made-up evidence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from munibots.domain.form import FieldType
from munibots.reading.dates import NumberReading, _judge, number_readings
from munibots.reading.ocr.charsets import Charset, charset_of
from munibots.reading.ocr.recognizer import Evidence

YEAR = charset_of(FieldType.DATE, part="year")


def _seen(*steps: dict[str, float], charset: Charset = YEAR) -> Evidence:
    p = np.full((len(steps), 1 + len(charset.symbols)), 1e-6, np.float32)
    for row, step in zip(p, steps, strict=True):
        for symbol, value in step.items():
            row[0 if symbol == "" else 1 + charset.symbols.index(symbol)] = value
    return Evidence(charset, p, p.max(axis=1), np.zeros(len(p), np.int64), 8.0)


def _readings(**numbers: list[tuple[int, float]]) -> dict[str, tuple[NumberReading, ...]]:
    return {
        name: tuple(NumberReading(str(number), number, math.log(p)) for number, p in ways)
        for name, ways in numbers.items()
    }


def test_numbers_are_summed_over_their_paths() -> None:
    found = number_readings(_seen({"1": 0.9, "7": 0.1}, {"": 0.8, "1": 0.2}, {"2": 0.97, "": 0.03}))
    assert [r.text for r in found[:2]] == ["12", "72"]
    # 1-blank-2, 1-1-2, both give 12.
    assert math.exp(found[0].log_p) == pytest.approx(0.9 * 0.8 * 0.97 + 0.9 * 0.2 * 0.97, rel=1e-3)


def test_a_leading_zero_is_the_same_number() -> None:
    (best, *_) = number_readings(_seen({"0": 0.99}, {"": 0.99}, {"8": 0.99}))
    assert (best.text, best.number) == ("08", 8)


def test_the_first_year_is_one() -> None:
    (best, *_) = number_readings(_seen({"": 0.9}, {"元": 0.95}, {"": 0.9}))
    assert (best.text, best.number) == ("元", 1)


def test_a_double_digit_needs_a_gap() -> None:
    (best, *_) = number_readings(_seen({"1": 0.9}, {"": 0.9}, {"1": 0.9}))
    assert best.number == 11
    (best, *_) = number_readings(_seen({"1": 0.9}, {"1": 0.9}, {"1": 0.9}))
    assert best.number == 1


def test_a_clear_date_that_does_not_exist_stays() -> None:
    numbers = _readings(year=[(60, 0.99)], month=[(2, 0.98), (3, 0.01)], day=[(30, 0.97), (20, 0.02)])
    raw = _judge("昭和", numbers, "昭和60年2月30日", {})
    assert raw.value is None
    assert raw.reasons == ("存在しない日付です。",)
    assert raw.features["date_exists"] == 0.0


def test_the_calendar_settles_what_the_paper_leaves_open() -> None:
    numbers = _readings(year=[(60, 0.99)], month=[(2, 0.98)], day=[(30, 0.5), (20, 0.45)])
    raw = _judge("昭和", numbers, "昭和60年2月30日", {})
    assert raw.value == "1985-02-20"
    assert raw.reasons == ("最もそれらしい読みは存在しない日付です。",)


@pytest.mark.parametrize(
    ("era", "year", "month", "day", "value"),
    [
        ("昭和", 64, 1, 7, "1989-01-07"),
        ("昭和", 64, 1, 8, None),
        ("平成", 31, 4, 30, "2019-04-30"),
        ("平成", 31, 5, 1, None),
        ("令和", 1, 5, 1, "2019-05-01"),
        ("大正", 15, 12, 24, "1926-12-24"),
        ("西暦", 2000, 2, 29, "2000-02-29"),
        ("西暦", 1900, 2, 29, None),
    ],
)
def test_eras_have_real_boundaries(era: str, year: int, month: int, day: int, value: str | None) -> None:
    numbers = _readings(year=[(year, 0.99)], month=[(month, 0.99)], day=[(day, 0.99)])
    assert _judge(era, numbers, "", {}).value == value
