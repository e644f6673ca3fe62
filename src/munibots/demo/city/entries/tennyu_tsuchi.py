"""転入通知: people have left the demo city, and their new municipality tells it."""

from __future__ import annotations

import random
from datetime import timedelta

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import cells, working_day, written
from munibots.demo.city.people import Address, People
from munibots.demo.paper.filling import Entry
from munibots.reference.postal_codes import towns

__all__ = ["make"]

_MOST = 4


def make(rng: random.Random, people: People) -> Filled:
    """A household, or a part of it, has moved from the demo city to elsewhere."""
    notice_day = working_day(rng)
    moved_in = notice_day - timedelta(days=rng.randint(0, 9))
    old, new = people.address(in_city=True), people.address(in_city=False)
    household = people.household(old)
    whole = len(household.members) <= _MOST and rng.random() < 0.7
    movers = household.members if whole else household.adults[-1:]
    entries: dict[str, Entry] = {
        "notice_date": written(notice_day),
        "sender": _municipality(new),
        "addressee": _municipality(old),
        "new_postal_code": new.postal_code,
        "new_address": new.text(prefecture=True),
        "moved_in_on": written(moved_in),
        "old_address": old.text(prefecture=True),
        "extent": "全部転入" if whole else "一部転入",
    }
    if rng.random() < 0.8:
        entries["notice_number"] = cells(rng.randrange(1, 10**6), 8)
    if rng.random() < 0.9:
        entries["old_householder"] = household.head.full_name
    if rng.random() < 0.8:
        entries["planned_departure"] = written(moved_in - timedelta(days=rng.randint(0, 20)))
    for no, (person, _) in enumerate(movers, start=1):
        entries[f"person{no}_juminhyo_code"] = person.juminhyo_code
        entries[f"person{no}_kana"] = person.full_katakana
        entries[f"person{no}_name"] = person.full_name
        entries[f"person{no}_birth_date"] = written(person.birth_date, rng, western_share=0)
        entries[f"person{no}_sex"] = person.sex
    return Filled("tennyu_tsuchi", entries, notice_day)


def _municipality(address: Address) -> str:
    town = towns(address.postal_code)[0]
    return f"{town.prefecture}{town.city}"
