"""要介護認定・要支援認定申請書: old people, and some of 40 to 64 with a specified disease, apply for care."""

from __future__ import annotations

import random
from datetime import date, timedelta

from munibots.demo.city.entries.businesses import CLINICS, DEPARTMENTS
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import age_on, cells, working_day, written, written_phone
from munibots.demo.city.people import People, Person
from munibots.demo.paper.filling import Entry, Seal

__all__ = ["LEVELS", "insured_number", "make"]

LEVELS = ("要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5")
_KINDS = {"新規": 45, "要支援新規": 10, "更新": 28, "区分変更": 12, "転入": 5}
_AGENTS = (
    ("七色橋地域包括支援センター", "地域包括支援センター"),
    ("ケアプランくるみ野", "居宅介護支援事業者"),
    ("特別養護老人ホーム星待荘", "介護老人福祉施設"),
    ("老健夕凪島の里", "介護老人保健施設"),
)
_CHANGES = ("転倒して骨折したため", "物忘れが進んだため", "歩けなくなったため", "退院して状態が変わったため")
_DISEASES = ("脳血管疾患", "関節リウマチ", "パーキンソン病関連疾患", "初老期における認知症", "末期がん")
_INSURERS = ("全国健康保険協会静岡支部", "月見ヶ浦製作所健康保険組合", "三島市国民健康保険")


def make(rng: random.Random, people: People) -> Filled:
    """One application."""
    day = working_day(rng)
    person = people.person(people.family_name(), rng.choice("男女女"), _age(rng))
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    address, clinic = people.address(in_city=True), people.address(in_city=True)
    entries: dict[str, Entry] = {
        "application_kind": kind,
        "application_date": written(day),
        **_applicant(person, rng, people),
        "insured_number": insured_number(rng),
        "insured1_kana": person.full_katakana,
        "insured1_name": person.full_name,
        "insured1_birth_date": written(person.birth_date, rng, western_share=0),
        "insured1_sex": person.sex,
        "address": address.text(prefecture=rng.random() < 0.3),
        "phone": written_phone(people.phone(), rng),
        "residence": rng.choices(("住所と同じ", "入院中", "入所中", "その他"), (75, 15, 7, 3))[0],
        "doctor_name": people.person(people.family_name(), rng.choice("男女"), rng.randint(32, 68)).full_name,
        "hospital_name": rng.choice(CLINICS),
        "hospital_address": clinic.text(prefecture=False, building=False),
        "consent_name": person.full_name,
    }
    if rng.random() < 0.75:
        entries["insured1_my_number"] = person.my_number
    if rng.random() < 0.85:
        entries["insured1_age"] = cells(age_on(person.birth_date, day), 3)
    if rng.random() < 0.85:
        entries["postal_code"] = address.postal_code
    if rng.random() < 0.8:
        entries["doctor_department"] = rng.choice(DEPARTMENTS)
        entries["hospital_phone"] = written_phone(people.phone(), rng)
    if kind in ("更新", "区分変更"):
        entries |= _present_level(kind, day, rng)
    if age_on(person.birth_date, day) < 65:
        entries["insurer_name"] = rng.choice(_INSURERS)
        entries["insurance_symbol"] = str(rng.randrange(1000, 100000))
        entries["insurance_number"] = str(rng.randrange(1, 10000))
        entries["specified_disease"] = rng.choice(_DISEASES)
    seal = Seal("consent_name", person.name[0]) if rng.random() < 0.35 else None
    return Filled("youkaigo", entries, day, seal)


def insured_number(rng: random.Random) -> str:
    """Ten digits; those of most insurers begin with noughts."""
    return f"0000{rng.randrange(10**6):06d}"


def _age(rng: random.Random) -> int:
    return rng.randint(41, 63) if rng.random() < 0.15 else rng.randint(66, 96)


def _applicant(person: Person, rng: random.Random, people: People) -> dict[str, Entry]:
    """The person, somebody of the family, or a service that hands the application in."""
    how = rng.random()
    if how < 0.3:
        return {"applicant_name": person.full_name, "applicant_relation": "本人"}
    family = person.name[0], person.kana[0]
    sex = rng.choice("男女")
    relative = people.person(family, sex, max(18, person.age - rng.randint(24, 34)))
    entries: dict[str, Entry] = {
        "applicant_name": relative.full_name,
        "applicant_relation": "長男" if sex == "男" else "長女",
        "applicant_phone": written_phone(people.phone(), rng),
    }
    if how < 0.75:
        entries["applicant_address"] = people.address(in_city=rng.random() < 0.6).text(prefecture=True)
    else:
        name, kind = rng.choice(_AGENTS)
        entries |= {
            "agent_name": name,
            "agent_kind": kind,
            "agent_address": people.address(in_city=True).text(prefecture=False, building=False),
        }
    return entries


def _present_level(kind: str, day: date, rng: random.Random) -> dict[str, Entry]:
    """The level held now: it ends within 60 days where it is renewed, later where it is changed."""
    until = day + timedelta(days=rng.randint(1, 60) if kind == "更新" else rng.randint(61, 300))
    entries: dict[str, Entry] = {
        "current_level": rng.choice(LEVELS),
        "valid_from": written(until - timedelta(days=364)),
        "valid_to": written(until),
    }
    if kind == "区分変更":
        entries["change_reason"] = rng.choice(_CHANGES)
    return entries
