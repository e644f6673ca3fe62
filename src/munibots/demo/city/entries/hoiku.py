"""教育・保育給付認定申請書 兼 保育所等利用申込書: parents apply for a place in a nursery."""

from __future__ import annotations

import random
from datetime import date, timedelta

from munibots.demo.city.entries.businesses import FIRMS, NURSERIES
from munibots.demo.city.entries.families import Family, make_family, school_of, school_year_end
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import age_on, clock, working_day, written, written_phone
from munibots.demo.city.people import People, Person
from munibots.demo.paper.filling import Entry

__all__ = ["make"]

_DAYS = ("月", "火", "水", "木", "金", "土")
_WHY = ("自宅から近い", "職場に近い", "兄弟が通っている", "延長保育がある", "駅に近い", "園庭が広い", "友人の子が通う")
_REASONS = {"就労": 80, "求職活動": 7, "妊娠・出産": 4, "疾病・障害": 3, "介護・看護": 3, "就学": 2, "その他": 1}
_TAXED_FROM = 16


def make(rng: random.Random, people: People) -> Filled:
    """One application for the youngest child."""
    day = working_day(rng)
    family = make_family(rng, people, (0, 4), 14)
    child = family.children[-1]
    guardian, role = rng.choice(family.parents)
    use_from = _first_of_month(day + timedelta(days=rng.randint(30, 75)))
    age = age_on(child.birth_date, use_from)
    care = age < 3 or rng.random() < 0.85
    start = rng.choice((7 * 60 + 30, 8 * 60, 8 * 60 + 30, 9 * 60))
    short = not care or rng.random() < 0.3
    end = start + (rng.choice((300, 360, 420, 480)) if short else rng.choice((540, 570, 600)))
    entries: dict[str, Entry] = {
        "application_date": written(day),
        **_person("guardian1", guardian, rng),
        "address": family.address.text(prefecture=rng.random() < 0.3),
        "postal_code": family.address.postal_code,
        "phone1": written_phone(people.phone(), rng),
        "phone1_of": role,
        **_person("child1", child, rng),
        "child1_sex": child.sex,
        "disability_card": "有" if rng.random() < 0.04 else "無",
        "wants_care": "有" if care else "無",
        "recognition_class": "1号" if not care else "2号" if age >= 3 else "3号",
        "days": _DAYS if care and rng.random() < 0.25 else _DAYS[:5],
        "time_from": clock(start),
        "time_to": clock(end),
        "use_from": written(use_from),
        "use_to": written(school_year_end(child.birth_date, 6)),
        "welfare": "適用なし",
    }
    if rng.random() < 0.6:
        entries["phone2"] = written_phone(people.phone(), rng)
        entries["phone2_of"] = rng.choice(("自宅", "職場"))
    if rng.random() < 0.1:
        entries["recognition_number"] = str(rng.randrange(100_000, 10_000_000))
    if rng.random() < 0.03:
        entries["welfare"] = "適用あり"
        entries["welfare_since"] = written(day - timedelta(days=rng.randint(100, 1500)))
    for _, side in family.parents:
        name = "father" if side == "父" else "mother"
        entries[f"{name}_january_home"] = "市内" if rng.random() < 0.9 else "市外"
        if care:
            entries[f"{name}_reasons"] = _reasons(rng)
    if care:
        entries["care_hours"] = "保育短時間" if short else "保育標準時間"
    for no, facility in enumerate(rng.sample(NURSERIES, rng.randint(3, 5) if care else 1), start=1):
        entries[f"wish{no}_facility"] = facility
        if rng.random() < 0.8:
            entries[f"wish{no}_reason"] = rng.choice(_WHY)
    return Filled("hoiku", entries | _members(family, child, day, rng), day)


def _person(prefix: str, person: Person, rng: random.Random) -> dict[str, Entry]:
    return {
        f"{prefix}_kana": person.full_katakana,
        f"{prefix}_name": person.full_name,
        f"{prefix}_birth_date": written(person.birth_date, rng, western_share=0),
        f"{prefix}_my_number": person.my_number,
    }


def _members(family: Family, child: Person, day: date, rng: random.Random) -> dict[str, Entry]:
    """Everybody but the child: parents with their work, brothers and sisters with their school."""
    rows: list[tuple[Person, str, str]] = [(p, role, rng.choice(FIRMS)[0]) for p, role in family.parents]
    elder = [c for c in family.children if c is not child]
    rows += [(c, "兄" if c.sex == "男" else "姉", school_of(c.birth_date, day)) for c in elder]
    if family.grandmother is not None:
        rows.append((family.grandmother, "祖母", "無職"))
    entries: dict[str, Entry] = {}
    for no, (person, relationship, occupation) in enumerate(rows[:6], start=1):
        entries |= _person(f"member{no}", person, rng)
        entries[f"member{no}_sex"] = person.sex
        entries[f"member{no}_relationship"] = relationship
        entries[f"member{no}_occupation"] = occupation
        if age_on(person.birth_date, day) >= _TAXED_FROM:
            entries[f"member{no}_taxed"] = "無" if occupation == "無職" or rng.random() < 0.1 else "有"
    return entries


def _reasons(rng: random.Random) -> tuple[str, ...]:
    first = rng.choices(list(_REASONS), list(_REASONS.values()))[0]
    return (first, "介護・看護") if first == "就労" and rng.random() < 0.06 else (first,)


def _first_of_month(day: date) -> date:
    return day.replace(day=1)
