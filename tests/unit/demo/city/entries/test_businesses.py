from __future__ import annotations

import random

from munibots.demo.city.entries.businesses import bank_account
from munibots.reference.banks import find_banks, find_branches


def test_accounts_are_at_banks_and_branches_that_exist() -> None:
    rng = random.Random(1)
    for _ in range(60):
        account = bank_account(rng)
        assert account.bank_code in {b.code for b in find_banks(account.bank_name)}
        assert account.branch_code in {b.code for b in find_branches(account.bank_code, account.branch_name)}
        assert len(account.number) == 7
