"""戸籍証明書等交付請求書: somebody asks for certificates of a family register."""

from __future__ import annotations

import random

from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import working_day, written, written_phone
from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, Seal

__all__ = ["make"]

_RELATIONS = {"本人": 40, "配偶者": 12, "直系尊属": 12, "直系卑属": 18, "代理人": 12, "その他": 6}
# Mark, field for the number of copies, share; those of 抄本 need the name of a person.
_KINDS = (
    ("戸籍全部事項証明", "copies_family_full", 40),
    ("戸籍個人事項証明", "copies_family_extract", 18),
    ("除籍謄本", "copies_removed_full", 10),
    ("除籍抄本", "copies_removed_extract", 4),
    ("改製原戸籍謄本", "copies_original_full", 10),
    ("改製原戸籍抄本", "copies_original_extract", 3),
    ("戸籍の附票", "copies_address_history", 12),
    ("身分証明書", "copies_status", 8),
    ("独身証明書", "copies_single", 4),
    ("受理証明書", "copies_acceptance", 3),
)
_EXTRACTS = {"戸籍個人事項証明", "除籍抄本", "改製原戸籍抄本"}
_PURPOSES = (
    "相続手続のため法務局へ提出",
    "旅券の申請",
    "婚姻届に添付",
    "年金の請求",
    "自動車の名義変更",
    "生命保険金の請求",
    "家庭裁判所へ提出",
)


def make(rng: random.Random, people: People) -> Filled:
    """One request for one to three kinds of certificate."""
    day = working_day(rng)
    head = people.person(people.family_name(), rng.choice("男男男女"), rng.randint(30, 92))
    relation = rng.choices(list(_RELATIONS), list(_RELATIONS.values()))[0]
    family = head.name[0], head.kana[0]
    requester = head
    if relation != "本人":
        own_name = relation in ("代理人", "その他") or rng.random() < 0.3
        requester = people.person(people.family_name() if own_name else family, rng.choice("男女"), rng.randint(20, 80))
    entries: dict[str, Entry] = {
        "request_date": written(day),
        "requester_address": people.address(in_city=rng.random() < 0.6).text(prefecture=rng.random() < 0.6),
        "requester_name": requester.full_name,
        "requester_phone": written_phone(people.phone(), rng),
        "domicile": people.address(in_city=True).text(prefecture=rng.random() < 0.6, building=False),
        "domicile_head": head.full_name,
        "requester_relation": relation,
    }
    if rng.random() < 0.75:
        entries["requester_birth_date"] = written(requester.birth_date, rng)
    wanted = _wanted(rng)
    entries["certificates"] = tuple(mark for mark, _, _ in _KINDS if mark in wanted)
    for mark, field, _ in _KINDS:
        if mark in wanted:
            entries[field] = str(rng.choices((1, 2, 3, 4), (75, 18, 5, 2))[0])
    if wanted & _EXTRACTS:
        entries["subject_name"] = head.full_name
    if "戸籍の附票" in wanted and rng.random() < 0.5:
        entries["history_details"] = ("本籍を記載", "筆頭者を記載") if rng.random() < 0.6 else ("本籍を記載",)
    if relation in ("代理人", "その他") or rng.random() < 0.6:
        entries["purpose"] = rng.choice(_PURPOSES)
    seal = Seal("requester_name", requester.name[0]) if rng.random() < 0.25 else None
    return Filled("koseki", entries, day, seal)


def _wanted(rng: random.Random) -> set[str]:
    marks, shares = [mark for mark, _, _ in _KINDS], [share for _, _, share in _KINDS]
    return set(rng.choices(marks, shares, k=rng.choices((1, 2, 3), (65, 25, 10))[0]))
