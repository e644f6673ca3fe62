"""What is written where, without a browser."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.definitions.system_files import load_system
from munibots.domain.screen import Compare, Convert, Locator, Screen, ScreenField, ShownField, Write
from munibots.entering.plan import (
    Action,
    ActionKind,
    EntryValues,
    agrees,
    convert,
    plan_screen,
    plan_shown,
    steps_for,
    texts_of,
)
from munibots.errors import CharacterNotRepresentableError, CoreSystemRefusedError, FieldReadBackError
from munibots.japanese.eras import Era, era_date
from munibots.japanese.kana import fold_kana

SYSTEM = load_system("demo_jumin")
FLOW = SYSTEM.flows["juminido"]
A, B, C, D = (Locator("id", name) for name in "abcd")
ERAS = {era.kanji: era.letter for era in Era}


def entry(**values: Any) -> EntryValues:
    return EntryValues("C-1", values, {"name": "氏名"})


def plan(field: ScreenField, **values: Any) -> tuple[Action, ...]:
    return plan_screen(SYSTEM, Screen("s", "画面", A, fields=(field,)), entry(**values))


def texts(actions: tuple[Action, ...]) -> list[str]:
    return [a.text for a in actions]


@given(st.dates(min_value=Era.MEIJI.start, max_value=date(2080, 12, 31)))
def test_an_era_date_means_the_same_day(day: date) -> None:
    field = ScreenField("d", Write.ERA_DATE, (A, B, C, D), codes=ERAS, pad=2)
    era, *boxes = plan(field, d=day.isoformat())
    assert era.kind is ActionKind.CHOOSE
    assert all(re.fullmatch(r"\d{2,}", box.text) for box in boxes)
    chosen = next(e for e in Era if e.letter == era.text)
    assert era_date(chosen, *(int(box.text) for box in boxes)) == day


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2019-04-30", ["H", "31", "4", "30"]),
        ("2019-05-01", ["R", "1", "5", "1"]),
        ("1989-01-07", ["S", "64", "1", "7"]),
        ("1989-01-08", ["H", "1", "1", "8"]),
    ],
)
def test_eras_change_on_their_day(day: str, written: list[str]) -> None:
    assert texts(plan(ScreenField("d", Write.ERA_DATE, (A, B, C, D), codes=ERAS), d=day)) == written


@given(st.from_regex(r"[0-9]{3}-[0-9]{4}", fullmatch=True))
def test_a_split_value_is_whole_again(postal: str) -> None:
    field = ScreenField("p", Write.SPLIT, (A, B), pattern=r"(\d{3})-?(\d{4})")
    assert "-".join(texts(plan(field, p=postal))) == postal


KANA_PART = st.text("アイウエオカガキギクグパピプペポャュョッーン", min_size=1, max_size=8)


@given(KANA_PART, KANA_PART, st.sampled_from([" ", "\u3000", "  "]))
def test_half_kana_keeps_the_reading(family: str, given_name: str, gap: str) -> None:
    half = convert(f"{family}{gap}{given_name}", [Convert.HALF_KANA])
    assert re.fullmatch(r"[ｦ-ﾟ]+ [ｦ-ﾟ]+", half)
    assert fold_kana(half) == fold_kana(family + given_name)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_date8_means_the_same_day(day: date) -> None:
    assert date.fromisoformat(convert(day.isoformat(), [Convert.DATE8])) == day


def test_an_address_is_divided_without_loss() -> None:
    address = "宮城県つばさ市若葉町1丁目2番3号 コーポ若葉102"
    lot, building = (convert(address, [part]) for part in (Convert.LOT, Convert.BUILDING))
    assert (lot, building) == ("宮城県つばさ市若葉町1丁目2番3号", "コーポ若葉102")


def test_blank_boxes_are_cleared_and_lists_left_alone() -> None:
    assert texts(plan(ScreenField("x", Write.TEXT, (A,)), x=None)) == [""]
    assert texts(plan(ScreenField("x", Write.SPLIT, (A, B), pattern="(.)(.)"))) == ["", ""]
    assert texts(plan(ScreenField("x", Write.ERA_DATE, (A, B, C, D), codes=ERAS))) == ["", "", ""]
    assert plan(ScreenField("x", Write.SELECT, (A,), codes={"男": "1"})) == ()
    assert plan(ScreenField("x", Write.RADIO, (), choices={"男": B})) == ()


def test_choices_go_by_code_or_by_button() -> None:
    assert texts(plan(ScreenField("x", Write.SELECT, (A,), codes={"男": "1"}), x="男")) == ["1"]
    (tick,) = plan(ScreenField("x", Write.RADIO, (), choices={"男": B}), x="男")
    assert (tick.kind, tick.at, tick.held) == (ActionKind.TICK, B, "true")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (ScreenField("name", Write.TEXT, (A,)), "𠮷田", CharacterNotRepresentableError),
        (ScreenField("name", Write.TEXT, (A,)), "山田\n太郎", CharacterNotRepresentableError),
        (ScreenField("name", Write.TEXT, (A,), encoding="ascii"), "髙", CharacterNotRepresentableError),
        (ScreenField("name", Write.TEXT, (A,), max_length=3), "四文字だ", FieldReadBackError),
        (ScreenField("name", Write.SELECT, (A,), codes={"男": "1"}), "不明", CoreSystemRefusedError),
        (ScreenField("name", Write.RADIO, (), choices={"男": A}), "不明", CoreSystemRefusedError),
        (ScreenField("name", Write.SPLIT, (A, B), pattern=r"(\d)(\d)"), "7", CoreSystemRefusedError),
        (ScreenField("name", Write.ERA_DATE, (A, B, C, D), codes=ERAS), "9-9-9", CoreSystemRefusedError),
        (ScreenField("name", Write.ERA_DATE, (A, B, C, D), codes=ERAS), "1850-01-01", CoreSystemRefusedError),
        (ScreenField("name", Write.ERA_DATE, (A, B, C, D), codes={"令和": "R"}), "1980-01-01", CoreSystemRefusedError),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_name_without_value(
    field: ScreenField, value: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        plan(field, name=value)
    assert "氏名" in str(caught.value)
    assert value not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("name", ["髙﨑", "①", "～"])
def test_what_cp932_holds_is_typed(name: str) -> None:
    assert texts(plan(ScreenField("name", Write.TEXT, (A,)), name=name)) == [name]


@pytest.mark.parametrize(
    ("shown", "expected", "compare", "same"),
    [
        ("令和08年04月01日", "2026-04-01", Compare.DATE, True),
        ("昭和64年01月07日", "1989-01-07", Compare.DATE, True),
        ("平成31年05月01日", "2019-05-01", Compare.DATE, False),
        ("", "2026-04-01", Compare.DATE, False),
        (None, "", Compare.DATE, True),
        ("123-4567", "1234567", Compare.DIGITS, True),
        (" 髙橋 ", "髙橋", Compare.EXACT, True),
        ("高橋", "髙橋", Compare.EXACT, False),
        (None, "", Compare.EXACT, True),
        (None, "髙橋", Compare.EXACT, False),
    ],
)
def test_comparing(shown: str | None, expected: str, compare: Compare, same: bool) -> None:
    assert agrees(shown, expected, compare) is same


def test_what_a_screen_must_show() -> None:
    screen = Screen("s", "画面", A, shows=(ShownField("sex", B, codes={"男": "1"}),))
    assert [e.text for e in plan_shown(screen, entry(sex="男"))] == ["1"]


def test_steps_depend_on_the_case() -> None:
    move_in = [s.screen for s in steps_for(FLOW, entry(movement_kind="転入"))]
    moved = [s.screen for s in steps_for(FLOW, entry(movement_kind="転居"))]
    assert move_in == ["todoke", "taisho_new", "jusho", "idosha"]
    assert moved == ["todoke", "taisho_search", "taisho_hits", "jusho", "idosha"]


def test_every_form_of_a_value_is_known_for_masking() -> None:
    case = entry(
        movement_kind="転入",
        mover1_name="榎戸 𠮷美",
        mover1_kana="えのきど よしみ",
        mover1_my_number="123456789018",
        new_address="宮城県つばさ市若葉町1丁目2番3号 コーポ若葉102",
    )
    found = texts_of(SYSTEM, FLOW, case)
    assert {"榎戸 𠮷美", "榎戸\u3000𠮷美", "榎戸", "ｴﾉｷﾄﾞ ﾖｼﾐ", "えのきど", "コーポ若葉102"} <= found
    assert {"123456789018", "1234", "9018"} <= found
    assert "" not in found
    assert "榎戸" not in repr(case)
