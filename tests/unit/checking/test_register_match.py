"""Names confirmed by the register."""

from __future__ import annotations

from datetime import date

import pytest

from munibots.checking.register_match import confirm_by_register
from munibots.definitions.form_files import load_form
from munibots.domain.layout import BoxMm
from munibots.domain.reading import FieldValue
from munibots.reference.register import Resident, ResidentRegister

FORM = load_form("juminido")
REGISTER = ResidentRegister(
    [
        Resident(name="髙橋　一郎", kana="タカハシ　イチロウ", birth_date=date(1980, 5, 5), household_no="1"),
        Resident(name="髙橋　花子", kana="タカハシ　ハナコ", birth_date=date(1982, 6, 6), household_no="1"),
        Resident(name="鈴木　次郎", kana="スズキ　ジロウ", birth_date=date(1990, 7, 7), household_no="2"),
    ]
)
PAPER = {
    "movement_kind": "転居",
    "notifier_name": "高橋　花子",
    "old_householder": "高橋　一郎",
    "mover1_name": "高橋　一郎",
    "mover1_kana": "たかはし　いちろう",
    "mover1_birth_date": "1980-05-05",
}


def confirm(paper: dict[str, str], register: ResidentRegister | None = REGISTER) -> tuple[dict[str, object], set[str]]:
    values = tuple(
        FieldValue(f.name, f.label_ja, paper.get(f.name, ""), paper.get(f.name), None, 0, BoxMm(0, 0, 1, 1))
        for f in FORM.fields
    )
    answer, confirmed = confirm_by_register(FORM, values, register)
    return {v.name: v.value for v in answer}, set(confirmed)


def test_the_registers_spelling_is_taken() -> None:
    values, confirmed = confirm(PAPER)
    assert values["mover1_name"] == "髙橋　一郎"
    assert {"mover1_name", "mover1_kana", "mover1_birth_date"} <= confirmed


def test_the_text_stays_what_the_paper_says() -> None:
    values = tuple(
        FieldValue(f.name, f.label_ja, PAPER.get(f.name, ""), PAPER.get(f.name), None, 0, BoxMm(0, 0, 1, 1))
        for f in FORM.fields
    )
    answer, _ = confirm_by_register(FORM, values, REGISTER)
    assert next(v for v in answer if v.name == "mover1_name").text == "高橋　一郎"


def test_members_of_the_household_are_confirmed_with_it() -> None:
    values, confirmed = confirm(PAPER)
    assert values["notifier_name"] == "髙橋　花子"
    assert values["old_householder"] == "髙橋　一郎"
    assert {"notifier_name", "old_householder"} <= confirmed


def test_a_member_of_another_household_is_not() -> None:
    _, confirmed = confirm(PAPER | {"notifier_name": "鈴木　次郎"})
    assert "notifier_name" not in confirmed


@pytest.mark.parametrize(
    "changed",
    [
        {"mover1_birth_date": "1981-12-25"},
        {"mover1_name": "佐藤　三郎", "mover1_kana": "さとう　さぶろう"},
    ],
)
def test_a_person_who_does_not_fit_stays_for_a_person(changed: dict[str, str]) -> None:
    values, confirmed = confirm(PAPER | changed)
    assert "mover1_name" not in confirmed
    assert values["mover1_name"] == (PAPER | changed)["mover1_name"]


def test_newcomers_are_not_looked_up() -> None:
    assert confirm(PAPER | {"movement_kind": "転入"})[1] == set()


def test_without_a_register_nothing_is_confirmed() -> None:
    assert confirm(PAPER, None)[1] == set()


def test_a_blank_field_is_not_filled_from_the_register() -> None:
    paper = {k: v for k, v in PAPER.items() if k != "mover1_name"}
    values, confirmed = confirm(paper)
    assert values["mover1_name"] is None
    assert "mover1_name" not in confirmed


def test_a_date_on_paper_that_is_not_the_registers_stays_for_a_person() -> None:
    other_day = PAPER | {"mover1_birth_date": "1980-05-06", "old_address": "静岡県三島市谷田1-2"}
    values, confirmed = confirm(other_day)
    assert values["mover1_birth_date"] == "1980-05-06"
    assert "mover1_birth_date" not in confirmed


def test_a_date_that_cannot_be_is_not_mended_by_the_register() -> None:
    values = tuple(
        FieldValue(
            f.name,
            f.label_ja,
            "昭和55年2月31日" if f.name == "mover1_birth_date" else PAPER.get(f.name, ""),
            None if f.name == "mover1_birth_date" else PAPER.get(f.name),
            None,
            0,
            BoxMm(0, 0, 1, 1),
        )
        for f in FORM.fields
    )
    answer, confirmed = confirm_by_register(FORM, values, REGISTER)
    assert next(v for v in answer if v.name == "mover1_birth_date").value is None
    assert "mover1_birth_date" not in confirmed


@pytest.mark.parametrize("kana", ["たかはし　いちろう", "タカハシ　イチロウ"])
def test_the_registers_kana_come_in_the_script_of_the_paper(kana: str) -> None:
    values, confirmed = confirm(PAPER | {"mover1_kana": kana})
    assert values["mover1_kana"] == kana
    assert "mover1_kana" in confirmed


MARRIED = ResidentRegister(
    [
        Resident(
            name="山田　花子",
            kana="ヤマダ　ハナコ",
            birth_date=date(1990, 7, 7),
            household_no="3",
            my_number="123456789018",
        )
    ]
)


@pytest.mark.parametrize(
    ("paper", "stays"),
    [
        ({"mover1_name": "佐藤　花子", "mover1_kana": "さとう　はなこ"}, {"mover1_name", "mover1_kana"}),
        ({"mover1_name": "山田　花子", "mover1_kana": "やまだ　かこ"}, {"mover1_kana"}),
    ],
)
def test_another_name_than_the_registers_stays_as_it_is_on_paper(paper: dict[str, str], stays: set[str]) -> None:
    sheet = {"movement_kind": "転居", "mover1_birth_date": "1990-07-07", "mover1_my_number": "123456789018", **paper}
    values, confirmed = confirm(sheet, MARRIED)
    assert not stays & confirmed
    assert {name: values[name] for name in stays} == {name: paper[name] for name in stays}
