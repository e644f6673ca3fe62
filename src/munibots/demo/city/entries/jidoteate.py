"""児童手当 認定請求書: a parent claims the allowance for the children."""

from __future__ import annotations

import random

from munibots.demo.city.entries.businesses import FIRMS, bank_account
from munibots.demo.city.entries.families import birth_order, make_family
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry

__all__ = ["make"]

_OLDEST = 16
_PENSIONS = {
    "厚生年金": 68,
    "国民年金": 18,
    "地方公務員等共済": 6,
    "国家公務員共済": 3,
    "私立学校教職員共済": 3,
    "未加入": 2,
}
_SPOUSE_WORK = {"会社員": 35, "パート・アルバイト": 30, "無職": 20, "公務員": 7, "自営業": 5, "その他": 3}


def make(rng: random.Random, people: People) -> Filled:
    """One claim, for one to five children."""
    day = working_day(rng)
    family = make_family(rng, people, (0, 12), _OLDEST)
    claimant = family.parents[0][0]
    account = bank_account(rng)
    pension = rng.choices(list(_PENSIONS), list(_PENSIONS.values()))[0]
    entries: dict[str, Entry] = {
        "claim_date": written(day),
        "claimant1_kana": claimant.full_katakana,
        "claimant1_name": claimant.full_name,
        "claimant1_birth_date": written(claimant.birth_date, rng, western_share=0),
        "claimant1_sex": claimant.sex,
        "claimant1_my_number": claimant.my_number,
        "address": family.address.text(prefecture=rng.random() < 0.4),
        "mobile_phone": written_phone(_mobile(people), rng),
        "employer_name": "自営業" if pension == "国民年金" else rng.choice(FIRMS)[0],
        "pension": pension,
        "has_spouse": "有" if len(family.parents) == 2 else "無",
        "bank_name": account.bank_name,
        "branch_name": account.branch_name,
        "account_number": account.number,
        "account_holder_kana": claimant.full_katakana,
    }
    if rng.random() < 0.9:
        entries["postal_code"] = family.address.postal_code
    if rng.random() < 0.3:
        entries["home_phone"] = written_phone(people.phone(), rng)
    if rng.random() < 0.5:
        entries["work_phone"] = written_phone(people.phone(), rng)
    if rng.random() < 0.8:
        entries["bank_code"], entries["branch_code"] = account.bank_code, account.branch_code
    if len(family.parents) == 2:
        spouse = family.parents[1][0]
        entries["spouse_name"] = spouse.full_name
        entries["spouse_my_number"] = spouse.my_number
        entries["spouse_occupation"] = rng.choices(list(_SPOUSE_WORK), list(_SPOUSE_WORK.values()))[0]
    for no, child in enumerate(family.children, start=1):
        apart = rng.random() < 0.06
        entries[f"child{no}_name"] = child.full_name
        entries[f"child{no}_relationship"] = birth_order(child, family.children)
        entries[f"child{no}_birth_date"] = written(child.birth_date, rng, western_share=0)
        entries[f"child{no}_living"] = "別居" if apart else "同居"
        entries[f"child{no}_custody"] = "有"
        entries[f"child{no}_livelihood"] = "同一"
        if apart:
            entries[f"child{no}_address"] = people.address(in_city=False).text(prefecture=True)
            if child.age >= 12 and rng.random() < 0.5:
                entries[f"child{no}_abroad_since"] = f"令和7年{rng.randint(4, 12)}月"
    return Filled("jidoteate", entries, day)


def _mobile(people: People) -> str:
    while not (number := people.phone()).startswith(("090", "080", "070")):
        pass
    return number
