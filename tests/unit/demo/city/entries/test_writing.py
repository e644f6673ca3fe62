from __future__ import annotations

import random
from datetime import date

import pytest

from munibots.demo.city.entries.writing import age_on, cells, clock, western, working_day, written, written_phone
from munibots.demo.paper.filling import WrittenDate
from munibots.japanese.phones import normalise_phone
from munibots.reference.working_days import is_working_day


def test_the_office_is_open_on_a_working_day() -> None:
    rng = random.Random(1)
    assert all(is_working_day(working_day(rng)) for _ in range(50))


def test_a_date_in_its_era_and_in_the_western_calendar() -> None:
    assert written(date(1988, 2, 9)) == WrittenDate("昭和", "63", "2", "9")
    assert western(date(1988, 2, 9)) == WrittenDate("西暦", "1988", "2", "9")


def test_the_first_year_of_an_era_is_also_written_as_such_and_western_dates_only_where_they_may_be() -> None:
    rng = random.Random(1)
    some = [written(date(2019, 6, 1), rng, western_share=0) for _ in range(40)]
    assert {w.year for w in some} == {"1", "元"}
    assert {w.era for w in some} == {"令和"}


def test_telephone_numbers_keep_their_digits_however_they_are_written() -> None:
    rng = random.Random(1)
    forms = {written_phone("03-1234-5678", rng) for _ in range(100)}
    assert forms == {"03-1234-5678", "(03)1234-5678", "0312345678"}
    assert {normalise_phone(form) for form in forms} == {normalise_phone("03-1234-5678")}


def test_counts_and_times_fill_their_cells() -> None:
    assert (cells(8, 3), clock(8 * 60 + 5)) == ("008", "0805")


@pytest.mark.parametrize(("day", "age"), [(date(2026, 4, 9), 39), (date(2026, 4, 10), 40)])
def test_age_changes_on_the_birthday(day: date, age: int) -> None:
    assert age_on(date(1986, 4, 10), day) == age
