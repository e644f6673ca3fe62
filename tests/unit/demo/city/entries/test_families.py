from __future__ import annotations

import random
from datetime import date

import pytest

from munibots.demo.city.entries.families import birth_order, make_family, school_of, school_year_end
from munibots.demo.city.people import People


def test_families_fit_together() -> None:
    rng = random.Random(2)
    people = People(rng)
    for _ in range(100):
        family = make_family(rng, people, (0, 4), 10)
        everybody = [*(p for p, _ in family.parents), *family.children]
        assert len({p.name for p in everybody}) == len(everybody)
        assert len({p.name[0] for p in everybody}) == 1
        assert [c.age for c in family.children] == sorted((c.age for c in family.children), reverse=True)
        assert family.children[-1].age <= 4
        assert family.children[0].age <= 10
        assert all(p.age - family.children[0].age >= 16 for p, _ in family.parents)
        orders = [birth_order(c, family.children) for c in family.children]
        assert len(set(orders)) == len(orders)


@pytest.mark.parametrize(
    ("born", "day"), [(date(2008, 4, 1), date(2026, 3, 31)), (date(2008, 4, 2), date(2027, 3, 31))]
)
def test_the_school_year_begins_on_the_second_of_april(born: date, day: date) -> None:
    assert school_year_end(born, 18) == day


@pytest.mark.parametrize(
    ("born", "school"),
    [
        (date(2020, 4, 2), "未就学"),
        (date(2020, 4, 1), "小学校1年"),
        (date(2013, 7, 1), "中学校1年"),
        (date(2008, 4, 2), "高校3年"),
    ],
)
def test_where_children_are_in_june_2026(born: date, school: str) -> None:
    assert school_of(born, date(2026, 6, 1)) == school
