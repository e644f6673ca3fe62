"""The vendor's input checks, each with its code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_ as my_number_oracle

from munibots.demo.core_system import checks

BUSINESS_DATE = date(2026, 4, 10)


def codes(messages: list[Any]) -> list[str]:
    return [item.code for item in messages]


@pytest.fixture
def form(operator_at: Any) -> dict[str, str]:
    return operator_at.notification | operator_at.addresses | operator_at.person


def test_a_right_form_has_no_messages(form: dict[str, str]) -> None:
    assert checks.check_all(form, BUSINESS_DATE) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rdoIdoKbn": ""}, ["JKW0102-E"]),
        ({"rdoIdoKbn": "9"}, ["JKW0102-E"]),
        ({"txtTodokeYmdNen": "", "txtTodokeYmdTsuki": "", "txtTodokeYmdHi": ""}, ["JKW0101-E"]),
        ({"ddlTodokeYmdGengo": ""}, ["JKW0123-E"]),
        ({"txtIdoYmdTsuki": "2", "txtIdoYmdHi": "30"}, ["JKW0123-E"]),
        ({"txtIdoYmdHi": "11"}, ["JKW0124-E"]),
        ({"txtIdoYmdHi": "11", "rdoIdoKbn": "3"}, []),
        ({"txtIdoYmdTsuki": "3", "txtIdoYmdHi": "27"}, []),
        ({"txtIdoYmdTsuki": "3", "txtIdoYmdHi": "26"}, ["JKW0125-W"]),
        ({"txtTodokeYmdHi": "11"}, ["JKW0126-W"]),
        ({"txtTodokeninShimei": ""}, ["JKW0101-E"]),
        ({"ddlTodokeninKbn": ""}, ["JKW0102-E"]),
        ({"txtTodokeninTel": "０４７"}, ["JKW0131-E"]),
        ({"txtTodokeninTel": ""}, []),
    ],
)
def test_notification(form: dict[str, str], changes: dict[str, str], expected: list[str]) -> None:
    assert codes(checks.check_notification(form | changes, BUSINESS_DATE)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"txtShinYubin1": "27"}, ["JKW0130-E"]),
        ({"txtShinYubin2": ""}, ["JKW0130-E"]),
        ({"txtKyuYubin1": "２７２", "txtKyuYubin2": "0001"}, ["JKW0130-E"]),
        ({"txtShinYubin1": "", "txtShinYubin2": ""}, []),
        ({"txtShinJusho1": ""}, ["JKW0101-E"]),
        ({"txtShinNushi": ""}, ["JKW0101-E"]),
        ({"txtShinNushi": "", "rdoIdoKbn": "3"}, []),
        ({"txtKyuJusho1": ""}, ["JKW0101-E"]),
        ({"txtKyuJusho1": "", "rdoIdoKbn": "4"}, []),
    ],
)
def test_addresses(form: dict[str, str], changes: dict[str, str], expected: list[str]) -> None:
    assert codes(checks.check_addresses(form | changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"txtIdoshaKana1": "サトウ ハジメ"}, ["JKW0140-E"]),
        ({"txtIdoshaKana1": "ｻﾄｳﾊｼﾞﾒ"}, ["JKW0140-E"]),
        ({"txtIdoshaKana1": ""}, ["JKW0101-E"]),
        ({"txtIdoshaKanji1": "佐藤 一"}, ["JKW0141-E"]),
        ({"txtIdoshaKanji1": ""}, ["JKW0101-E"]),
        ({"txtSeiYmdHi1": "8"}, ["JKW0123-E"]),
        ({"txtSeiYmdNen1": "", "txtSeiYmdTsuki1": "", "txtSeiYmdHi1": ""}, ["JKW0101-E"]),
        (
            {"ddlSeiYmdGengo1": "A", "txtSeiYmdNen1": "2026", "txtSeiYmdTsuki1": "4", "txtSeiYmdHi1": "11"},
            ["JKW0127-E"],
        ),
        ({"ddlSeibetsu1": ""}, ["JKW0102-E"]),
        ({"ddlZokugara1": "07"}, ["JKW0102-E"]),
        ({"txtJuminhyoCd1": "1234567890"}, ["JKW0150-E"]),
        ({"txtKojinNo1_2": "567"}, ["JKW0151-E"]),
        ({"txtKojinNo1_3": "9019"}, ["JKW0152-E"]),
        ({"txtKojinNo1_1": "0000", "txtKojinNo1_2": "0000", "txtKojinNo1_3": "0000"}, ["JKW0152-E"]),
        ({"txtKojinNo1_1": "", "txtKojinNo1_2": "", "txtKojinNo1_3": "", "txtJuminhyoCd1": ""}, []),
        ({"ddlSeibetsu2": "1"}, ["JKW0101-E", "JKW0101-E", "JKW0101-E", "JKW0102-E"]),
    ],
)
def test_people(form: dict[str, str], changes: dict[str, str], expected: list[str]) -> None:
    assert codes(checks.check_people(form | changes)) == expected


def test_at_least_one_person_and_no_gap(form: dict[str, str]) -> None:
    assert codes(checks.check_people({})) == ["JKW0160-E"]
    third = {name.replace("1", "3", 1): text for name, text in form.items() if name.replace("1", "3", 1) != name}
    assert checks.check_people(form | third)[0].code == "JKW0161-E"


def test_a_message_names_its_elements_and_no_value(form: dict[str, str]) -> None:
    (found,) = checks.check_people(form | {"txtKojinNo1_3": "9019"})
    assert found.element_ids == ("txtKojinNo1_1", "txtKojinNo1_2", "txtKojinNo1_3")
    assert "9019" not in found.text


@pytest.mark.parametrize(
    ("kana_name", "birth", "expected"),
    [
        ("ﾔﾏﾀﾞ", "", []),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "19800401", []),
        ("", "19800401", ["JKW0101-E"]),
        ("ヤマダ", "", ["JKW0142-E"]),
        ("ﾔﾏﾀﾞ", "1980", ["JKW0128-E"]),
        ("ﾔﾏﾀﾞ", "19800431", ["JKW0123-E"]),
    ],
)
def test_search(kana_name: str, birth: str, expected: list[str]) -> None:
    assert codes(checks.check_search(kana_name, txtSeinenYmd=("生年月日", birth))) == expected


@given(st.text("0123456789", min_size=12, max_size=12))
def test_my_number_against_another_implementation(digits: str) -> None:
    assert checks.is_my_number(digits) == (my_number_oracle.is_valid(digits) and digits != "0" * 12)
