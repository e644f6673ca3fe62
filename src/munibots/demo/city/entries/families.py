"""Families with children, as the forms about children need them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from munibots.demo.city.people import Address, People, Person

__all__ = ["Family", "birth_order", "make_family", "school_of", "school_year_end"]

_ORDER = ("長", "二", "三", "四", "五")


@dataclass(frozen=True, slots=True)
class Family:
    """Parents, each with 父 or 母, children from the eldest, perhaps a grandmother, at one address."""

    parents: tuple[tuple[Person, str], ...]
    children: tuple[Person, ...]
    address: Address
    grandmother: Person | None = None


def make_family(rng: random.Random, people: People, youngest: tuple[int, int], oldest: int) -> Family:
    """A family of the demo city.

    Args:
        rng: Where all chance comes from.
        people: Makes the persons.
        youngest: Range of the youngest child's age on the register's day.
        oldest: No child is older.
    """
    name = people.family_name()
    ages = [rng.randint(*youngest)]
    while len(ages) < 5 and rng.random() < (0.55 if len(ages) == 1 else 0.25):
        ages.append(ages[-1] + rng.randint(1, 4))
    ages = [age for age in ages if age <= oldest]
    taken: set[str] = set()

    def person(sex: str, age: int) -> Person:
        """No two of a family have one name."""
        while (one := people.person(name, sex, age)).name[1] in taken:
            pass
        taken.add(one.name[1])
        return one

    children = tuple(person(rng.choice("男女"), age) for age in reversed(ages))
    mother_age = min(49, max(ages) + rng.randint(22, 34))
    parents: tuple[tuple[Person, str], ...] = ((person("女", mother_age), "母"),)
    if rng.random() < 0.85:
        parents = ((person("男", min(51, max(24, mother_age + rng.randint(-4, 7)))), "父"), *parents)
    grandmother = person("女", mother_age + rng.randint(22, 30)) if rng.random() < 0.12 else None
    return Family(parents, children, people.address(in_city=True), grandmother)


def birth_order(child: Person, children: tuple[Person, ...]) -> str:
    """長男, 二女 …: the place of a child among those of the same sex."""
    same = [c for c in children if c.sex == child.sex]
    return f"{_ORDER[same.index(child)]}{child.sex}"


def school_year_end(born: date, age: int) -> date:
    """The first 31 March after a birthday; who was born on 1 April belongs to the year before."""
    return date(born.year + age + ((born.month, born.day) >= (4, 2)), 3, 31)


def school_of(born: date, day: date) -> str:
    """Where a child is on a day: at home, or in which year of which school."""
    past = day.year - school_year_end(born, 6).year + (day.month >= 4) - 1
    for school, years in (("小学校", 6), ("中学校", 3), ("高校", 3)):
        if 0 <= past < years:
            return f"{school}{past + 1}年"
        past -= years
    return "未就学"
