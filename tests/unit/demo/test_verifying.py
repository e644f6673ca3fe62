"""Entries against the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from munibots.demo.core_system.records import Person, Record
from munibots.demo.verifying import differences

TRUTH: dict[str, str | None] = {
    "movement_kind": "転居",
    "notification_date": "2026-04-05",
    "movement_date": "2026-04-01",
    "notifier_name": "髙橋　一郎",
    "notifier_relation": "本人",
    "notifier_phone": "090-1234-5678",
    "new_postal_code": "411-0801",
    "new_address": "静岡県三島市谷田１２番地３　メゾン１０１",
    "new_householder": "髙橋　一郎",
    "old_address": "静岡県三島市谷田1-2",
    "mover1_kana": "たかはし　いちろう",
    "mover1_name": "髙橋　一郎",
    "mover1_birth_date": "1980-05-05",
    "mover1_sex": "男",
    "mover1_relationship": "世帯主",
    "mover1_my_number": "123456789018",
    "remarks": None,
}
PERSON = Person(
    row_no=1,
    kana="ﾀｶﾊｼ ｲﾁﾛｳ",
    name="髙橋　一郎",
    birth_date="1980-05-05",
    sex="1",
    relationship="01",
    juminhyo_code="",
    my_number="123456789018",
)
RECORD = Record(
    receipt_no="R08-000001",
    registered_at="",
    registered_by="",
    kind="2",
    notified_on="2026-04-05",
    moved_on="2026-04-01",
    notifier_name="髙橋　一郎",
    notifier_relation="01",
    notifier_phone="090-1234-5678",
    household_no="1",
    new_postal_code="4110801",
    new_address="静岡県三島市谷田12番地3",
    new_building="メゾン101",
    new_head="髙橋　一郎",
    old_postal_code="",
    old_address="静岡県三島市谷田1-2",
    old_building="",
    old_head="",
    permanent_address="",
    family_register_head="",
    remarks="",
    people=(PERSON,),
)


def test_ways_of_writing_are_no_difference() -> None:
    assert differences(TRUTH, RECORD) == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "1"}, "movement_kind"),
        ({"moved_on": "2026-04-02"}, "movement_date"),
        ({"new_address": "静岡県三島市谷田12番地4"}, "new_address"),
        ({"new_building": ""}, "new_address"),
        ({"remarks": "x"}, "remarks"),
        ({"new_head": "高橋　一郎"}, "new_householder"),
        ({"people": (replace(PERSON, my_number="123456789017"),)}, "mover1_my_number"),
        ({"people": (replace(PERSON, kana="ﾀｶﾊｼ ｼﾞﾛｳ"),)}, "mover1_kana"),
        ({"people": (PERSON, replace(PERSON, row_no=2))}, "mover2_name"),
        ({"people": ()}, "mover1_name"),
    ],
)
def test_differences_are_named(changed: dict[str, object], field: str) -> None:
    assert field in differences(TRUTH, replace(RECORD, **changed))  # type: ignore[arg-type]
