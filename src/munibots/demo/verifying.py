"""Every entry held against the truth, in the core system's own database.

Nothing that was read or planned is used here: what a resident really wrote is compared with what the core system really
saved. The comparison is its own small code and shares none with the entry, so that an error there cannot hide here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from munibots.demo.city.scans import SheetTruth
from munibots.demo.core_system.codes import MOVEMENT_KINDS, NOTIFIER_RELATIONS, RELATIONSHIPS, SEXES
from munibots.demo.core_system.records import Person, Record, read_records
from munibots.domain.case import CaseState
from munibots.japanese.kana import to_katakana
from munibots.japanese.width import fold_width, to_full_kana
from munibots.stores.case_store import CaseStore

__all__ = ["Verification", "differences", "verify"]

_CONCLUDED = {CaseState.ENTERED, CaseState.FLAGGED, CaseState.REJECTED}


@dataclass(frozen=True, slots=True)
class Verification:
    """What the core system's database says.

    Attributes:
        entered_twice: Records beyond the first of the same movement of the same person.
        lost: Sheets without a concluded case, and entered cases without their record.
        entered_wrong: Entered cases whose record differs from the paper.
        wrong_fields: Names of the fields that differ, by case.
    """

    entered_twice: int
    lost: int
    entered_wrong: int
    wrong_fields: Mapping[str, tuple[str, ...]]


def verify(store: CaseStore, core_database: Path, sheets: Mapping[tuple[str, int], SheetTruth]) -> Verification:
    """Compare all cases with the truth and with the core system's database."""
    records = {r.receipt_no: r for r in read_records(core_database)} if core_database.is_file() else {}
    cases = {(c.source, c.page_indexes[0]): c for c in store.list() if c.page_indexes}
    lost = 0
    wrong_fields = {}
    for place, sheet in sheets.items():
        case = cases.get(place)
        if case is None or case.state not in _CONCLUDED:
            lost += 1
        elif case.state is CaseState.ENTERED:
            record = records.get(case.receipt_no or "")
            if record is None:
                lost += 1
            elif wrong := differences(sheet.fields, record):
                wrong_fields[case.id] = wrong
    movements = Counter((r.kind, r.moved_on, tuple((p.kana, p.birth_date) for p in r.people)) for r in records.values())
    return Verification(
        entered_twice=sum(n - 1 for n in movements.values()),
        lost=lost,
        entered_wrong=len(wrong_fields),
        wrong_fields=wrong_fields,
    )


def differences(truth: Mapping[str, str | None], record: Record) -> tuple[str, ...]:
    """Names of the fields in which a record differs from what is on paper."""
    saved = {
        "movement_kind": MOVEMENT_KINDS[record.kind],
        "notification_date": record.notified_on,
        "movement_date": record.moved_on,
        "notifier_name": record.notifier_name,
        "notifier_relation": NOTIFIER_RELATIONS[record.notifier_relation],
        "notifier_phone": record.notifier_phone,
        "new_postal_code": record.new_postal_code,
        "new_address": record.new_address + record.new_building,
        "new_householder": record.new_head,
        "old_postal_code": record.old_postal_code,
        "old_address": record.old_address + record.old_building,
        "old_householder": record.old_head,
        "domicile": record.permanent_address,
        "domicile_head": record.family_register_head,
        "remarks": record.remarks,
    }
    for person in record.people:
        saved |= _saved_person(person)
    names = dict.fromkeys([*saved, *(name for name, value in truth.items() if value)])
    return tuple(name for name in names if _plain(saved.get(name)) != _plain(truth.get(name)))


def _saved_person(person: Person) -> dict[str, str]:
    return {
        f"mover{person.row_no}_{name}": value
        for name, value in {
            "kana": person.kana,
            "name": person.name,
            "birth_date": person.birth_date,
            "sex": SEXES[person.sex],
            "relationship": RELATIONSHIPS[person.relationship],
            "juminhyo_code": person.juminhyo_code,
            "my_number": person.my_number,
        }.items()
    }


def _plain(text: str | None) -> str:
    """Free of what is only the system's way of writing: width, kana script, spaces, the hyphens of codes."""
    folded = fold_width(to_katakana(to_full_kana(text or "")))
    return "".join(folded.split()).replace("-", "")
