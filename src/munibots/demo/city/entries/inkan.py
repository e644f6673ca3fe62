"""印鑑登録申請書: a resident registers a seal."""

from __future__ import annotations

import random

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, Seal

__all__ = ["make"]

_METHODS = {"写真付き証明": 74, "照会書・回答書": 16, "保証人": 10}


def make(rng: random.Random, people: People) -> Filled:
    """One application of a resident of 16 or more."""
    day = working_day(rng)
    holder = people.person(
        people.family_name(), rng.choice("男女"), rng.choice((rng.randint(16, 30), rng.randint(31, 88)))
    )
    method = rng.choices(list(_METHODS), list(_METHODS.values()))[0]
    entries: dict[str, Entry] = {
        "application_date": written(day),
        "address": people.address(in_city=True).text(prefecture=rng.random() < 0.3),
        "holder1_kana": holder.full_katakana,
        "holder1_name": holder.full_name,
        "holder1_birth_date": written(holder.birth_date, rng),
        "identity_method": method,
    }
    if rng.random() < 0.35:
        entries["holder1_sex"] = holder.sex
    if rng.random() < 0.9:
        entries["phone"] = written_phone(people.phone(), rng)
    if method == "保証人":
        guarantor = people.person(people.family_name(), rng.choice("男女"), rng.randint(25, 80))
        entries["guarantor_address"] = people.address(in_city=True).text(prefecture=False)
        entries["guarantor_name"] = guarantor.full_name
        entries["guarantor_number"] = str(rng.randint(1000, 99_999_999))
    if method == "照会書・回答書" and rng.random() < 0.6:
        agent = people.person(people.family_name(), rng.choice("男女"), rng.randint(20, 80))
        entries["agent_address"] = people.address(in_city=rng.random() < 0.8).text(prefecture=rng.random() < 0.3)
        entries["agent_name"] = agent.full_name
    seal = Seal("holder1_name", holder.name[0]) if rng.random() < 0.5 else None
    return Filled("inkan", entries, day, seal)
