"""Dates with eras: every day there is, and the days that there are not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.japanese.eras import Era, InvalidEraDateError, era_date, format_era, parse_date, to_era

FIRST, LAST = date(1868, 1, 25), date(2100, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
ERAS = list(Era)


def test_every_day_round_trips() -> None:
    for day in ALL_DAYS:
        era, year = to_era(day)
        assert era_date(era, year, day.month, day.day) == day


@pytest.mark.parametrize("style", ["long", "short", "letter"])
def test_every_written_day_is_read_back(style: str) -> None:
    for day in ALL_DAYS[::17]:
        assert parse_date(format_era(day, style)) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(("era", "before"), list(zip(ERAS[1:], ERAS, strict=False)))
def test_neighbours_of_a_boundary_exist_in_one_era_only(era: Era, before: Era) -> None:
    for offset in range(-400, 400):
        day = era.start + timedelta(days=offset)
        right, wrong = (before, era) if offset < 0 else (era, before)
        assert era_date(right, day.year - right.start.year + 1, day.month, day.day) == day
        with pytest.raises(InvalidEraDateError):
            era_date(wrong, day.year - wrong.start.year + 1, day.month, day.day)


@pytest.mark.parametrize(
    "text",
    [
        "平成元年1月7日", "昭和64年1月8日", "平成31年5月1日", "令和元年4月30日", "大正15年12月25日", "明治45年7月30日",
        "明治元年1月24日", "昭和元年12月24日", "大正元年7月29日", "令和8年2月29日", "令和8年13月1日", "令和8年4月31日",
        "令和0年4月1日", "2023-02-29", "2026-00-01", "令6", "R8.4", "8.4.1", "58年2月3日", "01-04-05", "", "令和年月日",
        "令和8年4月1日2日", "昭和十十年1月1日", "令和元年元月1日", "元年5月1日", "平成3 1 5 1", "R841", "12001-04-05",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidEraDateError) as caught:
        parse_date(text)
    digits = re.findall("[0-9]{2,}", text)
    assert not any(run in str(caught.value) for run in digits if run != "4")
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("r8.4.1", date(2026, 4, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("R6.2.29", date(2024, 2, 29)),
        ("令 8. 4. 1", date(2026, 4, 1)),
        ("昭58年2月3日", date(1983, 2, 3)),
        ("昭和５８年０２月０３日生", date(1983, 2, 3)),
        ("昭 和 5 8 年 2 月 3 日", date(1983, 2, 3)),
        ("S 58 2 3", date(1983, 2, 3)),
        ("S58/2/3", date(1983, 2, 3)),
        ("S58－2－3", date(1983, 2, 3)),
        ("西暦2001年4月5日", date(2001, 4, 5)),
        ("2001-04-05", date(2001, 4, 5)),
        ("2001 4 5", date(2001, 4, 5)),
        ("平成二十一年十月三日", date(2009, 10, 3)),
        ("昭和五八年二月三日", date(1983, 2, 3)),
        ("二〇〇一年四月五日", date(2001, 4, 5)),
        ("昭和弐拾参年参月壱日", date(1948, 3, 1)),
        ("明治四十五年七月二十九日", date(1912, 7, 29)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("㍻31年4月30日", date(2019, 4, 30)),
        ("㍼64年1月7日", date(1989, 1, 7)),
        ("㍽元年7月30日", date(1912, 7, 30)),
        ("㍾1年1月25日", date(1868, 1, 25)),
    ],
)
def test_ways_of_writing(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@given(st.text(alphabet="令和昭平成大正明治元年月日0123456789０１十一二三.-/ RSHTM生西暦", max_size=16))
def test_any_text_is_a_date_or_the_one_error(text: str) -> None:
    try:
        day = parse_date(text)
    except InvalidEraDateError:
        return
    if day >= FIRST:
        assert parse_date(format_era(day)) == day


def test_styles() -> None:
    day = date(2019, 5, 1)
    assert format_era(day) == "令和元年5月1日"
    assert format_era(day, "short") == "令1.5.1"
    assert format_era(day, "letter") == "R1.5.1"


def test_before_meiji_there_is_no_era() -> None:
    with pytest.raises(InvalidEraDateError):
        to_era(date(1868, 1, 24))
