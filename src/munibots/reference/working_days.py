"""Days on which a municipality is closed, and the last day of a legal term.

- 地方自治法 第4条の2: 日曜日・土曜日, 国民の祝日, and the year end that the municipality's ordinance names
  (29 December to 3 January in practice) are its closing days. Its paragraph 4 moves a term for a filing that
  ends on one to the next day.
- 民法 第140条 (the first day does not count), 第141条, 第142条.
"""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["add_days", "is_working_day", "within_days"]


def is_working_day(day: date) -> bool:
    """Whether the town hall is open: no Saturday, Sunday, national holiday, nor 29 December to 3 January."""
    # Loaded here: the holiday tables take longer to load than most commands run.
    import jpholiday

    if day.weekday() >= 5 or (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return False
    return not jpholiday.is_holiday(day)


def add_days(start: date, days: int) -> date:
    """The last day of a term: ``days`` days after ``start``, moved past closing days.

    Args:
        start: The day of the event, which does not count.
        days: Length of the term in calendar days, 0 or more (14 for 転入 and 転居, 住民基本台帳法
            第22条・第23条).

    Returns:
        A working day.

    Raises:
        ValueError: ``days`` is negative.
    """
    if days < 0:
        raise ValueError("日数は0以上で指定してください。")
    last = start + timedelta(days=days)
    while not is_working_day(last):
        last += timedelta(days=1)
    return last


def within_days(start: date, end: date, limit: int) -> bool:
    """Whether ``end`` is not before ``start`` and not after the term of ``limit`` days that begins there.

    Args:
        start: The day of the event (異動日).
        end: The day of the filing (届出日).
        limit: Length of the term in calendar days.

    Returns:
        True on the last day of the term and on the working day to which a closing day moves it.

    Raises:
        ValueError: ``limit`` is negative.
    """
    return start <= end <= add_days(start, limit)
