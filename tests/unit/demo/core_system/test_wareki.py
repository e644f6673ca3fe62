"""Dates as the screens take and show them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.demo.core_system import wareki


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (("R", "1", "5", "1"), date(2019, 5, 1)),
        (("H", "31", "4", "30"), date(2019, 4, 30)),
        (("S", "64", "01", "07"), date(1989, 1, 7)),
        (("T", "15", "12", "24"), date(1926, 12, 24)),
        (("M", "1", "1", "25"), date(1868, 1, 25)),
        (("A", "2000", "2", "29"), date(2000, 2, 29)),
    ],
)
def test_real_dates_are_taken(boxes: tuple[str, str, str, str], expected: date) -> None:
    assert wareki.parse_boxes(*boxes) == expected


@pytest.mark.parametrize(
    "boxes",
    [
        ("S", "64", "1", "8"),
        ("H", "31", "5", "1"),
        ("R", "1", "4", "30"),
        ("H", "1", "1", "7"),
        ("T", "15", "12", "25"),
        ("M", "1", "1", "24"),
        ("R", "0", "5", "1"),
        ("R", "8", "2", "29"),
        ("R", "８", "1", "1"),
        ("R", "", "1", "1"),
        ("", "8", "1", "1"),
        ("A", "99", "1", "1"),
        ("A", "1867", "1", "1"),
        ("R", "99", "13", "1"),
    ],
)
def test_dates_that_do_not_exist_are_refused(boxes: tuple[str, str, str, str]) -> None:
    with pytest.raises(ValueError):
        wareki.parse_boxes(*boxes)


@given(st.dates(date(1868, 1, 25), date(2117, 12, 31)))
def test_what_is_shown_can_be_typed_again(value: date) -> None:
    shown = wareki.format_wareki(value)
    era = next(code for code, name in wareki.ERA_CHOICES.items() if shown.startswith(name))
    year, month, day = shown[2:4], shown[5:7], shown[8:10]
    assert wareki.parse_boxes(era, year, month, day) == value
    assert wareki.era_year(value) == era + year
    assert wareki.parse_eight_digits(value.strftime("%Y%m%d")) == value


@pytest.mark.parametrize("text", ["", "2026041", "20260431", "２０２６０４０１", "18670101", "R8040100"])
def test_eight_digits_must_be_a_date(text: str) -> None:
    with pytest.raises(ValueError):
        wareki.parse_eight_digits(text)


def test_there_is_nothing_before_the_first_era() -> None:
    with pytest.raises(ValueError):
        wareki.format_wareki(date(1868, 1, 24))
    with pytest.raises(ValueError):
        wareki.era_year(date(1868, 1, 24))
