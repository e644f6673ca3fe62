"""就労証明書: an employer certifies a parent's work, in the western calendar."""

from __future__ import annotations

import random
from datetime import date, timedelta

from munibots.demo.city.entries.businesses import FIRMS, NURSERIES
from munibots.demo.city.entries.families import make_family
from munibots.demo.city.entries.filled import Filled
from munibots.demo.city.entries.writing import cells, clock, western, working_day, written_phone
from munibots.demo.city.people import People, Person
from munibots.demo.paper.filling import Entry

__all__ = ["make"]

_KINDS = {
    "正社員": 50,
    "パート・アルバイト": 28,
    "契約社員": 8,
    "派遣社員": 5,
    "会計年度任用": 4,
    "非常勤・臨時": 3,
    "役員": 2,
}
_FIXED_TERM = ("契約社員", "派遣社員", "会計年度任用", "非常勤・臨時")
_CITY_OFFICE = "三島市"


def make(rng: random.Random, people: People) -> Filled:
    """One certificate for a mother or father of one or two young children."""
    day = working_day(rng)
    family = make_family(rng, people, (0, 4), 5)
    worker, _ = rng.choice(family.parents)
    firm, industry = rng.choice(FIRMS)
    office = people.address(in_city=rng.random() < 0.6)
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    started = day - timedelta(days=rng.randint(200, 4000))
    entries: dict[str, Entry] = {
        "addressee": f"{_CITY_OFFICE}長",
        "certified_on": western(day),
        "company_name": firm,
        "representative": _stranger(people, rng, 40, 70).full_name,
        "company_address": office.text(prefecture=True),
        "company_phone": written_phone(people.phone(), rng),
        "contact_name": _stranger(people, rng, 25, 60).full_name,
        "contact_phone": written_phone(people.phone(), rng),
        "industry": industry,
        "worker1_kana": worker.full_katakana,
        "worker1_name": worker.full_name,
        "worker1_birth_date": western(worker.birth_date),
        "term": "有期" if kind in _FIXED_TERM else "無期",
        "employed_from": western(started),
        "workplace_name": firm if rng.random() < 0.6 else f"{firm} 三島営業所",
        "workplace_address": office.text(prefecture=True, building=False),
        "employment_kind": kind,
    }
    if kind in _FIXED_TERM:
        entries["employed_to"] = western(_end_of_march(day))
        entries["renewal"] = rng.choice(("有", "有(予定)", "無", "未定"))
    hours = _working_time(entries, kind, rng)
    entries |= _record(day, hours, rng)
    if worker.sex == "女" and family.children[-1].age == 0:
        entries |= _leave(family.children[-1].birth_date, day)
    elif rng.random() < 0.06:
        entries["other_leave"] = rng.choice(("介護休業", "病休", "その他"))
        began = day - timedelta(days=rng.randint(1, 60))
        entries["other_from"], entries["other_to"] = western(began), western(began + timedelta(days=92))
    if rng.random() < 0.15:
        entries["nursery_teacher"] = "有" if "園" in firm and rng.random() < 0.5 else "無"
    if rng.random() < 0.15:
        entries["remarks"] = rng.choice(("シフト制のため曜日は変わる。", "時差出勤あり。", "在宅勤務は週1日。"))
    for no, child in enumerate(family.children[-2:], start=1):
        entries[f"child{no}_name"] = child.full_name
        entries[f"child{no}_birth_date"] = western(child.birth_date)
        if rng.random() < 0.85:
            entries[f"child{no}_facility"] = rng.choice(NURSERIES)
    return Filled("shuro", entries, day)


def _stranger(people: People, rng: random.Random, youngest: int, oldest: int) -> Person:
    return people.person(people.family_name(), rng.choice("男女"), rng.randint(youngest, oldest))


def _working_time(entries: dict[str, Entry], kind: str, rng: random.Random) -> int:
    """Write fixed or changing hours; answers the hours a month."""
    whole = kind in ("正社員", "役員", "契約社員")
    if rng.random() < 0.15:
        hours = rng.randint(140, 176) if whole else rng.randint(64, 120)
        entries["irregular_unit"] = "月間"
        entries["irregular_hours"] = cells(hours, 3)
        entries["irregular_days"] = cells(rng.randint(12, 21), 2)
        return hours
    begin = rng.choice((480, 510, 540))
    rest = 60 if whole else rng.choice((0, 45))
    length = 540 if whole else rng.choice((300, 345, 405))
    saturday = rng.random() < 0.12
    entries["work_days"] = ("月", "火", "水", "木", "金", "土")[: 6 if saturday else 5]
    entries["weekday_from"], entries["weekday_to"] = clock(begin), clock(begin + length)
    entries["weekday_break"] = cells(rest, 3)
    hours = length * 21 // 60
    if saturday:
        entries["saturday_from"], entries["saturday_to"] = clock(begin), clock(begin + 240)
        hours += 16
    if rng.random() < 0.08:
        entries["work_days"] = (*"月火水木金土"[: 6 if saturday else 5], "日")
        entries["holiday_from"], entries["holiday_to"] = clock(begin), clock(begin + 240)
        hours += 16
    entries["monthly_hours"] = cells(hours, 3)
    return hours


def _record(day: date, hours: int, rng: random.Random) -> dict[str, Entry]:
    """The three months before, newest last."""
    entries: dict[str, Entry] = {}
    for no in (1, 2, 3):
        year, month = divmod(day.year * 12 + day.month - 1 - (4 - no), 12)
        entries[f"record{no}_month"] = f"{year}{cells(month + 1, 2)}"
        entries[f"record{no}_days"] = cells(rng.randint(16, 22), 2)
        entries[f"record{no}_hours"] = cells(hours + rng.randint(-6, 6), 3)
    return entries


def _leave(born: date, day: date) -> dict[str, Entry]:
    """A mother of a baby: leave around the birth (労働基準法65条: 42 days before, 56 after), then until the first birthday."""
    after = born + timedelta(days=56)
    until = born + timedelta(days=364)

    def state(start: date, end: date) -> str:
        return "取得予定" if day < start else "取得中" if day <= end else "取得済み"

    back = until + timedelta(days=1)
    return {
        "maternity": state(born - timedelta(days=42), after),
        "maternity_from": western(born - timedelta(days=42)),
        "maternity_to": western(after),
        "childcare_leave": state(after + timedelta(days=1), until),
        "childcare_from": western(after + timedelta(days=1)),
        "childcare_to": western(until),
        "returning": "復職予定" if day < back else "復職済み",
        "returning_on": western(back),
        "short_time": "取得予定" if day < back else "取得中",
        "short_from": "0900",
        "short_to": "1600",
    }


def _end_of_march(day: date) -> date:
    return date(day.year + (day.month >= 4), 3, 31)
