"""Movement cases 異動: what invented residents write on a 住民異動届, right and, now and then, wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from munibots.demo.city import words
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import Address, Household, People, Person
from munibots.demo.paper.filling import Entry, Seal, WrittenDate
from munibots.japanese.numbers import is_my_number

__all__ = ["MovementCase", "make_cases", "with_no_such_date", "with_wrong_my_number"]

_KINDS = {"転入": 45, "転居": 30, "転出": 15, "世帯変更": 10}
_OTHER_RESIDENTS = 200


@dataclass(frozen=True, slots=True)
class MovementCase:
    """One notification.

    Attributes:
        case_no: From 1.
        entries: What is written, by field name; nothing for a blank field.
        notified_on: 届出日.
        seal: The notifier's seal, if put.
        why: What is wrong with it: ``no_such_date``, ``wrong_my_number``, or ``None``.
    """

    case_no: int
    entries: Mapping[str, Entry]
    notified_on: date
    seal: Seal | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    """Who moves from where to where; the head of the new household comes first if he or she moves."""

    movers: tuple[tuple[Person, str], ...]
    adults: tuple[Person, ...]
    old_address: Address
    old_head: Person
    new_address: Address
    new_head: Person
    in_city: tuple[bool, bool]


def make_cases(count: int, rng: random.Random) -> tuple[list[MovementCase], list[Household]]:
    """Invent cases, and the register of the city as it is before them.

    Args:
        count: How many cases; all of them sound.
        rng: Where all chance comes from.

    Returns:
        The cases, and every household of the register: those who move within, out of or between households of the
        city, and some 200 other residents. Newcomers are not in it.
    """
    people = People(rng)
    register: list[Household] = []
    cases = []
    for no, kind in enumerate(_kinds(count, rng), start=1):
        move, resident = _move(kind, people, rng)
        if resident is not None:
            register.append(resident)
        cases.append(_case(no, kind, move, people, rng))
    others = 0
    while others < _OTHER_RESIDENTS:
        household = people.household(people.address(in_city=True))
        register.append(household)
        others += len(household.members)
    rng.shuffle(register)
    return cases, register


def _kinds(count: int, rng: random.Random) -> list[str]:
    """The kinds in their shares; what rounding leaves over is drawn."""
    kinds = [kind for kind, share in _KINDS.items() for _ in range(count * share // 100)]
    kinds += rng.choices(list(_KINDS), list(_KINDS.values()), k=count - len(kinds))
    rng.shuffle(kinds)
    return kinds


def _move(kind: str, people: People, rng: random.Random) -> tuple[_Move, Household | None]:
    if kind == "転入":
        old = people.address(in_city=False)
        household = people.household(people.address(in_city=True))
        adults = tuple(p for p, _ in household.adults)
        move = _Move(household.members, adults, old, household.head, household.address, household.head, (False, True))
        return move, None
    resident = people.household(people.address(in_city=True), two_adults=kind == "世帯変更")
    adults = tuple(p for p, _ in resident.adults)
    old = resident.address
    if kind == "世帯変更":
        movers = _new_head(resident, rng)
        return _Move(movers, adults, old, resident.head, old, movers[0][0], (True, True)), resident
    in_city = kind == "転居"
    new = people.address(in_city=in_city)
    # One grown-up leaves, or all go together.
    leaving = [p for p, relationship in resident.adults if relationship not in ("世帯主", "妻", "夫")]
    if leaving and rng.random() < 0.6:
        one = rng.choice(leaving)
        return _Move(((one, "世帯主"),), adults, old, resident.head, new, one, (True, in_city)), resident
    move = _Move(resident.members, adults, old, resident.head, new, resident.head, (True, in_city))
    return move, resident


def _new_head(household: Household, rng: random.Random) -> tuple[tuple[Person, str], ...]:
    """A couple changes its head, or one grown-up makes a household of one's own under the same roof."""
    one, relationship = rng.choice(household.adults[1:])
    if relationship in ("妻", "夫"):
        return (one, "世帯主"), (household.head, "夫" if relationship == "妻" else "妻")
    return ((one, "世帯主"),)


def _case(no: int, kind: str, move: _Move, people: People, rng: random.Random) -> MovementCase:
    notified_on = working_day(rng)
    gap = timedelta(days=rng.randint(0, 14) if rng.random() < 0.85 else rng.randint(15, 20))
    moved_on = notified_on + gap if kind == "転出" else notified_on - gap
    notifier, relation = _notifier(move, people, rng)
    entries: dict[str, Entry] = {
        "notification_date": written(notified_on),
        "movement_kind": kind,
        "movement_date": written(moved_on),
        "notifier_name": notifier.full_name,
        "notifier_relation": relation,
        "notifier_phone": written_phone(people.phone(), rng),
        "new_householder": move.new_head.full_name,
    }
    for side, address, in_city in zip(
        ("new", "old"), (move.new_address, move.old_address), reversed(move.in_city), strict=True
    ):
        if rng.random() < 0.85:
            entries[f"{side}_postal_code"] = address.postal_code
        entries[f"{side}_address"] = address.text(prefecture=rng.random() < (0.3 if in_city else 0.9))
    if rng.random() < 0.85:
        entries["old_householder"] = move.old_head.full_name
    if rng.random() < 0.65:
        entries["domicile"] = people.address(in_city=rng.random() < 0.4).text(prefecture=True, building=False)
        if rng.random() < 0.9:
            entries["domicile_head"] = move.old_head.full_name
    with_my_number = rng.random() < 0.88
    with_code = rng.random() < (0.35 if kind == "転入" else 0.08)
    for slot, (person, relationship) in enumerate(move.movers[:5], start=1):
        mover = f"mover{slot}"
        entries[f"{mover}_kana"] = person.full_kana
        entries[f"{mover}_name"] = person.full_name
        entries[f"{mover}_birth_date"] = written(person.birth_date, rng)
        entries[f"{mover}_sex"] = person.sex
        entries[f"{mover}_relationship"] = relationship
        if with_my_number:
            entries[f"{mover}_my_number"] = person.my_number
        if with_code:
            entries[f"{mover}_juminhyo_code"] = person.juminhyo_code
    if rng.random() < 0.3:
        entries["remarks"] = rng.choice(words.REMARKS)
    seal = Seal("notifier_name", notifier.name[0]) if rng.random() < 0.3 else None
    return MovementCase(no, entries, notified_on, seal)


def _notifier(move: _Move, people: People, rng: random.Random) -> tuple[Person, str]:
    """Who comes to the counter, and as what."""
    if rng.random() < 0.08:
        return people.person(people.family_name(), rng.choice("男女"), rng.randint(25, 75)), "代理人"
    first = move.movers[0][0]
    if first in move.adults and rng.random() < 0.75:
        return first, "本人"
    person = rng.choice(move.adults)
    if person == first:
        return person, "本人"
    return person, "世帯主" if person == move.new_head else "同一世帯員"


def with_no_such_date(case: MovementCase, rng: random.Random) -> MovementCase:
    """The same notification with a date of birth that is in no calendar."""
    name = rng.choice([n for n in case.entries if n.endswith("_birth_date")])
    entry = case.entries[name]
    assert isinstance(entry, WrittenDate)
    wrong = rng.choice(
        (
            replace(entry, month="2", day=str(rng.choice((30, 31)))),
            replace(entry, month=str(rng.choice((4, 6, 9, 11))), day="31"),
            WrittenDate("昭和", "64", "2", str(rng.randint(1, 28))),
        )
    )
    return replace(case, entries={**case.entries, name: wrong}, why="no_such_date")


def with_wrong_my_number(case: MovementCase, rng: random.Random) -> MovementCase:
    """The same notification with one digit of an individual number mistaken, so that its check digit tells.

    Raises:
        ValueError: No individual number is written.
    """
    names = [n for n in case.entries if n.endswith("_my_number")]
    if not names:
        raise ValueError("my_number")
    name = rng.choice(names)
    number = str(case.entries[name])
    while is_my_number(number):
        at = rng.randrange(12)
        number = number[:at] + rng.choice("0123456789") + number[at + 1 :]
    return replace(case, entries={**case.entries, name: number}, why="wrong_my_number")
