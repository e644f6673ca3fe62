from __future__ import annotations

import random
from datetime import date

from munibots.demo.city.entries.companies import make_company
from munibots.demo.city.people import People
from munibots.japanese.kana import kana_doubts
from munibots.japanese.numbers import is_corporate_number


def test_companies_have_sound_numbers_readings_and_ages() -> None:
    rng = random.Random(1)
    people = People(rng)
    day = date(2026, 4, 1)
    for _ in range(200):
        company = make_company(rng, people, day)
        assert is_corporate_number(company.number)
        assert kana_doubts(company.kana) == ()
        assert date(1990, 1, 1) < company.established_on < day
        if "有限会社" in company.name:
            assert company.established_on.year < 2006
        assert company.capital > 0
        assert company.employees > 0
