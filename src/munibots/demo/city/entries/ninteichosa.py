"""認定調査票: what a surveyor finds, from a person who needs hardly any help to one who needs it in everything."""

from __future__ import annotations

import random

from munibots.definitions.form_files import load_form
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.entries.youkaigo import LEVELS, insured_number
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry
from munibots.domain.form import Field, FieldType

__all__ = ["make"]

_FIRST_ITEM, _LAST_ITEM = "paralysis", "dementia_independence"
_OFFICES = ("市介護保険課", "市社会福祉協議会", "ケアプランくるみ野", "居宅介護支援事業所千草野")
_REMARKS = (
    "日によって状態に差がある。",
    "家族が夜間も見守っている。",
    "デイサービスを週2回利用。",
    "玄関に段差があり外出が難しい。",
)


def make(rng: random.Random, people: People) -> Filled:
    """One survey; the answers are as grave as the person's state, with some scatter."""
    day = working_day(rng)
    person = people.person(people.family_name(), rng.choice("男女女"), rng.randint(66, 97))
    gravity = rng.betavariate(1.3, 1.8)
    again = rng.random() < 0.5
    entries: dict[str, Entry] = {
        "insured_number": insured_number(rng),
        "survey_date": written(day),
        "survey_count": "2回目以後" if again else "初回",
        "survey_place": "自宅内" if rng.random() < 0.8 else "自宅外",
        "surveyor_name": people.person(people.family_name(), rng.choice("男女"), rng.randint(25, 60)).full_name,
        "surveyor_office": rng.choice(_OFFICES),
        "subject1_kana": person.full_kana,
        "subject1_name": person.full_name,
        "subject1_birth_date": written(person.birth_date, rng, western_share=0),
        "subject1_sex": person.sex,
        "address": people.address(in_city=True).text(prefecture=rng.random() < 0.3),
    }
    if rng.random() < 0.8:
        entries["phone"] = written_phone(people.phone(), rng)
    if again:
        entries["previous_level"] = _graded(("非該当", *LEVELS), gravity, rng)
    for item in _items():
        names = tuple(c.name for c in item.choices)
        if item.type is FieldType.MARKS:
            entries[item.name] = _places(names, gravity, rng)
        else:
            entries[item.name] = _graded(names, gravity, rng)
    # Who walks without help can stand, and nobody who is bedridden walks.
    if entries["disabled_independence"] in ("C1", "C2"):
        entries["walking"] = "できない"
    if entries["walking"] == "つかまらないでできる":
        entries["standing"] = "支えなしでできる"
    if rng.random() < 0.4:
        entries["remarks"] = rng.choice(_REMARKS)
    return Filled("ninteichosa", entries, day)


def _items() -> tuple[Field, ...]:
    fields = load_form("ninteichosa").fields
    names = [f.name for f in fields]
    return fields[names.index(_FIRST_ITEM) : names.index(_LAST_ITEM) + 1]


def _graded(choices: tuple[str, ...], gravity: float, rng: random.Random) -> str:
    """The choices stand from the lightest to the gravest."""
    at = round(gravity * (len(choices) - 1) + rng.gauss(0, 0.5))
    return choices[max(0, min(len(choices) - 1, at))]


def _places(choices: tuple[str, ...], gravity: float, rng: random.Random) -> tuple[str, ...]:
    """Several parts of the body, or the first choice: none."""
    hit = tuple(c for c in choices[1:] if rng.random() < gravity * 0.7)
    return hit or choices[:1]
