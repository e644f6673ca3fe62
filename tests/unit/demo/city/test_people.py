from __future__ import annotations

import random
import re

import pytest

from munibots.demo.city import words
from munibots.demo.city.people import REGISTER_DAY, Household, People
from munibots.japanese.kana import is_kana_name
from munibots.japanese.numbers import is_my_number
from munibots.japanese.phones import normalise_phone
from munibots.reference.postal_codes import Fit, address_fits


@pytest.fixture(scope="module")
def households() -> list[Household]:
    people = People(random.Random(3))
    return [people.household(people.address(in_city=i % 2 == 0)) for i in range(300)]


def test_numbers_are_valid_and_nobody_shares_one(households: list[Household]) -> None:
    persons = [p for h in households for p, _ in h.members]
    assert all(is_my_number(p.my_number) and re.fullmatch(r"[0-9]{11}", p.juminhyo_code) for p in persons)
    assert len({p.my_number for p in persons}) == len({p.juminhyo_code for p in persons}) == len(persons)


def test_households_have_one_head_and_fitting_relations(households: list[Household]) -> None:
    sexes = {"妻": "女", "母": "女", "夫": "男", "父": "男"}
    for household in households:
        relations = [r for _, r in household.members]
        assert relations[0] == "世帯主"
        assert relations.count("世帯主") == 1
        assert len(relations) <= 5
        head = household.head
        assert head.age >= 18
        for person, relation in household.members:
            assert person.sex == sexes.get(relation, person.sex)
            assert person.birth_date < REGISTER_DAY
            if relation == "子":
                assert head.age - person.age >= 16
            if relation in ("父", "母"):
                assert person.age - head.age >= 18


def test_readings_are_kana_and_names_have_one_gap(households: list[Household]) -> None:
    for person, _ in (m for h in households for m in h.members):
        assert is_kana_name(person.full_kana)
        assert person.full_katakana.count("\u3000") == person.full_name.count("\u3000") == 1


def test_addresses_fit_their_postal_codes(households: list[Household]) -> None:
    for household in households[:120]:
        address = household.address
        code = f"{address.postal_code[:3]}-{address.postal_code[3:]}"
        assert address_fits(code, address.text(prefecture=True)) is Fit.FITS, code


def test_telephone_numbers_are_written_as_they_are_normalised() -> None:
    people = People(random.Random(4))
    for number in (people.phone() for _ in range(200)):
        assert normalise_phone(number) == number


def test_two_adults_on_request() -> None:
    people = People(random.Random(5))
    for _ in range(60):
        assert len(people.household(people.address(in_city=True), two_adults=True).adults) >= 2


def test_variant_characters_are_a_small_share() -> None:
    names, weights = words.family_names()
    variant = sum(w for (kanji, _), w in zip(names, weights, strict=True) if set(kanji) & set("髙﨑邉邊齋齊𠮷濵栁德"))
    assert 0.01 < variant / sum(weights) < 0.05
    assert len(names) >= 150


def test_the_same_seed_makes_the_same_people() -> None:
    first, second = People(random.Random(9)), People(random.Random(9))
    assert first.household(first.address(in_city=True)) == second.household(second.address(in_city=True))
