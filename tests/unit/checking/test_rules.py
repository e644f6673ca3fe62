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
        ({"mover1_kana": None}, "mover-complete", {"mover1_kana"}),
        (
            {"mover2_name": "山田　花子"},
            "mover-complete",
            {f"mover2_{k}" for k in ("kana", "birth_date", "sex", "relationship")},
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
    assert broken(movement_kind="転出", movement_date="2026-05-01") == {}


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
    assert broken(movement_date=None, new_postal_code="595-0026") == {}


def test_an_unknown_kind_of_rule_is_said() -> None:
    form = Form("f", "様式", "課", (Field("a", "あ", FieldType.TEXT),), (Rule("r", "magic", ("a",)),))
    with pytest.raises(DefinitionError, match="magic"):
        judge(form, {"a": "x"})


def test_messages_never_hold_values() -> None:
    values = {f.name: SOUND.get(f.name) for f in JUMINIDO.fields} | {"mover1_sex": "女", "mover1_relationship": "夫"}
    text = " ".join(c.message_ja for c in judge(JUMINIDO, values))
    assert not any(v in text for k, v in SOUND.items() if "name" in k or "date" in k)
