"""異動入力 from 届出 to 受付番号."""

from __future__ import annotations

from typing import Any

import pytest

from munibots.demo.core_system.records import Person


def test_the_whole_road_of_a_move_in(city: Any, operator: Any) -> None:
    assert operator.get("/ido/new").screen_id == "JKG0101"
    assert operator.post("/ido/todoke", operator.notification).screen_id == "JKG0102"
    assert operator.post("/ido/taisho", {"cmd": "shinki"}).screen_id == "JKG0103"
    assert operator.post("/ido/jusho", operator.addresses).screen_id == "JKG0104"
    page = operator.post("/ido/idosha", operator.person)
    assert (page.screen_id, page.codes) == ("JKG0105", [])
    assert page.texts["lblIdoKbnMei"] == "転入"
    assert page.texts["lblIdoYmd"] == "令和08年04月01日"
    assert page.texts["lblSeiYmd1"] == "昭和64年01月07日"
    assert page.texts["lblSeiYmd1Seireki"] == "1989/01/07"
    assert page.texts["lblShinYubin"] == "272-0003"
    assert page.texts["lblKyuYubin"] == ""
    assert page.texts["lblKojinNo1"] == "123456789018"
    assert city.records() == []

    page = operator.post("/ido/confirm")
    assert (page.screen_id, page.codes) == ("JKG0106", ["JKW0300-I"])
    assert page.texts["lblUketsukeNo"] == "R08-000001"
    (record,) = city.records()
    assert (record.kind, record.notified_on, record.moved_on) == ("1", "2026-04-10", "2026-04-01")
    assert (record.new_postal_code, record.new_address) == ("2720003", "つばさ市東町三丁目4番5号")
    assert (record.old_postal_code, record.household_no, record.registered_by) == ("", "", "rpa01")
    assert record.people == (
        Person(
            row_no=1,
            kana="ｻﾄｳ ﾊｼﾞﾒ",
            name="佐藤　一",
            birth_date="1989-01-07",
            sex="1",
            relationship="01",
            juminhyo_code="12345678901",
            my_number="123456789018",
        ),
    )


def test_a_move_within_the_city_needs_a_household(city: Any, operator: Any) -> None:
    assert operator.to_household(rdoIdoKbn="2").screen_id == "JKG0102"
    assert operator.post("/ido/taisho", {"cmd": "shinki"}).codes == ["JKW0170-E"]
    assert operator.post("/ido/taisho", {"cmd": "kensaku", "txtKanaShimei": "ﾅｼ"}).codes == ["JKW0201-W"]
    assert operator.post("/ido/taisho", {"cmd": "kensaku", "txtKanaShimei": "なし"}).codes == ["JKW0142-E"]
    form = {"cmd": "kensaku", "txtKanaShimei": "ﾔﾏﾀﾞ", "txtSeinenYmd": "19800401"}
    page = operator.post("/ido/taisho", form)
    assert (page.codes, page.inputs["rdoSetai1"], page.inputs["txtKanaShimei"]) == ([], "0000001", "ﾔﾏﾀﾞ")
    page = operator.post("/ido/taisho", {"cmd": "kettei", "rdoSetaiNo": "0000001"})
    assert page.screen_id == "JKG0103"
    assert "山田　花子" in page.texts["tblTaishoSetai"]
    operator.post("/ido/jusho", operator.addresses)
    operator.post("/ido/idosha", operator.person)
    operator.post("/ido/confirm")
    assert [record.household_no for record in city.records()] == ["0000001"]


def test_registering_twice_makes_two_records(city: Any, operator: Any) -> None:
    operator.to_confirmation()
    numbers = [operator.post("/ido/confirm").texts["lblUketsukeNo"] for _ in range(2)]
    assert numbers == ["R08-000001", "R08-000002"]
    assert [record.receipt_no for record in city.records()] == numbers


def test_over_long_text_is_cut_and_shows_on_the_confirmation(operator: Any) -> None:
    page = operator.to_confirmation(txtTekiyo="摘" * 50, txtIdoshaKana1="ｻﾄｳ " + "ﾊ" * 30)
    assert page.codes == []
    assert page.texts["lblTekiyo"] == "摘" * 30
    assert page.texts["lblIdoshaKana1"] == "ｻﾄｳ " + "ﾊ" * 20


def test_a_wrong_screen_is_shown_again_with_what_was_typed(operator: Any) -> None:
    operator.get("/ido/new")
    page = operator.post("/ido/todoke", operator.notification | {"txtIdoYmdTsuki": "13"})
    assert (page.screen_id, page.codes, page.inputs["txtIdoYmdTsuki"]) == ("JKG0101", ["JKW0123-E"], "13")
    operator.to_addresses()
    page = operator.post("/ido/jusho", operator.addresses | {"txtShinYubin1": "abc"})
    assert (page.screen_id, page.codes, page.inputs["txtShinYubin1"]) == ("JKG0103", ["JKW0130-E"], "abc")
    operator.to_people()
    page = operator.post("/ido/idosha", operator.person | {"ddlZokugara1": ""})
    assert (page.screen_id, page.codes, page.inputs["ddlSeiYmdGengo1"]) == ("JKG0104", ["JKW0102-E"], "S")


def test_typed_text_is_shown_as_text(operator: Any) -> None:
    page = operator.to_confirmation(txtTekiyo="<b id=x>&amp;</b>")
    assert page.texts["lblTekiyo"] == "<b id=x>&amp;</b>"
    assert "x" not in page.texts


def test_a_late_notification_is_only_a_warning(operator: Any) -> None:
    page = operator.to_household(txtIdoYmdTsuki="3", txtIdoYmdHi="1")
    assert (page.screen_id, page.codes) == ("JKG0102", ["JKW0125-W"])


def test_correcting_keeps_what_was_typed(operator: Any) -> None:
    operator.to_confirmation()
    page = operator.get("/ido/todoke")
    assert (page.inputs["txtIdoYmdHi"], page.inputs["ddlTodokeninKbn"]) == ("01", "01")
    assert operator.post("/ido/todoke", operator.notification).screen_id == "JKG0102"
    assert operator.get("/ido/jusho").inputs["txtShinJusho2"] == "コーポ東101"
    assert operator.get("/ido/confirm").screen_id == "JKG0105"


def test_another_kind_forgets_the_household_and_the_later_screens(operator: Any) -> None:
    operator.to_confirmation()
    operator.post("/ido/todoke", operator.notification | {"rdoIdoKbn": "2"})
    assert operator.get("/ido/jusho").codes == ["JKW0090-E"]


def test_a_correction_that_breaks_a_later_screen_stops_the_registration(city: Any, operator: Any) -> None:
    operator.to_confirmation()
    changes = {"ddlTodokeYmdGengo": "S", "txtTodokeYmdNen": "63", "ddlIdoYmdGengo": "S", "txtIdoYmdNen": "63"}
    operator.post("/ido/todoke", operator.notification | changes)
    assert operator.post("/ido/confirm").codes == ["JKW0127-E"]
    assert city.records() == []


@pytest.mark.parametrize("path", ["/ido/taisho", "/ido/jusho", "/ido/idosha", "/ido/confirm"])
def test_no_screen_can_be_jumped_to(city: Any, operator: Any, path: str) -> None:
    operator.get("/ido/new")
    for page in (operator.get(path), operator.post(path)):
        assert (page.path, page.codes) == ("/menu", ["JKW0090-E"])
    assert city.records() == []
