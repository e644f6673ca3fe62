from __future__ import annotations

import random
from collections import Counter

from munibots.demo.city.entries.kouza import make
from munibots.demo.city.people import People


def test_the_post_bank_and_the_others_have_each_their_own_numbers() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(200):
        rng = random.Random(seed)
        entries = make(rng, People(rng)).entries
        kind = entries["institution_kind"]
        assert isinstance(kind, str)
        kinds[kind] += 1
        assert ("post_symbol" in entries) is (kind == "ゆうちょ銀行")
        assert ("account_number" in entries) is (kind != "ゆうちょ銀行")
    assert {"銀行", "信用金庫", "労働金庫", "農協", "ゆうちょ銀行"} == set(kinds)
