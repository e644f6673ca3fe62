"""Amounts of a municipal tax declaration, reckoned again."""

from __future__ import annotations

import random
from collections.abc import Mapping

from munibots.demo.city.entries.houjin_20go import make
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry


def amounts(entries: Mapping[str, Entry]) -> dict[str, int]:
    return {name: int(entry) for name, entry in entries.items() if isinstance(entry, str) and entry.isdecimal()}


def test_every_cut_and_sum_is_that_of_the_law() -> None:
    shared = 0
    for seed in range(200):
        rng = random.Random(seed)
        lines = amounts(make(rng, People(rng)).entries)
        added = sum(lines.get(n, 0) for n in ("corporate_tax", "research_credit", "zone_credit", "pension_tax"))
        assert lines["tax_base"] == max(0, added - lines.get("refund_deduction", 0)) // 1000 * 1000
        if "shared_base" in lines:
            shared += 1
            assert lines["shared_base"] <= lines["tax_base"]
        levy = lines["shared_levy"] if "shared_base" in lines else lines["levy"]
        assert levy == lines.get("shared_base", lines["tax_base"]) * 6 // 100
        taken_off = lines.get("foreign_tax", 0) + lines.get("fictitious_tax", 0)
        assert lines["balance"] == (levy - taken_off) // 100 * 100
        assert lines["per_capita"] == lines["per_capita_year"] * lines["months"] // 12 // 100 * 100
    assert 10 < shared < 120
