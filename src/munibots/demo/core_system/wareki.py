"""Dates as the screens take and show them: an era select and three small boxes, or eight digits."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple


class Era(NamedTuple):
    """One era: select code, displayed name, first day."""

    code: str
    name: str
    first_day: date


ERAS: Final = (
    Era("R", "令和", date(2019, 5, 1)),
    Era("H", "平成", date(1989, 1, 8)),
    Era("S", "昭和", date(1926, 12, 25)),
    Era("T", "大正", date(1912, 7, 30)),
    Era("M", "明治", date(1868, 1, 25)),
)
WESTERN: Final = "A"
ERA_CHOICES: Final[dict[str, str]] = {era.code: era.name for era in ERAS} | {WESTERN: "西暦"}

_ONE_OR_TWO_DIGITS: Final = re.compile(r"[0-9]{1,2}")
_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}")
_EIGHT_DIGITS: Final = re.compile(r"[0-9]{8}")


def parse_boxes(era_code: str, year: str, month: str, day: str) -> date:
    """Turn the era select and the three boxes into a date.

    Only half-width digits are taken. The date must lie inside the era: 昭和64年1月8日 does not exist.

    Raises:
        ValueError: Not digits, no such day, or outside the era.
    """
    year_pattern = _FOUR_DIGITS if era_code == WESTERN else _ONE_OR_TWO_DIGITS
    if not (year_pattern.fullmatch(year) and _ONE_OR_TWO_DIGITS.fullmatch(month) and _ONE_OR_TWO_DIGITS.fullmatch(day)):
        raise ValueError("year, month and day must be half-width digits")
    if era_code == WESTERN:
        return _after_first_era(date(int(year), int(month), int(day)))
    last_day = date.max
    for era in ERAS:
        if era.code == era_code:
            value = date(era.first_day.year + int(year) - 1, int(month), int(day))
            if int(year) < 1 or not era.first_day <= value <= last_day:
                raise ValueError("the date is outside its era")
            return value
        last_day = era.first_day - timedelta(days=1)
    raise ValueError("unknown era code")


def parse_eight_digits(text: str) -> date:
    """Turn YYYYMMDD (half-width digits) into a date.

    Raises:
        ValueError: Not eight digits, no such day, or before 明治.
    """
    if not _EIGHT_DIGITS.fullmatch(text):
        raise ValueError("eight half-width digits are needed")
    return _after_first_era(date(int(text[:4]), int(text[4:6]), int(text[6:])))


def format_wareki(value: date) -> str:
    """Show a date as the screens do, for example 令和08年04月01日 (元年 is 01年).

    Raises:
        ValueError: Before 明治.
    """
    for era in ERAS:
        if value >= era.first_day:
            return f"{era.name}{value.year - era.first_day.year + 1:02d}年{value.month:02d}月{value.day:02d}日"
    raise ValueError("the date is before the first era of the table")


def era_year(value: date) -> str:
    """Return the era letter and the two-digit year, for example R08: the head of a receipt number.

    Raises:
        ValueError: Before 明治.
    """
    for era in ERAS:
        if value >= era.first_day:
            return f"{era.code}{value.year - era.first_day.year + 1:02d}"
    raise ValueError("the date is before the first era of the table")


def _after_first_era(value: date) -> date:
    if value < ERAS[-1].first_day:
        raise ValueError("the date is before the first era of the table")
    return value
