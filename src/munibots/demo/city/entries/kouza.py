"""口座振替依頼書: a taxpayer lets the city's taxes be taken from an account."""

from __future__ import annotations

import random

from munibots.demo.city.entries.businesses import Account, bank_account
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, Seal
from munibots.reference.banks import bank, branch

__all__ = ["make"]

_TAXES = {
    "市県民税": 0.45,
    "固定資産税・都市計画税": 0.5,
    "軽自動車税": 0.4,
    "国民健康保険税": 0.35,
    "介護保険料": 0.2,
    "後期高齢者医療保険料": 0.15,
}
# Bank and branch of the other kinds; the table has their names in short.
_COOPERATIVES = (
    ("信用金庫", "信金", "1506", "002"), ("信用金庫", "信金", "1506", "004"), ("信用金庫", "信金", "1505", "003"), ("信用金庫", "信金", "1282", "002"),
    ("労働金庫", "労金", "2968", "402"), ("労働金庫", "労金", "2963", "165"), ("農協", "農協", "6373", "020"), ("農協", "農協", "5137", "002"),
)  # fmt: skip
_STARTS = ("全期分から", "第1期から", "第2期から", "第3期から", "令和8年度から", "次の納期から")


def make(rng: random.Random, people: People) -> Filled:
    """One order; one in five is for the post bank."""
    day = working_day(rng)
    household = people.household(people.address(in_city=True))
    payer = household.head
    holder = payer if rng.random() < 0.85 else rng.choice(household.adults)[0]
    kind = rng.choices(("新規", "変更", "停止"), (80, 15, 5))[0]
    entries: dict[str, Entry] = {
        "application_date": written(day),
        "request_kind": kind,
        "payer_address": household.address.text(prefecture=rng.random() < 0.3),
        "payer_kana": payer.full_katakana,
        "payer_name": payer.full_name,
        "holder_kana": holder.full_katakana,
        "holder_name": holder.full_name,
        "taxes": tuple(tax for tax, share in _TAXES.items() if rng.random() < share) or ("市県民税",),
        "payment_method": "全期前納" if rng.random() < 0.35 else "期別",
    }
    if rng.random() < 0.85:
        entries["payer_phone"] = written_phone(people.phone(), rng)
    if rng.random() < 0.6:
        entries["notice_number"] = str(rng.randint(10_000, 9_999_999_999))
    if kind != "停止" or rng.random() < 0.3:
        entries["start_period"] = rng.choice(_STARTS)
    entries |= _post_account(rng) if rng.random() < 0.2 else _account(rng)
    seal = Seal("holder_name", holder.name[0]) if rng.random() < 0.6 else None
    return Filled("kouza", entries, day, seal)


def _account(rng: random.Random) -> dict[str, Entry]:
    account = bank_account(rng)
    kind = "銀行"
    if rng.random() < 0.4:
        kind, account = _cooperative_account(rng, account)
    entries: dict[str, Entry] = {
        "institution_kind": kind,
        "bank_name": account.bank_name,
        "branch_name": account.branch_name,
        "account_kind": rng.choices(("普通", "当座", "納税準備"), (93, 4, 3))[0],
        "account_number": account.number,
    }
    if rng.random() < 0.65:
        entries["bank_code"], entries["branch_code"] = account.bank_code, account.branch_code
    return entries


def _cooperative_account(rng: random.Random, account: Account) -> tuple[str, Account]:
    kind, short, bank_code, branch_code = rng.choice(_COOPERATIVES)
    its_bank, its_branch = bank(bank_code), branch(bank_code, branch_code)
    assert its_bank is not None, "the table of banks is older than the list above"
    assert its_branch is not None, "the table of banks is older than the list above"
    return kind, Account(
        bank_code=bank_code,
        bank_name=its_bank.name.replace(short, kind),
        branch_code=branch_code,
        branch_name=f"{its_branch.name}支店",
        number=account.number,
    )


def _post_account(rng: random.Random) -> dict[str, Entry]:
    number = rng.randrange(10 ** rng.randint(4, 7))
    return {
        "institution_kind": "ゆうちょ銀行",
        "post_symbol": f"1{rng.randrange(1000):03d}0",
        "post_number": f"{max(1, number)}1",
    }
