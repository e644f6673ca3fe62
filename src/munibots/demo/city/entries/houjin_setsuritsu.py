"""法人設立・設置届出書: a company is founded, or opens an office in the city."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import replace
from datetime import timedelta

from munibots.demo.city.entries.companies import make_company
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import cells, working_day, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, Seal

__all__ = ["make"]

_KINDS = {"普通法人": 86, "公益法人等": 4, "協同組合等": 4, "人格のない社団等": 3, "外国法人": 3}
_RECIPIENTS = ("三島市長", "市長", "市民税課長")


def make(rng: random.Random, people: People) -> Filled:
    """One notification, mostly within two months."""
    day = working_day(rng)
    opened = day - timedelta(days=rng.randint(3, 58) if rng.random() < 0.88 else rng.randint(65, 200))
    company = make_company(rng, people, opened)
    founded = rng.random() < 0.55
    if founded:
        company = replace(company, established_on=opened)
    start = rng.choice((4, 4, 4, 1, 7, 10, rng.randint(1, 12)))
    end = (start + 10) % 12 + 1
    entries: dict[str, Entry] = {
        "filing_date": written(day),
        "recipient": rng.choice(_RECIPIENTS),
        "filing_kind": "設立" if founded else "設置",
        "company_kana": company.kana,
        "company_name": company.name,
        "head_postal_code": company.head_office.postal_code,
        "head_address": company.head_office.text(prefecture=rng.random() < 0.7),
        "head_phone": written_phone(people.phone(), rng),
        "representative_name": company.representative.full_name,
        "established_on": written(company.established_on, rng, western_share=0),
        "office_opened_on": written(opened),
        "office_name": company.office_name,
        "office_address": company.office.text(prefecture=rng.random() < 0.3),
        "corporation_kind": (rng.choices(list(_KINDS), list(_KINDS.values()))[0],),
        "year_from": f"{start:02d}01",
        "year_to": f"{end:02d}{monthrange(2025, end)[1]}",
        "stated_capital": str(company.capital),
        "capital_etc": str(company.capital + rng.choice((0, 0, 500_000, 2_500_000))),
        "purpose": company.business,
        "extension": "有" if rng.random() < 0.2 else "無",
        "attachments": ("定款等の写し", "登記事項証明書の写し") if rng.random() < 0.8 else ("登記事項証明書の写し",),
    }
    if rng.random() < 0.85:
        entries["corporate_number"] = company.number
    if rng.random() < 0.7:
        entries["representative_address"] = people.address(in_city=rng.random() < 0.5).text(prefecture=True)
    if rng.random() < 0.5:
        entries["floor_area"] = cells(rng.randint(20, 4000), 5)
    if rng.random() < 0.8:
        entries["employees"] = cells(company.employees, 4)
    if rng.random() < 0.6:
        entries["group_taxation"] = rng.choices(("該当なし", "通算子法人", "通算親法人"), (84, 12, 4))[0]
    if rng.random() < 0.55:
        accountant = people.person(people.family_name(), rng.choice("男女"), rng.randint(32, 75))
        entries["accountant_name"] = accountant.full_name
        entries["accountant_phone"] = written_phone(people.phone(), rng)
    seal = Seal("representative_name", company.representative.name[0]) if rng.random() < 0.4 else None
    return Filled("houjin_setsuritsu", entries, day, seal)
