"""市民税・県民税申告書: a resident declares income and deductions; all totals are right."""

from __future__ import annotations

import random
from datetime import date, timedelta

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import age_on, written, written_phone
from munibots.demo.city.people import People, Person
from munibots.demo.paper.filling import Entry, Seal
from munibots.reference.working_days import is_working_day

__all__ = ["make"]

_FIRST, _LAST = date(2026, 2, 2), date(2026, 3, 16)
_BASIC, _SPOUSE, _DEPENDANT, _SPECIAL_DEPENDANT, _MEDICAL_FLOOR = 430_000, 330_000, 330_000, 450_000, 100_000
"""Amounts of 地方税法314条の2; the medical costs beyond the floor are deducted."""
_MISC = ("income_pension", "income_side", "income_other")
_BESIDE = (
    ("interest", 0.04, 20_000),
    ("dividend", 0.12, 400_000),
    ("side", 0.12, 900_000),
    ("other", 0.08, 300_000),
)
"""Income beside the main one: kind, share, highest revenue."""
_REASONS = ("家族の扶養", "遺族・障害年金", "失業給付", "預貯金", "学生", "その他")


def make(rng: random.Random, people: People) -> Filled:
    """One declaration; one in eight is of somebody without income."""
    day = _day(rng)
    name = people.family_name()
    declarant = people.person(name, rng.choice("男女"), rng.randint(24, 84))
    address = people.address(in_city=True)
    entries: dict[str, Entry] = {
        "filing_date": written(day),
        "address": address.text(prefecture=rng.random() < 0.3),
        "address_january": "同上" if rng.random() < 0.5 else address.text(prefecture=False),
        "declarant1_kana": declarant.full_katakana,
        "declarant1_name": declarant.full_name,
        "declarant1_my_number": declarant.my_number,
        "declarant1_birth_date": written(declarant.birth_date, rng, western_share=0),
        "phone": written_phone(people.phone(), rng),
    }
    if rng.random() < 0.8:
        entries["address_code"] = str(rng.randint(100_000, 99_999_999))
    seal = Seal("declarant1_name", declarant.name[0]) if rng.random() < 0.3 else None
    if rng.random() < 0.12:
        entries["no_income_reason"] = rng.choice(_REASONS)
        return Filled("shiminzei", entries, day, seal)
    income, occupation = _income(rng, declarant)
    entries |= {field: str(amount) for field, amount in income.items()}
    entries["occupation"] = occupation
    entries |= _relatives_and_deductions(rng, people, declarant, day, income)
    return Filled("shiminzei", entries, day, seal)


def _day(rng: random.Random) -> date:
    while True:
        day = _FIRST + timedelta(days=rng.randrange((_LAST - _FIRST).days + 1))
        if is_working_day(day):
            return day


def _income(rng: random.Random, declarant: Person) -> tuple[dict[str, int], str]:
    """Revenues, incomes with their totals, and the occupation."""
    lines: dict[str, int] = {}
    occupation = "年金生活"
    if declarant.age >= 66:
        lines["revenue_pension"] = rng.randint(700_000, 3_200_000)
        lines["income_pension"] = max(0, lines["revenue_pension"] - 1_100_000)
    elif rng.random() < 0.6:
        occupation = rng.choice(("会社員", "パート", "アルバイト", "団体職員"))
        lines["revenue_salary"] = rng.randint(800_000, 7_500_000)
        lines["income_salary"] = max(0, lines["revenue_salary"] - max(650_000, lines["revenue_salary"] * 3 // 10))
    else:
        kind, occupation = rng.choice((("business", "自営業"), ("farming", "農業"), ("property", "不動産賃貸")))
        revenue = rng.randint(900_000, 18_000_000)
        lines[f"revenue_{kind}"] = revenue
        lines[f"income_{kind}"] = int(revenue * rng.uniform(0.08, 0.6))
    for kind, share, top in _BESIDE:
        if rng.random() < share:
            lines[f"revenue_{kind}"] = rng.randint(3_000, top)
            lines[f"income_{kind}"] = int(lines[f"revenue_{kind}"] * rng.uniform(0.4, 1.0))
    if rng.random() < 0.1:
        kind = rng.choice(("occasional", "short_gain", "long_gain"))
        lines[f"revenue_{kind}"] = rng.randint(600_000, 2_000_000)
        gain = lines[f"revenue_{kind}"] - 500_000
        # Half of a gain counts, but all of one on what was held for five years or less.
        lines["income_gains"] = gain if kind == "short_gain" else gain // 2
    misc = [lines[name] for name in _MISC if name in lines]
    total = sum(amount for field, amount in lines.items() if field.startswith("income_"))
    if misc:
        lines["income_misc_total"] = sum(misc)
    lines["income_total"] = total
    return lines, occupation


def _relatives_and_deductions(
    rng: random.Random, people: People, declarant: Person, day: date, income: dict[str, int]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    total = income["income_total"]
    lines["deduction_social"] = max(12_000, int(total * rng.uniform(0.05, 0.16)))
    for name, share, top in (("life", 0.6, 70_000), ("earthquake", 0.3, 25_000), ("mutual_aid", 0.12, 816_000)):
        if rng.random() < share:
            lines[f"deduction_{name}"] = rng.randint(2_000, top)
    if rng.random() < 0.05:
        lines["deduction_disability"] = 260_000
    family = declarant.name[0], declarant.kana[0]
    if rng.random() < 0.06:
        lines["deduction_single_parent"] = 300_000
    elif rng.random() < 0.35:
        spouse = people.person(
            family, "女" if declarant.sex == "男" else "男", max(20, declarant.age + rng.randint(-6, 5))
        )
        entries["spouse_name"] = spouse.full_name
        entries["spouse_birth_date"] = written(spouse.birth_date, rng, western_share=0)
        entries["spouse_my_number"] = spouse.my_number
        lines["deduction_spouse"] = _SPOUSE
    relatives = _dependants(rng, people, declarant, day)
    if relatives:
        entries |= _rows("dependant", relatives, rng)
        lines["deduction_dependants"] = sum(
            _SPECIAL_DEPENDANT if p.age in range(18, 22) else _DEPENDANT for p, _ in relatives
        )
        if rng.random() < 0.15:
            lines["deduction_special_relative"] = rng.choice((30_000, 110_000, 310_000))
    entries |= _rows("child", _children(rng, people, declarant), rng)
    lines["deduction_basic"] = _BASIC
    lines["deduction_subtotal"] = sum(lines.values())
    if rng.random() < 0.25:
        paid, covered = rng.randint(110_000, 900_000), rng.choice((0, 0, rng.randint(1_000, 9_000)))
        entries["medical_paid"] = str(paid)
        if covered:
            entries["medical_covered"] = str(covered)
        lines["deduction_medical"] = max(0, paid - covered - _MEDICAL_FLOOR)
    if rng.random() < 0.04:
        lines["deduction_casualty"] = rng.randint(20_000, 600_000)
    beside = lines.get("deduction_medical", 0) + lines.get("deduction_casualty", 0)
    lines["deduction_total"] = lines["deduction_subtotal"] + beside
    return entries | {field: str(amount) for field, amount in lines.items()}


def _dependants(rng: random.Random, people: People, declarant: Person, day: date) -> list[tuple[Person, str]]:
    """Relatives of sixteen and more: grown children, or an old parent."""
    family = declarant.name[0], declarant.kana[0]
    found: list[tuple[Person, str]] = []
    if 40 <= declarant.age <= 60:
        ages = [rng.randint(16, 22) for _ in range(rng.choice((0, 0, 1, 2)))]
        found += [(people.person(family, rng.choice("男女"), age), "子") for age in ages]
    if 45 <= declarant.age <= 68 and rng.random() < 0.2:
        sex = rng.choice("男女")
        parent = people.person(family, sex, min(98, declarant.age + rng.randint(22, 32)))
        found.append((parent, "父" if sex == "男" else "母"))
    return [(person, kin) for person, kin in found if age_on(person.birth_date, day) >= 16]


def _children(rng: random.Random, people: People, declarant: Person) -> list[tuple[Person, str]]:
    if not 26 <= declarant.age <= 52:
        return []
    family = declarant.name[0], declarant.kana[0]
    oldest = min(14, declarant.age - 22)
    return [
        (people.person(family, rng.choice("男女"), rng.randint(0, oldest)), "子")
        for _ in range(rng.choice((0, 0, 1, 2, 3)))
    ]


def _rows(group: str, people: list[tuple[Person, str]], rng: random.Random) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for no, (person, kin) in enumerate(people, start=1):
        row = f"{group}{no}"
        entries[f"{row}_kana"] = person.full_katakana
        entries[f"{row}_name"] = person.full_name
        entries[f"{row}_birth_date"] = written(person.birth_date, rng, western_share=0)
        entries[f"{row}_my_number"] = person.my_number
        entries[f"{row}_living"] = "同居" if rng.random() < 0.9 else "別居"
        entries[f"{row}_relationship"] = kin
    return entries
