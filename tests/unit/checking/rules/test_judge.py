"""Rules as data, judged on values."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from munibots.checking.rules import judge
from munibots.definitions.form_files import load_form
from munibots.domain.form import Field, FieldType, Form, Rule, Severity
from munibots.errors import DefinitionError

JUMINIDO = load_form("juminido")
SOUND: dict[str, str] = {
    "movement_kind": "転居",
    "notification_date": "2026-04-10",
    "movement_date": "2026-04-01",
    "new_address": "大阪府泉大津市東雲町1-1",
    "new_householder": "山田　太郎",
    "old_address": "大阪府泉大津市東雲町2-2",
    "mover1_kana": "やまだ　たろう",
    "mover1_name": "山田　太郎",
    "mover1_birth_date": "1980-01-01",
    "mover1_sex": "男",
    "mover1_relationship": "世帯主",
}


def broken(**changed: str | None) -> Mapping[str, tuple[str, ...]]:
    values = {f.name: SOUND.get(f.name) for f in JUMINIDO.fields} | changed
    return {c.rule: c.fields for c in judge(JUMINIDO, values) if not c.ok}


def test_a_sound_form_breaks_nothing() -> None:
    assert broken() == {}


@pytest.mark.parametrize(
    ("changed", "rule", "fields"),
    [
        ({"movement_date": "2026-04-11"}, "movement-not-ahead", {"movement_date", "notification_date"}),
        ({"movement_date": "2026-03-26"}, "within-14-days", {"movement_date", "notification_date"}),
        ({"mover1_kana": None}, "mover-kana", {"mover1_kana"}),
        ({"mover2_name": "山田　花子"}, "mover-kana", {"mover2_kana"}),
        (
            {"mover2_name": "山田　花子"},
            "mover-complete",
            {f"mover2_{k}" for k in ("birth_date", "sex", "relationship")},
        ),
        ({"old_address": None}, "old-address-needed", {"old_address"}),
        ({"new_address": None}, "new-address-needed", {"new_address"}),
        ({"new_householder": None}, "householder-needed", {"new_householder"}),
        ({"movement_kind": "転入", "old_address": None}, "former-address-needed", {"old_address"}),
        (
            {"movement_kind": "世帯変更", "new_address": None, "old_address": None},
            "address-needed",
            {"new_address", "old_address"},
        ),
        ({"mover1_birth_date": "2026-04-11"}, "birth-not-ahead", {"mover1_birth_date"}),
        ({"mover1_relationship": "妻"}, "wife-is-female", {"mover1_relationship", "mover1_sex"}),
        ({"mover1_relationship": "夫", "mover1_sex": "女"}, "husband-is-male", {"mover1_relationship", "mover1_sex"}),
        (
            {"new_postal_code": "595-0026", "new_address": "東京都千代田区丸の内1-1"},
            "new-postal-fits",
            {"new_postal_code", "new_address"},
        ),
    ],
)
def test_each_rule_finds_its_fault(changed: dict[str, str | None], rule: str, fields: set[str]) -> None:
    assert set(broken(**changed)[rule]) == fields


def test_a_departure_may_lie_ahead() -> None:
    assert broken(movement_kind="転出", movement_date="2026-05-01", new_householder=None) == {}


@pytest.mark.parametrize("left_out", ["new_address", "old_address"])
def test_a_change_of_household_needs_one_address_and_may_have_two_heads(left_out: str) -> None:
    second = {f"mover2_{k.removeprefix('mover1_')}": v for k, v in SOUND.items() if k.startswith("mover1_")}
    assert broken(movement_kind="世帯変更", **{left_out: None}, **second) == {}


@pytest.mark.parametrize(("day", "late"), [("2026-03-27", False), ("2026-03-26", True)])
def test_fourteen_days_are_a_notice_and_no_error(day: str, late: bool) -> None:
    values = {f.name: SOUND.get(f.name) for f in JUMINIDO.fields} | {"movement_date": day}
    result = next(c for c in judge(JUMINIDO, values) if c.rule == "within-14-days")
    assert result.severity is Severity.NOTICE
    assert result.ok is not late


def test_two_people_cannot_have_one_number_or_both_be_the_householder() -> None:
    second = {f"mover2_{k.removeprefix('mover1_')}": v for k, v in SOUND.items() if k.startswith("mover1_")}
    found = broken(mover1_my_number="123456789018", mover2_my_number="123456789018", **second)
    assert set(found["my-number-distinct"]) == {"mover1_my_number", "mover2_my_number"}
    assert set(found["one-householder"]) == {"mover1_relationship", "mover2_relationship"}


def test_a_blank_field_breaks_no_comparison() -> None:
    assert broken(movement_date=None, new_postal_code="595-0026", movement_kind="世帯変更", new_address=None) == {}


def test_an_unknown_kind_of_rule_is_said() -> None:
    form = Form("f", "様式", "課", (Field("a", "あ", FieldType.TEXT),), (Rule("r", "magic", ("a",)),))
    with pytest.raises(DefinitionError, match="magic"):
        judge(form, {"a": "x"})


def test_messages_never_hold_values() -> None:
    values = {f.name: SOUND.get(f.name) for f in JUMINIDO.fields} | {"mover1_sex": "女", "mover1_relationship": "夫"}
    text = " ".join(c.message_ja for c in judge(JUMINIDO, values))
    assert not any(v in text for k, v in SOUND.items() if "name" in k or "date" in k)


def _verdict(kind: str, values: Mapping[str, str | tuple[str, ...]], fields: str, **params: object) -> set[str] | None:
    """What one rule says of a form with the fields a–f and a group p of two people: broken fields, ``None`` if none."""
    people = [Field(f"p{no}_{key}", key, FieldType.TEXT, group="p", group_no=no) for no in (1, 2) for key in "xyz"]
    form = Form(
        "f",
        "様式",
        "課",
        (*(Field(name, name, FieldType.TEXT) for name in "abcdef"), *people),
        (Rule("r", kind, tuple(fields.split()), params=params),),
    )
    results = judge(form, {f.name: values.get(f.name) for f in form.fields})
    return next((set(c.fields) for c in results if not c.ok), None)


@pytest.mark.parametrize(
    ("values", "broken_fields"),
    [
        ({"a": "更新", "b": "1"}, {"c"}),
        ({"a": "更新", "b": "1", "c": "2"}, None),
        ({"a": "新規"}, None),
        ({"a": ("新規", "更新")}, {"b", "c"}),
    ],
)
def test_required_when_another_field_says_so(
    values: dict[str, str | tuple[str, ...]], broken_fields: set[str] | None
) -> None:
    assert _verdict("required", values, "b c", when={"a": ["更新"]}) == broken_fields


def test_one_of_several_is_enough_and_none_is_not() -> None:
    assert _verdict("one_of_required", {}, "a b") == {"a", "b"}
    assert _verdict("one_of_required", {"b": "1"}, "a b") is None


def test_all_or_none() -> None:
    assert _verdict("all_or_none", {}, "a b c") is None
    assert _verdict("all_or_none", {"a": "1", "b": "1", "c": "1"}, "a b c") is None
    assert _verdict("all_or_none", {"b": "1"}, "a b c") == {"a", "c"}


def test_equal_and_distinct_look_at_filled_fields_only() -> None:
    assert _verdict("equal", {"a": "1", "b": "2"}, "a b") == {"a", "b"}
    assert _verdict("equal", {"a": "1"}, "a b") is None
    assert _verdict("distinct", {"a": "1", "c": "1"}, "a b c") == {"a", "c"}
    assert _verdict("distinct", {"a": "1", "c": "2"}, "a b c") is None


def test_an_exclusive_mark_stands_alone() -> None:
    assert _verdict("exclusive_mark", {"a": ("ない", "左上肢")}, "a", value="ない") == {"a"}
    assert _verdict("exclusive_mark", {"a": ("ない",)}, "a", value="ない") is None
    assert _verdict("exclusive_mark", {"a": ("左上肢", "右上肢")}, "a", value="ない") is None


def test_what_one_field_implies_for_another() -> None:
    params: dict[str, object] = {"if": {"a": ["無"]}, "then": {"b": ["1号"]}}
    assert _verdict("implies", {"a": "無", "b": "2号"}, "a b", **params) == {"a", "b"}
    assert _verdict("implies", {"a": "有", "b": "2号"}, "a b", **params) is None
    assert _verdict("implies", {"a": "無"}, "a b", **params) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("ヤマダ\u3000タロウ", "やまだ たろう", True), ("キョウコ", "キヨウコ", True), ("ヤマダ", "ヤマタ", False)],
)
def test_the_same_name_in_kana(first: str, second: str, same: bool) -> None:
    assert (_verdict("same_kana", {"a": first, "b": second}, "a b") is None) == same


@pytest.mark.parametrize(
    ("born", "fits"),
    [("1986-04-10", True), ("1986-04-11", False), ("1961-04-11", True), ("1961-04-10", False), ("2026-04-11", True)],
    ids=["40 today", "40 tomorrow", "65 tomorrow", "65 today", "not born yet"],
)
def test_an_age_between_two_bounds(born: str, fits: bool) -> None:
    values = {"a": born, "b": "2026-04-10"}
    assert (_verdict("age_between", values, "a b", min=40, max=64) is None) == fits


def test_a_written_age_must_fit_the_date_of_birth() -> None:
    values = {"b": "1943-05-01", "c": "2026-04-30"}
    assert _verdict("age_fits", values | {"a": "082"}, "a b c") is None
    assert _verdict("age_fits", values | {"a": "083"}, "a b c") == {"a", "b", "c"}
    assert _verdict("age_fits", values, "a b c") is None


def test_what_an_age_requires_and_implies() -> None:
    young, old = {"a": "1980-01-01", "b": "2026-04-10"}, {"a": "1940-01-01", "b": "2026-04-10"}
    bounds: dict[str, object] = {"min": 40, "max": 64}
    assert _verdict("required_by_age", young, "c d", birth="a", day="b", **bounds) == {"c", "d"}
    assert _verdict("required_by_age", old, "c d", birth="a", day="b", **bounds) is None
    then = {"c": ["2号"]}
    assert _verdict("age_implies", young | {"c": "1号"}, "a b", then=then, **bounds) == {"a", "b", "c"}
    assert _verdict("age_implies", old | {"c": "1号"}, "a b", then=then, **bounds) is None


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("0830", "1730", True),
        ("1730", "0830", False),
        ("0830", "0830", False),
        ("0860", "", False),
        ("", "2400", False),
        ("", "", True),
    ],
)
def test_times_exist_and_are_in_order(start: str, end: str, fits: bool) -> None:
    assert (_verdict("time_order", {"a": start, "b": end}, "a b") is None) == fits


def test_what_a_slot_of_a_group_requires() -> None:
    values = {"p1_x": "同居", "p2_x": "別居"}
    params: dict[str, object] = {"if": {"x": ["別居"]}, "required": ["y"]}
    assert _verdict("group_required", values, "p", **params) == {"p2_y"}
    assert _verdict("group_required", values | {"p2_y": "市外"}, "p", **params) is None


@pytest.mark.parametrize(
    ("born", "fits"),
    [("2008-04-02", True), ("2008-04-01", False), ("2008-03-31", False), ("2009-01-01", True)],
)
def test_a_child_counts_until_the_end_of_the_school_year_of_an_age(born: str, fits: bool) -> None:
    """On 1 April 2026 who was born on 2 April 2008 is 17 and turns 18 in the school year that has just begun."""
    found = _verdict("group_fiscal_age", {"a": "2026-04-01", "p1_x": born}, "p", birth="x", day="a", max=18)
    assert (found is None) == fits
