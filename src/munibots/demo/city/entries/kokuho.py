"""国民健康保険 資格取得届: a householder tells who joins the national health insurance."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import Household, People, Person
from munibots.demo.paper.filling import Entry

__all__ = ["make"]

_REASONS = {"社保離脱": 55, "転入": 28, "出生": 10, "生活保護廃止": 3, "その他": 4}
_OLDEST = 74
"""From 75 on everybody is in the other insurance 後期高齢者医療."""


def make(rng: random.Random, people: People) -> Filled:
    """One notification, for one to five people."""
    day = working_day(rng)
    reason = rng.choices(list(_REASONS), list(_REASONS.values()))[0]
    household = _household(rng, people)
    acquired = day - timedelta(days=rng.randint(0, 14) if rng.random() < 0.85 else rng.randint(15, 40))
    joining = [m for m in household.members if m[0].age < _OLDEST] or [household.members[0]]
    if reason == "出生":
        family = household.head.name[0], household.head.kana[0]
        baby = replace(people.person(family, rng.choice("男女"), 0), birth_date=acquired)
        joining = [(baby, "子")]
    elif reason == "社保離脱" and rng.random() < 0.4:
        joining = joining[:1]
    head = household.head
    entries: dict[str, Entry] = {
        "notification_date": written(day),
        "notification_kind": "取得",
        "householder_name": head.full_name,
        "householder_my_number": head.my_number,
        "address": household.address.text(prefecture=rng.random() < 0.3),
        "phone": written_phone(people.phone(), rng),
        "acquired_on": written(acquired),
        "reason": reason,
    }
    if rng.random() < 0.9:
        entries["postal_code"] = household.address.postal_code
    if reason == "出生":
        entries["symbol_number"] = str(rng.randrange(1_000_000, 10_000_000))
    for no, (person, relationship) in enumerate(joining[:5], start=1):
        entries[f"person{no}_kana"] = person.full_katakana
        entries[f"person{no}_name"] = person.full_name
        entries[f"person{no}_birth_date"] = written(person.birth_date, rng, western_share=0)
        entries[f"person{no}_sex"] = person.sex
        entries[f"person{no}_relationship"] = relationship
        entries[f"person{no}_my_number"] = person.my_number
    visitor, relation = _visitor(household, rng, people)
    entries["visitor_name"], entries["visitor_relation"] = visitor.full_name, relation
    return Filled("kokuho", entries, day)


def _household(rng: random.Random, people: People) -> Household:
    while True:
        household = people.household(people.address(in_city=True))
        if household.head.age < _OLDEST:
            return household


def _visitor(household: Household, rng: random.Random, people: People) -> tuple[Person, str]:
    how = rng.random()
    if how < 0.7 or len(household.adults) == 1:
        return household.head, "世帯主"
    if how < 0.95:
        return household.adults[1][0], "同一世帯員"
    return people.person(people.family_name(), rng.choice("男女"), rng.randint(25, 70)), "代理人"
