"""Working days and legal terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.reference.working_days import add_days, is_working_day, within_days

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23), date(2026, 9, 22), date(2025, 12, 29), date(2025, 12, 31),
     date(2026, 1, 1), date(2026, 1, 2), date(2025, 1, 3), date(2019, 5, 1)],
)  # fmt: skip
def test_closing_days(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2022, 12, 28), date(2022, 1, 4), date(2026, 4, 1)])
def test_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 4, 1), date(2026, 4, 15)),
        # The 14th day is Sunday 25 October 2026.
        (date(2026, 10, 11), date(2026, 10, 26)),
        # The 14th day is 29 December: moved past the year end, which ends on a Sunday.
        (date(2026, 12, 15), date(2027, 1, 4)),
        # The 14th day is Saturday 2 May 2026: moved past Golden Week and its substitute holiday.
        (date(2026, 4, 18), date(2026, 5, 7)),
    ],
)
def test_term_of_14_days(start: date, expected: date) -> None:
    assert add_days(start, 14) == expected
    assert within_days(start, expected, 14)
    assert not within_days(start, expected + timedelta(days=1), 14)


@given(DAYS, st.integers(0, 60))
def test_a_term_ends_on_the_first_working_day_from_its_last_day(start: date, days: int) -> None:
    last = add_days(start, days)
    assert is_working_day(last)
    nominal = start + timedelta(days=days)
    assert not any(is_working_day(nominal + timedelta(days=n)) for n in range((last - nominal).days))


@given(DAYS)
def test_before_the_event_is_not_within(start: date) -> None:
    assert within_days(start, start, 14)
    assert not within_days(start, start - timedelta(days=1), 14)


def test_negative_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="0以上"):
        add_days(date(2026, 4, 1), -1)
