"""法人市民税申告書(第20号様式): a company declares its municipal tax; all sums and cuts are right."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date, timedelta

from munibots.demo.city.entries.companies import Company, make_company
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import cells, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, Seal
from munibots.japanese.kana import to_hiragana

__all__ = ["make"]

_RATE = 60
"""6.0 %, in tenths of a percent: 地方税法314条の4, the standard rate."""


def make(rng: random.Random, people: People) -> Filled:
    """One declaration: final, interim or amended."""
    kind = rng.choices(("確定", "中間", "修正"), (78, 12, 10))[0]
    end_month = rng.choice((3, 3, 3, 12, 9, 6))
    end = date(2026 if end_month < 9 else 2025, end_month, monthrange(2026, end_month)[1])
    months = 12 if rng.random() < 0.8 else rng.randint(1, 11)
    start = date(end.year - 1, end.month % 12 + 1, 1) if end.month < 12 else date(end.year, 1, 1)
    if kind == "中間":
        half = (start.month + 4) % 12 + 1
        end = date(start.year + (half < start.month), half, monthrange(2026, half)[1])
        months = min(months, 6)
    day = end + timedelta(days=rng.randint(25, 60) if kind != "修正" else rng.randint(100, 250))
    company = make_company(rng, people, start)
    entries = _head(rng, people, company, day, kind)
    entries |= {"period_from": written(start, rng, western_share=0), "period_to": written(end)}
    entries |= {name: str(amount) for name, amount in _amounts(rng, company, months).items()}
    entries |= {"tax_rate": cells(_RATE, 3), "months": cells(months, 2)}
    seal = Seal("representative_name", company.representative.name[0]) if rng.random() < 0.35 else None
    return Filled("houjin_20go", entries, day, seal)


def _head(rng: random.Random, people: People, company: Company, day: date, kind: str) -> dict[str, Entry]:
    representative = company.representative
    reserve = rng.choice((0, 0, 0, company.capital // 2, company.capital))
    entries: dict[str, Entry] = {
        "filing_date": written(day),
        "corporate_number": company.number,
        "address": company.head_office.text(prefecture=rng.random() < 0.6),
        "phone": written_phone(people.phone(), rng),
        "company_kana": to_hiragana(company.kana),
        "company_name": company.name,
        "representative_kana": representative.full_kana,
        "representative_name": representative.full_name,
        "business": company.business,
        "capital": str(company.capital),
        "capital_and_reserve": str(company.capital + reserve),
        "capital_etc": str(company.capital + reserve),
        "filing_kind": kind,
        "employees": cells(company.employees, 5),
    }
    if rng.random() < 0.7:
        entries["control_number"] = str(rng.randint(10_000, 9_999_999))
    if rng.random() < 0.6:
        accountant = people.person(people.family_name(), rng.choice("男女"), rng.randint(28, 66))
        entries["accountant_kana"], entries["accountant_name"] = accountant.full_kana, accountant.full_name
    return entries


def _amounts(rng: random.Random, company: Company, months: int) -> dict[str, int]:
    """Lines ① to ⑭ as far as they are filled in."""
    tax = 0 if rng.random() < 0.25 else int(10 ** rng.uniform(4.5, 8.3))
    lines = {"corporate_tax": tax}
    for name, share, part in (("research_credit", 0.12, 0.1), ("zone_credit", 0.04, 0.05), ("pension_tax", 0.03, 0.02)):
        if tax and rng.random() < share:
            lines[name] = int(tax * rng.uniform(0.01, part))
    if tax and rng.random() < 0.05:
        lines["refund_deduction"] = int(tax * rng.uniform(0.05, 0.5))
    added = sum(amount for name, amount in lines.items() if name != "refund_deduction")
    lines["tax_base"] = max(0, added - lines.get("refund_deduction", 0)) // 1000 * 1000
    if tax and rng.random() < 0.3:
        lines["shared_base"] = int(lines["tax_base"] * rng.uniform(0.05, 0.8)) // 1000 * 1000
        lines["shared_levy"] = levy = lines["shared_base"] * _RATE // 1000
    else:
        lines["levy"] = levy = lines["tax_base"] * _RATE // 1000
    if levy and rng.random() < 0.08:
        lines["foreign_tax"] = int(levy * rng.uniform(0.01, 0.3))
    if levy and rng.random() < 0.03:
        lines["fictitious_tax"] = int(levy * rng.uniform(0.01, 0.1))
    taken_off = lines.get("foreign_tax", 0) + lines.get("fictitious_tax", 0)
    lines["balance"] = max(0, levy - taken_off) // 100 * 100
    if lines["balance"] and rng.random() < 0.35:
        lines["paid"] = int(lines["balance"] * rng.uniform(0.2, 0.6)) // 100 * 100
    lines["payable"] = lines["balance"] - lines.get("paid", 0)
    lines["per_capita_year"] = _per_capita_year(company)
    lines["per_capita"] = lines["per_capita_year"] * months // 12 // 100 * 100
    return lines


def _per_capita_year(company: Company) -> int:
    """The standard yearly amount by capital and employees: 地方税法312条1項."""
    many = company.employees > 50
    if company.capital <= 10_000_000:
        return 120_000 if many else 50_000
    if company.capital <= 100_000_000:
        return 150_000 if many else 130_000
    return 400_000 if many else 160_000
