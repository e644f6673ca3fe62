"""How people write dates, telephone numbers and counts on paper."""

from __future__ import annotations

import random
from datetime import date, timedelta

from munibots.demo.paper.filling import WrittenDate
from munibots.japanese.eras import to_era
from munibots.reference.working_days import is_working_day

__all__ = ["age_on", "cells", "clock", "western", "working_day", "written", "written_phone"]

_FIRST_DAY, _LAST_DAY = date(2026, 2, 2), date(2026, 10, 30)


def working_day(rng: random.Random) -> date:
    """A day in 2026 on which the office is open."""
    while True:
        day = _FIRST_DAY + timedelta(days=rng.randrange((_LAST_DAY - _FIRST_DAY).days + 1))
        if is_working_day(day):
            return day


def written(day: date, rng: random.Random | None = None, *, western_share: float = 0.04) -> WrittenDate:
    """A date in its era.

    Args:
        day: Which.
        rng: If given, also as 元年 and now and then in the western calendar.
        western_share: How often in the western calendar; nought where the form has no 西暦.
    """
    era, year = to_era(day)
    if rng is not None and rng.random() < western_share:
        return western(day)
    first = year == 1 and rng is not None and rng.random() < 0.5
    return WrittenDate(era.kanji, "元" if first else str(year), str(day.month), str(day.day))


def western(day: date) -> WrittenDate:
    """A date in the western calendar."""
    return WrittenDate("西暦", str(day.year), str(day.month), str(day.day))


def written_phone(number: str, rng: random.Random) -> str:
    """As people write it: with hyphens, in brackets, or all in one."""
    how = rng.random()
    if how < 0.85:
        return number
    area, local, line = number.split("-")
    return f"({area}){local}-{line}" if how < 0.95 else f"{area}{local}{line}"


def cells(number: int, width: int) -> str:
    """A count for the cells of a comb, with noughts in front."""
    return f"{number:0{width}d}"


def clock(minutes: int) -> str:
    """A time of day for the four cells of a comb; minutes since midnight."""
    return f"{cells(minutes // 60, 2)}{cells(minutes % 60, 2)}"


def age_on(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
