from __future__ import annotations

import random
from datetime import date

from munibots.demo.city.entries.shiminzei import make
from munibots.demo.city.people import People


def test_the_total_is_the_sum_of_all_deductions() -> None:
    without_income = 0
    for seed in range(150):
        rng = random.Random(seed)
        filled = make(rng, People(rng))
        assert date(2026, 2, 2) <= filled.filed_on <= date(2026, 3, 16)
        deductions = {n: int(str(e)) for n, e in filled.entries.items() if n.startswith("deduction_")}
        if "no_income_reason" in filled.entries:
            without_income += 1
            assert deductions == {}
            continue
        total, subtotal = deductions.pop("deduction_total"), deductions.pop("deduction_subtotal")
        assert total == sum(deductions.values())
        late = deductions.get("deduction_medical", 0) + deductions.get("deduction_casualty", 0)
        assert subtotal == total - late
    assert 5 < without_income < 40
