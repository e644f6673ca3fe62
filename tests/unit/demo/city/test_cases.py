from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from munibots.demo.city.cases import MovementCase, make_cases, with_no_such_date, with_wrong_my_number
from munibots.demo.city.people import Household
from munibots.demo.paper.filling import WrittenDate
from munibots.japanese.eras import InvalidEraDateError, parse_date
from munibots.japanese.numbers import is_my_number
from munibots.reference.working_days import is_working_day

CASES, REGISTER = make_cases(200, random.Random(11))


def day(case: MovementCase, name: str) -> date:
    entry = case.entries[name]
    assert isinstance(entry, WrittenDate)
    return parse_date(entry.text)


def residents(register: list[Household]) -> set[str]:
    return {p.full_name for h in register for p, _ in h.members}


def test_kinds_come_in_their_shares() -> None:
    kinds = Counter(case.entries["movement_kind"] for case in CASES)
    assert kinds == {"転入": 90, "転居": 60, "転出": 30, "世帯変更": 20}


def test_dates_are_plausible() -> None:
    for case in CASES:
        notified, moved = day(case, "notification_date"), day(case, "movement_date")
        assert notified == case.notified_on
        assert is_working_day(notified)
        assert notified.year == 2026
        ahead = (moved - notified).days
        assert 0 <= ahead <= 20 if case.entries["movement_kind"] == "転出" else -20 <= ahead <= 0
        for name in (n for n in case.entries if n.endswith("_birth_date")):
            assert day(case, name) < notified


def test_movers_are_residents_unless_they_move_in() -> None:
    names = residents(REGISTER)
    for case in CASES:
        if case.entries["movement_kind"] != "転入":
            movers = [v for n, v in case.entries.items() if n.startswith("mover") and n.endswith("_name")]
            assert movers
            assert names.issuperset(movers)  # type: ignore[arg-type]


def test_movers_are_one_to_five_and_complete() -> None:
    for case in CASES:
        slots = [no for no in range(1, 6) if f"mover{no}_name" in case.entries]
        assert slots == list(range(1, len(slots) + 1))
        for no in slots:
            assert {
                f"mover{no}_{part}" for part in ("kana", "birth_date", "sex", "relationship")
            } <= case.entries.keys()
        heads = [n for n in case.entries if n.endswith("_relationship") and case.entries[n] == "世帯主" and n[0] == "m"]
        assert len(heads) <= 1


def test_optional_fields_are_sometimes_blank() -> None:
    for name in ("domicile", "domicile_head", "remarks", "old_householder", "new_postal_code", "mover1_my_number"):
        filled = sum(name in case.entries for case in CASES)
        assert 20 < filled < 200, name


def test_the_register_holds_other_residents_too() -> None:
    assert sum(len(h.members) for h in REGISTER) > 200 + 110


@pytest.mark.parametrize("seed", range(40))
def test_a_date_that_does_not_exist_is_refused_by_the_calendar(seed: int) -> None:
    case = with_no_such_date(CASES[seed], random.Random(seed))
    assert case.why == "no_such_date"
    changed = [n for n in case.entries if case.entries[n] != CASES[seed].entries[n]]
    assert len(changed) == 1
    with pytest.raises(InvalidEraDateError):
        day(case, changed[0])


def test_a_wrong_individual_number_fails_its_check_digit() -> None:
    rng = random.Random(1)
    for case in CASES[:60]:
        if "mover1_my_number" not in case.entries:
            with pytest.raises(ValueError, match="my_number"):
                with_wrong_my_number(case, rng)
            continue
        wrong = with_wrong_my_number(case, rng)
        (name,) = (n for n in case.entries if wrong.entries[n] != case.entries[n])
        number = str(wrong.entries[name])
        assert len(number) == 12
        assert not is_my_number(number)


def test_the_same_chance_makes_the_same_cases() -> None:
    assert make_cases(20, random.Random(2)) == make_cases(20, random.Random(2))
